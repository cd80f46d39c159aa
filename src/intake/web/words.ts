import { formatPhone as readPhone } from '../../persons/contract/phones.ts'
import { type Actor, holds, isDacStaff } from '../../platform/contract/actor.ts'
import { ageOn } from '../../platform/contract/dates.ts'
import { properCase } from '../../platform/contract/proper-case.ts'
import type { SessionSettings } from '../../platform/web/api/SessionProvider.tsx'
import { displayZone, today } from '../../platform/web/text/dates.ts'
import type { Delay } from '../../platform/web/text/delays.ts'
import { formatCivilName, formatPersonName } from '../../platform/web/text/names.ts'
import { nbsp } from '../../platform/web/text/typography.ts'
import { usualCalendar, type WorkingCalendar } from '../../territory/contract/working-time.ts'
import { delayStanding } from '../contract/delays.ts'
import type { RequestLine } from '../contract/request-line.ts'

type About = Pick<RequestLine, 'concerns' | 'person' | 'personName' | 'personBirthDate'>

/** « Mme Jeanne Claudel, 91 ans », « Personne non nommée », « Sans personne »: whom a request is about, in a list. */
export function whoIs(about: About): string {
  const birthDay = about.concerns === 'person' ? (about.person?.birthDay ?? about.personBirthDate) : null
  return [nameOf(about), ageWords(birthDay)].filter(Boolean).join(', ')
}

/** The same without the age, for a letter. */
export function nameOf({ concerns, person, personName }: About): string {
  if (concerns === 'nobody') return 'Sans personne'
  if (concerns === 'unnamed') return 'Personne non nommée'
  if (person) {
    const first = properCase(person.usedFirstName || person.firstName)
    const civil = formatCivilName(person)
    const last = properCase(person.usedName || person.birthName)
    return person.sex === 'F' || person.sex === 'M' ? `${civil.slice(0, civil.length - last.length)}${first} ${last}`.trim() : civil
  }
  return personName ? properCase(personName) : 'Personne non nommée'
}

/** The same for a heading: « CLAUDEL Jeanne, 91 ans ». */
export function whoIsInFull(about: About): string {
  if (about.person) return [formatPersonName(about.person), ageWords(about.person.birthDay)].filter(Boolean).join(', ')
  return whoIs(about)
}

function ageWords(birthDay: string | null): string | null {
  return birthDay ? `${ageOn(birthDay, today())}${nbsp}ans` : null
}

/** When the installation works: its zone and its holidays, Monday to Friday. */
export function calendarOf(settings: SessionSettings): WorkingCalendar {
  return { ...usualCalendar, timeZone: displayZone(), holidays: settings.publicHolidays ?? usualCalendar.holidays }
}

/** Where the delay of a request stands, in working time: « reste 2 h », « en retard de 3 h »; null without a term. */
export function requestDelay(
  request: { readonly receivedAt: string; readonly dueAt: string | null },
  calendar: WorkingCalendar,
  now: Date = new Date(),
): Delay | null {
  if (request.dueAt === null) return null
  const standing = delayStanding(new Date(request.receivedAt), new Date(request.dueAt), now, calendar)
  const amount = standing.amount === 0 ? `moins d’une${nbsp}minute` : `${standing.amount}${nbsp}${standing.unit}`
  return {
    bands: standing.bands,
    tone: standing.late ? 'late' : standing.near ? 'near' : 'calm',
    words: standing.late ? `en retard de ${amount}` : `reste ${amount}`,
  }
}

/** A kept number as it is read aloud, « poste 12 » after it. */
export function phoneWords(value: string | null): string {
  if (!value) return ''
  const [number = '', extension] = value.split(' poste ')
  return [readPhone(number), extension ? `poste ${extension}` : null].filter(Boolean).join(' ')
}

/** Who asked, short: « sa fille », « Dr Fritsch », « CCAS de Vagney »; the kind of requester when nobody gave a name. */
export function requesterWords(request: Pick<RequestLine, 'callerName' | 'callerQuality' | 'requesterName'>, kind: string): string {
  if (request.callerQuality && (request.requesterName === null || request.requesterName === request.callerName)) return request.callerQuality
  return request.requesterName ?? request.callerName ?? kind
}

/** The two sides of the same address: those who handle requests, and those who ask. */
export function handlesRequests(actor: Actor): boolean {
  return isDacStaff(actor)
}

export function sitsInCommission(actor: Actor): boolean {
  return actor.serviceKind === 'dac' && holds(actor, 'referent', 'doctor', 'team_lead')
}
