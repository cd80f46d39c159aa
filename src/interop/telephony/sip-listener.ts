import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Log } from '../../platform/server/log.ts'
import { telephoneLine } from '../../telephony/server/api.ts'
import { callerNumber } from './caller.ts'
import { type Receiving, receive } from './receive.ts'
import { answerTo, callOf, endingOf, readSipRequest, type SipRequest } from './sip-message.ts'

export interface SipListener {
  readonly port: number
  close(): Promise<void>
}

/** How many calls may be ringing at once; beyond, the oldest is forgotten. */
const mostRinging = 500

/**
 * One more telephone of the exchange, over UDP: it rings with the others, tells Jalon who calls, and never answers. Only the addresses of `peers`
 * may speak to it: SIP over UDP proves nobody's name.
 */
export async function openSipListener(
  receiving: Receiving,
  options: { readonly host: string; readonly port: number; readonly peers: readonly string[]; readonly log: Log },
): Promise<SipListener> {
  const socket = createSocket(options.host.includes(':') ? 'udp6' : 'udp4')
  const ringing = new Map<string, SipRequest>()
  socket.on('message', (datagram, peer) => {
    if (!options.peers.includes(peer.address)) return
    const request = readSipRequest(datagram)
    const call = request === null ? null : callOf(request)
    if (request === null || call === null) return
    const tag = call.callId.replace(/\W/g, '').slice(0, 12) || 'jalon'
    const send = (of: SipRequest, status: string): void => socket.send(answerTo(of, status, tag), peer.port, peer.address)
    const tell = async (event: 'ringing' | 'answered' | 'ended'): Promise<boolean> => {
      for (const called of call.called) {
        const line = await telephoneLine(receiving.gate.db, { called })
        if (line === null) continue
        await receive(receiving, line, { externalId: call.callId, event, caller: callerNumber(call.caller) })
        return true
      }
      return false
    }
    const handle = async (): Promise<void> => {
      switch (request.method) {
        case 'INVITE':
          send(request, '100 Trying')
          if (!(await tell('ringing'))) return send(request, '404 Not Found')
          ringing.set(call.callId, request)
          if (ringing.size > mostRinging) ringing.delete(ringing.keys().next().value ?? '')
          return send(request, '180 Ringing')
        case 'CANCEL': {
          send(request, '200 OK')
          const invited = ringing.get(call.callId)
          if (invited !== undefined) send(invited, '487 Request Terminated')
          ringing.delete(call.callId)
          // Without a reason nobody knows whether a colleague answered or the caller gave up: the card stays its twenty minutes.
          const ending = endingOf(request)
          if (ending !== null) await tell(ending)
          return
        }
        case 'BYE':
          ringing.delete(call.callId)
          await tell('ended')
          return send(request, '200 OK')
        case 'OPTIONS':
          return send(request, '200 OK')
        case 'ACK':
          return
        default:
          return send(request, '405 Method Not Allowed')
      }
    }
    // The error only: a message of SIP names people.
    handle().catch((error: unknown) => options.log.error({ err: error instanceof Error ? error.message : 'unknown' }, 'a call could not be told'))
  })
  socket.bind(options.port, options.host)
  await once(socket, 'listening')
  return {
    port: (socket.address() as AddressInfo).port,
    close: async () => {
      socket.close()
      await once(socket, 'close')
    },
  }
}
