import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personAgenda } from '../../src/agenda/contract/queries.ts'
import { randomOf } from '../../src/app/seed/region/random.ts'
import { registry } from '../../src/app/server/registry.ts'
import type { EpisodeId } from '../../src/episodes/contract/episode.ts'
import { anEpisode, episodeLists } from '../../src/episodes/testing/builders.ts'
import {
  addSender,
  decideKeeping,
  endSender,
  hospitalSenders,
  setCertificates,
  setNotificationKey,
  vouchForSender,
} from '../../src/hospital-events/contract/senders.ts'
import { confirmCandidate, hospitalVisits, reopenVisit, setVisitAside, type VisitView } from '../../src/hospital-events/contract/visits.ts'
import { forgetWhatIsOver } from '../../src/hospital-events/server/jobs.ts'
import { lookAtVisit } from '../../src/hospital-events/server/look.ts'
import { addHospitalHook } from '../../src/interop/hospital/hook.ts'
import { type MllpListener, openMllpListener } from '../../src/interop/hospital/mllp-listener.ts'
import { teamAlerts } from '../../src/liaison/contract/queries.ts'
import { recordSilence } from '../../src/persons/contract/actions.ts'
import { personTimeline } from '../../src/persons/contract/queries.ts'
import { aPerson, aSight } from '../../src/persons/testing/builders.ts'
import type { Actor } from '../../src/platform/contract/actor.ts'
import { newId, type PersonId } from '../../src/platform/contract/ids.ts'
import { asActor, asSystem } from '../../src/platform/server/db.ts'
import { openFeed } from '../../src/platform/server/feed.ts'
import { createHttp } from '../../src/platform/server/http.ts'
import { createLog } from '../../src/platform/server/log.ts'
import { createMetrics } from '../../src/platform/server/metrics.ts'
import { sequenceOnce } from '../../src/platform/server/sequencer.ts'
import { concerns } from '../../src/platform/server/stream.ts'
import { call, testClock, testGate } from '../../src/platform/testing/gate.ts'
import { testDatabase } from '../../src/platform/testing/test-database.ts'
import { anActor, aService, type BuiltService } from '../../src/territory/testing/builders.ts'
import { type HospitalCertificates, hospitalCertificates } from './certificates.ts'
import { type AdtOptions, adtMessage, type Patient, type Trigger } from './messages.ts'
import { type EncounterTold, type HookLine, notify } from './notification.ts'
import { framed, type HospitalSender, openSender } from './sender.ts'

const { db, appUrl } = await testDatabase()
// Thursday 15 October 2026, 9 h 42 in Paris.
const clock = testClock('2026-10-15T07:42:00Z')
const gate = testGate(db, clock)
const log = createLog('silent')
const facility = 'CH REMIREMONT'
const testOid = '1.2.250.1.213.1.4.10'

let certificates: HospitalCertificates
let listener: MllpListener
let hospital: HospitalSender
let senderId: string
let dac: BuiltService
let otherDac: BuiltService
let julie: Actor
let camille: Actor
let desk: Actor
let admin: Actor

const open = (who: 'hospital' | 'stranger' | 'nobody' = 'hospital'): Promise<HospitalSender> =>
  openSender({ port: listener.port, authority: certificates.authority, waitMs: 20_000, ...(who === 'nobody' ? {} : certificates[who]) })
const listen = (): Promise<MllpListener> =>
  openMllpListener(
    { gate, registry },
    {
      host: '127.0.0.1',
      port: 0,
      certificate: certificates.port.certificate,
      key: certificates.port.key,
      authorities: certificates.authority,
      log,
      midwayMs: 500,
    },
  )

beforeAll(async () => {
  await asSystem(db, 'a trial installation', (tx) =>
    sql`insert into platform.setting (key, value) values ('demo', 'true'::jsonb) on conflict do nothing`.execute(tx),
  )
  await episodeLists(db)
  dac = await aService(db, { name: 'DAC Hautes-Vallées' })
  otherDac = await aService(db, { name: 'DAC des Plaines' })
  julie = await anActor(db, { service: dac })
  camille = await anActor(db, { service: otherDac, givenName: 'Camille', familyName: 'Durupt' })
  desk = await anActor(db, { service: dac, givenName: 'Nadia', familyName: 'Ferry', functions: ['front_desk'] })
  admin = await anActor(db, {
    givenName: 'Bruno',
    familyName: 'Henry',
    functions: ['regional_admin'],
    service: await aService(db, { kind: 'grades', name: 'GRADeS' }),
  })
  certificates = await hospitalCertificates()
  senderId = newId()
  await call(gate, registry, addSender, admin, {
    id: senderId,
    name: 'Centre hospitalier de Remiremont',
    facility,
    fingerprints: [certificates.hospital.fingerprint],
  })
  listener = await listen()
  hospital = await open()
})
afterAll(async () => {
  hospital?.close()
  await listener?.close()
})

