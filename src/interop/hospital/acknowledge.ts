import type { Hl7Message } from './hl7-message.ts'

export interface Answer {
  readonly code: 'AA' | 'AE' | 'AR'
  /** Names this answer: the same for the same message. */
  readonly id: string
  readonly at: Date
  /** Error of table HL7 0357 and what is wrong, without anything of the person. */
  readonly error?: { readonly code: string; readonly words: string }
  /** MSH-18 of the message, given back as it came. */
  readonly charset: string
}

/**
 * The acknowledgement of a message (original mode): who spoke becomes who is answered. It says that the message is kept, or why it is not; never whether
 * the person is known here.
 */
export function acknowledgement(message: Hl7Message | null, answer: Answer): string {
  const msh = message?.segment('MSH')
  const [application, facility, back] = [3, 4, 5].map((field) => plain(msh?.text(field) ?? ''))
  const header = [
    'MSH|^~\\&',
    back || 'JALON',
    plain(msh?.text(6) ?? '') || 'DAC',
    application,
    facility,
    stamp(answer.at),
    '',
    `ACK^${plain(msh?.field(9)[0]?.component(2) ?? '') || 'A08'}^ACK`,
    answer.id,
    plain(msh?.text(11) ?? '') || 'P',
    plain(msh?.text(12) ?? '') || '2.5',
    '',
    '',
    '',
    '',
    'FRA',
    plain(answer.charset),
  ].join('|')
  const segments = [header, `MSA|${answer.code}|${plain(msh?.text(10) ?? '')}`]
  if (answer.error !== undefined) segments.push(`ERR|||${answer.error.code}^^HL70357|E||||${plain(answer.error.words)}`)
  return `${segments.join('\r')}\r`
}

/** Without anything that would cut a field; other systems print these in their logs. */
const plain = (text: string): string => text.replace(/[|^~\\&\r\n]/g, ' ').slice(0, 200)

/** 20261122203005+0000 */
const stamp = (at: Date): string => `${at.toISOString().slice(0, 19).replace(/[-:T]/g, '')}+0000`
