import { createServer, type Server, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { createServer as createTlsServer, type TLSSocket } from 'node:tls'
import { issue } from '../insi/certificates.ts'

/** What a mailbox received, as the relay took it: two arrivals of one message are two. */
export interface MssanteLetter {
  readonly from: string
  readonly to: string
  readonly messageId: string
  /** Headers and body, byte for byte as they arrived. */
  readonly source: string
  /** The body as one reads it. */
  readonly text: string
  /** The certificate that brought it. */
  readonly by: string
}

/** What the next letters meet: a wait between taking one and saying so (milliseconds), an answer in place of « taken ». */
export interface MssanteWeather {
  readonly waitMs?: number
  readonly answer?: string
}

interface KeyPair {
  readonly certificate: string
  readonly key: string
}

export interface MssanteRelay {
  readonly url: string
  readonly authority: string
  /** The certificate of an organisation with a contract here, and one of the same authority that has none. */
  readonly client: KeyPair
  readonly stranger: KeyPair
  /** The mailbox from which that organisation may write. */
  readonly from: string
  readonly received: readonly MssanteLetter[]
  readonly meet: (weather: MssanteWeather) => void
  readonly stop: () => Promise<void>
}

export interface MssanteOptions {
  /** False: a relay in the middle that hides STARTTLS. */
  readonly offersTls?: boolean
  readonly port?: number
  /** Mailboxes that exist nowhere in the network. */
  readonly unknown?: readonly string[]
}

const mailbox = 'jalon@dac-demonstration.mssante.fr'
const domain = /@([\w-]+\.)*mssante\.fr$/i

/**
 * A stand-in of an operator of MSSanté, as software that sends meets it: SMTP with STARTTLS, where nothing is said before TLS and nobody speaks without the
 * certificate of an organisation under contract; it takes letters from the mailboxes of that organisation, to addresses of the network, and nothing else.
 * Certificates are made at each start.
 */
export async function startMssante({ offersTls = true, port = 0, unknown = [] }: MssanteOptions = {}): Promise<MssanteRelay> {
  const authority = await issue('Autorité de démonstration MSSanté', null)
  const [own, client, stranger] = await Promise.all([
    issue('127.0.0.1', authority),
    issue('dac-demonstration', authority),
    issue('organisation-sans-contrat', authority),
  ])
  const received: MssanteLetter[] = []
  let weather: MssanteWeather = {}
  const sockets = new Set<Socket>()
  const speaker = (by: string | null): Speaker => ({ by, offersTls, unknown, keep: (letter) => void received.push(letter), weather: () => weather })

  const secured = createTlsServer(
    { key: own.key, cert: own.certificate, ca: authority.certificate, requestCert: true, rejectUnauthorized: true },
    (socket: TLSSocket) => speak(socket, speaker(socket.getPeerCertificate().subject.CN as string)),
  )
  secured.on('tlsClientError', () => undefined)
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    socket.write('220 doublure ESMTP\r\n')
    speak(socket, speaker(null), () => secured.emit('connection', socket))
  })
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', () => resolve()))
  const pair = ({ certificate, key }: KeyPair): KeyPair => ({ certificate, key })
  return {
    url: `smtp://127.0.0.1:${(server.address() as { readonly port: number }).port}`,
    authority: authority.certificate,
    client: pair(client),
    stranger: pair(stranger),
    from: mailbox,
    received,
    meet: (next) => {
      weather = next
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => (server as Server).close(resolve))
    },
  }
}

interface Speaker {
  /** Who speaks, once TLS has said it. */
  readonly by: string | null
  readonly offersTls: boolean
  readonly unknown: readonly string[]
  readonly keep: (letter: MssanteLetter) => void
  readonly weather: () => MssanteWeather
}

/** As much of RFC 5321 and RFC 3207 as leaving a letter takes. */
function speak(socket: Socket, { by, offersTls, unknown, keep, weather }: Speaker, secure?: () => void): void {
  let data: string[] | null = null
  let [from, to, rest] = ['', '', '']
  const say = (line: string): void => void (socket.writable && socket.write(`${line}\r\n`))
  const taken = async (source: string): Promise<void> => {
    const { waitMs = 0, answer } = weather()
    if (answer === undefined) keep({ from, to, source, messageId: /^message-id: (<[^>]+>)/im.exec(source)?.[1] ?? '', text: readable(source), by: by ?? '' })
    await pause(waitMs)
    say(answer ?? '250 2.0.0 pris en charge')
  }
  const commands: Readonly<Record<string, (line: string) => string | null>> = {
    EHLO: () => `250-doublure\r\n250-8BITMIME\r\n250-DSN\r\n${by === null && offersTls ? '250-STARTTLS\r\n' : ''}250 SIZE 26214400`,
    STARTTLS: () => {
      if (secure === undefined || !offersTls) return '502 5.5.1 sans objet'
      say('220 2.0.0 poursuivez en TLS')
      // What was sent in the clear after it is dropped, as RFC 3207 has it.
      rest = ''
      socket.removeAllListeners('data')
      secure()
      return null
    },
    MAIL: (line) => {
      if (by === null) return '530 5.7.0 STARTTLS d’abord'
      from = /<([^>]*)>/.exec(line)?.[1] ?? ''
      if (by !== 'dac-demonstration') return '550 5.7.1 organisation sans contrat'
      return from === mailbox ? '250 2.1.0 bien' : '550 5.7.1 boîte inconnue de cet opérateur'
    },
    RCPT: (line) => {
      to = /<([^>]*)>/.exec(line)?.[1] ?? ''
      if (!domain.test(to)) return '550 5.7.1 hors de l’espace de confiance'
      return unknown.includes(to) ? '550 5.1.1 boîte inconnue' : '250 2.1.5 bien'
    },
    DATA: () => {
      if (by === null || from === '' || to === '') return '503 5.5.1 dans l’ordre'
      data = []
      return '354 écrivez'
    },
    RSET: () => '250 2.0.0 bien',
    QUIT: () => {
      socket.end('221 2.0.0 au revoir\r\n')
      return null
    },
  }
  socket.on('error', () => undefined)
  socket.on('data', (part) => {
    const lines = `${rest}${part.toString('latin1')}`.split('\r\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (data !== null) {
        if (line !== '.') data.push(line.replace(/^\./, ''))
        else {
          const source = data.join('\r\n')
          data = null
          void taken(source)
        }
        continue
      }
      const answer = (commands[line.split(/[\s:]/)[0]?.toUpperCase() ?? ''] ?? (() => '500 5.5.2 non compris'))(line)
      if (answer !== null) say(answer)
    }
  })
}

/** Quoted-printable or base64 undone. */
function readable(source: string): string {
  const [head = '', ...parts] = source.split('\r\n\r\n')
  const body = parts.join('\r\n\r\n')
  if (/^content-transfer-encoding: base64/im.test(head)) return Buffer.from(body, 'base64').toString('utf8')
  const bytes = body.replaceAll(/=\r\n/g, '').replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
