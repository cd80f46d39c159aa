import { roleFacts, type SingleRole } from '../../../care-team/contract/roles.ts'
import type { CareRole } from '../../../care-team/contract/value-sets.ts'
import { careRoles } from '../../../care-team/contract/value-sets.ts'
import { readableName } from '../../../directory/contract/readable-name.ts'
import { labelOf } from '../../../territory/contract/value-sets.ts'
import type { SeededCard } from '../directory/local-cards.ts'
import { readable, type SeededProfessional } from '../directory/professionals.ts'
import type { SeededStructure } from '../directory/structures.ts'
import type { Bulk, Row } from './bulk.ts'
import type { SeededEpisode } from './episodes.ts'
import { fictionalPhone, hasPrivateMandatary } from './persons.ts'
import type { Random } from './random.ts'
import type { SeededUser, Staff } from './staff.ts'
import type { Timeline } from './timeline.ts'
import { adultMen, adultWomen, familyNames } from './words.ts'

export interface Slot {
  readonly day: number
  readonly at: string | null
  readonly label: string | null
  readonly state: 'planned' | 'nobody'
}

/** Someone around a person, as a circle needs her. */
export interface SeededMember {
  readonly id: string
  readonly kind: 'professional' | 'structure' | 'relative' | 'contact'
  readonly roles: readonly SingleRole[]
  readonly partyId: string | null
  readonly name: string
  readonly phone: string | null
  readonly does: string | null
  /** She holds an account: notes may be hers. */
  readonly user: SeededUser | null
  readonly sees: boolean
}

export interface Neighbourhood {
  readonly professionals: (role: CareRole, epci: string | null, department: string) => readonly SeededProfessional[]
  readonly structures: (role: CareRole, department: string) => readonly SeededStructure[]
  readonly cards: readonly SeededCard[]
}

const slot = (day: number, at: string | null, label: string | null = null, state: Slot['state'] = 'planned'): Slot => ({ day, at, label, state })
const everyDay = (at: string): readonly Slot[] => [1, 2, 3, 4, 5, 6, 7].map((day) => slot(day, at))
const workingDays = (...hours: readonly string[]): readonly Slot[] => [1, 2, 3, 4, 5].flatMap((day) => hours.map((at) => slot(day, at)))
const on = (days: readonly number[], at: string | null, label: string | null = null): readonly Slot[] => days.map((day) => slot(day, at, label))

/** Who usually stands around a person at home: [role, share of the circles, what she does, when]. */
const usual: readonly {
  readonly role: SingleRole
  readonly share: number
  readonly does: readonly string[]
  readonly weeks: readonly (readonly Slot[])[]
  readonly of: 'professional' | 'structure'
}[] = [
  {
    role: 'nurse',
    share: 0.78,
    does: ['pansement, pilulier', 'pilulier, surveillance de la tension', 'injections, glycémies', 'toilette, bas de contention'],
    weeks: [everyDay('07:45'), everyDay('08:30'), on([1, 3, 5], '09:00')],
    of: 'professional',
  },
  { role: 'pharmacist', share: 0.4, does: ['dispensation à la semaine', 'livraison des médicaments'], weeks: [[]], of: 'professional' },
  {
    role: 'physiotherapist',
    share: 0.36,
    does: ['équilibre et marche', 'kiné respiratoire'],
    weeks: [on([2, 4], '14:00'), on([1, 3], '10:30')],
    of: 'professional',
  },
  { role: 'social_worker', share: 0.24, does: ['dossier APA, aides financières', 'budget, dettes d’énergie', 'logement'], weeks: [[]], of: 'professional' },
  {
    role: 'home_help',
    share: 0.52,
    does: ['lever, toilette, repas de midi', 'ménage et courses', 'repas et compagnie'],
    weeks: [[...workingDays('09:00', '12:00'), slot(6, null, null, 'nobody'), slot(7, null, null, 'nobody')], workingDays('11:30'), on([2, 5], '14:00')],
    of: 'structure',
  },
  { role: 'meal_delivery', share: 0.14, does: ['repas du soir'], weeks: [workingDays('11:30')], of: 'structure' },
  { role: 'ssiad', share: 0.12, does: ['toilette, soins du matin'], weeks: [everyDay('08:15')], of: 'structure' },
  { role: 'occupational_therapist', share: 0.1, does: ['adaptation du logement'], weeks: [[]], of: 'professional' },
]
const byPopulation: Readonly<Record<string, readonly (readonly [SingleRole, 'professional' | 'structure', string])[]>> = {
  palliative: [['had', 'structure', 'soins lourds, astreinte de nuit']],
  mental_health: [
    ['psychiatry_team', 'structure', 'suivi, traitement'],
    ['psychologist', 'professional', 'soutien'],
  ],
  addiction: [['addiction_team', 'structure', 'consultation d’addictologie']],
  neurodevelopment: [
    ['disability_service', 'structure', 'accompagnement à l’école et à la maison'],
    ['speech_therapist', 'professional', 'rééducation du langage'],
  ],
  disability: [['disability_service', 'structure', 'accompagnement social']],
}
const minorsNeedNot: readonly SingleRole[] = ['home_help', 'meal_delivery', 'ssiad', 'pharmacist']

