import { luhnKey } from '../../../directory/contract/numbers.ts'
import type { PartyId } from '../../../platform/contract/ids.ts'
import { partyIdOf } from '../../../territory/server/api.ts'
import { personaServices } from '../persona-services.ts'
import { type PersonaExercice, personas } from '../personas.ts'
import type { SeededCommune } from '../region/communes.ts'
import type { Random } from '../region/random.ts'
import { adultMen, adultWomen, familyNames } from '../region/words.ts'
import type { SeededStructure } from './structures.ts'
import { type SeedTrade, trades } from './trades.ts'

/** A situation d’exercice: one line of the extract. */
export interface SeededSituation {
  readonly mode: string
  readonly sector: readonly [string, string]
  readonly genre: string
  readonly siteName: string
  readonly finess: string
  readonly structureKey: string
  readonly street: string
  readonly commune: SeededCommune
  readonly phone: string
  readonly profession: readonly [string, string]
  readonly roleCode: readonly [string, string]
  readonly skill: readonly [string, string]
}

/** Somebody of the demo's directory. */
export interface SeededProfessional {
  readonly partyId: PartyId
  readonly rpps: string
  readonly familyName: string
  readonly givenName: string
  readonly woman: boolean
  readonly trade: SeedTrade
  /** As screens name her: « Dr Anne-Laure Fritsch », « Thomas Noël ». */
  readonly name: string
  readonly commune: SeededCommune
  readonly phone: string
  readonly place: string
  readonly personaId: string | null
  readonly situations: readonly SeededSituation[]
}

const sectors: Readonly<Record<string, readonly [string, string]>> = {
  practice: ['SA07', 'Cabinet individuel'],
  group: ['SA08', 'Cabinet de groupe'],
  hospital: ['SA01', 'Etablissement public de santé'],
  psychiatry: ['SA01', 'Etablissement public de santé'],
  cds: ['SA05', 'Centre de santé'],
  ssiad: ['SA20', 'Etablissement pour personnes âgées'],
  ccas: ['SA27', 'Collectivité territoriale'],
  pharmacy: ['SA33', "Pharmacie d'officine"],
}
const siteCategories: Readonly<Record<SeedTrade['salariedAt'], string>> = { hospital: '355', psychiatry: '156', cds: '124', ssiad: '354', ccas: '' }
const capitals = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase()
const withKey = (digits: string): string => digits + luhnKey(digits)