const rows = <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> => asSystem(db, 'look in a test', async (tx) => (await query.execute(tx)).rows)
let serial = 0
/** Somebody invented, unlike all the others. */
function somebody(more: Partial<Patient> = {}): Patient {
  serial += 1
  const letters = [...String(serial * 7919)].map((digit) => 'AEIOULMNRS'[Number(digit)]).join('')
  const day = new Date(Date.UTC(1930 + (serial % 40), serial % 12, 2 + ((serial * 5) % 26))).toISOString().slice(0, 10)
  return {
    birthName: `VAR${letters}`,
    givenNames: [`ED${letters.split('').reverse().join('')}`],
    birthDate: day,
    sex: 'F',
    birthPlaceCode: '88383',
    ipp: `I${serial}`,
    ins: { matricule: `2${day.slice(2, 4)}${day.slice(5, 7)}88383${String(serial).padStart(3, '0')}12`, oid: testOid },
    reliability: 'QUAL',
    ...more,
  }
}
async function aFile(patient: Patient, { service = dac, referent = julie, qualified = true } = {}): Promise<PersonId> {
  const episodeId = newId<EpisodeId>()
  const personId = await aPerson(db, {
    dac: service.id,
    episodeId,
    birthName: patient.birthName,
    usedName: null,
    firstNames: patient.givenNames,
    birthDay: patient.birthDate,
    sex: patient.sex,
    identityStatus: qualified ? 'QUAL' : 'VALI',
  })
  await asSystem(db, 'her birthplace and her INS', (tx) =>
    sql`update persons.person set birth_place_code = ${patient.birthPlaceCode ?? null}, ins_matricule = ${qualified ? (patient.ins?.matricule ?? null) : null} where person_id = ${personId}`.execute(
      tx,
    ),
  )
  await anEpisode(db, { id: episodeId, personId, dac: service.id, referentId: referent.userId })
  return personId
}
/** All the jobs that wait, in any order. */
async function look(): Promise<void> {
  for (const { id } of await rows(sql<{ id: string }>`select id from hospital_events.visit order by random()`))
    await lookAtVisit(db, id, { now: clock(), timeZone: gate.timeZone })
}
let controls = 0
function options(patient: Patient, more: Partial<AdtOptions> = {}): AdtOptions {
  controls += 1
  return { facility, controlId: `C${controls}`, sentAt: clock(), patient, visitNumber: `V-${patient.ipp}`, ...more }
}
const tell = async (trigger: Trigger, given: AdtOptions): Promise<string> => hospital.send(adtMessage(trigger, given))
const codeOf = (answer: string): string => /MSA\|(\w\w)\|/.exec(answer)?.[1] ?? ''
const alertsOf = (personId: PersonId) =>
  rows(
    sql<{
      title: string
      state: string
      event: string | null
      outcome: string | null
    }>`select title, state, event, outcome from liaison.alert where person_id = ${personId} order by raised_at, id`,
  )
const filOf = async (personId: PersonId) =>
  (
    await rows(sql<{ title: string }>`select title from persons.timeline_item where person_id = ${personId} and kind = 'hospital' order by recorded_at, id`)
  ).map(({ title }) => title)
const staysOf = (personId: PersonId) =>
  rows(sql<{ state: string; by: string }>`select state, recognised_by as by from hospital_events.stay where person_id = ${personId} order by created_at`)
const bandsOf = async (personId: PersonId) =>
  (await call(gate, registry, personAgenda, julie, { personId, from: '2026-10-01', to: '2026-10-31' })).stays.map(({ startsOn, until }) => [startsOn, until])
const listOf = async (actor: Actor, view: VisitView = 'to_decide') => (await call(gate, registry, hospitalVisits, actor, { view, limit: 100 })).rows
const visitOf = async (actor: Actor, patient: Patient, view: VisitView = 'to_decide') =>
  (await listOf(actor, view)).find(({ traits }) => traits.birthName === patient.birthName)