/** Directory by role and place, made once: a circle asks for a neighbour ten times. */
export function neighbourhood(
  professionals: readonly SeededProfessional[],
  structures: readonly SeededStructure[],
  cards: readonly SeededCard[],
): Neighbourhood {
  const group = <T>(list: readonly T[], keys: (one: T) => readonly string[]): ReadonlyMap<string, readonly T[]> => {
    const found = new Map<string, T[]>()
    for (const one of list) for (const key of keys(one)) found.get(key)?.push(one) ?? found.set(key, [one])
    return found
  }
  const people = group(
    professionals.filter((one) => one.personaId === null),
    (one) => [`${one.trade.role} ${one.commune.epci}`, `${one.trade.role} ${one.commune.department}`],
  )
  const places = group(structures, (one) => [`${one.role} ${one.commune.department}`])
  return {
    professionals: (role, epci, department) => people.get(`${role} ${epci}`) ?? people.get(`${role} ${department}`) ?? [],
    structures: (role, department) => places.get(`${role} ${department}`) ?? [],
    cards,
  }
}

/** Files written together. */
const batch = 2_000

/** Circles of four to nine around the persons who are accompanied now and were told of it. Gives them by episode. */
export async function seedCircles(
  bulk: Bulk,
  random: Random,
  episodes: readonly SeededEpisode[],
  staff: Staff,
  around: Neighbourhood,
  epciOf: (commune: string) => string | null,
  professionals: readonly SeededProfessional[],
  timeline: Timeline,
): Promise<ReadonlyMap<string, readonly SeededMember[]>> {
  const circles = new Map<string, readonly SeededMember[]>()
  const live = episodes.filter((episode) => episode.state !== 'closed' && !episode.told?.byHand)
  const seats = personaSeats(random, live, professionals)
  for (let from = 0; from < live.length; from += batch) {
    const tables = { member: [] as Row[], role: [] as Row[], access: [] as Row[] }
    const sights: Row[] = []
    for (const episode of live.slice(from, from + batch)) {
      const drafts = episode.person.informed ? draftCircle(random, episode, around, epciOf(episode.person.commune), seats.get(episode.id) ?? []) : []
      circles.set(
        episode.id,
        [...followers(episode), ...drafts].map((draft) => writeMember(random, episode, draft, staff, tables, sights, timeline)),
      )
    }
    await bulk.write('care_team.member', tables.member)
    await bulk.write('care_team.role', tables.role)
    await bulk.write('care_team.access', tables.access)
    await bulk.write('persons.sight', sights)
    await timeline.flush()
  }
  return circles
}

/** The personas who work outside have patients of the first DAC: how many circles each is in. */
const personaCircles: readonly (readonly [string, number])[] = [
  ['home-nurse', 24],
  ['ccas-social-worker', 18],
  ['pharmacist', 9],
  ['hospital-social-service', 6],
  ['newcomer', 4],
]

function personaSeats(
  random: Random,
  live: readonly SeededEpisode[],
  professionals: readonly SeededProfessional[],
): ReadonlyMap<string, readonly SeededProfessional[]> {
  const seats = new Map<string, SeededProfessional[]>()
  const informed = live.filter((episode) => episode.person.informed && episode.dac === live[0]?.dac && episode.person.age > 17)
  for (const [personaId, wanted] of personaCircles) {
    const professional = professionals.find((one) => one.personaId === personaId)
    if (professional === undefined) continue
    for (const episode of random.some(informed, Math.min(wanted, Math.ceil(informed.length / 3))))
      seats.set(episode.id, [...(seats.get(episode.id) ?? []), professional])
  }
  const guardian = professionals.find((one) => one.personaId === 'legal-guardian')
  for (const episode of informed)
    if (guardian !== undefined && hasPrivateMandatary(episode.person)) seats.set(episode.id, [...(seats.get(episode.id) ?? []), guardian])
  return seats
}

