import { newId } from '../../../platform/contract/ids.ts'
import type { ActorFunction, ProfessionalCategory } from '../../../platform/contract/actor.ts'
import { professionalCategoryOf } from '../../../interop/psc/profession.ts'
import { type PersonaServiceKey, personaServices } from '../persona-services.ts'
import { personas } from '../personas.ts'
import type { Bulk, Row } from './bulk.ts'
import { adultMen, adultWomen, familyNames } from './words.ts'
import type { RegionPlan } from './plan.ts'
import type { Random } from './random.ts'

export interface SeededUser {
  readonly id: string
  readonly name: string
  readonly jobTitle: string
}

export interface SeededDac {
  readonly id: string
  readonly name: string
  readonly department: string
  readonly communes: readonly string[]
  readonly referents: readonly SeededUser[]
  readonly desk: readonly SeededUser[]
  readonly doctors: readonly SeededUser[]
  readonly leads: readonly SeededUser[]
  /** True where a palliative team is carried by the same association: its share of requests is that of domain.md 2.1. */
  readonly palliative: boolean
}

export interface SeededCommune {
  readonly code: string
  readonly name: string
  readonly department: string
  readonly epci: string | null
  readonly postalCode: string
  readonly population: number
}

export interface Organisations {
  readonly dacs: readonly SeededDac[]
  readonly communes: ReadonlyMap<string, SeededCommune>
  readonly cptsOfCommune: ReadonlyMap<string, string>
  /** Outside professionals who hold an account, by persona id. */
  readonly personaUsers: ReadonlyMap<string, string>
  readonly serviceIds: ReadonlyMap<PersonaServiceKey, string>
}

const moreDacs: readonly (readonly [string, string])[] = [
  ['57', 'DAC Sarre et Nied'], ['67', 'DAC Ried et Piémont'], ['68', 'DAC Doller et Thur'], ['51', 'DAC Champagne et Vesle'], ['10', 'DAC Seine et Armance'],
  ['08', 'DAC Meuse et Semoy'], ['55', 'DAC Argonne et Ornain'], ['52', 'DAC Marne et Rognon'],
]

/** Services, perimeters, users: the personas first, then what it takes to make the region work. All invented, on real communes. */
export async function seedOrganisations(bulk: Bulk, random: Random, plan: RegionPlan, opened: string): Promise<Organisations> {
  const communes = await readCommunes(bulk, ['88', '54', ...moreDacs.slice(0, plan.dacs - 2).map(([department]) => department)])
  const legalPersons = new Map<string, string>()
  const legalRows: Row[] = []
  const serviceIds = new Map<PersonaServiceKey, string>()
  const serviceRows: Row[] = []
  for (const [key, service] of Object.entries(personaServices) as [PersonaServiceKey, (typeof personaServices)[PersonaServiceKey]][]) {
    let legal = legalPersons.get(service.legalPerson)
    if (service.legalPerson !== '' && legal === undefined) {
      legal = newId<string & { readonly __brand: string }>()
      legalPersons.set(service.legalPerson, legal)
      legalRows.push({ id: legal, name: service.legalPerson, legal_form: null, siren: service.siret.slice(0, 9) || null, finess_legal: service.finessLegal || null, source: 'demo' })
    }
    const id = newId<string & { readonly __brand: string }>()
    serviceIds.set(key, id)
    serviceRows.push(serviceRow(random, id, service.kind, service.name, {
      legal_person_id: legal ?? null, finess: service.finess || null, commune_code: service.communeCode, postal_code: service.postalCode,
      cpts_status: service.kind === 'cpts' ? 'signed' : null, open_to_public: service.kind === 'dac', starts_on: opened,
    }))
  }
  const dacIds: { id: string; name: string; department: string }[] = [
    { id: String(serviceIds.get('dacHautesVallees')), name: personaServices.dacHautesVallees.name, department: '88' },
    { id: String(serviceIds.get('dacMeurtheMortagne')), name: personaServices.dacMeurtheMortagne.name, department: '54' },
  ]
  for (const [department, name] of moreDacs.slice(0, plan.dacs - 2)) {
    const id = newId<string & { readonly __brand: string }>()
    const seat = [...communes.values()].filter((c) => c.department === department).sort((a, b) => b.population - a.population)[0]
    serviceRows.push(serviceRow(random, id, 'dac', name, { commune_code: seat?.code ?? null, starts_on: opened }))
    dacIds.push({ id, name, department })
  }
  const cpts = planCpts(random, communes, serviceRows, opened)
  await bulk.write('territory.legal_person', legalRows)
  await bulk.write('territory.service', serviceRows)
  await bulk.write('territory.perimeter', [
    ...dacIds.flatMap((dac) => [...communes.values()].filter((c) => c.department === dac.department).map((c) => perimeterRow(dac.id, c.code, opened, true))),
    ...[...cpts.communes].map(([code, id]) => perimeterRow(id, code, opened, false)),
  ])
  const { dacs, personaUsers } = await seedUsers(bulk, random, plan, dacIds, communes, serviceIds)
  return { dacs, communes, cptsOfCommune: cpts.communes, personaUsers, serviceIds }
}

