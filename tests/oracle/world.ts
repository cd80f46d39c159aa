import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type pg from 'pg'
import { allValueSets } from '../../src/app/seed/reference/value-sets.ts'
import { aCard } from '../../src/care-team/testing/circle-world.ts'
import { nameKeys } from '../../src/persons/contract/names.ts'
import { aSight } from '../../src/persons/testing/builders.ts'
import type { ActorFunction, ProfessionalCategory, ServiceKind } from '../../src/platform/contract/actor.ts'
import { newId, type PartyId, type PersonId } from '../../src/platform/contract/ids.ts'
import { asSystem, type Database } from '../../src/platform/server/db.ts'
import type { Gate } from '../../src/platform/server/execute.ts'
import { type TestClock, testClock, testGate } from '../../src/platform/testing/gate.ts'
import { loadValueSets } from '../../src/territory/server/reference.sql.ts'
import { aPerimeter, aService, aUser, type BuiltService, type BuiltUser } from '../../src/territory/testing/builders.ts'
import { Canaries } from './canary.ts'
import { plantRecords, type Variant, variantsOf } from './plant.ts'
import { plantAside } from './plant-aside.ts'
import type { Random } from './random.ts'
import { type Answer, type CategoryTable, type Ground, lawfulTable, type Reader, twoYearsAfter, type Volet, type Wishes } from './rule.ts'

/** One of those who try to look: her account in the product, and what the oracle knows of her. */
export interface Someone {
  readonly label: string
  user: BuiltUser
  reader: Reader
  token: string | null
  disabled: boolean
}

/** A person: her identity in the product, and what happened to her as the oracle knows it. */
export interface Known {
  readonly id: PersonId
  readonly home: BuiltService
  readonly other: BuiltService
  /** Her name, a canary. */
  readonly name: string
  readonly episode: string
  readonly referent: Someone
  version: number
  /** Her accompaniment by her DAC is open. */
  live: boolean
  /** It was closed once: its open tasks ended with it. */
  closedOnce: boolean
  grounds: Ground[]
  wishes: { answers: Answer[]; refusals: Wishes['refusals'][number][]; withheld: Wishes['withheld'][number][]; limited: Wishes['limited'][number][] }
  /** What was done about her, to read a disagreement. */
  readonly history: string[]
  /** Of the circle, by card: the member, and the access open now. */
  readonly members: Map<string, { readonly id: string; open: boolean }>
}

export interface World {
  readonly db: Database
  readonly gate: Gate
  readonly clock: TestClock
  readonly canaries: Canaries
  readonly people: readonly Someone[]
  readonly persons: readonly Known[]
  readonly services: { readonly dacs: readonly BuiltService[]; readonly cpts: BuiltService; readonly practice: BuiltService }
  readonly admin: Someone
  table: CategoryTable
}

export const instant = Date.parse('2026-10-15T07:42:00Z')
export const day = 86_400_000
const iso = (at: number): string => new Date(at).toISOString()
const long = { from: Date.parse('2020-01-01T00:00:00Z'), until: null }

/** Who looks: the trades of R.1110-2, the functions of a DAC, two DAC and a third that knows nobody, and those without any mission on files. */
const cast: readonly (readonly [
  label: string,
  place: 'dacA' | 'dacB' | 'dacC' | 'cpts' | 'practice' | 'grades',
  functions: readonly ActorFunction[],
  category: ProfessionalCategory,
  card: boolean,
])[] = [
  ['référente de A', 'dacA', ['referent'], 'coordination', false],
  ['infirmière de A', 'dacA', ['referent'], 'health', false],
  ['assistante sociale de A', 'dacA', ['referent'], 'social', false],
  ['médecin de A', 'dacA', ['doctor'], 'health', false],
  ['accueil de A', 'dacA', ['front_desk'], 'coordination', false],
  ['accueil et référente de A', 'dacA', ['front_desk', 'referent'], 'coordination', false],
  ['responsable de A', 'dacA', ['team_lead'], 'coordination', false],
  ['directrice de A', 'dacA', ['director'], 'administrative', false],
  ['référente de B', 'dacB', ['referent'], 'coordination', false],
  ['référente de B, inscrite à l’annuaire', 'dacB', ['referent'], 'coordination', true],
  ['accueil de B', 'dacB', ['front_desk'], 'administrative', false],
  ['médecin de B', 'dacB', ['doctor'], 'health', false],
  ['référente de C', 'dacC', ['referent'], 'coordination', false],
  ['médecin traitant', 'practice', ['outside_professional'], 'health', true],
  ['infirmière libérale', 'practice', ['outside_professional'], 'health', true],
  ['pharmacienne', 'practice', ['outside_professional'], 'health', true],
  ['assistante sociale', 'practice', ['outside_professional'], 'social', true],
  ['aide à domicile', 'practice', ['outside_professional'], 'social', true],
  ['mandataire judiciaire', 'practice', ['outside_professional'], 'legal_protection', true],
  ['équipe experte', 'practice', ['expert_team'], 'health', true],
  ['prestataire hors R.1110-2', 'practice', ['outside_professional'], 'administrative', true],
  ['médecin sans fiche', 'practice', ['outside_professional'], 'health', false],
  ['coordinatrice de CPTS', 'cpts', ['cpts_coordinator'], 'coordination', false],
  ['administratrice régionale', 'grades', ['regional_admin'], 'administrative', false],
  ['gouvernance', 'grades', ['governance_member'], 'administrative', false],
]

