import { nirKey } from '../../../persons/contract/ins.ts'
import { nameKeys } from '../../../persons/contract/names.ts'
import { addDays, ageOn } from '../../../platform/contract/dates.ts'
import type { Population } from '../../../steering/contract/value-sets.ts'
import { readable, type SeededProfessional } from '../directory/professionals.ts'
import type { Bulk, Row } from './bulk.ts'
import type { SeedCalendar } from './calendar.ts'
import type { SeededCommune } from './communes.ts'
import type { Random } from './random.ts'
import type { SeededDac, SeededUser } from './staff.ts'
import { adultMen, adultWomen, familyNames, olderMen, olderWomen, streets, youngMen, youngWomen } from './words.ts'

export interface SeededPerson {
  readonly id: string
  readonly dac: SeededDac
  /** « Mme Perrin ». */
  readonly civil: string
  readonly birthName: string
  readonly usedName: string | null
  readonly givenNames: readonly string[]
  readonly sex: 'F' | 'M'
  readonly birthDate: string
  readonly age: number
  readonly commune: string
  /** What brings her to the DAC, first of all. */
  readonly population: Population
  /** The day on which the DAC first heard of her, and the minutes of that morning. */
  readonly knownOn: string
  readonly knownAt: Date
  readonly deceasedOn: string | null
  /** Was told and does not oppose sharing: a circle may be opened. */
  readonly informed: boolean
  readonly opposed: boolean
  readonly doctor: SeededProfessional | null
  readonly order: number
  /** What is told of somebody of the stories, in the place of what would be drawn. */
  readonly told?: ToldFacts
}

export interface ToldFacts {
  /** Columns of persons.person. */
  readonly identity: Row
  readonly phone: string | null
  readonly protection: Row | null
  readonly silences: readonly Row[]
}

/** The elders are most of the work, every age is there (domain.md 2.1 C and D). */
const ages: readonly (readonly [readonly [number, number], number])[] = [
  [[1, 10], 2],
  [[11, 17], 2],
  [[18, 39], 8],
  [[40, 59], 16],
  [[60, 74], 22],
  [[75, 84], 27],
  [[85, 101], 23],
]

function populationOf(random: Random, age: number, palliative: boolean): Population {
  if (age < 18)
    return random.weighted<Population>([
      ['neurodevelopment', 5],
      ['paediatrics', 3],
      ['disability', 2],
    ])
  const share = palliative ? 1 : 0.06
  if (age < 60)
    return random.weighted<Population>([
      ['palliative', 24 * share],
      ['chronic', 16],
      ['mental_health', 18],
      ['disability', 16],
      ['addiction', 10],
      ['cancer', 10],
      ['precarity', 6],
    ])
  return random.weighted<Population>([
    ['geriatrics', 52],
    ['palliative', 30 * share],
    ['chronic', 7],
    ['mental_health', 3],
    ['disability', 3],
    ['cancer', 4],
    ['addiction', 2],
    ['precarity', 2],
  ])
}

