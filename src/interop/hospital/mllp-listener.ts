import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer, type TLSSocket } from 'node:tls'
import { certifiedSenders } from '../../hospital-events/server/api.ts'
import type { Log } from '../../platform/server/log.ts'
import type { Settings } from '../../platform/server/settings.ts'
import { answerMessage } from './answer-message.ts'
import { framed, MllpFrames } from './mllp-frames.ts'
import type { Receiving } from './receive.ts'

export interface MllpListener {
  readonly port: number
  /** Conversations that go on. */
  readonly count: () => number
  close(): Promise<void>
}

export interface MllpOptions {
  readonly host: string
  readonly port: number
  /** PEM: what Jalon presents, and the authorities whose certificates may speak. */
  readonly certificate: string
  readonly key: string
  readonly passphrase?: string | undefined
  readonly authorities: string
  readonly log: Log
  /** Milliseconds: a message that began and does not end; a conversation in which nothing is said. */
  readonly midwayMs?: number
  readonly idleMs?: number
}

/** Largest message: an ADT is a few kilobytes. */
const mostBytes = 262_144
const mostConversations = 64
const mostPerCertificate = 8
/** Messages of one conversation that wait while one is being kept; beyond, the socket is read no further. */
const mostWaiting = 16

/** The settings of the port, its files read; null when it is not opened. */
export function mllpOptions(settings: Settings, log: Log): MllpOptions | null {
  const { HL7_LISTEN: listen, HL7_CERTIFICATE: certificate, HL7_KEY: key, HL7_CA: authorities } = settings
  if (listen === undefined || certificate === undefined || key === undefined || authorities === undefined) return null
  const at = listen.lastIndexOf(':')
  return {
    host: listen.slice(0, at),
    port: Number(listen.slice(at + 1)),
    certificate: readFileSync(certificate, 'utf8'),
    key: readFileSync(key, 'utf8'),
    passphrase: settings.HL7_KEY_PASSPHRASE,
    authorities: readFileSync(authorities, 'utf8'),
    log,
  }
}

/**
 * The port of hospitals: MLLP over TLS, both sides with a certificate. Without one that an authority of the region signed and that an establishment of the
 * region declared, there is no conversation. The messages of one conversation are kept and acknowledged one by one, in their order.
 */
export async function openMllpListener(receiving: Receiving, options: MllpOptions): Promise<MllpListener> {
  const { log } = options
  const conversations = new Map<TLSSocket, string>()
  const server = createServer(
    {
      cert: options.certificate,
      key: options.key,
      passphrase: options.passphrase,
      ca: options.authorities,
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      handshakeTimeout: 10_000,
    },
    (socket) => {
      const fingerprint = socket.getPeerCertificate().fingerprint256?.replaceAll(':', '').toLowerCase() ?? ''
      const ofIt = [...conversations.values()].filter((one) => one === fingerprint).length
      if (!socket.authorized || fingerprint === '' || conversations.size >= mostConversations || ofIt >= mostPerCertificate) return void socket.destroy()
      conversations.set(socket, fingerprint)
      socket.on('close', () => conversations.delete(socket))
      converse(socket, fingerprint).catch((error: unknown) => {
        // The error only: messages name people.
        log.error({ err: error instanceof Error ? error.message : 'unknown' }, 'a conversation with a hospital was broken off')
        socket.destroy()
      })
    },
  )
  server.on('tlsClientError', (error) => log.info({ code: (error as { code?: string }).code }, 'a conversation with the port of hospitals was refused'))

  async function converse(socket: TLSSocket, fingerprint: string): Promise<void> {
    socket.on('error', () => undefined)
    socket.pause()
    if ((await certifiedSenders(receiving.gate.db, fingerprint)).length === 0) {
      log.warn({ fingerprint: fingerprint.slice(0, 16) }, 'a certificate that no establishment declared spoke to the port of hospitals')
      socket.destroy()
      return
    }
    const frames = new MllpFrames(mostBytes)
    const waiting: Buffer[] = []
    let turn: Promise<void> = Promise.resolve()
    let midway: NodeJS.Timeout | undefined
    socket.setTimeout(options.idleMs ?? 600_000, () => socket.destroy())
    socket.on('close', () => clearTimeout(midway))
    const work = async (fault: string | null): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined && !socket.destroyed; next = waiting.shift()) {
        const answer = await answerMessage(receiving, fingerprint, next, receiving.gate.timeZone)
        if (!socket.destroyed) socket.write(framed(answer))
        if (waiting.length < mostWaiting && socket.isPaused()) socket.resume()
      }
      if (fault === null) {
        // Counted once all that came is kept: a socket that waits for us is not silent.
        clearTimeout(midway)
        if (frames.midway && !socket.destroyed) midway = setTimeout(() => socket.destroy(), options.midwayMs ?? 30_000)
        return
      }
      log.warn({ fault }, 'what a hospital sent is no MLLP')
      socket.destroy()
    }
    socket.on('data', (chunk: Buffer) => {
      const { messages, fault } = frames.push(chunk)
      waiting.push(...messages)
      clearTimeout(midway)
      if (waiting.length >= mostWaiting) socket.pause()
      turn = turn
        .then(() => work(fault))
        .catch((error: unknown) => {
          // Nothing is acknowledged: the hospital keeps the message and sends it again.
          log.error({ err: error instanceof Error ? error.name : 'unknown' }, 'a message of a hospital could not be kept')
          waiting.length = 0
          socket.destroy()
        })
    })
    socket.resume()
  }

  server.listen(options.port, options.host)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    count: () => conversations.size,
    close: async () => {
      for (const socket of conversations.keys()) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
