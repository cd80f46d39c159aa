import { nirKey } from '../../../persons/contract/ins.ts'
import { addDays, ageOn, type Day } from '../../../platform/contract/dates.ts'
import type { Population } from '../../../steering/contract/value-sets.ts'
import type { SeededProfessional } from '../directory/professionals.ts'
import { readable } from '../directory/professionals.ts'
import type { SeedCalendar } from '../region/calendar.ts'
import type { SeededEpisode } from '../region/episodes.ts'
import type { SeededPerson, ToldFacts } from '../region/persons.ts'
import type { Random } from '../region/random.ts'
import type { SeededDac, SeededUser, Staff } from '../region/staff.ts'

/** Whoever the stories need by name. */
export interface Cast {
  readonly hautesVallees: SeededDac
  readonly meurtheMortagne: SeededDac
  readonly julie: SeededUser
  readonly karim: SeededUser
  readonly nadia: SeededUser
  readonly card: (personaId: string) => SeededProfessional
  readonly user: (personaId: string) => SeededUser
}

export function castOf(staff: Staff, professionals: readonly SeededProfessional[]): Cast {
  const user = (personaId: string): SeededUser => {
    const found = staff.personaUsers.get(personaId)
    if (found === undefined) throw new Error(`no account for the persona ${personaId}`)
    return found
  }
  const card = (personaId: string): SeededProfessional => {
    const found = professionals.find((one) => one.personaId === personaId)
    if (found === undefined) throw new Error(`no card for the persona ${personaId}`)
    return found
  }
  return {
    hautesVallees: staff.dacs[0] as SeededDac,
    meurtheMortagne: staff.dacs[1] as SeededDac,
    julie: user('referent'),
    karim: user('co-referent'),
    nadia: user('front-desk'),
    card,
    user,
  }
}

/** The people of the stories: those that the desk and Julie Marchal meet on the morning of the demo. */
export interface StoryPeople {
  readonly persons: readonly SeededPerson[]
  readonly episodes: readonly SeededEpisode[]
  readonly of: (name: string) => SeededPerson
  readonly episodeOf: (name: string) => SeededEpisode
}

interface Character {
  readonly name: string
  readonly used: string | null
  readonly birth: string
  readonly given: string
  readonly sex: 'F' | 'M'
  readonly born: string
  readonly commune: string
  readonly address: string
  readonly knownDaysAgo: number
  readonly population: Population
  readonly difficulties: readonly string[]
  readonly level: SeededEpisode['level']
  readonly doctor: boolean
  readonly follows: 'julie' | 'closed' | 'other_dac'
  readonly closedDaysAgo?: number
  readonly reviewInDays?: number
  readonly instruction?: string
}