describe('the conversation with a hospital', () => {
  it('an admission is acknowledged once it is kept, and raises an alert for whoever follows the person', async () => {
    const patient = somebody()
    const personId = await aFile(patient)
    const answer = await tell('A01', options(patient, { admittedAt: new Date('2026-10-15T06:10:00Z'), expectedOn: '2026-10-20' }))
    expect(codeOf(answer)).toBe('AA')
    await look()
    expect(await alertsOf(personId)).toMatchObject([{ title: 'Hospitalisation', state: 'to_take', event: 'hospital_admission' }])
    expect(await filOf(personId)).toEqual(['Hospitalisation'])
    expect(await staysOf(personId)).toEqual([{ state: 'in_hospital', by: 'ins' }])
    expect(await bandsOf(personId)).toEqual([['2026-10-15', '2026-10-20']])
    const [told] = await rows(sql<{ summary: string }>`select summary from liaison.alert where person_id = ${personId}`)
    expect(told?.summary.replace(/[\u00a0\u202f]/g, ' ')).toBe(
      'Entrée le 15/10/2026 à 08 h 10 : Centre hospitalier de Remiremont. Sortie prévue le 20/10/2026.',
    )
    expect(await rows(sql`select from audit.inbox where name = 'hospitalEvents.message.receive' and ${personId} = any (person_ids)`)).toHaveLength(1)
  })

  it('no certificate, no conversation; a certificate that nobody declared, none either; one taken away speaks no more', async () => {
    await expect(open('nobody').then((one) => one.send(adtMessage('A01', options(somebody()))))).rejects.toThrow()
    await expect(open('stranger').then((one) => one.send(adtMessage('A01', options(somebody()))))).rejects.toThrow()
    const second = await open()
    expect(codeOf(await second.send(adtMessage('A01', options(somebody()))))).toBe('AA')
    await call(gate, registry, setCertificates, admin, { id: senderId, fingerprints: [] })
    expect(codeOf(await second.send(adtMessage('A01', options(somebody()))))).toBe('AR')
    await call(gate, registry, setCertificates, admin, {
      id: senderId,
      fingerprints: [certificates.hospital.fingerprint.toUpperCase().replace(/(..)(?=.)/g, '$1:')],
    })
    expect(codeOf(await second.send(adtMessage('A01', options(somebody()))))).toBe('AA')
    // Its certificate speaks for this establishment, and for no other.
    expect(codeOf(await second.send(adtMessage('A01', options(somebody(), { facility: 'CHU VOISIN' }))))).toBe('AR')
    second.close()
  })

  it('a message cut into bytes, several at once and one after the other are each acknowledged, in order', async () => {
    const [one, two, three] = [somebody(), somebody(), somebody()]
    expect(codeOf(await hospital.send(adtMessage('A01', options(one)), 7))).toBe('AA')
    const [a, b] = [options(two), options(three)]
    hospital.write(Buffer.concat([framed(adtMessage('A01', a)), framed(adtMessage('A01', b))]))
    expect([await hospital.answer(), await hospital.answer()].map((answer) => /MSA\|AA\|(C\d+)/.exec(answer)?.[1])).toEqual([a.controlId, b.controlId])
  })

  it('a connection that dies in the middle of a message leaves nothing; sent again, it is kept once', async () => {
    const patient = somebody()
    const bytes = framed(adtMessage('A01', options(patient)))
    for (const cut of [1, 40, bytes.length - 2, bytes.length - 1]) {
      const dying = await open()
      dying.write(bytes.subarray(0, cut))
      await new Promise((next) => setTimeout(next, 30))
      dying.close()
    }
    const count = () => rows(sql<{ n: number }>`select count(*)::int as n from hospital_events.visit where number = ${`V-${patient.ipp}`}`)
    expect(await count()).toEqual([{ n: 0 }])
    hospital.write(bytes)
    expect(codeOf(await hospital.answer())).toBe('AA')
    expect(await count()).toEqual([{ n: 1 }])
    // One who begins a message and says no more is sent away.
    const silent = await open()
    silent.write(bytes.subarray(0, 60))
    await expect(silent.answer()).rejects.toThrow('over')
  })

  it('the same message again gives the same bytes, whatever became of it; another one under its number is refused', async () => {
    const patient = somebody()
    const personId = await aFile(patient)
    const given = options(patient)
    const first = await tell('A01', given)
    await look()
    clock.advance(3_600_000)
    expect(await tell('A01', given)).toBe(first)
    await look()
    expect(await alertsOf(personId)).toHaveLength(1)
    const other = await tell('A01', { ...given, visitNumber: 'AUTRE' })
    expect(codeOf(other)).toBe('AE')
    expect(await tell('A01', { ...given, visitNumber: 'AUTRE' })).toBe(other)
  })

  it('the acknowledgement is the same for somebody who is followed, somebody whom it may be, and somebody unknown', async () => {
    const [followed, doubtful, unknown] = [somebody(), somebody(), somebody()]
    await aFile(followed)
    await aFile(doubtful)
    const shape = (answer: string): string => answer.replace(/C\d+/, 'C').replace(/[0-9a-f-]{36}/, 'ID')
    const answers = []
    for (const patient of [followed, { ...doubtful, ins: undefined, reliability: 'PROV' } as unknown as Patient, unknown])
      answers.push(shape(await tell('A01', options(patient))))
    expect(new Set(answers).size).toBe(1)
  })

  it('noise, a message that is none and one too large end or refuse, and the port goes on', async () => {
    expect(codeOf(await hospital.send(Buffer.from('BONJOUR')))).toBe('AR')
    expect(codeOf(await hospital.send(Buffer.from('MSH|^~\\&|GAP|CH|J|D|20261015||ADT^A04|1|P|2.5')))).toBe('AR')
    const noisy = await open()
    noisy.write(Buffer.from(`GET / HTTP/1.1\r\nHost: ${'x'.repeat(100)}\r\n\r\n`))
    await expect(noisy.answer()).rejects.toThrow('over')
    const large = await open()
    large.write(framed(Buffer.alloc(300_000, 65)))
    await expect(large.answer()).rejects.toThrow('over')
    expect(codeOf(await tell('A01', options(somebody())))).toBe('AA')
  })

  it('a server that starts again takes the conversation up where it stood', async () => {
    const patient = somebody()
    const personId = await aFile(patient)
    const given = options(patient)
    const before = await tell('A01', given)
    await listener.close()
    listener = await listen()
    hospital = await open()
    expect(await tell('A01', given)).toBe(before)
    await look()
    expect(await alertsOf(personId)).toHaveLength(1)
  })
})