/** Who there is, drawn but not written. */
export function inventPersons(
  random: Random,
  count: number,
  months: number,
  calendar: SeedCalendar,
  dacs: readonly SeededDac[],
  communes: ReadonlyMap<string, SeededCommune>,
  professionals: readonly SeededProfessional[],
): readonly SeededPerson[] {
  const inhabited = new Map(
    dacs.map((dac) => [
      dac.id,
      cumulated(dac.communes.map((code) => communes.get(code)).filter((commune) => commune !== undefined && commune.population > 0) as SeededCommune[]),
    ]),
  )
  const doctors = doctorsBy(professionals)
  const known = professionals.find(({ personaId }) => personaId === 'gp')
  return Array.from({ length: count }, (_, order) => {
    const dac = random.pick(dacs)
    const wanted = random.between(...random.weighted(ages))
    const sex = random.chance(0.61) ? 'F' : 'M'
    const birthDate = addDays(calendar.today, -Math.round((wanted + random.next() * 0.98) * 365.25))
    const age = ageOn(birthDate, calendar.today)
    const list = age < 20 ? (sex === 'F' ? youngWomen : youngMen) : age < 62 ? (sex === 'F' ? adultWomen : adultMen) : sex === 'F' ? olderWomen : olderMen
    const givenNames = random.some(list, random.chance(0.45) ? 2 : 1)
    const birthName = random.pick(familyNames)
    const usedName = sex === 'F' && age > 28 && random.chance(0.62) ? random.pick(familyNames) : null
    const days = random.between(2, months * 30)
    const knownOn = calendar.workingDay(calendar.daysAgo(days))
    const knownAt = calendar.at(knownOn, random.between(520, 1000))
    const commune = inhabited.get(dac.id)?.(random) as SeededCommune
    const near = doctors.get(commune.epci ?? '') ?? doctors.get(commune.department) ?? []
    const opposed = random.chance(0.012)
    // The doctor of the stories has her own patients, wherever they live in the département.
    const doctor =
      random.chance(0.1) || near.length === 0 ? null : commune.department === known?.commune.department && random.chance(0.08) ? known : random.pick(near)
    return {
      id: random.idAt(knownAt),
      dac,
      civil: `${sex === 'F' ? 'Mme' : 'M.'}\u00a0${readable(usedName ?? birthName)}`,
      birthName,
      usedName,
      givenNames,
      sex,
      birthDate,
      age,
      commune: commune.code,
      population: populationOf(random, age, dac.palliative),
      knownOn,
      knownAt,
      deceasedOn: random.chance(age > 84 ? 0.09 : age > 60 ? 0.035 : 0.005) && days > 20 ? calendar.daysAgo(random.between(1, days - 10)) : null,
      informed: !opposed && random.chance(0.88),
      opposed,
      doctor,
      order,
    }
  })
}

/** Draws a commune by its population, in a binary search: a region asks a hundred thousand times. */
function cumulated(communes: readonly SeededCommune[]): (random: Random) => SeededCommune {
  const sums: number[] = []
  let total = 0
  for (const commune of communes) {
    total += commune.population
    sums.push(total)
  }
  return (random) => {
    const wanted = random.next() * total
    let [low, high] = [0, sums.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] as number) > wanted) high = middle
      else low = middle + 1
    }
    return communes[low] as SeededCommune
  }
}

/** The generalists of each EPCI, and of each département for where an EPCI has none. */
function doctorsBy(professionals: readonly SeededProfessional[]): ReadonlyMap<string, readonly SeededProfessional[]> {
  const found = new Map<string, SeededProfessional[]>()
  for (const one of professionals) {
    if (one.trade.role !== 'gp') continue
    for (const key of [one.commune.epci ?? '', one.commune.department]) found.set(key, [...(found.get(key) ?? []), one])
  }
  return found
}

const callerInstructions = [
  'Parler fort et lentement. Appeler avant 11 h.',
  'Laisser sonner longtemps, se déplace avec un déambulateur.',
  'Appeler plutôt sa fille, qui garde le téléphone.',
  'Se présenter deux fois : se méfie des démarcheurs.',
]
const prefixes = ['+3363998', '+3335301', '+3319900', '+3326191', '+3346571', '+3353649'] as const

/** A number from the ranges reserved for fiction; the first two are those of the demo. */
export function fictionalPhone(order: number, mobile: boolean): string {
  const range = order < 10_000 ? (mobile ? 0 : 1) : Math.floor(order / 10_000) % prefixes.length
  return `${prefixes[range]}${String((order * 7919) % 10_000).padStart(4, '0')}`
}

