import { createSocket } from 'node:dgram'
import { open } from 'node:fs/promises'
import { connect } from 'node:net'
import { hostname } from 'node:os'
import { isAbsolute } from 'node:path'

/** Where anchors are sent. */
export type AnchorDestination =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'syslog'; readonly protocol: 'udp' | 'tcp'; readonly host: string; readonly port: number }

/**
 * Reads AUDIT_ANCHORS: destinations separated by commas, `file:/absolute/path` or `syslog:udp://host:514` (or tcp). Throws, in French, on what it does
 * not understand.
 */
export function anchorDestinations(setting: string): readonly AnchorDestination[] {
  return setting
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => {
      const path = one.startsWith('file:') ? one.slice('file:'.length) : null
      if (path !== null && isAbsolute(path)) return { kind: 'file', path }
      const syslog = /^syslog:(udp|tcp):\/\/([a-z0-9.-]+|\[[0-9a-f:]+\])(?::(\d{1,5}))?$/i.exec(one)
      if (syslog !== null) {
        const protocol = syslog[1] === 'tcp' ? 'tcp' : 'udp'
        return { kind: 'syslog', protocol, host: String(syslog[2]).replace(/^\[|\]$/g, ''), port: Number(syslog[3] ?? (protocol === 'tcp' ? 601 : 514)) }
      }
      throw new Error(`AUDIT_ANCHORS : « ${one} » n’est ni « file:/chemin/absolu » ni « syslog:udp://hôte:514 ».`)
    })
}

/** Sends one line; resolves once it is written to the disk, or handed to the network. */
export async function sendAnchor(destination: AnchorDestination, line: string, at: Date): Promise<void> {
  if (destination.kind === 'file') return appendToFile(destination.path, line)
  const message = syslogMessage(line, at)
  return destination.protocol === 'udp' ? sendDatagram(destination, message) : sendStream(destination, message)
}

async function appendToFile(path: string, line: string): Promise<void> {
  const file = await open(path, 'a', 0o600)
  try {
    await file.appendFile(`${line}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** RFC 5424: facility 10 (security), severity 5 (notice). */
function syslogMessage(line: string, at: Date): string {
  return `<85>1 ${at.toISOString()} ${hostname()} jalon ${process.pid} AUDIT - ${line}`
}

function sendDatagram({ host, port }: { readonly host: string; readonly port: number }, message: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
    socket.on('error', reject)
    socket.send(message, port, host, (error) => {
      socket.close()
      if (error) reject(error)
      else resolve()
    })
  })
}

/** RFC 6587, octet counting. */
function sendStream({ host, port }: { readonly host: string; readonly port: number }, message: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: 10_000 })
    socket.on('timeout', () => socket.destroy(new Error('syslog did not answer')))
    socket.on('error', reject)
    socket.on('close', (failed) => (failed ? undefined : resolve()))
    socket.end(`${Buffer.byteLength(message)} ${message}`)
  })
}
