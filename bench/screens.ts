import type pg from 'pg'
import { personas } from '../src/app/seed/personas.ts'

export interface ScreenQuery {
  readonly name: string
  /** The input of the n-th opening: another person each time. */
  readonly input: (round: number) => unknown
}

/** What a screen asks when it opens, and as whom. */
export interface Screen {
  readonly name: string
  readonly userId: string
  readonly membershipId: string
  readonly serviceId: string
  readonly personIds: readonly string[]
  readonly queries: readonly ScreenQuery[]
}

type Read = <T extends pg.QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<readonly T[]>

interface Who {
  readonly userId: string
  readonly membershipId: string
  readonly serviceId: string
}

/** The ten hottest screens, and some more, with inputs drawn from the seeded region: the same ones at every run. */
export async function screensOf(read: Read, n: number, instant: Date): Promise<readonly Screen[]> {
  const who = async (persona: string): Promise<Who> => {
    const [row] = await read<{ userId: string; membershipId: string; serviceId: string }>(
      `select u.id as "userId", m.id as "membershipId", m.service_id as "serviceId" from territory.user_account u join territory.membership m on m.user_id = u.id where u.national_id = $1 order by m.id limit 1`,
      [personas.find(({ id }) => id === persona)?.nationalId],
    )
    if (row === undefined) throw new Error(`no user for the persona ${persona}`)
    return row
  }
  const [referent, desk, director, nurse] = [await who('referent'), await who('front-desk'), await who('director'), await who('home-nurse')]
  // Files of the DAC, those with a plan first: a synthesis without a plan would be too easy.
  const files = (
    await read<{ id: string }>(
      `select e.person_id as id from episodes.episode e where e.holder_org = $1 and e.state = 'open' and exists (select from care_plans.plan p where p.person_id = e.person_id) order by md5(e.id::text) limit $2`,
      [referent.serviceId, n],
    )
  ).map(({ id }) => id)
  const requests = (
    await read<{ id: string }>(`select id from intake.sollicitation where holder_org = $1 and merged_into is null order by md5(id::text) limit $2`, [
      desk.serviceId,
      n,
    ])
  ).map(({ id }) => id)
  const names = await read<{ name: string; given: string; born: string }>(
    `select coalesce(p.used_name, p.birth_name) as name, p.birth_given_names[1] as given, to_char(p.birth_date, 'DD/MM/YYYY') as born from persons.person p where p.holder_org = $1 order by md5(p.person_id::text) limit $2`,
    [desk.serviceId, n],
  )
  const pick = <T>(list: readonly T[], round: number): T => list[round % list.length] as T
  const forPerson = (name: string, more: Readonly<Record<string, unknown>> = {}): ScreenQuery => ({
    name,
    input: (round) => ({ personId: pick(files, round), ...more }),
  })
  const screen = (name: string, as: Who, queries: readonly ScreenQuery[]): Screen => ({ name, ...as, personIds: files, queries })
  const fixed = (name: string, input: unknown): ScreenQuery => ({ name, input: () => input })
  const year = instant.getUTCFullYear()
  return [
    screen('desk queue', desk, [fixed('intake.queue', { view: 'all' })]),
    screen('request', desk, [{ name: 'intake.request', input: (round) => ({ id: pick(requests, round) }) }]),
    // As typed: the beginning of a name, then its end and a given name, then the birth date.
    screen('person search', desk, [{ name: 'persons.search', input: (round) => ({ text: typed(pick(names, round), round), limit: 8 }) }]),
    screen('candidates', desk, [
      { name: 'persons.candidates', input: (round) => ({ text: `${pick(names, round).name} ${pick(names, round).given} ${pick(names, round).born}` }) },
    ]),
    screen('my day', referent, [
      fixed('episodes.day', {}),
      fixed('liaison.day', {}),
      fixed('agenda.day', {}),
      fixed('intake.queue', { view: 'mine', limit: 3 }),
    ]),
    screen('file header and synthesis', referent, [
      forPerson('persons.header'),
      forPerson('episodes.fileSynthesis'),
      forPerson('liaison.fileNews'),
      forPerson('persons.hidden'),
      forPerson('agenda.person', { from: dayOf(instant, 0), to: dayOf(instant, 30) }),
      forPerson('assessments.latestScores'),
      forPerson('carePlans.summary'),
      forPerson('careTeam.circle'),
    ]),
    screen('file header', referent, [forPerson('persons.header')]),
    // What the screen asks once it knows the person and shows: below the first sight, or what is rare.
    screen('file: the rest of the synthesis', referent, [
      forPerson('privacy.limitation'),
      forPerson('episodes.sequences'),
      forPerson('liaison.measures'),
      fixed('liaison.noteTemplates', {}),
    ]),
    screen('timeline', referent, [forPerson('liaison.timeline'), forPerson('persons.hidden')]),
    screen('circle', referent, [forPerson('careTeam.circle')]),
    screen('care plan', referent, [forPerson('carePlans.plan')]),
    screen('caseload', referent, [fixed('episodes.caseload', {}), fixed('episodes.followers', {}), fixed('episodes.handoversForMe', {})]),
    screen('patients of an outside professional', nurse, [fixed('careTeam.followedPatients', {})]),
    screen('eight indicators', director, [
      fixed('steering.indicators', {
        serviceId: director.serviceId,
        from: `${year}-01-01`,
        to: `${year}-${String(instant.getUTCMonth() + 1).padStart(2, '0')}-01`,
      }),
    ]),
  ]
}

const dayOf = (instant: Date, ahead: number): string => new Date(instant.getTime() + ahead * 86_400_000).toISOString().slice(0, 10)

function typed(person: { readonly name: string; readonly given: string; readonly born: string }, round: number): string {
  const steps = [
    person.name.slice(0, 3),
    person.name,
    `${person.name} ${person.given.slice(0, 2)}`,
    `${person.given} ${person.name}`,
    `${person.name} ${person.born}`,
  ]
  return steps[round % steps.length] as string
}
