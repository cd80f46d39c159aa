import { sql } from 'kysely'
import { newId } from '../../platform/contract/ids.ts'
import { expectAll, type MatrixRow, type MatrixWorld } from '../../platform/testing/matrix-model.ts'
import { removeFunding, removePost, saveFunding, savePost } from '../contract/actions.ts'
import { accompanimentLines, doctorLines, eightIndicators, sollicitationLines, staffAndFunding } from '../contract/queries.ts'

const scope = ({ dacA }: MatrixWorld) => ({ serviceId: dacA, from: '2026-01-01', to: '2026-12-31' })
const directorAndRegion = expectAll('forbidden', { director: 'ok', regionalAdmin: 'ok' })
const directorOnly = expectAll('forbidden', { director: 'ok' })

/** A line of dacA to be removed. */
const plant =
  (table: 'steering.post' | 'steering.funding', columns: string, values: string): NonNullable<MatrixRow['arrange']> =>
  async ({ dacA }, tx) => {
    const id = newId<string & { readonly __brand: string }>()
    await sql`insert into ${sql.table(table)} (id, service_id, ${sql.raw(columns)}) values (${id}, ${dacA}, ${sql.raw(values)})`.execute(tx)
    return { id }
  }

/** Figures are for those who steer, lines for the service alone, entries for its direction; nobody who accompanies persons reads them. */
export const steeringMatrix: readonly MatrixRow[] = [
  // The region reads whole months that are over.
  { contract: eightIndicators, input: (world) => ({ ...scope(world), from: '2025-01-01', to: '2025-12-31' }), expected: directorAndRegion },
  { contract: sollicitationLines, input: scope, expected: directorOnly },
  { contract: accompanimentLines, input: scope, expected: directorOnly },
  { contract: doctorLines, input: scope, expected: directorOnly },
  { contract: staffAndFunding, input: ({ dacA }) => ({ serviceId: dacA }), expected: directorAndRegion },
  {
    contract: savePost,
    input: ({ dacA }) => ({
      id: newId(),
      serviceId: dacA,
      baseVersion: 0,
      job: 'nurse',
      employment: 'employed',
      label: null,
      quotity: 0.8,
      startsOn: '2026-01-01',
      endsOn: null,
    }),
    expected: directorOnly,
  },
  {
    contract: saveFunding,
    input: ({ dacA }) => ({ id: newId(), serviceId: dacA, baseVersion: 0, year: 2026, funder: 'fir_fixed', amount: 1000, provisional: true, note: null }),
    expected: directorOnly,
  },
  {
    contract: removePost,
    arrange: plant('steering.post', `job, employment, quotity, starts_on`, `'nurse', 'employed', 1, '2026-01-01'`),
    input: ({ dacA }, { id }) => ({ id, serviceId: dacA }),
    expected: directorOnly,
  },
  {
    contract: removeFunding,
    arrange: plant('steering.funding', `year, funder, amount`, `2026, 'department', 5`),
    input: ({ dacA }, { id }) => ({ id, serviceId: dacA }),
    expected: directorOnly,
  },
]