describe('what a stay becomes in the file', () => {
  it('a discharge is told; cancelled, its alert goes and the file says that she is still there; told again, so is it', async () => {
    const patient = somebody()
    const personId = await aFile(patient)
    const at = (minutes: number) => new Date(clock().getTime() + minutes * 60_000)
    await tell('A01', options(patient, { movement: 'M1', sentAt: at(0) }))
    await tell('A02', options(patient, { movement: 'M2', sentAt: at(5) }))
    await tell('A03', options(patient, { movement: 'M3', sentAt: at(10) }))
    await look()
    expect(await alertsOf(personId)).toMatchObject([{ title: 'Sortie d’hôpital', state: 'to_take', event: 'hospital_discharge' }])
    await tell('A13', options(patient, { movement: 'M3', sentAt: at(20) }))
    await look()
    expect(await staysOf(personId)).toMatchObject([{ state: 'in_hospital' }])
    expect((await bandsOf(personId)).map(([, until]) => until)).toEqual([null])
    expect((await alertsOf(personId)).map(({ title, state }) => [title, state])).toEqual([
      ['Sortie d’hôpital', 'settled'],
      ['Hospitalisation', 'to_take'],
    ])
    await tell('A03', options(patient, { movement: 'M4', sentAt: at(30) }))
    await look()
    expect((await alertsOf(personId)).filter(({ state }) => state === 'to_take').map(({ title }) => title)).toEqual(['Hospitalisation', 'Sortie d’hôpital'])
    expect((await filOf(personId)).map((title) => title.replace(/[\u00a0\u202f]/g, ' '))).toEqual([
      'Sortie d’hôpital',
      'Sortie annulée : toujours à l’hôpital',
      'Hospitalisation',
      'Sortie d’hôpital',
    ])
  })

  it('an admission cancelled takes its alert back, whichever came first', async () => {
    for (const order of [
      ['A01', 'A11'],
      ['A11', 'A01'],
    ] as const) {
      const patient = somebody()
      const personId = await aFile(patient)
      const sent = { A01: new Date('2026-10-15T07:00:00Z'), A11: new Date('2026-10-15T07:30:00Z') }
      for (const trigger of order) {
        await tell(trigger, options(patient, { movement: 'M1', sentAt: sent[trigger] }))
        await look()
      }
      expect((await alertsOf(personId)).filter(({ state }) => state === 'to_take')).toEqual([])
      expect(await bandsOf(personId)).toEqual([])
      expect((await filOf(personId)).at(-1)).toBe(order[0] === 'A01' ? 'Hospitalisation annulée' : undefined)
    }
  })

  it('an alert that somebody took stays with her when the hospital takes its word back', async () => {
    const patient = somebody()
    const personId = await aFile(patient)
    await tell('A01', options(patient, { movement: 'M1' }))
    await look()
    await asSystem(db, 'taken', (tx) =>
      sql`update liaison.alert set state = 'taken', taken_by = ${julie.userId}, taken_at = now() where person_id = ${personId}`.execute(tx),
    )
    await tell('A11', options(patient, { movement: 'M1', sentAt: new Date(clock().getTime() + 1000) }))
    await look()
    expect(await alertsOf(personId)).toMatchObject([{ state: 'taken' }])
    expect(await filOf(personId)).toEqual(['Hospitalisation', 'Hospitalisation annulée'])
  })

  it('the emergency department is told as such; an out-patient is no event, and who she is goes at once', async () => {
    const [hurt, passing] = [somebody(), somebody()]
    const [hurtId, passingId] = [await aFile(hurt), await aFile(passing)]
    await tell('A01', options(hurt, { patientClass: 'E' }))
    await tell('A01', options(passing, { patientClass: 'O' }))
    await look()
    expect(await alertsOf(hurtId)).toMatchObject([{ title: 'Passage aux urgences', event: 'emergency_visit' }])
    expect(await alertsOf(passingId)).toEqual([])
    expect(await rows(sql`select from hospital_events.visit where number = ${`V-${passing.ipp}`} and traits is not null`)).toEqual([])
  })

  it('a death that the hospital tells is to be verified: nothing is recorded of it, and no return home is proposed', async () => {
    const patient = somebody()
    const personId = await aFile(patient)
    await tell('A03', options(patient, { deceased: true }))
    await look()
    expect(await alertsOf(personId)).toMatchObject([{ title: 'Décès annoncé par l’hôpital', event: null }])
    expect(await rows(sql`select from persons.person where person_id = ${personId} and deceased_on is not null`)).toEqual([])
  })

  it('what is long past is written, and alerts nobody', async () => {
    const patient = somebody()
    const personId = await aFile(patient)
    await tell('A03', options(patient, { admittedAt: new Date('2026-09-01T08:00:00Z'), dischargedAt: new Date('2026-09-05T08:00:00Z') }))
    await look()
    expect([await alertsOf(personId), await filOf(personId)]).toEqual([[], ['Sortie d’hôpital']])
  })

  it('both DACs that accompany her are alerted, each its own', async () => {
    const patient = somebody()
    const personId = await aFile(patient)
    await aSight(db, personId, otherDac.id)
    await anEpisode(db, { personId, dac: otherDac.id, referentId: camille.userId })
    await tell('A01', options(patient))
    await look()
    expect(await alertsOf(personId)).toHaveLength(2)
  })

  it('a thousand messages of sixty stays, shuffled and some told twice, end as they would in order', async () => {
    const random = randomOf(1630)
    const start = clock().getTime()
    const lives = Array.from({ length: 60 }, (_, n) => {
      const patient = somebody()
      const steps: { trigger: Trigger; movement: string }[] = [{ trigger: 'A01', movement: `${n}-1` }]
      for (let step = 2; step <= 14; step += 1) {
        const last = steps.at(-1) as { trigger: Trigger; movement: string }
        const next: Trigger =
          last.trigger === 'A03' ? 'A13' : last.trigger === 'A11' ? 'A01' : ((['A02', 'A08', 'A03', 'A02', 'A11'] as const)[random.below(5)] ?? 'A08')
        if (next === 'A11' && steps.some(({ trigger }) => trigger === 'A03' || trigger === 'A02')) steps.push({ trigger: 'A08', movement: `${n}-${step}` })
        else
          steps.push({
            trigger: next,
            movement:
              next === 'A13' || next === 'A11'
                ? (steps.findLast(({ trigger }) => trigger === (next === 'A13' ? 'A03' : 'A01'))?.movement ?? '')
                : `${n}-${step}`,
          })
      }
      const out = steps.reduce(
        (state, { trigger }) =>
          trigger === 'A01' || trigger === 'A13' ? 'in_hospital' : trigger === 'A03' ? 'discharged' : trigger === 'A11' ? 'cancelled' : state,
        '',
      )
      return {
        patient,
        out,
        messages: steps.map(({ trigger, movement }, at) => adtMessage(trigger, options(patient, { movement, sentAt: new Date(start + at * 60_000) }))),
      }
    })
    const ids = new Map<string, PersonId>()
    for (const { patient } of lives) ids.set(patient.ipp, await aFile(patient))
    const all = lives.flatMap(({ messages }) => messages)
    const repeated = [...all, ...all.slice(0, 1000 - all.length)]
    const shuffled = repeated.map((message) => ({ message, at: random.below(1_000_000) })).toSorted((a, b) => a.at - b.at)
    expect(shuffled).toHaveLength(1000)
    hospital.write(Buffer.concat(shuffled.slice(0, 500).map(({ message }) => framed(message))))
    for (let n = 0; n < 500; n += 1) expect(codeOf(await hospital.answer())).toBe('AA')
    await look()
    hospital.write(Buffer.concat(shuffled.slice(500).map(({ message }) => framed(message))))
    for (let n = 0; n < 500; n += 1) expect(codeOf(await hospital.answer())).toBe('AA')
    await look()
    for (const { patient, out } of lives) {
      const personId = ids.get(patient.ipp) as PersonId
      const [stay, ...others] = await staysOf(personId)
      expect([patient.ipp, others, stay?.state ?? 'cancelled']).toEqual([patient.ipp, [], out])
      const waiting = (await alertsOf(personId)).filter(({ state }) => state === 'to_take').map(({ event }) => event)
      expect(new Set(waiting).size).toBe(waiting.length)
      if (out === 'cancelled') expect(waiting).toEqual([])
      else expect(waiting).toContain(out === 'in_hospital' ? 'hospital_admission' : 'hospital_discharge')
    }
    // Looked at again, nothing more is told.
    const before = await rows(sql`select count(*)::int as n from liaison.alert`)
    await look()
    expect(await rows(sql`select count(*)::int as n from liaison.alert`)).toEqual(before)
  }, 240_000)
})

