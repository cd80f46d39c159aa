import { type AddressInfo, createServer, type Socket } from 'node:net'

/** The harmless text that every antivirus takes for a virus (eicar.org), in two halves: this file must not be taken for one. */
export const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!$H+H*'].join('')

export interface ClamdStandIn {
  readonly url: string
  /** How many files were looked at. */
  readonly scanned: () => number
  /** What the next files meet: a cut in the middle, an answer of failure, a wait before the answer (milliseconds). */
  readonly meet: (weather: { readonly cut?: boolean; readonly error?: string; readonly waitMs?: number }) => void
  readonly stop: () => Promise<void>
}

/** As clamd: the commands PING and INSTREAM, over TCP or a socket of this machine (`path`). Knows one signature. */
export async function startClamd(path?: string): Promise<ClamdStandIn> {
  let weather: { readonly cut?: boolean; readonly error?: string; readonly waitMs?: number } = {}
  let scanned = 0
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    let received = Buffer.alloc(0)
    socket.on('data', (part) => {
      received = Buffer.concat([received, part])
      if (received.subarray(0, 6).toString() === 'zPING\0') return void socket.end('PONG\0')
      if (weather.cut === true && received.length > 10) return void socket.destroy()
      const content = streamed(received)
      if (content === null) return
      scanned += 1
      const answer = weather.error ?? (content.includes(eicar) ? 'stream: Eicar-Test-Signature FOUND' : 'stream: OK')
      setTimeout(() => socket.end(`${answer}\0`), weather.waitMs ?? 0)
    })
  })
  await new Promise<void>((resolve) => void (path === undefined ? server.listen(0, '127.0.0.1', resolve) : server.listen(path, resolve)))
  return {
    url: path === undefined ? `tcp://127.0.0.1:${(server.address() as AddressInfo).port}` : `unix:${path}`,
    scanned: () => scanned,
    meet: (next) => {
      weather = next
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The bytes of an INSTREAM once its last chunk, which is empty, is there; null before. */
function streamed(received: Buffer): Buffer | null {
  const command = 'zINSTREAM\0'
  if (received.length < command.length || received.subarray(0, command.length).toString() !== command) return null
  const chunks: Buffer[] = []
  for (let at = command.length; at + 4 <= received.length; ) {
    const length = received.readUInt32BE(at)
    if (length === 0) return Buffer.concat(chunks)
    if (at + 4 + length > received.length) return null
    chunks.push(received.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return null
}