/** « JEAN-MARIE » as one reads it. */
export function readable(name: string): string {
  return name.toLowerCase().replace(/(^|[-\s'])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
}

function nameOf(given: string, family: string, doctor: boolean): string {
  return `${doctor ? 'Dr\u00a0' : ''}${readable(given)} ${readable(family)}`
}

/** Those who practise in each territory, drawn by the population of its communes. The personas come first: they have a card like everyone. */
export function inventProfessionals(
  random: Random,
  territories: readonly { readonly communes: readonly SeededCommune[]; readonly doctors: number }[],
  structures: readonly SeededStructure[],
  communes: ReadonlyMap<string, SeededCommune>,
): readonly SeededProfessional[] {
  const found: SeededProfessional[] = personas.flatMap((persona) => ofPersona(persona, communes))
  let serial = 100_000
  for (const { communes: territory, doctors } of territories) {
    const weights = territory.filter((commune) => commune.population > 0).map((commune) => [commune, commune.population] as const)
    const department = territory[0]?.department
    const sites = structures.filter((one) => one.commune.department === department)
    for (const trade of trades) {
      const count = Math.max(1, Math.round((trade.perHundredDoctors * doctors) / 100))
      for (let n = 0; n < count; n += 1) {
        found.push(inventOne(random, trade, random.weighted(weights), sites, serial))
        serial += 1
      }
    }
  }
  return found
}

function inventOne(random: Random, trade: SeedTrade, commune: SeededCommune, sites: readonly SeededStructure[], serial: number): SeededProfessional {
  const woman = random.chance(0.68)
  const familyName = random.pick(familyNames)
  const givenName = random.pick(woman ? adultWomen : adultMen)
  const rpps = withKey(`1999${String(serial).padStart(6, '0')}`)
  const liberal = random.chance(trade.liberalShare)
  const site = liberal
    ? undefined
    : random.pick(
        sites.filter((one) => one.category === siteCategories[trade.salariedAt] || (siteCategories[trade.salariedAt] === '' && one.category === '463')),
      )
  const phone = liberal && random.chance(0.75) ? `063998${String(serial % 10_000).padStart(4, '0')}` : `035301${String((serial * 7) % 10_000).padStart(4, '0')}`
  const pharmacy = trade.role === 'pharmacist'
  const where = site?.commune ?? commune
  const siteName = site?.name ?? (pharmacy ? `PHARMACIE ${familyName}` : `CABINET ${trade.profession[0] === '10' ? 'DU DR ' : ''}${familyName}`)
  const common = { profession: trade.profession, roleCode: trade.roleCode, skill: trade.skill, genre: 'GENR01' }
  const first: SeededSituation = {
    ...common,
    mode: liberal ? 'L' : 'S',
    sector: sectors[site === undefined ? (pharmacy ? 'pharmacy' : random.chance(0.5) ? 'group' : 'practice') : trade.salariedAt] ?? ['', ''],
    siteName,
    finess: site?.finess ?? '',
    structureKey: site === undefined ? `R${rpps}001` : `F${site.finess}`,
    street: site?.street ?? `${random.between(1, 90)} RUE DE LA GARE`,
    commune: where,
    phone,
  }
  // One in eight also works somewhere else, employed.
  const other = random.chance(0.12) ? sites.find((one) => one.category === '500' && random.chance(0.2)) : undefined
  const second: readonly SeededSituation[] =
    other === undefined
      ? []
      : [
          {
            ...common,
            mode: 'S',
            sector: ['SA17', 'Etablissement pour personnes âgées'],
            siteName: other.name,
            finess: other.finess,
            structureKey: `F${other.finess}`,
            street: other.street,
            commune: other.commune,
            phone: other.phone,
          },
        ]
  return {
    partyId: partyIdOf('rpps', rpps),
    rpps,
    familyName,
    givenName,
    woman,
    trade,
    name: nameOf(givenName, familyName, trade.profession[0] === '10'),
    commune: where,
    phone,
    place: siteName,
    personaId: null,
    situations: [first, ...second],
  }
}

const personaTrades: Readonly<Record<string, SeedTrade['role']>> = {
  gp: 'gp',
  'home-nurse': 'nurse',
  pharmacist: 'pharmacist',
  newcomer: 'physiotherapist',
  'ccas-social-worker': 'social_worker',
  'hospital-social-service': 'social_worker',
  'legal-guardian': 'legal_representative_professional',
  'dac-doctor': 'geriatrician',
  referent: 'nurse',
  'team-lead': 'nurse',
  'account-closed': 'nurse',
  'referent-other-dac': 'social_worker',
  'two-services': 'social_worker',
  'expert-team': 'midwife',
}
/** The telephones by which the demo's stories call them. */
const personaPhones: Readonly<Record<string, string>> = {
  gp: '0353012011',
  'home-nurse': '0639982263',
  newcomer: '0639987035',
  'legal-guardian': '0353016318',
  pharmacist: '0353012044',
  'ccas-social-worker': '0353014512',
}

function ofPersona(persona: (typeof personas)[number], communes: ReadonlyMap<string, SeededCommune>): readonly SeededProfessional[] {
  const role = personaTrades[persona.id]
  const trade = trades.find((one) => one.role === role)
  if (trade === undefined || persona.exercices.length === 0) return []
  const phone = personaPhones[persona.id] ?? `035301270${persona.nationalId.at(-1)}`
  const situations = persona.exercices.flatMap((exercice) => situationOf(persona.id, trade, exercice, phone, communes))
  const [first] = situations
  if (first === undefined) return []
  const rpps = persona.nationalId.slice(1)
  return [
    {
      partyId: partyIdOf('rpps', rpps),
      rpps,
      familyName: capitals(persona.familyName),
      givenName: capitals(persona.givenName),
      woman: persona.civility === 'MME',
      trade,
      name: nameOf(persona.givenName, persona.familyName, trade.profession[0] === '10'),
      commune: first.commune,
      phone,
      place: first.siteName,
      personaId: persona.id,
      situations,
    },
  ]
}

function situationOf(
  personaId: string,
  trade: SeedTrade,
  exercice: PersonaExercice,
  phone: string,
  communes: ReadonlyMap<string, SeededCommune>,
): readonly SeededSituation[] {
  const service = personaServices[exercice.at]
  const commune = communes.get(service.communeCode)
  if (commune === undefined) return []
  return [
    {
      mode: exercice.mode,
      sector: [service.sector, ''],
      genre: exercice.genre,
      siteName: capitals(service.name),
      finess: service.finess,
      structureKey: service.technicalId,
      street: `${service.street.number} ${service.street.name}`,
      commune,
      phone,
      profession: exercice.profession === '' ? ['', ''] : trade.profession[0] === exercice.profession ? trade.profession : [exercice.profession, ''],
      roleCode: exercice.role === '' ? ['', ''] : [exercice.role, personaId === 'legal-guardian' ? trade.roleCode[1] : ''],
      skill: exercice.specialty === trade.skill[0] ? trade.skill : [exercice.specialty, ''],
    },
  ]
}