/** Writes the persons with what the desk and the référents hold of them. Test INS only. */
export async function writePersons(
  bulk: Bulk,
  random: Random,
  calendar: SeedCalendar,
  persons: readonly SeededPerson[],
  communes: ReadonlyMap<string, SeededCommune>,
  cptsOfCommune: ReadonlyMap<string, string>,
  guardian: SeededProfessional | undefined,
): Promise<void> {
  const each = function* (make: (person: SeededPerson, desk: SeededUser) => Iterable<Row>): Generator<Row> {
    for (const person of persons) yield* make(person, person.dac.desk[person.order % person.dac.desk.length] ?? (person.dac.referents[0] as SeededUser))
  }
  await bulk.write(
    'persons.person',
    each((person, desk) => [personRow(random, person, desk, communes)]),
  )
  await bulk.write(
    'persons.contact_point',
    each((person) => {
      if (person.told !== undefined)
        return person.told.phone === null
          ? []
          : [
              {
                id: random.idAt(person.knownAt),
                person_id: person.id,
                kind: person.told.phone.startsWith('+336') ? 'mobile' : 'home_phone',
                value: person.told.phone,
                label: null,
                preferred: true,
                holder_org: person.dac.id,
              },
            ]
      const mobile = person.order % 3 !== 0
      const first = {
        id: random.idAt(person.knownAt),
        person_id: person.id,
        kind: mobile ? 'mobile' : 'home_phone',
        value: fictionalPhone(person.order, mobile),
        label: person.order % 5 === 0 ? random.pick(['Sa fille', 'Son fils', 'La voisine']) : null,
        preferred: true,
        holder_org: person.dac.id,
      }
      return person.order % 4 === 0
        ? [
            first,
            {
              ...first,
              id: random.idAt(person.knownAt),
              kind: 'mobile',
              value: fictionalPhone(person.order + 5000, true),
              label: 'Sa fille',
              preferred: false,
            },
          ]
        : [first]
    }),
  )
  await bulk.write(
    'persons.protection_measure',
    each((person, desk) => protectionOf(random, calendar, person, desk, guardian)),
  )
  await bulk.write(
    'persons.family_doctor',
    each((person, desk) => [
      {
        id: random.idAt(person.knownAt),
        person_id: person.id,
        state: person.doctor === null ? 'none' : person.order % 10 === 9 ? 'de_facto' : 'declared',
        professional_id: person.doctor?.partyId ?? null,
        professional_name: person.doctor?.name ?? null,
        professional_phone: person.doctor === null ? null : `+33${person.doctor.phone.slice(1)}`,
        professional_commune: person.doctor?.commune.name ?? null,
        verified_on: person.knownOn,
        starts_on: person.knownOn,
        holder_org: person.dac.id,
        recorded_at: person.knownAt,
        recorded_by: desk.id,
      },
    ]),
  )
  await bulk.write(
    'persons.family_doctor_referral',
    each((person, desk) => referralOf(random, calendar, person, desk, cptsOfCommune.get(person.commune))),
  )
  await bulk.write(
    'persons.information_given',
    each((person, desk) =>
      person.informed || person.opposed
        ? [
            {
              id: random.idAt(person.knownAt),
              person_id: person.id,
              given_on: person.knownOn,
              given_to: 'person',
              given_by: desk.id,
              given_by_name: desk.name,
              mode: 'oral_phone',
              document_version: documentOn(person.knownOn),
              holder_org: person.dac.id,
              recorded_at: person.knownAt,
            },
          ]
        : [],
    ),
  )
  await bulk.write(
    'persons.non_opposition',
    each((person, desk) =>
      (person.opposed ? [1, 2] : person.informed ? (person.order % 5 < 2 ? [1, 2, 3] : [1, 2]) : []).map((number) => ({
        id: random.idAt(person.knownAt),
        person_id: person.id,
        number,
        state: number === 1 && person.opposed ? 'opposition' : number === 3 && random.chance(0.2) ? 'opposition' : 'non_opposition',
        collected_on: person.knownOn,
        mode: 'oral_phone',
        collected_by: desk.id,
        collected_by_name: desk.name,
        document_version: documentOn(person.knownOn),
        given_by: person.age < 18 ? 'holder_of_parental_authority' : 'person',
        holder_org: person.dac.id,
        recorded_at: person.knownAt,
      })),
    ),
  )
  await bulk.write(
    'persons.non_disclosure',
    each((person, desk) =>
      person.told !== undefined
        ? silencesOf(random, person, desk)
        : person.order % 29 !== 7
          ? []
          : [
              {
                id: random.idAt(person.knownAt),
                person_id: person.id,
                kind: person.order % 2 === 0 ? 'tell_nothing' : 'no_call',
                towards: random.pick(['son neveu', 'son frère', 'son ancien voisin', 'sa belle-sœur']),
                relation: null,
                party_id: null,
                reason: null,
                wish_of: 'person',
                since: person.knownOn,
                holder_org: person.dac.id,
                recorded_by: desk.id,
              },
            ],
    ),
  )
}

