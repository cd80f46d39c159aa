import { formatDay } from '../../platform/contract/dates.ts'
import type { Occurrence } from '../contract/queries.ts'
import { type StayLine, type StayTarget, stayKindLabels } from '../contract/stay.ts'

/** What the rules look at, from what a list shows. */
export const stayTargetOf = (stay: StayLine): StayTarget => ({
  id: stay.id,
  personId: stay.person.personId,
  holderOrg: stay.holderOrg as StayTarget['holderOrg'],
  toldBy: stay.toldBy,
})

/** The exit that the team noted, for as long as the establishment told nothing else. */
export const notedExit = ({ endedOn, left }: Pick<StayLine, 'endedOn' | 'left'>): StayLine['left'] =>
  endedOn === null && left !== null && left.overtakenAt === null ? left : null

/** « sortie prévue le 28/11/2026 », « sortie non connue », « sortie le 28/11/2026 », « sortie notée par l’équipe le 28/11/2026 ». */
export function exitWords(stay: Pick<StayLine, 'endedOn' | 'left' | 'expectedOn'>): string {
  if (stay.endedOn !== null) return `sortie le ${formatDay(stay.endedOn)}`
  const noted = notedExit(stay)
  if (noted !== null) return noted.byName === null ? `terminé le ${formatDay(noted.on)}, au décès` : `sortie notée par l’équipe le ${formatDay(noted.on)}`
  return stay.expectedOn === null ? 'sortie non connue' : `sortie prévue le ${formatDay(stay.expectedOn)}`
}

/** « Hospitalisation », « Hospitalisation prévue », « Passage aux urgences ». */
export function stayTitle(stay: Pick<StayLine, 'kind' | 'startsOn' | 'toldBy'>, today: string): string {
  return stay.kind === 'inpatient' && stay.startsOn > today ? 'Hospitalisation prévue' : stayKindLabels[stay.kind]
}

/** What whoever goes there, or waits for her, must know: she is in hospital that day. Null: nobody says so. */
export function hospitalWords({ inHospital }: Pick<Occurrence, 'inHospital'>): string | null {
  if (inHospital === null) return null
  const { establishmentName, until, leavesThatDay } = inHospital
  if (leavesThatDay) return `Sortie d’hôpital ce jour-là\u00a0: ${establishmentName}`
  return `À l’hôpital à cette date\u00a0: ${establishmentName}, ${until === null ? 'sortie non connue' : `jusqu’au ${formatDay(until)}`}`
}

/** « À l’hôpital depuis le 20/11/2026, sortie prévue le 28/11/2026 » : of a week, without the name of the establishment. */
export function weekWords(stay: Pick<StayLine, 'startsOn' | 'endedOn' | 'outOn' | 'left' | 'expectedOn'>, today: string): string {
  if (stay.outOn !== null) {
    const whose = notedExit(stay)?.byName ? ', sortie notée par l’équipe' : ''
    return `À l’hôpital du ${formatDay(stay.startsOn)} au ${formatDay(stay.outOn)}${whose}`
  }
  return `À l’hôpital ${stay.startsOn > today ? 'à partir du' : 'depuis le'} ${formatDay(stay.startsOn)}, ${exitWords(stay)}`
}

/** The hints of a calendar, with those of hospital stays said first. */
export function withHospital(rows: readonly Occurrence[], hints: ReadonlyMap<string, string> = new Map()): ReadonlyMap<string, string> {
  const words = new Map(hints)
  for (const one of rows) {
    const said = hospitalWords(one)
    if (said !== null) words.set(one.id, words.has(one.id) ? `${said}. ${words.get(one.id)}` : said)
  }
  return words
}