describe('whom it is about', () => {
  it('five strict traits of a verified identity are enough when nobody else is alike; of an identity that nobody verified, somebody decides', async () => {
    const [verified, said] = [somebody({ ins: undefined as never, reliability: 'VALI' }), somebody({ ins: undefined as never, reliability: 'PROV' })]
    const [one, two] = [await aFile(verified, { qualified: false }), await aFile(said, { qualified: false })]
    await tell('A01', options(verified))
    await tell('A01', options(said))
    await look()
    expect(await staysOf(one)).toEqual([{ state: 'in_hospital', by: 'traits' }])
    expect(await staysOf(two)).toEqual([])
    expect((await visitOf(julie, said))?.candidates.map(({ person }) => person.personId)).toEqual([two])
  })

  it('an establishment that never says how sure its identities are: somebody decides, until the region takes its word, and says why; what a message says of itself is believed before', async () => {
    const heard = async (reliability: NonNullable<Patient['reliability']>) => {
      const patient = somebody({ ins: undefined as never, reliability })
      const personId = await aFile(patient, { qualified: false })
      await tell('A01', options(patient))
      await look()
      return (await staysOf(personId)).map(({ by }) => by)
    }
    const silent = undefined as never
    expect(await heard(silent)).toEqual([])
    const vouch = (vouched: boolean, actor = admin, because = 'Convention du 2 octobre : procédure d’identitovigilance auditée.') =>
      call(gate, registry, vouchForSender, actor, { id: senderId, vouched, because })
    await expect(vouch(true, julie)).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(vouch(true, admin, 'oui')).rejects.toMatchObject({ kind: 'invalid' })
    await vouch(true)
    const told = (await call(gate, registry, hospitalSenders, admin, {})).rows.find(({ id }) => id === senderId)
    expect(told?.vouched).toMatchObject({ byName: admin.displayName, because: expect.stringContaining('Convention du 2 octobre') })
    expect([await heard(silent), await heard('PROV')]).toEqual([['traits'], []])
    await vouch(false)
    expect(await heard(silent)).toEqual([])
  })

  it('the same matricule with another birth date is nobody’s without a decision', async () => {
    const patient = somebody()
    const personId = await aFile(patient)
    await tell('A01', options({ ...patient, birthDate: '1955-05-05' }))
    await look()
    expect(await staysOf(personId)).toEqual([])
    expect(await alertsOf(personId)).toEqual([])
    expect((await visitOf(julie, patient))?.candidates).toHaveLength(1)
  })

  it('« C’est elle » writes it in her file; « revenir » takes it back; « aucune des nôtres » leaves it to nobody', async () => {
    const patient = somebody({ ins: undefined as never, reliability: 'PROV' })
    const personId = await aFile(patient, { qualified: false })
    await tell('A01', options(patient))
    await look()
    const visit = await visitOf(julie, patient)
    await call(gate, registry, confirmCandidate, julie, { id: visit?.candidates[0]?.id as never })
    await look()
    expect(await alertsOf(personId)).toMatchObject([{ title: 'Hospitalisation', state: 'to_take' }])
    expect(await staysOf(personId)).toEqual([{ state: 'in_hospital', by: 'user' }])
    expect(await bandsOf(personId)).toHaveLength(1)
    expect([await visitOf(julie, patient), (await visitOf(julie, patient, 'decided'))?.candidates[0]?.decision]).toEqual([undefined, 'hers'])
    await call(gate, registry, reopenVisit, julie, { id: visit?.id as never })
    await look()
    expect(await staysOf(personId)).toEqual([{ state: 'not_hers', by: 'user' }])
    expect(await bandsOf(personId)).toEqual([])
    expect(await alertsOf(personId)).toMatchObject([{ state: 'settled' }])
    expect((await filOf(personId)).at(-1)).toBe('Événement hospitalier retiré')
    await call(gate, registry, setVisitAside, julie, { id: visit?.id as never })
    await look()
    expect([await visitOf(julie, patient), (await visitOf(julie, patient, 'decided'))?.candidates[0]?.decision]).toEqual([undefined, 'not_hers'])
    await call(gate, registry, reopenVisit, julie, { id: visit?.id as never })
    await look()
    expect((await visitOf(julie, patient))?.candidates.map(({ person }) => person.personId)).toEqual([personId])
  })

  it('only the DAC that accompanies her reads that it may be her; its front desk does not, nor may it decide', async () => {
    const patient = somebody({ ins: undefined as never, reliability: 'PROV' })
    await aFile(patient, { qualified: false })
    await tell('A01', options(patient))
    await look()
    const visit = await visitOf(julie, patient)
    expect(visit).toBeDefined()
    expect(await visitOf(camille, patient)).toBeUndefined()
    await expect(call(gate, registry, hospitalVisits, desk, {})).rejects.toMatchObject({ code: 'forbidden' })
    await expect(call(gate, registry, confirmCandidate, camille, { id: visit?.candidates[0]?.id as never })).rejects.toMatchObject({ code: 'not_found' })
    await expect(call(gate, registry, setVisitAside, camille, { id: visit?.id as never })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('somebody who opposes, whose file is limited, or whom nobody accompanies any more: nothing is written, nothing is shown', async () => {
    const set = {
      opposed: (
        personId: PersonId,
      ) => sql`insert into persons.non_opposition (id, person_id, number, state, collected_on, mode, collected_by, collected_by_name, holder_org, recorded_at)
        values (${newId()}, ${personId}, 2, 'opposition', '2026-10-01', 'oral_present', ${newId()}, 'Julie Marchal', ${dac.id}, '2026-10-01')`,
      limited: (personId: PersonId) =>
        sql`insert into privacy.limitation (id, person_id, reason, since, set_by, set_by_name, holder_org) values (${newId()}, ${personId}, 'accuracy', '2026-10-01', ${newId()}, 'Julie Marchal', ${dac.id})`,
      closed: (personId: PersonId) => sql`update episodes.episode set state = 'closed', closed_on = '2026-10-10' where person_id = ${personId}`,
    }
    for (const [why, change] of Object.entries(set)) {
      for (const certain of [true, false]) {
        const patient = somebody(certain ? {} : { ins: undefined as never, reliability: 'PROV' })
        const personId = await aFile(patient, { qualified: certain })
        await asSystem(db, why, (tx) => change(personId).execute(tx))
        await tell('A01', options(patient))
        await look()
        expect([
          why,
          await staysOf(personId),
          await alertsOf(personId),
          await filOf(personId),
          await visitOf(julie, patient),
          await visitOf(julie, patient, 'decided'),
        ]).toEqual([why, [], [], [], undefined, undefined])
      }
    }
  })

  it('an identity that the hospital corrects moves what was said to the right file', async () => {
    const [wrong, right] = [somebody(), somebody()]
    const [wrongId, rightId] = [await aFile(wrong), await aFile(right)]
    await tell('A01', options(wrong, { visitNumber: 'MÊME' }))
    await look()
    await tell('A08', options(right, { visitNumber: 'MÊME', sentAt: new Date(clock().getTime() + 60_000) }))
    await look()
    expect(await staysOf(wrongId)).toMatchObject([{ state: 'not_hers' }])
    expect((await alertsOf(wrongId)).map(({ state }) => state)).toEqual(['settled'])
    expect((await alertsOf(rightId)).map(({ state }) => state)).toEqual(['to_take'])
  })

  it('what concerns nobody here is destroyed once the hours of the region are over, and what nobody decided once its days are', async () => {
    const [unknown, doubtful, known] = [somebody(), somebody({ ins: undefined as never, reliability: 'PROV' }), somebody()]
    const [, knownId] = [await aFile(doubtful, { qualified: false }), await aFile(known)]
    const given = options(unknown)
    const answer = await tell('A01', given)
    await tell('A01', options(doubtful))
    await tell('A01', options(known))
    await look()
    const held = async () =>
      (
        await rows(
          sql<{
            number: string
            traits: boolean
          }>`select number, traits is not null as traits from hospital_events.visit where number = any (${[unknown, doubtful, known].map(({ ipp }) => `V-${ipp}`)}::text[])`,
        )
      )
        .map(({ number, traits }) => `${number} ${traits}`)
        .toSorted()
    await call(gate, registry, decideKeeping, admin, { unknownHours: 6, undecidedDays: 10 })
    await forgetWhatIsOver(db, new Date(clock().getTime() + 5 * 3_600_000))
    expect(await held()).toHaveLength(3)
    await forgetWhatIsOver(db, new Date(clock().getTime() + 7 * 3_600_000))
    expect(await held()).toEqual([`V-${doubtful.ipp} true`, `V-${known.ipp} true`].toSorted())
    await forgetWhatIsOver(db, new Date(clock().getTime() + 11 * 86_400_000))
    expect(await held()).toEqual([`V-${known.ipp} false`])
    expect(
      await rows(sql`select from hospital_events.candidate c join hospital_events.visit v on v.id = c.visit_id where v.number = ${`V-${known.ipp}`}`),
    ).toEqual([])
    // The same message again is answered alike, and no trait came back with it.
    expect(await tell('A01', given)).toBe(answer)
    expect(await held()).toEqual([`V-${known.ipp} false`])
    // Her stay goes on: its number is enough to know that she left.
    await tell('A03', options(known, { sentAt: new Date(clock().getTime() + 86_400_000) }))
    await look()
    expect(await staysOf(knownId)).toEqual([{ state: 'discharged', by: 'ins' }])
    const text = (await rows(sql<{ all: string }>`select coalesce(string_agg(m::text, ' '), '') as all from hospital_events.message m`))[0]?.all ?? ''
    for (const { birthName, ins } of [unknown, known]) for (const trait of [birthName, ins?.matricule ?? 'none']) expect(text).not.toContain(trait)
  })
})

describe('who is told of a stay', () => {
  it('whom the person refuses, whom she keeps her health from, and whoever is not given it read no alert, no line of the Fil, no stay, no entry of the agenda, and hear nothing', async () => {
    const patient = somebody()
    const personId = await aFile(patient)
    const karim = await anActor(db, { service: dac, givenName: 'Karim', familyName: 'Belkacem' })
    const kept = await anActor(db, { service: dac, givenName: 'Paul', familyName: 'Gravier' })
    const practice = await aService(db, { kind: 'practice', name: `Cabinet ${patient.birthName}` })
    const inCircle = (category: 'health' | 'social') => anActor(db, { service: practice, functions: ['outside_professional'], category })
    const [nurse, social] = [await inCircle('health'), await inCircle('social')]
    await aSight(db, personId, nurse.userId, { basis: 'care_team' })
    await aSight(db, personId, social.userId, { basis: 'care_team', volets: ['administrative', 'social'] })
    await call(gate, registry, recordSilence, julie, {
      id: newId(),
      personId,
      kind: 'no_sharing',
      towards: 'Karim Belkacem',
      partyId: karim.userId,
      since: '2026-10-14',
    })
    await asSystem(db, 'her health kept from one', (tx) =>
      sql`insert into persons.withheld_volet (id, person_id, withholds, from_party_id, from_party_name, since, mode, given_by, recorded_by, recorded_by_name, recorded_at, holder_org)
        values (gen_random_uuid(), ${personId}, 'health', ${kept.userId}, 'Paul Gravier', '2026-10-14', 'oral', 'person', ${julie.userId}, 'Julie Marchal', now(), ${dac.id})`.execute(
        tx,
      ),
    )
    await tell('A01', options(patient, { admittedAt: new Date('2026-10-15T06:10:00Z'), expectedOn: '2026-10-20' }))
    await look()

    const countAs = (actor: Actor, table: string, more = sql``) =>
      asActor(
        db,
        { actor, clock: clock(), timeZone: gate.timeZone },
        async (tx) =>
          (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)} where person_id = ${personId} ${more}`.execute(tx)).rows[0]?.n,
      )
    const reads = async (actor: Actor) => ({
      stay: await countAs(actor, 'hospital_events.stay'),
      band: await countAs(actor, 'agenda.stay'),
      alert: await countAs(actor, 'liaison.alert'),
      fil: await countAs(actor, 'persons.timeline_item', sql`and kind = 'hospital'`),
      candidate: await countAs(actor, 'hospital_events.candidate'),
    })
    const nothing = { stay: 0, band: 0, alert: 0, fil: 0, candidate: 0 }
    expect(await reads(julie)).toMatchObject({ stay: 1, band: 1, alert: 1, fil: 1 })
    expect(await reads(nurse)).toMatchObject({ stay: 1, band: 1, fil: 1 })
    for (const [who, actor] of Object.entries({ karim, kept, social, camille })) expect([who, await reads(actor)]).toEqual([who, nothing])

    const none = { rows: [], stays: [] }
    const said = async (actor: Actor) => {
      const [fil, agenda, alerts, visits] = await Promise.all([
        call(gate, registry, personTimeline, actor, { personId }).catch(() => none),
        call(gate, registry, personAgenda, actor, { personId, from: '2026-10-12', to: '2026-10-25' }).catch(() => none),
        call(gate, registry, teamAlerts, actor, {}).catch(() => none),
        call(gate, registry, hospitalVisits, actor, { view: 'decided', limit: 100 }).catch(() => none),
      ])
      const ofHer = (answer: { readonly rows: readonly object[] }) => answer.rows.filter((row) => JSON.stringify(row).includes(personId)).length
      return {
        fil: fil.rows.filter((row) => 'kind' in row && row.kind === 'hospital').length,
        agenda: agenda.rows.length + agenda.stays.length,
        alerts: ofHer(alerts),
        visits: ofHer(visits),
      }
    }
    expect(await said(julie)).toMatchObject({ fil: 1, agenda: 1, alerts: 1 })
    for (const [who, actor] of Object.entries({ karim, kept, social, camille }))
      expect([who, await said(actor)]).toEqual([who, { fil: 0, agenda: 0, alerts: 0, visits: 0 }])

    while ((await sequenceOnce(db)) > 0);
    const feed = await openFeed(db, appUrl, log)
    const hears = async (actor: Actor) =>
      (await feed.since(Math.max(0, feed.lastSeq() - 200), actor.parties)).filter(
        (event) =>
          concerns(event, { actor }) &&
          (event.personId === personId || event.payload['personId'] === personId) &&
          /^(hospitalEvents|agenda|liaison\.alert)/.test(event.type),
      ).length
    expect(await hears(julie)).toBeGreaterThan(0)
    for (const [who, actor] of Object.entries({ karim, kept, social, camille })) expect([who, await hears(actor)]).toEqual([who, 0])
    await feed.stop()
  })
})

describe('a FHIR server that notifies', () => {
  let line: HookLine
  let told = 0
  const keyOf = async (id: string): Promise<string> => {
    const key = randomBytes(32).toString('hex')
    await call(gate, registry, setNotificationKey, admin, { id, key })
    return key
  }
  const http = createHttp({ gate, registry, log, metrics: createMetrics(), publicUrl: 'http://127.0.0.1', trustProxy: false, identify: async () => null })
  beforeAll(async () => {
    const server = await http
    await addHospitalHook(server, { gate, registry })
    const url = await server.listen({ port: 0, host: '127.0.0.1' })
    const secret = await keyOf(senderId)
    const { rows: senders } = await call(gate, registry, hospitalSenders, admin, {})
    line = { url: `${url}${senders.find(({ id }) => id === senderId)?.path}`, secret }
  })
  afterAll(async () => (await http).close())
  function encounter(patient: Patient, more: Partial<EncounterTold> = {}): EncounterTold {
    told += 1
    return {
      bundleId: `B${told}`,
      encounterId: `E-${patient.ipp}`,
      version: String(told),
      patient,
      status: 'in-progress',
      sentAt: new Date(clock().getTime() + told * 1000),
      start: clock(),
      ...more,
    }
  }

  it('tells an entry, an exit and what it takes back, once each, to whoever follows the person', async () => {
    const patient = somebody()
    const personId = await aFile(patient)
    const entry = encounter(patient)
    expect([await notify(line, entry), await notify(line, entry)]).toEqual([204, 204])
    await look()
    expect(await alertsOf(personId)).toMatchObject([{ title: 'Hospitalisation', state: 'to_take' }])
    await notify(line, encounter(patient, { status: 'finished', end: clock() }))
    await look()
    expect((await alertsOf(personId)).map(({ title }) => title)).toEqual(['Hospitalisation', 'Sortie d’hôpital'])
    await notify(line, encounter(patient, { status: 'entered-in-error' }))
    await look()
    expect((await alertsOf(personId)).map(({ state }) => state)).toEqual(['settled', 'settled'])
    // An older state that comes late changes nothing.
    await notify(line, { ...entry, bundleId: 'late', version: '0' })
    await look()
    expect(await staysOf(personId)).toMatchObject([{ state: 'cancelled' }])
  })

  it('answers a greeting; refuses alike a wrong key, no key and an establishment that is not there or was taken away; says what it does not understand', async () => {
    const patient = somebody()
    expect(await notify(line, encounter(patient, { type: 'handshake' }))).toBe(204)
    expect(await notify(line, encounter(patient, { type: 'heartbeat' }))).toBe(204)
    const gone = newId()
    await call(gate, registry, addSender, admin, { id: gone, name: 'Clinique fermée', facility: 'CLINIQUE' })
    const secret = await keyOf(gone)
    await call(gate, registry, endSender, admin, { id: gone })
    for (const wrong of [
      { ...line, secret: '00'.repeat(32) },
      { ...line, secret: '' },
      { ...line, url: line.url.replace(/[0-9a-f-]{36}/, newId()) },
      { url: line.url.replace(/[0-9a-f-]{36}/, gone), secret },
    ])
      expect(await notify(wrong, encounter(patient))).toBe(403)
    const raw = (body: string) =>
      fetch(line.url, { method: 'POST', headers: { authorization: `Bearer ${line.secret}`, 'content-type': 'application/fhir+json' }, body })
    for (const body of ['{', '[]', '{"resourceType":"Bundle","type":"history"}', JSON.stringify({ resourceType: 'Patient' })])
      expect((await raw(body)).status).toBe(422)
    expect((await raw('x'.repeat(300_000))).status).toBe(413)
    expect(await rows(sql`select from hospital_events.visit where number = ${`E-${patient.ipp}`}`)).toEqual([])
  })

  it('its key is kept nowhere, only its print; a new key ends the former one, and nobody without a key notifies', async () => {
    const kept = JSON.stringify(await rows(sql`select s::text from hospital_events.sender s`))
    expect(kept).not.toContain(line.secret)
    const former = line.secret
    line = { ...line, secret: await keyOf(senderId) }
    expect([await notify({ ...line, secret: former }, encounter(somebody())), await notify(line, encounter(somebody()))]).toEqual([403, 204])
    const keyless = newId()
    await call(gate, registry, addSender, admin, { id: keyless, name: 'Clinique sans clé', facility: 'SANS CLE' })
    for (const secret of ['', '00'.repeat(32)])
      expect(await notify({ url: line.url.replace(/[0-9a-f-]{36}/, keyless), secret }, encounter(somebody()))).toBe(403)
    await expect(call(gate, registry, setNotificationKey, admin, { id: newId(), key: 'ab'.repeat(32) })).rejects.toMatchObject({ kind: 'not_found' })
  })
})
