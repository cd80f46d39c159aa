import type { Funder } from '../../../steering/contract/value-sets.ts'
import type { Bulk } from './bulk.ts'
import type { SeedCalendar } from './calendar.ts'
import type { Random } from './random.ts'
import type { SeededDac } from './staff.ts'

/** Some seventeen full-time posts (domain.md section 4): [job, quotity, employment]. */
const posts: readonly (readonly [string, number, string])[] = [
  ['nurse', 1, 'employed'],
  ['nurse', 1, 'employed'],
  ['nurse', 1, 'employed'],
  ['nurse', 0.8, 'employed'],
  ['nurse', 1, 'employed'],
  ['nurse', 0.8, 'seconded'],
  ['nurse', 0.6, 'employed'],
  ['social_worker', 1, 'employed'],
  ['social_worker', 1, 'employed'],
  ['social_worker', 0.8, 'employed'],
  ['social_worker', 1, 'employed'],
  ['social_worker', 0.8, 'seconded'],
  ['social_worker', 0.8, 'employed'],
  ['allied', 0.8, 'employed'],
  ['allied', 0.4, 'freelance'],
  ['doctor', 0.6, 'employed'],
  ['doctor', 0.5, 'seconded'],
  ['administrative', 1, 'employed'],
  ['administrative', 1, 'employed'],
  ['administrative', 0.5, 'employed'],
  ['coordinator', 0.8, 'employed'],
  ['management', 1, 'employed'],
  ['data', 0.2, 'freelance'],
  ['referent', 0.5, 'trainee'],
]
/** Some 1.4 M€ a year: [funder, amount of this year, share of it the year before]. */
const funding: readonly (readonly [Funder, number, number])[] = [
  ['fir_fixed', 1_118_000, 0.985],
  ['fir_objectives', 141_000, 0.95],
  ['department', 86_000, 1],
  ['foundations', 42_000, 0.8],
  ['own_resources', 15_000, 0.9],
  ['training', 10_000, 1.1],
]

/** Staff and funding of each DAC, this year and the one before. */
export async function seedSteering(bulk: Bulk, random: Random, calendar: SeedCalendar, dacs: readonly SeededDac[]): Promise<void> {
  const year = Number(calendar.today.slice(0, 4))
  const at = calendar.at(calendar.daysAgo(30), 600)
  await bulk.write(
    'steering.post',
    dacs.flatMap((dac, n) =>
      posts.map(([job, quotity, employment], rank) => ({
        id: random.idAt(at),
        service_id: dac.id,
        job,
        employment,
        label: null,
        quotity,
        starts_on: rank === posts.length - 2 ? `${year}-02-01` : rank % 7 === 3 ? `${year - 1}-06-01` : '2021-01-04',
        ends_on: n % 2 === 1 && rank === 14 ? `${year}-05-31` : null,
        recorded_by: null,
      })),
    ),
  )
  await bulk.write(
    'steering.funding',
    dacs.flatMap((dac, n) =>
      [year, year - 1].flatMap((of) =>
        funding.map(([funder, amount, before]) => ({
          id: random.idAt(at),
          service_id: dac.id,
          year: of,
          funder,
          amount: Math.round(amount * (of === year ? 1 : before) * (1 + (n % 3) * 0.02)),
          provisional: of === year,
          note: null,
          recorded_by: null,
        })),
      ),
    ),
  )
}