/** Two DAC with their persons, a third without any, and everyone around; rights planted so that each basis has its past, its present and its future. */
export async function aWorld(
  db: Database,
  superuser: pg.Client,
  random: Random,
  wish: { readonly persons: number; readonly variants?: (home: string, other: string) => readonly Variant[] },
): Promise<World> {
  const clock = testClock(iso(instant))
  const canaries = new Canaries()
  await asSystem(db, 'lists for the oracle', (tx) => loadValueSets(tx, allValueSets))
  const service = (kind: ServiceKind, name: string) => aService(db, { kind, name })
  const places = {
    dacA: await service('dac', 'DAC Hautes-Vallées'),
    dacB: await service('dac', 'DAC Meurthe et Mortagne'),
    dacC: await service('dac', 'DAC des Collines'),
    cpts: await service('cpts', 'CPTS Haute Moselle'),
    practice: await service('practice', 'Maison de santé du Thillot'),
    grades: await service('grades', 'GRADeS'),
  }
  await aPerimeter(db, places.dacA, ['88408'])
  await aPerimeter(db, places.dacB, ['54039'])
  await aPerimeter(db, places.cpts, ['88408', '54039'])
  const people: Someone[] = []
  for (const [label, place, functions, category, withCard] of cast) {
    const card = withCard ? newId<PartyId>() : null
    const home = places[place]
    const user = await aUser(db, { service: home, functions, category, professionalId: card, givenName: 'Prénom', familyName: label })
    if (card !== null) await aCard(db, { partyId: card, label, category, facet: category === 'health' ? 'gp' : 'social_worker' })
    const reader: Reader = { user: user.id, card, service: home.id, inDac: home.kind === 'dac', category, missions: functions, posts: [long] }
    people.push({ label, user, reader, token: null, disabled: false })
  }
  const carriers = [places.dacA, places.dacB]
  const persons: Known[] = []
  for (let n = 0; n < wish.persons; n++) {
    const home = n % 3 === 2 ? places.dacB : places.dacA
    const other = home === places.dacA ? places.dacB : places.dacA
    const referents = people.filter(({ user, reader }) => user.service.id === home.id && reader.missions.includes('referent'))
    const id = newId<PersonId>()
    const { token } = canaries.plant({ table: 'persons.person', id, person: id, row: { volet: 'administrative', protection: 'shared', holder: home.id } })
    persons.push({
      id,
      home,
      other,
      name: token,
      episode: randomUUID(),
      referent: random.pick(referents),
      version: 1,
      live: n % 10 < 8,
      closedOnce: false,
      grounds: [],
      wishes: { answers: [], refusals: [], withheld: [], limited: [] },
      history: [],
      members: new Map(),
    })
  }
  await plantPersons(superuser, persons)
  const gate = testGate(db, clock)
  const admin = people.find(({ label }) => label === 'administratrice régionale') as Someone
  const world: World = {
    db,
    gate,
    clock,
    canaries,
    people,
    persons,
    services: { dacs: [...carriers, places.dacC], cpts: places.cpts, practice: places.practice },
    admin,
    table: lawfulTable,
  }
  for (const [rank, person] of persons.entries()) await plantRights(world, person, rank, random)
  await plantRecords(
    superuser,
    canaries,
    persons.map((person) => ({ person: person.id, home: person.home.id, episode: person.episode, referent: person.referent.user.id })),
    ({ home }) => (wish.variants ?? variantsOf)(home, String(carriers.find(({ id }) => id !== home)?.id)),
  )
  await plantAside(
    superuser,
    canaries,
    people.map(({ reader }) => ({ user: reader.user, service: reader.service })),
    iso(instant),
  )
  await superuser.query('analyze')
  return world
}

async function plantPersons(superuser: pg.Client, persons: readonly Known[]): Promise<void> {
  for (const [rank, person] of persons.entries()) {
    const { searchKey, soundKey } = nameKeys([person.name, 'MARTIN'])
    const birthDay = `19${String(30 + (rank % 60)).padStart(2, '0')}-0${1 + (rank % 9)}-1${rank % 9}`
    await superuser.query(
      `insert into persons.person (person_id, birth_name, used_name, birth_given_names, birth_date, sex, search_key, sound_key, identity_status, commune_code, address, caller_instruction, holder_org)
       values ($1, $2, $2, '{MARTIN}', $3, 'F', $4, $5, 'PROV', $6, $2, $2, $7)`,
      [person.id, person.name, birthDay, searchKey, soundKey, person.home.kind === 'dac' && rank % 3 === 2 ? '54039' : '88408', person.home.id],
    )
    if (rank % 10 === 9) continue
    await superuser.query(
      `insert into episodes.episode (id, person_id, holder_org, state, level, level_since, referent_id, opened_on, created_at, closed_on, closure_reason)
       values ($1, $2, $3, $4, 'sustained', '2026-03-01', $5, '2026-03-01', '2026-03-01', $6, $7)`,
      [
        person.episode,
        person.id,
        person.home.id,
        ...(rank % 10 === 8 ? ['closed', person.referent.user.id, '2026-04-01', 'stabilised'] : ['open', person.referent.user.id, null, null]),
      ],
    )
    await superuser.query(
      `insert into episodes.assignment (id, episode_id, person_id, user_id, role, starts_on, ends_on, holder_org) values ($1, $2, $3, $4, 'referent', '2026-03-01', $5, $6)`,
      [randomUUID(), person.episode, person.id, person.referent.user.id, rank % 10 === 8 ? '2026-04-01' : null, person.home.id],
    )
  }
}