export interface MemberDraft {
  readonly kind: SeededMember['kind']
  readonly roles: readonly SingleRole[]
  readonly partyId: string | null
  readonly name: string
  readonly place: string | null
  readonly relation: string | null
  readonly phone: string | null
  readonly does: string | null
  readonly week: readonly Slot[]
  readonly opensFile: boolean
  readonly sourceId: string | null
  /** For what she is called if something goes wrong, and her rank. */
  readonly callFor?: string
  readonly callOrder?: number
  readonly hours?: string
}
export const nobody = { place: null, relation: null, phone: null, does: null, week: [], opensFile: false, sourceId: null } as const

export function followers(episode: SeededEpisode): readonly MemberDraft[] {
  const one = (user: SeededUser, role: SingleRole): MemberDraft => ({
    ...nobody,
    kind: 'professional',
    roles: [role],
    partyId: user.id,
    name: user.name,
    place: episode.dac.name,
    phone: episode.dac.phone,
    does: role === 'referent' ? 'visite, coordination' : null,
    sourceId: episode.id,
  })
  return [one(episode.referent, 'referent'), ...(episode.binome === null ? [] : [one(episode.binome, 'co_referent')])]
}

/** A professional of the directory, in a role. */
export function professionalDraft(one: SeededProfessional, role: SingleRole, more: Partial<MemberDraft> = {}): MemberDraft {
  return {
    ...nobody,
    kind: 'professional',
    roles: [role],
    partyId: one.partyId,
    name: one.name,
    place: one.commune.name,
    phone: one.phone,
    opensFile: true,
    ...more,
  }
}

function draftCircle(
  random: Random,
  episode: SeededEpisode,
  around: Neighbourhood,
  epci: string | null,
  seats: readonly SeededProfessional[],
): readonly MemberDraft[] {
  const { person, dac } = episode
  const drafts: MemberDraft[] = []
  const held = new Set<string>()
  const add = (draft: MemberDraft): void => {
    if (draft.partyId !== null && held.has(draft.partyId)) return
    if (draft.partyId !== null) held.add(draft.partyId)
    drafts.push(draft)
  }
  if (person.doctor !== null)
    add(professionalDraft(person.doctor, 'gp', { does: 'médecin traitant', opensFile: person.doctor.personaId !== null || random.chance(0.85) }))
  for (const one of seats)
    add(
      professionalDraft(one, one.trade.role as SingleRole, {
        does: random.pick(usual.find(({ role }) => role === one.trade.role)?.does ?? ['suivi']),
        week: usual.find(({ role }) => role === one.trade.role)?.weeks[0] ?? [],
      }),
    )
  for (const { role, share, does, weeks, of } of usual) {
    if (drafts.length >= 6 || !random.chance(share) || drafts.some((draft) => draft.roles.includes(role)) || (person.age < 18 && minorsNeedNot.includes(role)))
      continue
    const draft = of === 'professional' ? ofDirectory(random, around, role, epci, dac.department) : ofStructure(random, around, role, dac.department)
    if (draft !== null) add({ ...draft, does: random.pick(does), week: random.pick(weeks) })
  }
  for (const [role, of, does] of byPopulation[person.population] ?? []) {
    const draft = of === 'professional' ? ofDirectory(random, around, role, epci, dac.department) : ofStructure(random, around, role, dac.department)
    if (draft !== null && drafts.length < 7) add({ ...draft, does })
  }
  for (const relative of relativesOf(random, episode)) add(relative)
  // With the référent and her binôme, nine around her.
  return drafts.slice(0, 7)
}

function ofDirectory(random: Random, around: Neighbourhood, role: SingleRole, epci: string | null, department: string): MemberDraft | null {
  const near = around.professionals(role, epci, department)
  return near.length === 0 ? null : professionalDraft(random.pick(near), role, { opensFile: random.chance(0.8) })
}

function ofStructure(random: Random, around: Neighbourhood, role: SingleRole, department: string): MemberDraft | null {
  const structures = around.structures(role, department)
  if (structures.length > 0) {
    const one = random.pick(structures)
    return { ...nobody, kind: 'structure', roles: [role], partyId: one.partyId, name: readableName(one.name), place: one.commune.name, phone: one.phone }
  }
  const cards = around.cards.filter((card) => card.role === role && card.commune.department === department)
  if (cards.length === 0) return null
  const card = random.pick(cards)
  return { ...nobody, kind: 'structure', roles: [role], partyId: card.partyId, name: card.name, place: card.commune.name, phone: card.phone }
}