const characters: readonly Character[] = [
  {
    name: 'perrin',
    used: 'PERRIN',
    birth: 'KEMPF',
    given: 'ODILE',
    sex: 'F',
    born: '1941-03-12',
    commune: '88408',
    address: '7, chemin des Tilleuls',
    knownDaysAgo: 137,
    population: 'geriatrics',
    difficulties: ['falls', 'caregiver', 'rights', 'discharge'],
    level: 'sustained',
    doctor: true,
    follows: 'julie',
    instruction: 'Parler lentement. Le soir, Sylvie répond.',
  },
  {
    name: 'vaxelaire',
    used: null,
    birth: 'VAXELAIRE',
    given: 'HENRI',
    sex: 'M',
    born: '1947-05-21',
    commune: '88383',
    address: '14, rue de la Xavée',
    knownDaysAgo: 96,
    population: 'geriatrics',
    difficulties: ['discharge', 'isolation'],
    level: 'intensive',
    doctor: true,
    follows: 'julie',
  },
  {
    name: 'claudel',
    used: 'CLAUDEL',
    birth: 'HOUOT',
    given: 'JEANNE',
    sex: 'F',
    born: '1935-02-03',
    commune: '88116',
    address: '3, rue des Vannes',
    knownDaysAgo: 210,
    population: 'geriatrics',
    difficulties: ['caregiver', 'autonomy_loss'],
    level: 'sustained',
    doctor: true,
    follows: 'julie',
  },
  {
    name: 'thomas',
    used: null,
    birth: 'THOMAS',
    given: 'BERNARD',
    sex: 'M',
    born: '1958-01-30',
    commune: '88158',
    address: '22, rue du Moulin',
    knownDaysAgo: 40,
    population: 'chronic',
    difficulties: ['no_gp', 'medication'],
    level: 'sustained',
    doctor: false,
    follows: 'julie',
  },
  {
    name: 'georgel',
    used: 'GEORGEL',
    birth: 'POIROT',
    given: 'COLETTE',
    sex: 'F',
    born: '1952-06-17',
    commune: '88075',
    address: '41, route de Vologne',
    knownDaysAgo: 12,
    population: 'palliative',
    difficulties: ['end_of_life', 'caregiver'],
    level: 'intensive',
    doctor: true,
    follows: 'julie',
  },
  {
    name: 'pierrat',
    used: null,
    birth: 'PIERRAT',
    given: 'LOUIS',
    sex: 'M',
    born: '1943-04-09',
    commune: '88408',
    address: '9, rue de la Gare',
    knownDaysAgo: 160,
    population: 'geriatrics',
    difficulties: ['rights', 'falls'],
    level: 'sustained',
    doctor: true,
    follows: 'julie',
  },
  {
    name: 'lambert',
    used: null,
    birth: 'LAMBERT',
    given: 'RENE',
    sex: 'M',
    born: '1940-08-28',
    commune: '88486',
    address: '5, Grande Rue',
    knownDaysAgo: 190,
    population: 'geriatrics',
    difficulties: ['medication', 'polypathology'],
    level: 'sustained',
    doctor: true,
    follows: 'julie',
    reviewInDays: 6,
  },
  {
    name: 'aubry',
    used: 'AUBRY',
    birth: 'GEHIN',
    given: 'PAULETTE',
    sex: 'F',
    born: '1938-12-02',
    commune: '88447',
    address: '18, rue des Écoles',
    knownDaysAgo: 175,
    population: 'geriatrics',
    difficulties: ['falls', 'isolation'],
    level: 'sustained',
    doctor: true,
    follows: 'julie',
    reviewInDays: 24,
  },
  {
    name: 'thiriet',
    used: null,
    birth: 'THIRIET',
    given: 'GERARD',
    sex: 'M',
    born: '1938-11-04',
    commune: '88468',
    address: '12, rue de la Gare',
    knownDaysAgo: 700,
    population: 'geriatrics',
    difficulties: ['falls'],
    level: 'brief',
    doctor: true,
    follows: 'closed',
    closedDaysAgo: 608,
    instruction: 'Parler fort, il entend mal. Appeler avant 11 h.',
  },
  {
    name: 'thirietGerald',
    used: null,
    birth: 'THIRIET',
    given: 'GERALD',
    sex: 'M',
    born: '1938-04-11',
    commune: '54039',
    address: '6, rue des Cristalleries',
    knownDaysAgo: 120,
    population: 'geriatrics',
    difficulties: ['autonomy_loss'],
    level: 'sustained',
    doctor: true,
    follows: 'other_dac',
  },
]

export const storyPersons = characters.length
/** Accompaniments in progress, and ended, that the stories bring. */
export const storyOpen = characters.filter((one) => one.follows !== 'closed').length
export const storyClosed = characters.length - storyOpen

/** Draws the stories' people around the personas; their files are written like those of the others, except that of Mme Perrin. */
export function inventStory(
  random: Random,
  calendar: SeedCalendar,
  cast: Cast,
  doctorsOf: (commune: string) => readonly SeededProfessional[],
  order: number,
): StoryPeople {
  const persons = new Map<string, SeededPerson>()
  const episodes = new Map<string, SeededEpisode>()
  characters.forEach((character, rank) => {
    const person = personOf(random, calendar, cast, character, doctorsOf(character.commune), order + rank)
    persons.set(character.name, person)
    episodes.set(character.name, episodeOf(random, calendar, cast, character, person))
  })
  return {
    persons: [...persons.values()],
    episodes: [...episodes.values()],
    of: (name) => persons.get(name) as SeededPerson,
    episodeOf: (name) => episodes.get(name) as SeededEpisode,
  }
}

