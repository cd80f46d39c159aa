import { createHmac, randomUUID } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

/** What one tells the stand-in of an exchange that sends signed messages. */
export interface WebhookLine {
  /** Where Jalon listens: http://127.0.0.1:8000/api/telephony/<line>/calls */
  readonly url: string
  /** Key of the line, in hexadecimal. */
  readonly secret: string
}

export interface Ring {
  readonly caller: string
  readonly event?: string
  readonly callId?: string
  /** Seconds since 1970; now unless told: to play a replay. */
  readonly timestamp?: number
  readonly signature?: string
  readonly form?: boolean
}

/** An exchange that sends one signed message per state of a call. Gives the status of the answer and the id of the call. */
export async function ringByWebhook(line: WebhookLine, ring: Ring): Promise<{ readonly status: number; readonly callId: string }> {
  const callId = ring.callId ?? randomUUID()
  const fields = { call_id: callId, event: ring.event ?? 'ringing', caller: ring.caller }
  const body = ring.form ? new URLSearchParams(fields).toString() : JSON.stringify(fields)
  const timestamp = String(ring.timestamp ?? Math.floor(Date.now() / 1000))
  const signature = ring.signature ?? `sha256=${createHmac('sha256', Buffer.from(line.secret, 'hex')).update(`${timestamp}.${body}`).digest('hex')}`
  const response = await fetch(line.url, {
    method: 'POST',
    headers: {
      'content-type': ring.form ? 'application/x-www-form-urlencoded' : 'application/json',
      'x-jalon-timestamp': timestamp,
      'x-jalon-signature': signature,
    },
    body,
  })
  await response.arrayBuffer()
  return { status: response.status, callId }
}

/** An INVITE in the shape that an Asterisk exchange gives it, written after RFC 3261: not a recording. */
export function inviteOf(call: {
  readonly caller: string
  readonly called: string
  readonly callId: string
  readonly port: number
  readonly method?: string
  /** Why it stops ringing (RFC 3326): « SIP;cause=200 » when another telephone answered. */
  readonly reason?: string
}): Buffer {
  const method = call.method ?? 'INVITE'
  return Buffer.from(
    [
      `${method} sip:${call.called}@127.0.0.1:5062 SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${call.port};rport;branch=z9hG4bKPj${call.callId}`,
      'Max-Forwards: 70',
      `From: "CABINET" <sip:${call.caller}@exchange.invalid>;tag=as1a2b3c`,
      `To: <sip:${call.called}@127.0.0.1>`,
      `Contact: <sip:asterisk@127.0.0.1:${call.port}>`,
      `Call-ID: ${call.callId}`,
      `CSeq: 4711 ${method}`,
      'User-Agent: Asterisk PBX 20.6.0',
      ...(call.reason === undefined ? [] : [`Reason: ${call.reason}`]),
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n'),
  )
}

/** An exchange that speaks SIP over UDP: sends a request and gives the first lines of the answers received within a while. */
export async function ringBySip(
  port: number,
  call: { readonly caller: string; readonly called: string; readonly callId: string; readonly method?: string; readonly reason?: string },
  waitMs = 600,
): Promise<readonly string[]> {
  const socket = createSocket('udp4')
  const answers: string[] = []
  socket.on('message', (datagram) => answers.push(datagram.toString('utf8').split('\r\n')[0] ?? ''))
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  socket.send(inviteOf({ ...call, port: (socket.address() as AddressInfo).port }), port, '127.0.0.1')
  await new Promise((resolve) => setTimeout(resolve, waitMs))
  socket.close()
  return answers
}
