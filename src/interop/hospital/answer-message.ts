import { certifiedSenders } from '../../hospital-events/server/api.ts'
import { DomainError } from '../../platform/contract/errors.ts'
import { type Answer, acknowledgement } from './acknowledge.ts'
import { readAdt } from './adt.ts'
import { type DecodedText, decodeMessage } from './charset.ts'
import { type Hl7Message, readHl7 } from './hl7-message.ts'
import { digestOf, type Receiving, receive } from './receive.ts'

/**
 * Reads one message of a certificate and gives its acknowledgement: AA once it is committed, AE for what it lacks, AR for what is not taken or not allowed. The
 * same message gives the same bytes. What fails on our side throws: nothing is acknowledged, and the hospital sends it again.
 */
export async function answerMessage(receiving: Receiving, fingerprint: string, bytes: Buffer, timeZone: string): Promise<Buffer> {
  const digest = digestOf(bytes)
  const decoded = decodeMessage(bytes)
  const message = decoded === null ? null : readHl7(decoded.text)
  const say = (answer: Omit<Answer, 'charset' | 'id' | 'at'> & Partial<Pick<Answer, 'id' | 'at'>>): Buffer => written(message, decoded, digest, answer)
  if (message === null)
    return say({
      code: 'AR',
      error: { code: decoded === null ? '102' : '100', words: decoded === null ? 'jeu de caractères non pris en charge' : 'message illisible' },
    })
  const read = readAdt(message, timeZone)
  if (!read.ok) return say({ code: read.code, error: { code: read.error, words: read.words } })
  // Asked at each message: a certificate taken away no longer speaks, whatever conversation is open.
  const sender = (await certifiedSenders(receiving.gate.db, fingerprint)).find(({ facility }) => facility === read.facility)
  if (sender === undefined) return say({ code: 'AR', error: { code: '207', words: 'établissement (MSH-4) non autorisé pour ce certificat' } })
  try {
    const { messageId, receivedAt } = await receive(receiving, sender, { ...read.received, digest })
    return say({ code: 'AA', id: messageId, at: new Date(receivedAt) })
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const reused = error.code === 'hospitalEvents.other_content'
    return say({
      code: 'AE',
      error: reused ? { code: '205', words: 'MSH-10 déjà employé pour un autre message' } : { code: '102', words: 'contenu de champ non compris' },
    })
  }
}

function written(
  message: Hl7Message | null,
  decoded: DecodedText | null,
  digest: string,
  answer: Omit<Answer, 'charset' | 'id' | 'at'> & Partial<Pick<Answer, 'id' | 'at'>>,
): Buffer {
  const msh = message?.segment('MSH')
  const charset = msh?.text(18) ?? ''
  // What is refused was not kept: its answer is named by the message, and dated by it, so that the same gives the same.
  const dated = Date.parse((msh?.text(7) ?? '').replace(/^(\d{4})(\d{2})(\d{2}).*$/, '$1-$2-$3T00:00:00Z'))
  const text = acknowledgement(message, { id: digest.slice(0, 20), at: new Date(Number.isNaN(dated) ? 0 : dated), ...answer, charset })
  return Buffer.from(text, decoded?.encoding ?? 'utf8')
}
