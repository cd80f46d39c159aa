/** A request of SIP (RFC 3261) as far as one needs it to know who calls whom; `null` for what is none, or an answer. */
export interface SipRequest {
  readonly method: string
  readonly uri: string
  /** Lower-case names, compact forms written out; several of one name in their order. */
  readonly headers: ReadonlyMap<string, readonly string[]>
}

const compact: Readonly<Record<string, string>> = {
  f: 'from',
  t: 'to',
  i: 'call-id',
  v: 'via',
  m: 'contact',
  l: 'content-length',
  c: 'content-type',
  s: 'subject',
  k: 'supported',
}

export function readSipRequest(datagram: Buffer): SipRequest | null {
  if (datagram.length > 65_535) return null
  const text = datagram.toString('utf8')
  const [head = ''] = text.split(/\r?\n\r?\n/, 1)
  // A line that begins with a space continues the one before.
  const [start = '', ...lines] = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)
  const request = /^([A-Z]{3,20}) (\S{1,512}) SIP\/2\.0$/.exec(start)
  if (request === null) return null
  const headers = new Map<string, string[]>()
  for (const line of lines.slice(0, 100)) {
    const colon = line.indexOf(':')
    if (colon <= 0) continue
    const told = line.slice(0, colon).trim().toLowerCase()
    const name = compact[told] ?? told
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()])
  }
  return { method: request[1] ?? '', uri: request[2] ?? '', headers }
}

const first = (request: SipRequest, name: string): string | undefined => request.headers.get(name)?.[0]

/** The user part of an address: « sip:120@exchange » → 120. */
export function userOf(address: string | undefined): string | null {
  return (address && /(?:sips?|tel):([^@;>\s]+)/i.exec(address)?.[1]) || null
}

export interface SipCall {
  readonly callId: string
  /** As told: P-Asserted-Identity (RFC 3325) before From, which the caller writes herself. */
  readonly caller: string | null
  readonly called: readonly string[]
}

/** Who calls whom; null without a Call-ID. A hidden caller (Privacy: id, anonymous) is told as such. */
export function callOf(request: SipRequest): SipCall | null {
  const callId = first(request, 'call-id')
  if (callId === undefined || callId === '' || callId.length > 160) return null
  const hidden = /\bid\b/i.test(first(request, 'privacy') ?? '') || /anonymous/i.test(first(request, 'from') ?? '')
  const caller = hidden ? null : (first(request, 'p-asserted-identity') ?? first(request, 'from') ?? null)
  const called = [userOf(first(request, 'to')), userOf(request.uri)].filter((user) => user !== null)
  return { callId, caller, called: [...new Set(called)] }
}

/**
 * Why this telephone stops ringing (Reason, RFC 3326): `answered` when another one picked up (SIP cause 200, Q.850 cause 26), `ended` for any other reason
 * told, null when none is.
 */
export function endingOf(request: SipRequest): 'answered' | 'ended' | null {
  const reasons = request.headers.get('reason')?.join(',') ?? ''
  if (/(?:^|,)\s*(?:SIP\s*;[^,]*\bcause\s*=\s*200|Q\.850\s*;[^,]*\bcause\s*=\s*26)\b/i.test(reasons)) return 'answered'
  return reasons.trim() === '' ? null : 'ended'
}

/** An answer to a request: same Via, From, Call-ID and CSeq, a tag of ours on To. */
export function answerTo(request: SipRequest, status: string, tag: string): Buffer {
  const copied = ['via', 'from', 'to', 'call-id', 'cseq'].flatMap((name) =>
    (request.headers.get(name) ?? []).map(
      (value) => `${spelled[name]}: ${name === 'to' && status !== '100 Trying' && !/;tag=/i.test(value) ? `${value};tag=${tag}` : value}`,
    ),
  )
  return Buffer.from([`SIP/2.0 ${status}`, ...copied, 'Content-Length: 0', '', ''].join('\r\n'))
}

const spelled: Readonly<Record<string, string>> = { via: 'Via', from: 'From', to: 'To', 'call-id': 'Call-ID', cseq: 'CSeq' }
