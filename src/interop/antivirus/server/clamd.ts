import { connect, type Socket } from 'node:net'
import type { ScanAnswer, ScanPort } from '../../../platform/server/attachments/scan.ts'

const patienceMs = 30_000
const chunkBytes = 64 * 1024

/** Where clamd listens: a host and a port, or a socket of this machine. */
type ClamdAddress = { readonly host: string; readonly port: number } | { readonly path: string }

/** Reads `tcp://host:3310` or `unix:/run/clamav/clamd.ctl`; null for anything else. */
function clamdAddress(url: string): ClamdAddress | null {
  if (url.startsWith('unix:/')) return { path: url.slice('unix:'.length) }
  const { protocol, hostname, port } = URL.parse(url) ?? { protocol: '', hostname: '', port: '' }
  return protocol === 'tcp:' && hostname !== '' ? { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? 3310 : Number(port) } : null
}

/** The port of the settings; null where the installation has no antivirus. */
export function openScanPort(url: string | undefined): ScanPort | null {
  const address = url === undefined ? null : clamdAddress(url)
  return address === null ? null : openClamd(address)
}

/** The antivirus behind clamd, by its command INSTREAM (`man clamd`): one connection for each file, nothing written on its disk. */
function openClamd(address: ClamdAddress): ScanPort {
  return {
    scan: async (content) => {
      try {
        return answerOf(await said(address, content))
      } catch (error) {
        return { verdict: 'unreachable', because: (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.message : 'error') }
      }
    },
  }
}

/** What clamd says of some bytes, whole: « stream: OK », « stream: Eicar-Signature FOUND », « … ERROR ». */
function said(address: ClamdAddress, content: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(address)
    let text = ''
    socket.setTimeout(patienceMs, () => socket.destroy(new Error('no answer in time')))
    socket.on('data', (part) => {
      text += part.toString('latin1')
    })
    socket.on('error', reject)
    // Cut in the middle of its answer, it has said nothing: the zero byte that ends it is waited for.
    socket.on('close', () => (text.endsWith('\0') ? resolve(text.slice(0, -1)) : reject(new Error('cut'))))
    socket.on('connect', () => send(socket, content))
  })
}

function send(socket: Socket, content: Buffer): void {
  socket.write('zINSTREAM\0')
  for (let from = 0; from < content.length; from += chunkBytes) {
    const chunk = content.subarray(from, from + chunkBytes)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(chunk.length)
    socket.write(length)
    socket.write(chunk)
  }
  socket.write(Buffer.alloc(4))
}

function answerOf(text: string): ScanAnswer {
  const [, finding] = /^stream: (.+) FOUND$/.exec(text) ?? []
  if (finding !== undefined) return { verdict: 'infected', finding }
  return text === 'stream: OK' ? { verdict: 'clean' } : { verdict: 'undecided', because: text.slice(0, 80) }
}