function silencesOf(random: Random, person: SeededPerson, desk: SeededUser): readonly Row[] {
  return (person.told?.silences ?? []).map((silence) => ({
    id: random.idAt(person.knownAt),
    person_id: person.id,
    kind: silence['kind'],
    towards: silence['towards'],
    relation: silence['relation'] ?? null,
    party_id: silence['party_id'] ?? null,
    reason: silence['reason'] ?? null,
    wish_of: 'person',
    since: silence['since'],
    holder_org: person.dac.id,
    recorded_by: desk.id,
  }))
}

/** The notice in force that day. */
const documentOn = (day: string): string => (day < '2026-01-01' ? 'notice_2023_2' : 'notice_2026_1')

function personRow(random: Random, person: SeededPerson, desk: SeededUser, communes: ReadonlyMap<string, SeededCommune>): Row {
  const birthPlace = random.pick(person.dac.communes)
  const status = random.weighted([
    ['QUAL', 46],
    ['VALI', 14],
    ['RECUP', 14],
    ['PROV', 26],
  ] as const)
  const { searchKey, soundKey } = nameKeys([person.birthName, person.usedName, ...person.givenNames])
  const retrieved = status === 'QUAL' || status === 'RECUP'
  const checked = status === 'QUAL' || status === 'VALI'
  const unsaid = status === 'PROV' && person.told === undefined && person.order % 3 === 0
  const order = String(person.order).padStart(6, '0')
  const nir = `${person.sex === 'F' ? 2 : 1}${person.birthDate.slice(2, 4)}${person.birthDate.slice(5, 7)}${birthPlace.slice(0, 2)}${order}`
  return {
    person_id: person.id,
    birth_name: person.birthName,
    used_name: person.usedName,
    birth_given_names: person.givenNames,
    birth_date: person.birthDate,
    sex: person.sex,
    birth_place_code: unsaid ? null : birthPlace,
    birth_place_name: unsaid ? null : (communes.get(birthPlace)?.name ?? null),
    search_key: searchKey,
    sound_key: soundKey,
    ins_matricule: retrieved ? nir + nirKey(nir) : null,
    ins_oid: retrieved ? '1.2.250.1.213.1.4.10' : null,
    ins_retrieved_at: retrieved ? person.knownAt : null,
    ins_verified_at: retrieved ? person.knownAt : null,
    // The night's verification said no to a few: the work list of identities has something grave to show.
    ins_contested_at: retrieved && person.told === undefined && person.order % 389 === 17 ? person.knownAt : null,
    identity_checked_at: checked ? person.knownAt : null,
    identity_checked_by: checked ? desk.id : null,
    identity_document: checked ? random.pick(['id_card', 'id_card', 'passport']) : null,
    identity_status: status,
    identity_attributes: person.order % 211 === 5 ? ['homonym'] : person.order % 307 === 11 && status === 'PROV' ? ['doubtful'] : [],
    commune_code: person.commune,
    address: `${random.between(1, 88)} ${random.pick(streets)}`,
    caller_instruction: person.order % 11 === 0 ? random.pick(callerInstructions) : null,
    needs_interpreter: person.order % 53 === 0,
    language: person.order % 53 === 0 ? random.pick(['tr', 'ar', 'pt', 'uk']) : null,
    is_military: person.order % 401 === 0,
    deceased_on: person.deceasedOn,
    death_recorded_at: person.deceasedOn === null ? null : new Date(`${person.deceasedOn}T14:00:00Z`),
    death_recorded_by: person.deceasedOn === null ? null : desk.id,
    death_source: person.deceasedOn === null ? null : random.pick(['family', 'professional', 'institution']),
    holder_org: person.dac.id,
    created_at: person.knownAt,
    created_by: desk.id,
    ...(person.told === undefined
      ? {}
      : { caller_instruction: null, needs_interpreter: false, language: null, is_military: false, identity_attributes: [], ...person.told.identity }),
  }
}