async function readCommunes(bulk: Bulk, departments: readonly string[]): Promise<Map<string, SeededCommune>> {
  const rows = await bulk.query<{ code: string; name: string; department: string; epci: string | null; postal: string | null; population: number | null }>(
    `select code, name, department_code as department, epci_code as epci, postal_codes[1] as postal, population from territory.commune
     where department_code = any ($1) and kind = 'commune' and parent_code is null order by code`, [departments])
  return new Map(rows.map((c) => [c.code, { code: c.code, name: c.name, department: c.department, epci: c.epci, postalCode: c.postal ?? '', population: c.population ?? 0 }]))
}

function serviceRow(random: Random, id: string, kind: string, name: string, more: Row): Row {
  const row: Row = {
    id, kind, name, short_name: null, legal_person_id: null, finess: null, commune_code: null, postal_code: null, cpts_status: null, open_to_public: false,
    phone: `0353010${String(random.below(1000)).padStart(3, '0')}`, source: 'demo', is_demo: true, starts_on: null,
  }
  return { ...row, ...more }
}

const perimeterRow = (serviceId: string, commune: string, startsOn: string, exclusive: boolean): Row => ({
  id: newId(), service_id: serviceId, commune_code: commune, starts_on: startsOn, exclusive, source: 'demo',
})

/** Twelve CPTS on whole EPCI, in the statuses of seed 001 (signed, validated, drafting, initiative); what is left is a white zone. */
function planCpts(random: Random, communes: ReadonlyMap<string, SeededCommune>, serviceRows: Row[], opened: string): { communes: Map<string, string> } {
  const byEpci = new Map<string, SeededCommune[]>()
  for (const commune of communes.values()) {
    if (commune.epci === null || !['88', '54'].includes(commune.department)) continue
    byEpci.set(commune.epci, [...(byEpci.get(commune.epci) ?? []), commune])
  }
  const sizes = [...byEpci.values()].map((list) => ({ list, population: list.reduce((t, c) => t + c.population, 0) })).sort((a, b) => b.population - a.population)
  const statuses = ['signed', 'signed', 'signed', 'signed', 'signed', 'validated', 'validated', 'drafting', 'drafting', 'initiative', 'initiative']
  const placed = new Map<string, string>()
  const personaCpts = serviceRows.find((row) => row.kind === 'cpts')
  const home = sizes.find(({ list }) => list.some((c) => c.code === personaCpts?.commune_code))
  for (const commune of home?.list ?? []) placed.set(commune.code, String(personaCpts?.id))
  for (const { list } of sizes.filter((size) => size !== home).slice(0, statuses.length)) {
    const id = newId<string & { readonly __brand: string }>()
    const seat = [...list].sort((a, b) => b.population - a.population)[0]
    const status = statuses.shift() ?? 'initiative'
    serviceRows.push(serviceRow(random, id, 'cpts', `CPTS de ${seat?.name ?? 'la vallée'}`, { commune_code: seat?.code ?? null, cpts_status: status, starts_on: opened }))
    if (status === 'signed' || status === 'validated') for (const commune of list) placed.set(commune.code, id)
  }
  return { communes: placed }
}

