import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { openPush, type PushBrowser } from './open-push.ts'

/** What somebody received, by any way; a reference received twice is one message, as gateways do. */
export interface Received {
  readonly way: 'email' | 'sms' | 'push'
  readonly reference: string
  readonly to: string
  /** The whole text; of a push, which arrives encrypted, its bytes. */
  readonly text: string
}

export interface NoticeStandIn {
  readonly smtpUrl: string
  readonly smsUrl: string
  readonly pushHost: string
  readonly received: readonly Received[]
  /** How many times the same reference came again. */
  readonly repeated: () => number
  /** A browser that agreed to notices; `gone` answers 410 as a push service does once it gave them up. */
  readonly aBrowser: (gone?: boolean) => Pick<PushBrowser, 'open'> & { readonly subscription: PushBrowser['keys'] & { readonly endpoint: string } }
  /** What the next messages meet: a wait before the answer (milliseconds), an answer of failure. */
  readonly meet: (weather: { readonly waitMs?: number; readonly status?: number }) => void
  readonly stop: () => Promise<void>
}

/** An SMTP server, an SMS gateway and a push service on loopback, that keep what they receive. */
export async function startNotices(): Promise<NoticeStandIn> {
  const received: Received[] = []
  let weather: { readonly waitMs?: number; readonly status?: number } = {}
  let repeats = 0
  const keep = (message: Received): void => {
    if (received.some((one) => one.reference === message.reference && one.way === message.way && one.to === message.to)) repeats += 1
    else received.push(message)
  }
  const sockets = new Set<Socket>()
  const smtp = createTcpServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    speakSmtp(socket, keep, () => weather)
  })
  const http = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      void (async () => {
        const body = Buffer.concat(parts)
        const { waitMs = 0, status } = weather
        const path = request.url ?? '/'
        if (status === undefined && !path.endsWith('/gone')) {
          if (path.startsWith('/sms')) {
            const { reference, to, text } = JSON.parse(body.toString()) as { reference: string; to: string; text: string }
            keep({ way: 'sms', reference, to, text })
          } else if (!isSigned(request.headers)) return void response.writeHead(401).end()
          else keep({ way: 'push', reference: String(request.headers['topic']), to: path, text: body.toString('base64') })
        }
        if (waitMs > 0) await pause(waitMs)
        response.writeHead(path.endsWith('/gone') ? 410 : (status ?? 201)).end()
      })()
    })
  })
  await Promise.all([listening(smtp), listening(http)])
  const port = (server: Server | ReturnType<typeof createTcpServer>): number => (server.address() as AddressInfo).port
  let browsers = 0
  return {
    smtpUrl: `smtp://127.0.0.1:${port(smtp)}`,
    smsUrl: `http://127.0.0.1:${port(http)}/sms`,
    pushHost: `127.0.0.1:${port(http)}`,
    received,
    repeated: () => repeats,
    aBrowser: (gone = false) => {
      browsers += 1
      const { keys, open } = openPush()
      return { open, subscription: { endpoint: `http://127.0.0.1:${port(http)}/push/${browsers}${gone ? '/gone' : ''}`, ...keys } }
    },
    meet: (next) => {
      weather = next
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      http.closeAllConnections()
      await Promise.all([new Promise((resolve) => smtp.close(resolve)), new Promise((resolve) => http.close(resolve))])
    },
  }
}

/** As push services do: who writes is said, for how long it is kept, and under which coding it comes. */
function isSigned(headers: IncomingHttpHeaders): boolean {
  return (
    /^vapid t=[\w-]+\.[\w-]+\.[\w-]+, k=[\w-]{87}$/.test(headers.authorization ?? '') &&
    headers['content-encoding'] === 'aes128gcm' &&
    Number(headers['ttl']) > 0
  )
}

function listening(server: Server | ReturnType<typeof createTcpServer>): Promise<void> {
  return new Promise((resolve) => void server.listen(0, '127.0.0.1', () => resolve()))
}

/** As much of RFC 5321 as a client needs to leave a message. */
function speakSmtp(socket: Socket, keep: (message: Received) => void, weather: () => { readonly waitMs?: number; readonly status?: number }): void {
  let data: string[] | null = null
  let to = ''
  let rest = ''
  socket.write('220 doublure\r\n')
  const answer = (line: string): void => {
    if (data !== null) {
      if (line !== '.') return void data.push(line)
      const text = data.join('\n')
      data = null
      const { waitMs = 0, status } = weather()
      if (status !== undefined) return void socket.write('451 plus tard\r\n')
      keep({ way: 'email', reference: /^message-id: <([^@>]+)@/im.exec(text)?.[1] ?? '', to, text: unfolded(text) })
      void pause(waitMs).then(() => socket.write('250 gardé\r\n'))
      return
    }
    const verb = line.slice(0, 4).toUpperCase()
    if (verb === 'RCPT') to = /<([^>]+)>/.exec(line)?.[1] ?? ''
    if (verb === 'DATA') {
      data = []
      socket.write('354 écrivez\r\n')
    } else if (verb === 'QUIT') socket.end('221 au revoir\r\n')
    else socket.write(verb === 'EHLO' ? '250 doublure\r\n' : '250 bien\r\n')
  }
  socket.on('data', (part) => {
    const lines = `${rest}${part.toString()}`.split('\r\n')
    rest = lines.pop() ?? ''
    for (const line of lines) answer(line)
  })
}

/** The text as one reads it: quoted-printable undone. */
function unfolded(text: string): string {
  const bytes = text.replaceAll(/=\n/g, '').replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
