import { mkdirSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { nirKey } from '../../src/persons/contract/ins.ts'
import type { InsIdentity } from '../../src/persons/contract/insi.ts'
import { officialSpelling } from '../../src/persons/contract/names.ts'
import { issue } from './certificates.ts'
import { type AskedTraits, faultMessage, readRequest, resultMessage } from './messages.ts'

/** How the stand-in answers from now on. `traits`: the identity found has another given name and another birthplace than those asked. */
export const insiBehaviours = [
  'honest',
  'none',
  'several',
  'several_then_found',
  'traits',
  'denied',
  'down',
  'slow',
  'garbage',
  'truncated',
  'fault',
  'unauthorised',
  'huge',
] as const
export type InsiBehaviour = (typeof insiBehaviours)[number]

export interface InsiSimulatorOptions {
  /** 0 takes a free one. */
  readonly port: number
  /** Where the certificates are written that Jalon needs; they are made at each start and kept nowhere else. */
  readonly folder: string
  /** Those it knows. Whoever else is asked for is invented from her own traits, unless `invent` is false: then nobody is found. */
  readonly people?: readonly InsIdentity[]
  readonly invent?: boolean
}

export interface InsiSimulator {
  readonly url: string
  /** What Jalon's environment must hold to call it. */
  readonly settings: Readonly<
    Record<'INSI_URL' | 'INSI_CLIENT_CERTIFICATE' | 'INSI_CLIENT_KEY' | 'INSI_CA' | 'INSI_TIMEOUT_SECONDS' | 'INSI_EMITTER' | 'INSI_SOFTWARE_ID', string>
  >
  readonly behave: (behaviour: InsiBehaviour) => void
  readonly know: (identity: InsIdentity) => void
  /** Requests received, the last at the end: for tests. */
  readonly asked: readonly AskedTraits[]
  stop(): Promise<void>
}

const testOid = '1.2.250.1.213.1.4.10'
const slowness = 30_000

/**
 * Starts the stand-in of the teleservice on a loopback address: SOAP 1.2 over mutual TLS, its own authority made at the start. It gives matricules of the test
 * authority only. Names of birth steer it in the demonstration: PERSONNE (nobody), PLUSIEURS (several), LENTEUR (no answer in time), PANNE (down).
 */
export async function startInsiSimulator(options: InsiSimulatorOptions): Promise<InsiSimulator> {
  const authority = await issue('Autorité de démonstration INSi', null)
  const [its, ours] = await Promise.all([issue('127.0.0.1', authority), issue('jalon-demonstration', authority)])
  const state = { behaviour: 'honest' as InsiBehaviour }
  const people = [...(options.people ?? [])]
  const asked: AskedTraits[] = []
  const server = createServer(
    { key: its.key, cert: its.certificate, ca: authority.certificate, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.2' },
    (request, response) => void answer(request, response, { people, asked, behaviour: () => state.behaviour, invent: options.invent !== false }),
  )
  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    server.listen(options.port, '127.0.0.1', listening)
  })
  mkdirSync(options.folder, { recursive: true, mode: 0o700 })
  const kept = (name: string, content: string): string => {
    const file = join(options.folder, name)
    writeFileSync(file, content, { mode: 0o600 })
    return file
  }
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/lps`
  return {
    url,
    settings: {
      INSI_URL: url,
      INSI_CLIENT_CERTIFICATE: kept('insi-client.pem', ours.certificate),
      INSI_CLIENT_KEY: kept('insi-client.key', ours.key),
      INSI_CA: kept('insi-authority.pem', authority.certificate),
      INSI_TIMEOUT_SECONDS: '4',
      INSI_EMITTER: '880000018',
      INSI_SOFTWARE_ID: 'JALON-DEMONSTRATION',
    },
    behave: (behaviour) => {
      state.behaviour = behaviour
    },
    know: (identity) => {
      people.push(identity)
    },
    asked,
    stop: () =>
      new Promise((closed) => {
        server.closeAllConnections()
        server.close(() => closed())
      }),
  }
}

interface Scene {
  readonly people: readonly InsIdentity[]
  readonly asked: AskedTraits[]
  readonly behaviour: () => InsiBehaviour
  readonly invent: boolean
}

const steering: Readonly<Record<string, InsiBehaviour>> = { PERSONNE: 'none', PLUSIEURS: 'several', LENTEUR: 'slow', PANNE: 'down' }

async function answer(request: IncomingMessage, response: ServerResponse, scene: Scene): Promise<void> {
  const traits = readRequest(await text(request))
  const say = (body: string, status = 200): void => void response.writeHead(status, { 'content-type': 'application/soap+xml; charset=utf-8' }).end(body)
  if (traits === null) return say(faultMessage('Sender', 'Requête illisible'), 400)
  scene.asked.push(traits)
  const behaviour = steering[traits.birthName] ?? scene.behaviour()
  switch (behaviour) {
    case 'down':
      return void request.socket.destroy()
    case 'slow': {
      const timer = setTimeout(() => say(resultMessage('01', 'Aucune identite trouvee', null)), slowness)
      response.on('close', () => clearTimeout(timer))
      return
    }
    case 'garbage':
      return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Maintenance en cours<br></html>')
    case 'truncated':
      return say(resultMessage('00', 'OK', found(traits, scene) ?? invented(traits)).slice(0, 300))
    case 'huge':
      return say('<a>'.repeat(300_000))
    case 'fault':
      return say(faultMessage('Receiver', 'Service indisponible'), 500)
    case 'unauthorised':
      return void response.writeHead(403).end()
    case 'none':
      return say(resultMessage('01', 'Aucune identite trouvee', null))
    case 'several':
      return say(resultMessage('02', 'Plusieurs identites trouvees', null))
    case 'several_then_found':
      if (traits.operation === 'search' && traits.birthPlaceCode === null) return say(resultMessage('02', 'Plusieurs identites trouvees', null))
      break
    case 'denied':
      return say(resultMessage('00', 'KO', null))
    default:
  }
  const identity = found(traits, scene) ?? (scene.invent && traits.operation === 'search' ? invented(traits) : null)
  if (traits.operation === 'verification')
    return say(resultMessage('00', confirms(traits, identity) || (scene.invent && isInvented(traits)) ? 'OK' : 'KO', null))
  if (identity === null) return say(resultMessage('01', 'Aucune identite trouvee', null))
  // Who is invented has namesakes born elsewhere: the rule of asking again is seen at each use.
  if (found(traits, scene) === null && traits.birthPlaceCode === null) return say(resultMessage('02', 'Plusieurs identites trouvees', null))
  const given = behaviour === 'traits' ? { ...identity, birthGivenNames: [...identity.birthGivenNames, 'LUCETTE'], birthPlaceCode: '54395' } : identity
  say(resultMessage('00', 'OK', given))
}

const same = (a: string, b: string): boolean => officialSpelling(a) === officialSpelling(b)

function found(traits: AskedTraits, scene: Scene): InsIdentity | null {
  const all = scene.people.filter(
    (one) =>
      same(one.birthName, traits.birthName) &&
      one.birthDate === traits.birthDate &&
      one.sex === traits.sex &&
      same(one.birthGivenNames[0] ?? '', traits.givenNames[0] ?? ''),
  )
  return all.find((one) => traits.birthPlaceCode === null || one.birthPlaceCode === traits.birthPlaceCode) ?? null
}

function confirms(traits: AskedTraits, identity: InsIdentity | null): boolean {
  return (
    identity !== null &&
    identity.matricule === traits.matricule &&
    identity.oid === traits.oid &&
    same(identity.birthGivenNames.join(' '), traits.givenNames.join(' ')) &&
    identity.birthPlaceCode === traits.birthPlaceCode
  )
}

/** Someone made of what was asked: the same traits always give the same matricule. */
function invented(traits: AskedTraits): InsIdentity {
  const place = traits.birthPlaceCode ?? '88383'
  const order = [...`${traits.birthName}${traits.givenNames.join('')}`].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 999, 7) + 1
  const number = `${traits.sex === 'F' ? 2 : 1}${traits.birthDate.slice(2, 4)}${traits.birthDate.slice(5, 7)}${place}${String(order).padStart(3, '0')}`
  return {
    matricule: number + nirKey(number),
    oid: testOid,
    birthName: traits.birthName,
    birthGivenNames: [...traits.givenNames],
    birthDate: traits.birthDate as InsIdentity['birthDate'],
    sex: traits.sex as 'F' | 'M',
    birthPlaceCode: place,
  }
}

/** The demonstration's own people have matricules that this stand-in did not give: it confirms what its test authority could have given. */
function isInvented(traits: AskedTraits): boolean {
  return traits.oid === testOid && traits.matricule !== null && nirKey(traits.matricule.slice(0, 13)) === traits.matricule.slice(13)
}