async function seedUsers(
  bulk: Bulk, random: Random, plan: RegionPlan, dacIds: readonly { id: string; name: string; department: string }[],
  communes: ReadonlyMap<string, SeededCommune>, serviceIds: ReadonlyMap<PersonaServiceKey, string>,
): Promise<{ dacs: readonly SeededDac[]; personaUsers: ReadonlyMap<string, string> }> {
  const users: Row[] = []
  const memberships: Row[] = []
  const personaUsers = new Map<string, string>()
  const staff = new Map<string, { referents: SeededUser[]; desk: SeededUser[]; doctors: SeededUser[]; leads: SeededUser[] }>(dacIds.map((dac) => [dac.id, { referents: [], desk: [], doctors: [], leads: [] }]))
  const join = (userId: string, name: string, serviceId: string, functions: readonly ActorFunction[], jobTitle: string): void => {
    memberships.push({ id: newId(), user_id: userId, service_id: serviceId, functions, job_title: jobTitle, starts_on: '2020-01-06' })
    const team = staff.get(serviceId)
    const user = { id: userId, name, jobTitle }
    if (functions.includes('referent')) team?.referents.push(user)
    if (functions.includes('front_desk')) team?.desk.push(user)
    if (functions.includes('doctor')) team?.doctors.push(user)
    if (functions.includes('team_lead')) team?.leads.push(user)
  }
  const account = (nationalId: string | null, given: string, family: string, category: ProfessionalCategory, status = 'active'): string => {
    const id = newId<string & { readonly __brand: string }>()
    users.push({ id, national_id: nationalId, given_name: given, family_name: family, category, status, disabled_at: status === 'disabled' ? new Date().toISOString() : null, is_demo: true })
    return id
  }
  const readable = (name: string): string => name.toLowerCase().replace(/(^|[-\s'])([\p{L}])/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
  for (const persona of personas) {
    if (persona.account === 'none') continue
    const practice = persona.exercices[0]
    const category = practice === undefined ? 'administrative' : professionalCategoryOf({ professionCode: practice.profession || null, roleCode: practice.role || null, sectorCode: personaServices[practice.at].sector, mode: practice.mode }).category
    const id = account(persona.nationalId, readable(persona.givenName), readable(persona.familyName), category, persona.account)
    personaUsers.set(persona.id, id)
    for (const membership of persona.memberships) join(id, `${readable(persona.givenName)} ${readable(persona.familyName)}`, String(serviceIds.get(membership.service)), membership.functions, membership.jobTitle)
  }
  const invent = (): readonly [string, string] => [readable(random.pick(random.chance(0.75) ? adultWomen : adultMen)), readable(random.pick(familyNames).replace('-', ' '))]
  dacIds.forEach((dac, n) => {
    const team = staff.get(dac.id)
    const wanted = (list: readonly unknown[] | undefined, count: number): number => Math.max(0, count - (list?.length ?? 0))
    const hire = (count: number, functions: readonly ActorFunction[], jobTitle: () => string, category: ProfessionalCategory): void => {
      for (let k = 0; k < count; k += 1) {
        const [given, family] = invent()
        join(account(null, given, family, category), `${given} ${family}`, dac.id, functions, jobTitle())
      }
    }
    hire(wanted(team?.referents, plan.referentsPerDac[n] ?? 1), ['referent'], () => random.pick(['Référent de parcours, infirmier', 'Référent de parcours, travailleur social', 'Référent de parcours, ergothérapeute']), 'coordination')
    hire(wanted(team?.desk, 3), ['front_desk'], () => 'Chargé d’accueil', 'coordination')
    hire(wanted(team?.doctors, 1), ['doctor'], () => 'Médecin du DAC', 'health')
    hire(wanted(team?.leads, 1), ['team_lead'], () => 'Responsable d’équipe', 'coordination')
    hire(1, ['director'], () => 'Direction', 'administrative')
  })
  // The rest of the 120 accounts of the demo: outside professionals with a practice of their own.
  const practices: Row[] = []
  const everywhere = [...communes.values()]
  while (users.length < 120 && plan.persons <= 6000) {
    const [given, family] = invent()
    const serviceId = newId<string & { readonly __brand: string }>()
    practices.push(serviceRow(random, serviceId, 'practice', `Cabinet ${family}`, { commune_code: random.pick(everywhere).code }))
    join(account(null, given, family, 'health'), `${given} ${family}`, serviceId, ['outside_professional'], random.pick(['Médecin généraliste', 'Infirmier', 'Masseur-kinésithérapeute', 'Pharmacien']))
  }
  await bulk.write('territory.service', practices)
  await bulk.write('territory.user_account', users)
  await bulk.write('territory.membership', memberships)
  return {
    personaUsers,
    dacs: dacIds.map((dac, n) => {
      const team = staff.get(dac.id) ?? { referents: [], desk: [], doctors: [], leads: [] }
      return { ...dac, ...team, communes: [...communes.values()].filter((c) => c.department === dac.department).map((c) => c.code), palliative: n % 2 === 0 }
    }),
  }
}
