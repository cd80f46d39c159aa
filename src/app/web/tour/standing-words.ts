import { formatHour } from '../../../platform/web/text/dates.ts'
import { plural } from '../../../platform/web/text/typography.ts'

/** « Hors ligne depuis 9 h 12 – 3 éléments à envoyer », « Tout est envoyé »: where one stands, in one line. */
export function standingWords(lostAt: string | null, waiting: number, stuck: number): string {
  const parts = [
    lostAt === null ? null : `Hors ligne depuis ${formatHour(lostAt)}`,
    waiting > 0 ? `${plural(waiting, 'élément')} à envoyer` : null,
    stuck > 0 ? `${plural(stuck, 'élément')} à régler` : null,
  ].filter((part) => part !== null)
  return parts.length === 0 ? 'Tout est envoyé' : parts.join(' – ')
}

/** The same where a telephone has no room: « 2 à régler », « 3 à envoyer ». What asks for a decision comes first. */
export function briefWords(waiting: number, stuck: number): string {
  return stuck > 0 ? `${stuck} à régler` : `${waiting} à envoyer`
}
