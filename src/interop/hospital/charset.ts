/** Character sets that a message may announce (MSH-18, table HL7 0211), as the platform names them. */
const decoders: Readonly<Record<string, string>> = {
  'UNICODE UTF-8': 'utf-8',
  'UTF-8': 'utf-8',
  UTF8: 'utf-8',
  '8859/1': 'latin1',
  'ISO-8859-1': 'latin1',
  ISO_8859_1: 'latin1',
  '8859/15': 'iso-8859-15',
  'ISO-8859-15': 'iso-8859-15',
  ASCII: 'latin1',
}

export interface DecodedText {
  readonly text: string
  /** How an answer is written: as the message was. */
  readonly encoding: 'utf8' | 'latin1'
}

/**
 * The text of a message, in the character set that its header announces; without one, UTF-8 where the bytes are UTF-8, Latin-1 otherwise. Null for a set
 * that we do not know, or for bytes that are not what they are said to be.
 */
export function decodeMessage(bytes: Buffer): DecodedText | null {
  const header = bytes.subarray(0, 1000).toString('latin1').split(/\r|\n/, 1)[0] ?? ''
  const separator = header.startsWith('MSH') ? (header[3] ?? '|') : '|'
  // MSH-1 is the separator itself: MSH-18 is the eighteenth piece after « MSH ». The first of several sets is that of the message.
  const announced = (header.split(separator)[17] ?? '').split('~')[0]?.trim().toUpperCase() ?? ''
  if (announced !== '') {
    const name = decoders[announced]
    return name === undefined ? null : decoded(bytes, name)
  }
  return decoded(bytes, 'utf-8') ?? decoded(bytes, 'latin1')
}

function decoded(bytes: Buffer, name: string): DecodedText | null {
  if (name === 'latin1') return { text: bytes.toString('latin1'), encoding: 'latin1' }
  try {
    return { text: new TextDecoder(name, { fatal: true }).decode(bytes), encoding: name === 'utf-8' ? 'utf8' : 'latin1' }
  } catch {
    return null
  }
}
