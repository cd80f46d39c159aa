import { type PersonaServiceKey, personaServices } from '../persona-services.ts'
import type { Bulk, Row } from './bulk.ts'
import { readCommunes, type SeededCommune } from './communes.ts'
import type { RegionPlan } from './plan.ts'
import { type Random, randomOf } from './random.ts'

export interface Territory {
  readonly id: string
  readonly name: string
  readonly department: string
  readonly phone: string
  readonly communes: readonly SeededCommune[]
  readonly doctors: number
}

export interface Services {
  /** The DAC of the region with their communes; the first is that of most personas. */
  readonly territories: readonly Territory[]
  readonly communes: ReadonlyMap<string, SeededCommune>
  /** The CPTS whose project covers a commune; none in a white zone. */
  readonly cptsOfCommune: ReadonlyMap<string, string>
  readonly idOf: (key: PersonaServiceKey) => string
}

/** When the services of the demo opened: before everything that is told of them. */
export const opened = '2020-01-06'
export const openedAt = new Date(`${opened}T08:00:00Z`)

const moreDacs: readonly (readonly [string, string])[] = [
  ['57', 'DAC Sarre et Nied'],
  ['67', 'DAC Ried et Piémont'],
  ['68', 'DAC Doller et Thur'],
  ['51', 'DAC Champagne et Vesle'],
  ['10', 'DAC Seine et Armance'],
  ['08', 'DAC Meuse et Semoy'],
  ['55', 'DAC Argonne et Ornain'],
  ['52', 'DAC Marne et Rognon'],
]
/** Seed 001: five signed, two validated, two being written, two at their beginning, besides that of the persona; the rest is a white zone. */
const cptsStatuses = [
  'contract_signed',
  'contract_signed',
  'contract_signed',
  'contract_signed',
  'contract_signed',
  'project_validated',
  'project_validated',
  'drafting',
  'drafting',
  'initiative',
  'initiative',
]
const legalForms: Readonly<Record<string, string>> = {
  dac: 'association',
  clic: 'association',
  hospital: 'public_hospital',
  ehpad: 'association',
  practice: 'individual',
  ccas: 'ccas',
  cpts: 'association',
  dsr: 'association',
  ars: 'state',
  grades: 'gip',
}

/** Legal persons, services and perimeters: those of the personas, then what a region needs. All invented, on real communes. */
export async function seedServices(bulk: Bulk, random: Random, plan: RegionPlan): Promise<Services> {
  const others = moreDacs.slice(0, plan.dacs - 2)
  const communes = await readCommunes(bulk, ['88', '54', ...others.map(([department]) => department)])
  const legalPersons = new Map<string, string>()
  const legalRows: Row[] = []
  const rows: Row[] = []
  const ids = new Map<PersonaServiceKey, string>()
  for (const key of Object.keys(personaServices) as PersonaServiceKey[]) {
    const service = personaServices[key]
    if (service.legalPerson !== '' && !legalPersons.has(service.legalPerson)) {
      const id = random.idAt(openedAt)
      legalPersons.set(service.legalPerson, id)
      legalRows.push({
        id,
        name: service.legalPerson,
        legal_form: legalForms[service.kind] ?? 'other',
        siren: service.siret.slice(0, 9) || null,
        finess_legal: service.finessLegal || null,
        source: 'local',
        created_at: openedAt,
      })
    }
    const id = random.idAt(openedAt)
    ids.set(key, id)
    rows.push(
      serviceRow(random, id, service.kind, service.name, {
        legal_person_id: legalPersons.get(service.legalPerson) ?? null,
        finess: service.finess || null,
        commune_code: service.communeCode,
        postal_code: service.postalCode,
        address: `${service.street.number} ${service.street.name.toLowerCase()}`,
        cpts_status: service.kind === 'cpts' ? 'contract_signed' : null,
        ...(service.kind === 'dac' ? dacLine(key === 'dacHautesVallees' ? 0 : 1) : {}),
      }),
    )
  }
  const idOf = (key: PersonaServiceKey): string => ids.get(key) as string
  const inDepartment = (department: string): readonly SeededCommune[] => [...communes.values()].filter((commune) => commune.department === department)
  const doctors = Math.round(plan.generalists / plan.dacs)
  const territories: Territory[] = [
    {
      id: idOf('dacHautesVallees'),
      name: personaServices.dacHautesVallees.name,
      department: '88',
      phone: dacLine(0).phone,
      communes: inDepartment('88'),
      doctors,
    },
    {
      id: idOf('dacMeurtheMortagne'),
      name: personaServices.dacMeurtheMortagne.name,
      department: '54',
      phone: dacLine(1).phone,
      communes: inDepartment('54'),
      doctors,
    },
  ]
  others.forEach(([department, name], n) => {
    const id = random.idAt(openedAt)
    const own = inDepartment(department)
    rows.push(serviceRow(random, id, 'dac', name, { commune_code: largest(own).code, ...dacLine(n + 2) }))
    territories.push({ id, name, department, phone: dacLine(n + 2).phone, communes: own, doctors })
  })
  const cptsOfCommune = placeCpts(random, communes, rows)
  placeTeams(communes, rows)
  await bulk.write('territory.legal_person', legalRows)
  await bulk.write('territory.service', rows)
  await bulk.write('territory.perimeter', [
    ...territories.flatMap((territory) => territory.communes.map((commune) => perimeterRow(random, territory.id, commune.code, true))),
    ...[...cptsOfCommune].map(([code, id]) => perimeterRow(random, id, code, false)),
  ])
  return { territories, communes, cptsOfCommune, idOf }
}