/** True for those whose measure a mandataire exercises on his own: the persona's, where he works. */
export const hasPrivateMandatary = (person: SeededPerson): boolean =>
  person.told === undefined && person.age >= 18 && person.order % 14 === 0 && person.order % 42 === 0

function protectionOf(
  random: Random,
  calendar: SeedCalendar,
  person: SeededPerson,
  desk: SeededUser,
  guardian: SeededProfessional | undefined,
): readonly Row[] {
  if (person.told !== undefined)
    return person.told.protection === null
      ? []
      : [
          {
            id: random.idAt(person.knownAt),
            person_id: person.id,
            representative_party_id: null,
            ...person.told.protection,
            holder_org: person.dac.id,
            recorded_at: person.knownAt,
            recorded_by: desk.id,
          },
        ]
  const minor = person.age < 18
  if (minor ? person.order % 4 !== 0 : person.order % 14 !== 0) return []
  const holder = minor ? 'department' : hasPrivateMandatary(person) ? 'private_mandatary' : random.pick(['family', 'association'] as const)
  const hisOwn = holder === 'private_mandatary' && guardian?.commune.department === person.dac.department ? guardian : undefined
  const startsOn = calendar.daysAgo(random.between(200, 1500))
  return [
    {
      id: random.idAt(person.knownAt),
      person_id: person.id,
      measure: minor
        ? random.pick(['aemo', 'aed', 'placement'])
        : random.pick(['reinforced_curatorship', 'guardianship', 'simple_curatorship', holder === 'family' ? 'family_habilitation' : 'reinforced_curatorship']),
      scope: minor ? null : random.pick(['goods', 'goods_and_person']),
      holder_kind: holder,
      representative_party_id: hisOwn?.partyId ?? null,
      representative_name:
        hisOwn !== undefined
          ? `M.\u00a0${hisOwn.name}`
          : holder === 'association'
            ? 'Association tutélaire Les Saules'
            : holder === 'department'
              ? 'Aide sociale à l’enfance'
              : `M.\u00a0${readable(random.pick(adultMen))} ${readable(random.pick(familyNames))}`,
      representative_phone: hisOwn !== undefined ? `+33${hisOwn.phone.slice(1)}` : fictionalPhone(person.order + 300, false),
      document_seen: random.chance(0.7) ? 'Jugement vu' : null,
      starts_on: startsOn,
      ends_on: addDays(startsOn, random.pick([2, 5]) * 365),
      holder_org: person.dac.id,
      recorded_at: person.knownAt,
      recorded_by: desk.id,
    },
  ]
}

function referralOf(random: Random, calendar: SeedCalendar, person: SeededPerson, desk: SeededUser, cpts: string | undefined): readonly Row[] {
  if (person.doctor !== null || person.deceasedOn !== null) return []
  const old = calendar.now.getTime() - person.knownAt.getTime() > 60 * 86_400_000
  const outcome =
    cpts === undefined
      ? null
      : old
        ? random.weighted([
            ['failed', 2],
            ['declined', 2],
            ['proposed', 2],
            [null, 2],
          ] as const)
        : null
  const ended = outcome === 'failed' || outcome === 'declined'
  return [
    {
      id: random.idAt(person.knownAt),
      person_id: person.id,
      cpts_id: cpts ?? null,
      no_cpts: cpts === undefined,
      state: cpts === undefined ? 'no_cpts' : (outcome ?? random.pick(['sent', 'received', 'reminded'])),
      sent_at: person.knownAt,
      remind_on: cpts === undefined || ended ? null : calendar.daysAgo(random.between(-7, 4)),
      outcome_at: ended ? new Date(person.knownAt.getTime() + 20 * 86_400_000) : null,
      outcome: ended ? 'Réponse de la CPTS notée.' : null,
      holder_org: person.dac.id,
      created_by: desk.id,
    },
  ]
}
