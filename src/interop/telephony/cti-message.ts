import { createHmac, timingSafeEqual } from 'node:crypto'
import type { CallEvent } from '../../telephony/contract/calls.ts'
import { callerNumber } from './caller.ts'

/** What an exchange tells of a call, whatever words it uses. */
export interface CallMessage {
  readonly externalId: string
  readonly event: CallEvent
  readonly caller: string | null
}

const names = {
  call: ['callId', 'call_id', 'callid', 'uuid', 'uniqueid', 'call_uuid', 'id'],
  event: ['event', 'state', 'status', 'type', 'call_state'],
  caller: ['caller', 'from', 'callerid', 'caller_id', 'caller_number', 'callerIdNum', 'src', 'number'],
} as const

const events: Readonly<Record<string, CallEvent>> = {
  ringing: 'ringing',
  ring: 'ringing',
  incoming: 'ringing',
  new: 'ringing',
  dial: 'ringing',
  offered: 'ringing',
  start: 'ringing',
  answered: 'answered',
  answer: 'answered',
  connected: 'answered',
  up: 'answered',
  bridge: 'answered',
  ended: 'ended',
  hangup: 'ended',
  end: 'ended',
  missed: 'ended',
  completed: 'ended',
  terminated: 'ended',
  noanswer: 'ended',
  cancelled: 'ended',
}

/** Reads the body of a message, JSON or form; null when it names no call or no state that we know. */
export function readCallMessage(body: Buffer, contentType: string): CallMessage | null {
  const fields = fieldsOf(body.toString('utf8'), contentType)
  if (fields === null) return null
  const told = (wanted: readonly string[]): string | undefined => {
    const key = wanted.find((name) => typeof fields[name] === 'string' || typeof fields[name] === 'number')
    return key === undefined ? undefined : String(fields[key])
  }
  const externalId = told(names.call)?.trim()
  const event =
    events[
      told(names.event)
        ?.toLowerCase()
        .replace(/^call[._-]?|[._\-\s]/g, '') ?? ''
    ]
  if (externalId === undefined || externalId === '' || externalId.length > 160 || event === undefined) return null
  return { externalId, event, caller: callerNumber(told(names.caller)) }
}

function fieldsOf(text: string, contentType: string): Readonly<Record<string, unknown>> | null {
  if (contentType.includes('x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text))
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Record<string, unknown>) : null
  } catch {
    return null
  }
}

/** Seconds that the clock of an exchange may differ from ours; older messages are replays. */
export const signatureSeconds = 300

/** `sha256=…` of a body at an instant (seconds), under the key of a line. */
export function signatureOf(secret: Buffer, timestamp: string, body: Buffer): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`
}

/** True for a message signed under the key, within `signatureSeconds` of now. Compares in constant time. */
export function isSigned(
  secret: Buffer,
  given: { readonly timestamp: string | undefined; readonly signature: string | undefined },
  body: Buffer,
  now: Date,
): boolean {
  const { timestamp, signature } = given
  if (timestamp === undefined || signature === undefined || !/^\d{9,11}$/.test(timestamp)) return false
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > signatureSeconds) return false
  const expected = Buffer.from(signatureOf(secret, timestamp, body))
  const told = Buffer.from(signature)
  return expected.length === told.length && timingSafeEqual(expected, told)
}
