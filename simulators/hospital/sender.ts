import { once } from 'node:events'
import { connect, type TLSSocket } from 'node:tls'

/** What a hospital needs to speak: its certificate and the authority of Jalon's. Without `certificate`, it shows none. */
export interface SenderOptions {
  readonly port: number
  readonly host?: string
  readonly certificate?: string
  readonly key?: string
  readonly authority: string
  readonly waitMs?: number
}

/** The interface engine of a hospital: one conversation in MLLP over TLS. */
export interface HospitalSender {
  readonly socket: TLSSocket
  /** Sends a message, in one piece or cut in pieces of so many bytes, and gives its acknowledgement. */
  send(message: Buffer, pieces?: number): Promise<string>
  /** Bytes as they are: half a message, noise, several messages at once. */
  write(bytes: Buffer): void
  /** The next acknowledgement. */
  answer(): Promise<string>
  close(): void
}

export const framed = (message: Buffer): Buffer => Buffer.concat([Buffer.from([0x0b]), message, Buffer.from([0x1c, 0x0d])])

export async function openSender(options: SenderOptions): Promise<HospitalSender> {
  const socket = connect({
    port: options.port,
    host: options.host ?? '127.0.0.1',
    ca: options.authority,
    ...(options.certificate === undefined ? {} : { cert: options.certificate }),
    ...(options.key === undefined ? {} : { key: options.key }),
  })
  await once(socket, 'secureConnect')
  const answers: string[] = []
  const waiting: ((answer: string | null) => void)[] = []
  let kept = Buffer.alloc(0)
  let over = false
  socket.on('data', (chunk: Buffer) => {
    kept = Buffer.concat([kept, chunk])
    for (let end = kept.indexOf(Buffer.from([0x1c, 0x0d])); end >= 0; end = kept.indexOf(Buffer.from([0x1c, 0x0d]))) {
      const answer = kept.subarray(1, end).toString('utf8')
      kept = kept.subarray(end + 2)
      const first = waiting.shift()
      if (first === undefined) answers.push(answer)
      else first(answer)
    }
  })
  const ended = (): void => {
    over = true
    for (const one of waiting.splice(0)) one(null)
  }
  socket.on('error', ended)
  socket.on('close', ended)
  const answer = (): Promise<string> =>
    new Promise((given, refused) => {
      const first = answers.shift()
      if (first !== undefined) return given(first)
      if (over) return refused(new Error('the conversation is over'))
      const timer = setTimeout(() => refused(new Error('no acknowledgement')), options.waitMs ?? 10_000)
      waiting.push((one) => {
        clearTimeout(timer)
        if (one === null) refused(new Error('the conversation is over'))
        else given(one)
      })
    })
  return {
    socket,
    answer,
    write: (bytes) => void socket.write(bytes),
    send: async (message, pieces) => {
      const bytes = framed(message)
      if (pieces === undefined) socket.write(bytes)
      else
        for (let at = 0; at < bytes.length; at += pieces) {
          socket.write(bytes.subarray(at, at + pieces))
          await new Promise((next) => setImmediate(next))
        }
      return answer()
    },
    close: () => socket.destroy(),
  }
}