/** A DAC answers persons too, on working days. */
const dacLine = (rank: number): { readonly phone: string; readonly open_to_public: boolean; readonly opening: { readonly json: unknown } } => ({
  phone: `03530127${String(rank).padStart(2, '0')}`,
  open_to_public: true,
  // One of them closes at midday: what waits for it is read at 14 h.
  opening: {
    json:
      rank === 1
        ? { text: 'lun.–ven. 9\u00a0h–12\u00a0h, 14\u00a0h–17\u00a0h', week: [[], ...Array.from({ length: 5 }, () => [...withBreak]), []] }
        : { text: 'lun.–ven. 8\u00a0h\u00a030–18\u00a0h' },
  },
})
const withBreak = [
  [540, 720],
  [840, 1020],
]

const largest = (communes: readonly SeededCommune[]): SeededCommune => [...communes].sort((a, b) => b.population - a.population)[0] as SeededCommune

export function serviceRow(random: Random, id: string, kind: string, name: string, more: Row): Row {
  const row: Row = {
    id,
    kind,
    name,
    legal_person_id: null,
    finess: null,
    commune_code: null,
    postal_code: null,
    address: null,
    cpts_status: null,
    open_to_public: false,
    opening: { json: {} },
    phone: `035301${String(2000 + random.below(7000)).padStart(4, '0')}`,
    source: 'local',
    is_demo: true,
    starts_on: opened,
    created_at: openedAt,
  }
  return { ...row, ...more }
}

function perimeterRow(random: Random, serviceId: string, commune: string, exclusive: boolean): Row {
  return {
    id: random.idAt(openedAt),
    service_id: serviceId,
    commune_code: commune,
    starts_on: opened,
    exclusive,
    source: exclusive ? 'ars' : 'contract',
    recorded_at: openedAt,
  }
}

/** Twelve CPTS on whole EPCI of the two départements of the demo. Those that only begin cover nothing yet. */
function placeCpts(random: Random, communes: ReadonlyMap<string, SeededCommune>, rows: Row[]): ReadonlyMap<string, string> {
  const byEpci = new Map<string, SeededCommune[]>()
  for (const commune of communes.values()) {
    if (commune.epci === null || !['88', '54'].includes(commune.department)) continue
    byEpci.set(commune.epci, [...(byEpci.get(commune.epci) ?? []), commune])
  }
  const sizes = [...byEpci.values()]
    .map((list) => ({ list, population: list.reduce((total, commune) => total + commune.population, 0) }))
    .sort((a, b) => b.population - a.population)
  const placed = new Map<string, string>()
  const ofPersona = rows.find((row) => row['kind'] === 'cpts')
  const home = sizes.find(({ list }) => list.some((commune) => commune.code === ofPersona?.['commune_code']))
  for (const commune of home?.list ?? []) placed.set(commune.code, String(ofPersona?.['id']))
  sizes
    .filter((size) => size !== home)
    .slice(0, cptsStatuses.length)
    .forEach(({ list }, n) => {
      const id = random.idAt(openedAt)
      const status = cptsStatuses[n] as string
      rows.push(serviceRow(random, id, 'cpts', `CPTS de ${largest(list).name}`, { commune_code: largest(list).code, cpts_status: status }))
      if (status === 'contract_signed' || status === 'project_validated') for (const commune of list) placed.set(commune.code, id)
    })
  return placed
}

/** What the map of seed 001 shows besides DAC and CPTS: open, or announced for a day to come. */
const teams: readonly (readonly [kind: string, name: string, commune: string, planned?: 'planned'])[] = [
  ['msp', 'Maison de santé de la Haute-Moselotte', 'La Bresse'],
  ['msp', 'Maison de santé du Saut des Cuves', 'Gérardmer', 'planned'],
  ['cds', 'Centre de santé polyvalent des Tanneurs', 'Remiremont'],
  ['esp', 'Équipe de soins primaires du Val d’Ajol', 'Le Val-d’Ajol'],
  ['esp', 'Équipe de soins primaires de la Vologne', 'Bruyères', 'planned'],
  ['ess', 'Équipe de soins spécialisés en cardiologie des Vosges', 'Épinal'],
  ['ess', 'Équipe de soins spécialisés en dermatologie de la Meurthe', 'Saint-Dié-des-Vosges', 'planned'],
  ['mrs', 'Maison régionale de santé de la Plaine', 'Neufchâteau'],
  ['mountain_practice', 'Cabinet de montagne du Ballon', 'Bussang'],
]
/** Long after any day on which the demonstration is shown. */
const announcedFor = '2030-01-07'

/** Drawn apart: the rest of the region stays what it was. */
function placeTeams(communes: ReadonlyMap<string, SeededCommune>, rows: Row[]): void {
  const random = randomOf(1001)
  const plain = (name: string): string => name.replace(/[’']/g, '’')
  for (const [kind, name, at, planned] of teams) {
    const commune = [...communes.values()].find((one) => one.department === '88' && plain(one.name) === plain(at))
    if (commune === undefined) continue
    rows.push(serviceRow(random, random.idAt(openedAt), kind, name, { commune_code: commune.code, ...(planned ? { starts_on: announcedFor } : {}) }))
  }
}
