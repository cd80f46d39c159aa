import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export interface Metrics {
  observe(route: string, status: number, seconds: number): void
  gauge(name: string, help: string, read: () => number): void
  /** Several values told apart by codes of closed lists, read when they are asked for; none are shown when they cannot be read. */
  gauges(name: string, help: string, labels: readonly string[], read: () => Promise<readonly LabelledValue[]>): void
  text(): Promise<string>
  readonly contentType: string
}

export interface LabelledValue {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** Prometheus metrics. Labels are route patterns and status codes: never an id, never a trait. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const duration = new Histogram({
    name: 'jalon_http_seconds',
    help: 'Server time of requests',
    labelNames: ['route', 'status'],
    registers: [registry],
    buckets: [0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
  })
  return {
    observe: (route, status, seconds) => duration.observe({ route, status: String(status) }, seconds),
    gauge: (name, help, read) => {
      new Gauge({
        name,
        help,
        registers: [registry],
        collect() {
          this.set(read())
        },
      })
    },
    gauges: (name, help, labels, read) => {
      new Gauge({
        name,
        help,
        labelNames: [...labels],
        registers: [registry],
        async collect() {
          // A database that is down must not hide what the process itself can tell.
          const values = await read().catch(() => [])
          this.reset()
          for (const one of values) this.set(one.labels, one.value)
        },
      })
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