/** Rights written as the system: who accompanies, who asked, who is of the team, with beginnings and ends on both sides of now. */
async function plantRights(world: World, person: Known, rank: number, random: Random): Promise<void> {
  const { db } = world
  const asked = instant - 150 * day
  if (rank % 8 !== 7) {
    await asSystem(db, 'what the person answered', async (tx) => {
      for (const number of [1, 2])
        await sql`insert into persons.non_opposition (id, person_id, number, state, collected_on, mode, collected_by, collected_by_name, holder_org, recorded_at)
          values (${newId()}, ${person.id}, ${number}, 'non_opposition', ${iso(asked).slice(0, 10)}, 'oral_present', ${newId()}, 'Julie Marchal', ${person.home.id}, ${iso(asked)})`.execute(
          tx,
        )
    })
    person.wishes.answers.push({ number: 1, state: 'non_opposition', at: asked }, { number: 2, state: 'non_opposition', at: asked })
  }
  const carry = async (service: BuiltService, from: number, closedAt: number | null, sourceId?: string): Promise<void> => {
    await aSight(db, person.id, service.id, {
      since: iso(from),
      until: closedAt === null ? null : iso(twoYearsAfter(closedAt)),
      ...(sourceId === undefined ? {} : { sourceId }),
    })
    person.grounds.push({ basis: 'dac_in_charge', service: service.id, from, closedAt })
  }
  const handle = async (service: BuiltService, from: number, closedAt: number | null): Promise<void> => {
    await aSight(db, person.id, service.id, {
      basis: 'request',
      volets: ['administrative'],
      since: iso(from),
      until: closedAt === null ? null : iso(twoYearsAfter(closedAt)),
    })
    person.grounds.push({ basis: 'request', service: service.id, from, closedAt })
  }
  // Most are accompanied by their DAC; some only asked; some left long ago; some are known to both.
  if (rank % 10 === 9) await handle(person.home, instant - 20 * day, null)
  else if (rank % 10 === 8) await carry(person.home, instant - 900 * day, instant - random.pick([300, 700, 760]) * day)
  else await carry(person.home, instant - 200 * day, null, person.episode)
  if (random.chance(0.2)) await carry(person.other, instant - 100 * day, null)
  else if (random.chance(0.3)) await handle(person.other, instant - 40 * day, random.chance(0.5) ? instant - 800 * day : null)
  if (person.wishes.answers.length === 0) return
  const cards = world.people.filter(({ reader }) => reader.card !== null && reader.category !== 'administrative')
  for (const { reader } of random.some(cards, random.integer(5))) {
    const card = String(reader.card)
    const entrusted = random.pick<readonly Volet[]>([
      ['administrative', 'social', 'health'],
      ['administrative', 'health'],
      ['administrative', 'social'],
      ['administrative'],
    ])
    const basis = random.pick(['care_team', 'consent'] as const)
    const [from, until] = random.pick([
      [instant - 90 * day, null],
      [instant - 90 * day, null],
      [instant - 90 * day, instant - day],
      [instant - 90 * day, instant + day],
      [instant + day, null],
    ] as const)
    await aSight(db, person.id, card, { basis, volets: entrusted, since: iso(from), until: until === null ? null : iso(until) })
    const facts = { planted: true, card, named: 'professional' as const, entrusted, from, until }
    person.grounds.push(basis === 'care_team' ? { ...facts, basis, inR1110_2: true, informedAt: from } : { ...facts, basis, consentAt: from })
  }
}

/** A right that begins in ten days, whoever it is for. */
export async function plantFuture(world: World, person: Known, random: Random): Promise<void> {
  if (person.wishes.answers.length === 0) return
  const { reader } = random.pick(world.people.filter((someone) => someone.reader.card !== null && someone.reader.category !== 'administrative'))
  const from = world.clock().getTime() + 10 * day
  await aSight(world.db, person.id, String(reader.card), { basis: 'care_team', since: iso(from) })
  person.grounds.push({
    planted: true,
    basis: 'care_team',
    card: String(reader.card),
    named: 'professional',
    inR1110_2: true,
    informedAt: from,
    entrusted: null,
    from,
    until: null,
  })
}
