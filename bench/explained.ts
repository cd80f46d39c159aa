import type pg from 'pg'

/** One statement of a query as the planner ran it. */
export interface ExplainedStatement {
  readonly text: string
  readonly planningMs: number
  readonly executionMs: number
  readonly buffers: number
  /** Tables read from one end to the other, with how many of their rows were looked at. */
  readonly wholeTables: readonly { readonly table: string; readonly rows: number }[]
}

interface PlanNode {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly Schema?: string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
  readonly 'Shared Hit Blocks'?: number
  readonly 'Shared Read Blocks'?: number
  readonly Plans?: readonly PlanNode[]
}

/** Makes a pool explain each statement that reads, in the transaction and under the policies of whoever asks, before it runs. What functions do inside stays theirs. */
export function explainStatements(pool: pg.Pool, seen: (statement: ExplainedStatement) => void): void {
  const explained = new WeakSet<pg.PoolClient>()
  pool.on('connect', (client) => {
    if (explained.has(client)) return
    explained.add(client)
    const query = client.query.bind(client) as (...args: readonly unknown[]) => unknown
    Object.assign(client, {
      query: (...args: readonly unknown[]) => {
        const [text, values] = args
        if (typeof text !== 'string' || !/^\s*(with|select)\b/i.test(text) || text.includes('set_config')) return query(...args)
        return (async () => {
          const { rows } = (await query(`explain (analyze, buffers, verbose, format json) ${text}`, values)) as {
            rows: readonly { 'QUERY PLAN': readonly [{ Plan: PlanNode; 'Planning Time': number; 'Execution Time': number }] }[]
          }
          const [plan] = rows[0]?.['QUERY PLAN'] ?? []
          if (plan !== undefined)
            seen({
              text,
              planningMs: plan['Planning Time'],
              executionMs: plan['Execution Time'],
              buffers: (plan.Plan['Shared Hit Blocks'] ?? 0) + (plan.Plan['Shared Read Blocks'] ?? 0),
              wholeTables: wholeTables(plan.Plan),
            })
          return query(...args)
        })()
      },
    })
  })
}

function wholeTables(node: PlanNode): ExplainedStatement['wholeTables'] {
  const own =
    node['Node Type'] === 'Seq Scan' && node['Relation Name'] !== undefined && node['Actual Loops'] > 0
      ? [
          {
            table: `${node.Schema}.${node['Relation Name']}`,
            rows: Math.round((node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']),
          },
        ]
      : []
  return [...own, ...(node.Plans ?? []).flatMap(wholeTables)]
}
