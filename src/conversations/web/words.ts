import { dayOf } from '../../platform/contract/dates.ts'
import { displayZone, formatHour, formatLongDay, today } from '../../platform/web/text/dates.ts'
import { formatCivilName } from '../../platform/web/text/names.ts'
import type { Message, Participant, ThreadLine } from '../contract/queries.ts'

/** « Mme Perrin », or « Entre professionnels » outside any file. */
export function aboutWhom(person: ThreadLine['person']): string {
  return person === null ? 'Entre professionnels' : formatCivilName(person)
}

/** « aujourd’hui », « hier », « jeudi 15 octobre »: the line between two days. */
export function dayLine(instant: string, now: Date = new Date()): string {
  const day = dayOf(instant, displayZone())
  if (day === today(now)) return 'Aujourd’hui'
  if (day === today(new Date(now.getTime() - 86_400_000))) return 'Hier'
  const long = formatLongDay(day, now)
  return long.charAt(0).toUpperCase() + long.slice(1)
}

export function dayOfMessage({ sentAt }: Pick<Message, 'sentAt'>): string {
  return dayOf(sentAt, displayZone())
}

/** « Lu par Anne-Laure Fritsch et Thomas Noël » ; « Lu par tous ». Null where nobody else takes part. */
export function readWords(number: number, participants: readonly Participant[], me: string): string | null {
  const others = participants.filter((one) => one.leftAt === null && one.userId !== me && one.fromNumber <= number)
  if (others.length === 0) return null
  const read = others.filter((one) => one.seenNumber >= number)
  if (read.length === 0) return 'Pas encore lu'
  if (read.length === others.length) return others.length === 1 ? `Lu par ${enumerate(read.map(({ name }) => name))}` : 'Lu par tous'
  const waiting = others.length - read.length
  return `Lu par ${enumerate(read.map(({ name }) => name))} ; pas encore par ${waiting} ${waiting === 1 ? 'personne' : 'personnes'}`
}

/** « A, B et C »; beyond four, « A, B, C et 3 autres ». */
export function enumerate(names: readonly string[]): string {
  if (names.length > 4) return `${names.slice(0, 3).join(', ')} et ${names.length - 3} autres`
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} et ${names.at(-1)}`
}

/** What happened to the list of participants between two messages, in one sentence each. */
export function comings(participants: readonly Participant[]): readonly { readonly at: string; readonly words: string; readonly key: string }[] {
  const first = participants[0]?.joinedAt
  return participants.flatMap((one) => [
    ...(one.joinedAt === first || one.fromNumber <= 1
      ? []
      : [
          {
            at: one.joinedAt,
            key: `${one.userId}+${one.joinedAt}`,
            words: one.addedByName === null ? `${one.name} rejoint le cercle` : `${one.addedByName} a ajouté ${one.name}`,
          },
        ]),
    ...(one.leftAt === null
      ? []
      : [
          {
            at: one.leftAt,
            key: `${one.userId}-${one.leftAt}`,
            words:
              one.leftBecause === 'circle'
                ? `${one.name} a quitté le cercle`
                : one.leftBecause === 'removed'
                  ? `${one.name} ne participe plus`
                  : `${one.name} a quitté la conversation`,
          },
        ]),
  ])
}

/** The hour beside a message. */
export const hourOf = (message: Pick<Message, 'sentAt'>): string => formatHour(message.sentAt)
