import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { Agreement, type Answer, CalendarStore } from './calendar-store.ts'
import { answerAsGoogle } from './google.ts'
import { answerAsMicrosoft } from './microsoft.ts'

/** What happens to the next requests, one by one: done and answered; done, and the answer lost; nothing done; done twice, as a network does that repeats itself. */
export type Fate = 'well' | 'answer_lost' | 'nothing' | 'twice' | 'late'

export interface CalendarStandIn {
  readonly store: CalendarStore
  readonly agreement: Agreement
  /** What the adapter of this provider is given. */
  readonly settings: {
    readonly apiUrl: string
    readonly authorizeUrl: string
    readonly tokenUrl: string
    readonly clientId: string
    readonly clientSecret: string
  }
  /** What becomes of each request, by its method. */
  readonly fate: (next: (method: string) => Fate) => void
  readonly writes: () => number
  readonly stop: () => Promise<void>
}

/** A calendar of Microsoft or of Google on loopback: the OAuth pages of its identity server, and its events. */
export async function startCalendar(provider: 'microsoft' | 'google', { port = 0 }: { readonly port?: number } = {}): Promise<CalendarStandIn> {
  const store = new CalendarStore()
  const agreement = new Agreement()
  let next: (method: string) => Fate = () => 'well'
  let writes = 0
  let base = ''
  const late: (() => void)[] = []
  const server = createServer((request, response) => {
    void (async () => {
      const body = await text(request)
      const url = new URL(request.url ?? '/', base)
      const send = ({ status, json, location }: Answer): void =>
        void response
          .writeHead(status, { 'content-type': 'application/json', ...(location === undefined ? {} : { location }) })
          .end(json === undefined ? '' : JSON.stringify(json))
      if (url.pathname.endsWith('/authorize')) return send(agreement.authorize(url.searchParams))
      if (url.pathname.endsWith('/token')) return send(agreement.token(new URLSearchParams(body)))
      if (!agreement.admits(request.headers.authorization)) return send({ status: 401, json: { error: { code: 'InvalidAuthenticationToken' } } })
      const asked = { method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, ifMatch: request.headers['if-match'], body }
      const work = (): Answer => {
        if (asked.method !== 'GET') writes += 1
        return provider === 'google' ? answerAsGoogle(store, asked) : answerAsMicrosoft(store, base, asked)
      }
      const fate = next(asked.method)
      if (fate === 'nothing') return void response.destroy()
      if (fate === 'late' && asked.method !== 'GET') {
        // It arrives when nobody waits for it any more.
        late.push(() => void work())
        return void response.destroy()
      }
      for (const one of late.splice(0)) one()
      const answer = work()
      if (fate === 'twice' && asked.method !== 'GET') work()
      if (fate === 'answer_lost') return void response.destroy()
      await pause(0)
      send(answer)
    })().catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    store,
    agreement,
    settings: {
      apiUrl: base,
      authorizeUrl: `${base}/oauth2/authorize`,
      tokenUrl: `${base}/oauth2/token`,
      clientId: agreement.clientId,
      clientSecret: agreement.clientSecret,
    },
    fate: (fates) => {
      next = fates
    },
    writes: () => writes,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