function personOf(
  random: Random,
  calendar: SeedCalendar,
  cast: Cast,
  character: Character,
  doctors: readonly SeededProfessional[],
  order: number,
): SeededPerson {
  const dac = character.follows === 'other_dac' ? cast.meurtheMortagne : cast.hautesVallees
  const knownOn = calendar.workingDay(calendar.daysAgo(character.knownDaysAgo))
  const knownAt = calendar.at(knownOn, 605)
  const perrin = character.name === 'perrin'
  const nir = `${character.sex === 'F' ? 2 : 1}${character.born.slice(2, 4)}${character.born.slice(5, 7)}88${String(990_000 + order).slice(-6)}`
  return {
    id: random.idAt(knownAt),
    dac,
    civil: `${character.sex === 'F' ? 'Mme' : 'M.'}\u00a0${readable(character.used ?? character.birth)}`,
    birthName: character.birth,
    usedName: character.used,
    givenNames: perrin ? ['ODILE', 'MARIE'] : [character.given],
    sex: character.sex,
    birthDate: character.born,
    age: ageOn(character.born, calendar.today),
    commune: character.commune,
    population: character.population,
    knownOn,
    knownAt,
    deceasedOn: null,
    informed: true,
    opposed: false,
    doctor: !character.doctor
      ? null
      : perrin || character.name === 'claudel'
        ? cast.card('gp')
        : (doctors[order % Math.max(1, doctors.length)] ?? cast.card('gp')),
    order,
    told: {
      identity: {
        address: character.address,
        caller_instruction: character.instruction ?? null,
        identity_status: 'QUAL',
        ins_matricule: nir + nirKey(nir),
        ins_oid: '1.2.250.1.213.1.4.10',
        ins_retrieved_at: knownAt,
        identity_checked_at: knownAt,
        identity_checked_by: cast.nadia.id,
        identity_document: 'id_card',
        birth_place_code: '88383',
        birth_place_name: 'Remiremont',
      },
      phone: perrin ? '+33353012258' : `+3335301${String(2200 + (order % 700)).padStart(4, '0')}`,
      protection: perrin ? protectionOf(cast) : null,
      silences: perrin ? silencesOf(calendar, cast) : [],
    },
  }
}

function protectionOf(cast: Cast): ToldFacts['protection'] {
  const guardian = cast.card('legal-guardian')
  return {
    measure: 'reinforced_curatorship',
    scope: 'goods_and_person',
    holder_kind: 'private_mandatary',
    representative_name: 'M.\u00a0Alain Colin',
    representative_party_id: guardian.partyId,
    representative_phone: '+33353016318',
    document_seen: 'Jugement du 30/06/2024',
    starts_on: '2024-06-30',
    ends_on: '2029-06-30',
  }
}

function silencesOf(calendar: SeedCalendar, cast: Cast): ToldFacts['silences'] {
  const since = calendar.daysAgo(43)
  return [
    { kind: 'tell_nothing', towards: 'Marc Perrin', relation: 'son', since, reason: 'À sa demande.' },
    { kind: 'hidden_address', towards: 'Marc Perrin', relation: 'son', since, reason: 'À sa demande.' },
    {
      kind: 'no_sharing',
      towards: 'Benoît Laheurte, pharmacien',
      party_id: cast.card('pharmacist').partyId,
      since: calendar.daysAgo(90),
      reason: 'Ne souhaite pas que la pharmacie lise son dossier.',
    },
  ]
}

function episodeOf(random: Random, calendar: SeedCalendar, cast: Cast, character: Character, person: SeededPerson): SeededEpisode {
  const openedOn = calendar.workingDayAfter(person.knownOn, 2)
  const openedAt = calendar.at(openedOn, 585)
  const closedOn = character.closedDaysAgo === undefined ? null : (calendar.daysAgo(character.closedDaysAgo) as Day)
  const others = person.dac.referents.filter((user) => user.id !== cast.julie.id && user.id !== cast.karim.id)
  const sequence = character.name === 'perrin' ? { id: random.idAt(openedAt), kind: 'hospital_discharge' as const, startsOn: calendar.daysAgo(7) } : null
  return {
    id: random.idAt(openedAt),
    requestId: random.idAt(person.knownAt),
    person,
    dac: person.dac,
    referent: character.follows === 'julie' ? cast.julie : (others[0] as SeededUser),
    binome: character.follows === 'julie' ? cast.karim : null,
    openedAt,
    openedOn,
    closedOn,
    state: closedOn === null ? 'open' : 'closed',
    level: character.level,
    difficulties: character.difficulties,
    sequence,
    closureReason: closedOn === null ? null : 'stabilised',
    told: { byHand: character.name === 'perrin', reviewOn: character.reviewInDays === undefined ? null : addDays(calendar.today, character.reviewInDays) },
  }
}