function relativesOf(random: Random, { person }: SeededEpisode): readonly MemberDraft[] {
  const family = readable(person.usedName ?? person.birthName)
  const phone = (): string => `0${fictionalPhone(Math.floor(random.next() * 10_000), true).slice(3)}`
  if (person.age < 18)
    return [
      {
        ...nobody,
        kind: 'relative',
        roles: ['parental_authority', 'main_caregiver'],
        partyId: null,
        name: `${readable(random.pick(adultWomen))} ${family}`,
        relation: 'mother',
        phone: phone(),
        does: 'à ses côtés chaque jour',
      },
    ]
  const found: MemberDraft[] = []
  if (random.chance(0.8)) {
    const woman = random.chance(0.66)
    const spouse = random.chance(0.3)
    const name = `${readable(random.pick(woman ? adultWomen : adultMen))} ${spouse || random.chance(0.5) ? family : `${family}-${readable(random.pick(familyNames))}`}`
    found.push({
      ...nobody,
      kind: 'relative',
      roles: ['main_caregiver', ...(random.chance(0.35) ? (['trusted_person'] as const) : [])],
      partyId: null,
      name,
      relation: spouse ? (person.sex === 'F' ? 'husband' : 'wife') : woman ? 'daughter' : 'son',
      phone: phone(),
      does: random.pick(['nuits, courses, papiers', 'courses et rendez-vous', 'papiers, budget', 'passe chaque soir']),
      week: spouse ? [] : on(random.some([1, 2, 3, 4, 5, 6, 7], 3).toSorted(), null, 'visite'),
    })
  }
  if (random.chance(0.35))
    found.push({
      ...nobody,
      kind: 'relative',
      roles: ['contact_to_call'],
      partyId: null,
      name: `${readable(random.pick(adultMen))} ${readable(random.pick(familyNames))}`,
      relation: random.pick(['neighbour', 'friend', 'nephew', 'brother']),
      phone: phone(),
    })
  return found
}

/** Adds a member, her roles, and the sight that the équipe de soins gives her. */
export function writeMember(
  random: Random,
  episode: SeededEpisode,
  draft: MemberDraft,
  staff: Pick<Staff, 'accounts'>,
  tables: { readonly member: Row[]; readonly role: Row[]; readonly access: Row[] },
  sights: Row[],
  timeline: Timeline,
): SeededMember {
  const { person, dac, referent, openedAt } = episode
  const id = random.idAt(openedAt)
  const of = { person_id: person.id, holder_org: dac.id }
  tables.member.push({
    id,
    ...of,
    kind: draft.kind,
    party_id: draft.partyId,
    name: draft.name,
    place: draft.place,
    relation: draft.relation,
    phone: draft.phone === null ? null : draft.phone.startsWith('+') ? draft.phone : `+33${draft.phone.slice(1)}`,
    does: draft.does,
    hours: draft.hours ?? null,
    call_for: draft.callFor ?? null,
    call_order: draft.callOrder ?? null,
    week: { json: draft.week },
    created_at: openedAt,
    created_by: referent.id,
  })
  for (const role of draft.roles) {
    tables.role.push({
      id: random.idAt(openedAt),
      member_id: id,
      ...of,
      role,
      starts_on: episode.openedOn,
      document_seen: role === 'trusted_person' ? 'Désignation écrite vue' : null,
      source_id: draft.sourceId,
      recorded_at: openedAt,
      recorded_by: referent.id,
    })
  }
  const [role] = draft.roles
  const sees = draft.opensFile && draft.partyId !== null && role !== undefined
  if (sees) {
    const facts = roleFacts[role]
    const accessId = random.idAt(openedAt)
    tables.access.push({
      id: accessId,
      member_id: id,
      ...of,
      party_id: draft.partyId,
      basis: 'care_team',
      sharing_category: facts.sharingCategory,
      ground: 'recognised_by_person',
      volets: facts.volets,
      informed_on: episode.openedOn,
      informed_by_name: referent.name,
      starts_at: openedAt,
      opened_by: referent.id,
    })
    sights.push({
      id: random.idAt(openedAt),
      person_id: person.id,
      party_id: draft.partyId,
      party_name: draft.name,
      basis: 'care_team',
      volets: facts.volets,
      reason: `${labelOf(careRoles, role)} : équipe de soins`,
      source_id: accessId,
      starts_at: openedAt,
      granted_by: referent.id,
    })
    timeline.add({
      personId: person.id,
      holderOrg: dac.id,
      at: openedAt,
      kind: 'circle',
      title: `Dossier ouvert à ${draft.name}`,
      summary: labelOf(careRoles, role),
      author: referent,
      source: 'care_team',
      sourceId: id,
      volet: 'administrative',
    })
  }
  return {
    id,
    kind: draft.kind,
    roles: draft.roles,
    partyId: draft.partyId,
    name: draft.name,
    phone: draft.phone,
    does: draft.does,
    user:
      draft.partyId === null
        ? null
        : draft.sourceId !== null
          ? draft.partyId === referent.id
            ? referent
            : episode.binome
          : (staff.accounts.get(draft.partyId) ?? null),
    sees,
  }
}
