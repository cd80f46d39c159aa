import { type AddressInfo, createServer, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** A message that a person finds in the mailbox of her space. */
export interface ReceivedMessage {
  readonly reference: string
  readonly to: string
  readonly subject: string
  readonly text: string
}

export interface Weather {
  /** Answers this code at the end of the text instead of taking it (451: later; 554: never). */
  readonly code?: number
  /** Answers this code at the greeting: the relay is closed, or does not know us. */
  readonly greeting?: number
  /** Takes the text and hangs up without a word. */
  readonly loseAnswers?: boolean
  /** Hangs up before the text is asked for. */
  readonly hangUpEarly?: boolean
  /** Wait before the answer, in milliseconds, once the text is kept. */
  readonly waitAfterMs?: number
}

export interface MailboxStandIn {
  readonly url: string
  readonly domain: string
  readonly received: readonly ReceivedMessage[]
  /** No space is open under this matricule, or no longer. */
  readonly closeSpace: (matricule: string) => void
  readonly meet: (weather: Weather) => void
  readonly stop: () => Promise<void>
}

/** The relay of MSSanté in front of the mailboxes of persons, on loopback: `<matricule INS>@patient.mssante.fr`, and nobody else. */
export async function startMailbox(domain = 'patient.mssante.fr'): Promise<MailboxStandIn> {
  const received: ReceivedMessage[] = []
  const closed = new Set<string>()
  const sockets = new Set<Socket>()
  let weather: Weather = {}
  const known = (address: string): boolean =>
    new RegExp(`^[12478]\\d{12}\\d{2}@${domain.replaceAll('.', '\\.')}$`).test(address) && !closed.has(address.split('@')[0] ?? '')
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    speak(socket, { known, keep: (message) => received.push(message), weather: () => weather })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    domain,
    received,
    closeSpace: (matricule) => void closed.add(matricule),
    meet: (next) => {
      weather = next
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

interface Post {
  readonly known: (address: string) => boolean
  readonly keep: (message: ReceivedMessage) => void
  readonly weather: () => Weather
}

/** RFC 5321, as much as a client needs to leave a message. */
function speak(socket: Socket, { known, keep, weather }: Post): void {
  let to = ''
  let lines: string[] | null = null
  let rest = ''
  const say = (line: string): void => void socket.write(`${line}\r\n`)
  say(weather().greeting === undefined ? '220 relais d’essai' : `${weather().greeting} fermé`)
  const ended = async (text: string): Promise<void> => {
    const { code, loseAnswers, waitAfterMs } = weather()
    if (code !== undefined) return say(`${code} non`)
    keep(messageOf(text, to))
    if (waitAfterMs !== undefined) await pause(waitAfterMs)
    if (loseAnswers) socket.destroy()
    else say('250 gardé')
  }
  const answerTo = (verb: string, line: string): string => {
    if (verb === 'RCPT') return known(to) ? '250 bien' : '550 5.1.1 aucun espace ouvert'
    if (verb === 'MAIL') return /@[^>]*mssante\.[a-z]+>/i.test(line) ? '250 bien' : '553 expéditeur hors du réseau'
    if (verb === 'DATA') return '354 écrivez'
    return verb === 'EHLO' ? '250 relais' : '250 bien'
  }
  const command = (line: string): void => {
    const verb = line.slice(0, 4).toUpperCase()
    if (verb === 'QUIT') return void socket.end('221 au revoir\r\n')
    if (verb === 'DATA' && weather().hangUpEarly) return void socket.destroy()
    if (verb === 'RCPT') to = /<([^>]+)>/.exec(line)?.[1] ?? ''
    if (verb === 'DATA') lines = []
    say(answerTo(verb, line))
  }
  socket.on('data', (part) => {
    const all = `${rest}${part.toString()}`.split('\r\n')
    rest = all.pop() ?? ''
    for (const line of all) {
      if (lines === null) command(line)
      else if (line !== '.') lines.push(line.replace(/^\.\./, '.'))
      else {
        const text = lines.join('\n')
        lines = null
        void ended(text)
      }
    }
  })
}

function messageOf(raw: string, to: string): ReceivedMessage {
  const [heads = '', ...body] = raw.split('\n\n')
  const subject = /^subject: (.+(?:\n[ \t].+)*)/im.exec(heads)?.[1] ?? ''
  return { reference: /^message-id: <([^@>]+)@/im.exec(heads)?.[1] ?? '', to, subject: unfoldedWords(subject), text: readable(body.join('\n\n')) }
}

/** Quoted-printable, undone. */
const readable = (text: string): string =>
  Buffer.from(
    text.replaceAll(/=\n/g, '').replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')

/** RFC 2047, as clients write accented subjects. */
const unfoldedWords = (subject: string): string =>
  subject.replaceAll(/=\?utf-8\?([qb])\?([^?]*)\?=\s*/gi, (_all, way: string, words: string) =>
    way.toLowerCase() === 'b' ? Buffer.from(words, 'base64').toString() : readable(words.replaceAll('_', ' ')),
  )
