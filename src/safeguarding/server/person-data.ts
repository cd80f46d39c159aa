import type { PersonTable } from '../../platform/server/person-data.ts'

const notGiven = 'S’il en existe, ils suivent les règles qui leur sont propres et ne sont jamais joints. Ce document ne dit pas s’il en existe.'

/** Restricted reports: never given by an answer to a request of access, destroyed under a duration of their own. */
export const safeguardingPersonData: readonly PersonTable[] = [
  {
    table: 'safeguarding.report',
    title: 'Signalements et informations préoccupantes',
    hers: 'person_id',
    dataClass: 'safeguarding',
    lastSign: 'coalesce(t.closed_at, t.opened_at)',
    live: `t.state <> 'closed'`,
    given: { notGiven },
  },
  { table: 'safeguarding.reader', title: 'Signalements et informations préoccupantes', hers: 'person_id', dataClass: 'safeguarding', given: { notGiven } },
  { table: 'safeguarding.entry', title: 'Signalements et informations préoccupantes', hers: 'person_id', dataClass: 'safeguarding', given: { notGiven } },
]
