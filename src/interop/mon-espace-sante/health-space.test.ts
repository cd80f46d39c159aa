import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startHealthSpace } from '../../../simulators/mon-espace-sante/main.ts'
import { bookAppointment, cancelOccurrence, moveOccurrence } from '../../agenda/contract/actions.ts'
import type { AppointmentId, OccurrenceId } from '../../agenda/contract/appointment.ts'
import { decideHealthSpace, type HealthSpaceDecisionId, healthSpace, retryHealthSpace } from '../../agenda/contract/health-space.ts'
import { personAgenda } from '../../agenda/contract/queries.ts'
import { agendaHandlers } from '../../agenda/server/handlers.ts'
import { sendToHealthSpace } from '../../agenda/server/send-to-health-space.ts'
import { agendaLists } from '../../agenda/testing/builders.ts'
import { anEpisode, episodeLists } from '../../episodes/testing/builders.ts'
import { outwardInsOf } from '../../persons/server/api.ts'
import { aPerson } from '../../persons/testing/builders.ts'
import type { RawInputOf } from '../../platform/contract/action.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call, testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { anActor, aService, type BuiltService } from '../../territory/testing/builders.ts'
import { openHealthSpace } from './server/client.ts'

const { db, appUrl } = await testDatabase()
const clock = testClock()
const gate = { ...testGate(db, clock), timeZone: 'Europe/Paris' }
const registry = registryOf(agendaHandlers)
const standIn = await startHealthSpace()
afterAll(() => standIn.stop())
const port = openHealthSpace(standIn)

let dac: BuiltService
let julie: Actor
let personId: PersonId

const look = <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> => asSystem(db, 'look in a test', async (tx) => (await query.execute(tx)).rows)
const send = (at?: string): Promise<number> => {
  if (at !== undefined) clock.set(at)
  return sendToHealthSpace({ db, port, clock })
}

async function someone(identityStatus: 'QUAL' | 'PROV' = 'QUAL'): Promise<PersonId> {
  const id = newId()
  const who = await aPerson(db, { dac: dac.id, episodeId: id, identityStatus })
  await anEpisode(db, { id: id as never, personId: who, dac: dac.id, referentId: julie.userId })
  return who
}
const decide = (decision: 'given' | 'withdrawn', detail: 'minimal' | 'kind' = 'minimal', who = personId) =>
  call(gate, registry, decideHealthSpace, julie, { id: newId<HealthSpaceDecisionId>(), personId: who, decision, detail, on: '2026-10-15', mode: 'in_person' })
const book = async (more: Partial<RawInputOf<typeof bookAppointment>> = {}): Promise<OccurrenceId> => {
  const id = newId<AppointmentId>()
  await call(gate, registry, bookAppointment, julie, { id, personId, kind: 'visit', startsAt: '2026-10-20T10:00', minutes: 60, placeKind: 'home', ...more })
  const [row] = await look(sql<{ id: OccurrenceId }>`select id from agenda.occurrence where appointment_id = ${id} order by starts_at limit 1`)
  return row?.id as OccurrenceId
}
const move = async (occurrenceId: OccurrenceId, startsAt: string, scope: 'one' | 'following' = 'one') => {
  const [row] = await look(sql<{ version: number }>`select version from agenda.occurrence where id = ${occurrenceId}`)
  return call(gate, registry, moveOccurrence, julie, { occurrenceId, baseVersion: row?.version as number, startsAt, minutes: 60, scope })
}
const state = (who = personId) => call(gate, registry, healthSpace, julie, { personId: who })
/** What her own health space shows of her now. */
const inHerSpace = async (who = personId): Promise<string[]> => {
  const lines = await look(sql<{ id: string }>`select occurrence_id as id from agenda.health_space_line where person_id = ${who}`)
  return lines.flatMap(({ id }) => standIn.ofNumber(id).map(({ status, start, description }) => `${status} ${start?.slice(0, 16)} ${description}`)).sort()
}

beforeAll(async () => {
  await agendaLists(db)
  await episodeLists(db)
  await look(
    sql`insert into platform.setting (key, value) values ('demo', 'true'), ('health_space', 'true') on conflict (key) do update set value = excluded.value`,
  )
  dac = await aService(db, { name: 'DAC Hautes-Vallées' })
  julie = await anActor(db, { service: dac })
})
beforeEach(async () => {
  clock.set('2026-10-15T07:42:00Z')
  standIn.meet({})
  personId = await someone()
})

describe('her appointments in Mon espace santé', () => {
  it('nothing leaves before she agreed; then what is to come, without a name, a place nor a word', async () => {
    await book({
      title: 'Bilan mémoire',
      words: 'Prévoir les ordonnances',
      kind: 'consultation',
      volet: 'health',
      placeKind: 'other',
      place: 'CMP de Remiremont',
    })
    await send()
    expect(await inHerSpace()).toEqual([])
    await decide('given')
    expect(await send()).toBe(1)
    expect(await inHerSpace()).toEqual(['booked 2026-10-20T08:00 Rendez-vous'])
    const [line] = await look(sql<{ id: string }>`select occurrence_id as id from agenda.health_space_line where person_id = ${personId}`)
    const sent = JSON.stringify(standIn.ofNumber(String(line?.id)))
    for (const word of ['mémoire', 'ordonnances', 'CMP', 'PERRIN', 'KEMPF', 'ODILE', 'Marchal', 'Remiremont', 'onsultation']) expect(sent).not.toContain(word)
    expect(await state()).toMatchObject({
      connected: true,
      decision: { decision: 'given', detail: 'minimal', recordedByName: 'Julie Marchal' },
      sent: 1,
      waiting: 0,
      failed: [],
    })
  })

  it('says the kind if she wants it, but never one that speaks of her health', async () => {
    await decide('given', 'kind')
    await book()
    await book({ kind: 'care', volet: 'health', startsAt: '2026-10-21T08:00' })
    await send()
    expect(await inHerSpace()).toEqual(['booked 2026-10-20T08:00 Visite à domicile', 'booked 2026-10-21T06:00 Rendez-vous'])
    await decide('given', 'minimal')
    await send()
    expect(await inHerSpace()).toEqual(['booked 2026-10-20T08:00 Rendez-vous', 'booked 2026-10-21T06:00 Rendez-vous'])
  })

  it('around somebody in danger, neither the kind nor the DAC is said', async () => {
    await look(
      sql`insert into persons.non_disclosure (id, person_id, kind, towards, since, holder_org, recorded_by) values (${newId()}, ${personId}, 'at_risk', '', '2026-10-01', ${dac.id}, ${julie.userId})`,
    )
    await decide('given', 'kind')
    const id = await book()
    await send()
    expect(await inHerSpace()).toEqual(['booked 2026-10-20T08:00 Rendez-vous'])
    expect(JSON.stringify(standIn.ofNumber(id))).not.toContain('DAC')
  })

  it('what is the DAC’s own stays with it', async () => {
    await decide('given')
    await book({ isPrivate: true })
    await send()
    expect(await inHerSpace()).toEqual([])
  })

  it('follows a move, a cancellation, and a series that moves on from one of its times', async () => {
    await decide('given')
    const once = await book()
    const weekly = await book({ startsAt: '2026-10-19T14:00', recurrence: { frequency: 'weekly', every: 1, days: [], until: null, count: 3 } })
    await send()
    expect(await inHerSpace()).toHaveLength(4)
    await move(once, '2026-10-22T11:00')
    const { rows } = await call(gate, registry, personAgenda, julie, { personId, from: '2026-10-26', to: '2026-10-26' })
    await move(rows[0]?.id as OccurrenceId, '2026-10-27T15:00', 'following')
    await call(gate, registry, cancelOccurrence, julie, { occurrenceId: weekly, scope: 'one' })
    await send()
    expect((await inHerSpace()).filter((line) => line.startsWith('booked'))).toEqual([
      'booked 2026-10-22T09:00 Rendez-vous',
      'booked 2026-10-27T14:00 Rendez-vous',
      'booked 2026-11-03T14:00 Rendez-vous',
    ])
    expect(await send(), 'nothing changed: nothing is said again').toBe(0)
  })

  it('when she no longer wants it, what is to come is cancelled there; what took place stays', async () => {
    await decide('given')
    await book()
    await book({ startsAt: '2026-10-28T10:00' })
    await send()
    clock.set('2026-10-21T08:00:00Z')
    await decide('withdrawn')
    expect(await state()).toMatchObject({ decision: { decision: 'withdrawn' } })
    await send()
    expect(await inHerSpace()).toEqual(['booked 2026-10-20T08:00 Rendez-vous', 'cancelled 2026-10-28T09:00 Rendez-vous'])
    expect(
      await call(gate, registry, decideHealthSpace, julie, {
        id: newId<HealthSpaceDecisionId>(),
        personId,
        decision: 'withdrawn',
        on: '2026-10-21',
        mode: 'phone',
      }).catch((error) => error.code),
    ).toBe('agenda.decided_already')
    await decide('given')
    await send()
    expect(await inHerSpace(), 'agreed again: the same ones are back, not others').toEqual([
      'booked 2026-10-20T08:00 Rendez-vous',
      'booked 2026-10-28T09:00 Rendez-vous',
    ])
  })

  it('an opposition to sharing cancels what is to come', async () => {
    await decide('given')
    await book()
    await send()
    await look(
      sql`insert into persons.non_opposition (id, person_id, number, state, collected_on, mode, collected_by, collected_by_name, holder_org)
        values (${newId()}, ${personId}, 1, 'opposition', '2026-10-15', 'oral', ${julie.userId}, 'Julie Marchal', ${dac.id})`,
    )
    await send()
    expect(await inHerSpace()).toEqual(['cancelled 2026-10-20T08:00 Rendez-vous'])
  })

  it('waits for a qualified identity, and says so', async () => {
    const unqualified = await someone('PROV')
    personId = unqualified
    await decide('given')
    await book()
    await send()
    expect(await inHerSpace()).toEqual([])
    expect(await state()).toMatchObject({ waitingIdentity: 1, waiting: 0, sent: 0 })
  })

  it('shows what failed and why, and tries again when asked', async () => {
    await decide('given')
    await book()
    standIn.meet({ status: 503 })
    for (const at of ['07:42', '07:43', '07:48', '08:03', '09:03', '13:03']) expect(await send(`2026-10-15T${at}:10Z`)).toBe(0)
    expect(await state()).toMatchObject({ waiting: 1, failed: [] })
    await send('2026-10-16T02:00:00Z')
    expect(await state()).toMatchObject({ waiting: 0, failed: [{ problem: 'down', wish: 'keep' }] })
    standIn.meet({})
    expect(await send()).toBe(0)
    expect(await call(gate, registry, retryHealthSpace, julie, { personId })).toEqual({ tried: 1 })
    expect(await send()).toBe(1)
    expect(await inHerSpace()).toEqual(['booked 2026-10-20T08:00 Rendez-vous'])
  })

  it('a person without a space there is told once, without being asked for ever', async () => {
    const ins = await asSystem(db, 'her number, in a test', (tx) => outwardInsOf(tx, personId))
    standIn.closeSpace(String(ins?.matricule))
    await decide('given')
    await book()
    await send()
    expect(await state()).toMatchObject({ failed: [{ problem: 'no_space' }] })
  })
})

describe('nothing is lost nor doubled', () => {
  it('when answers are lost, and when it changes meanwhile', async () => {
    await decide('given')
    const id = await book()
    standIn.meet({ loseAnswers: true })
    await send()
    await move(id, '2026-10-23T09:00')
    await send('2026-10-15T07:44:00Z')
    standIn.meet({})
    await send('2026-10-15T08:30:00Z')
    expect(standIn.ofNumber(id)).toHaveLength(1)
    expect(await inHerSpace()).toEqual(['booked 2026-10-23T07:00 Rendez-vous'])
  })

  it('what is cancelled before anything left creates nothing there', async () => {
    await decide('given')
    const id = await book()
    standIn.meet({ status: 500 })
    await send()
    await call(gate, registry, cancelOccurrence, julie, { occurrenceId: id })
    standIn.meet({})
    await send('2026-10-15T08:00:00Z')
    expect(standIn.ofNumber(id)).toEqual([])
    expect(await look(sql`select state from agenda.health_space_line where occurrence_id = ${id}`)).toEqual([{ state: 'cancelled' }])
  })

  it('when the process that sends is killed in the middle (kill -9), and two send at once', async () => {
    await decide('given')
    const ids: OccurrenceId[] = []
    for (let day = 20; day < 28; day += 1) ids.push(await book({ startsAt: `2026-10-${day}T10:00` }))
    standIn.meet({ waitAfterMs: 300 })
    const before = standIn.writes()
    const child = spawn(
      process.execPath,
      [fileURLToPath(new URL('./testing/send-once.ts', import.meta.url)), appUrl, standIn.url, standIn.apiKey, '2026-10-15T07:45:00Z'],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    const ended = once(child, 'exit')
    while (standIn.writes() < before + 2) await pause(10)
    child.kill('SIGKILL')
    await ended
    standIn.meet({})
    clock.set('2026-10-15T07:45:30Z')
    await Promise.all([send(), send()])
    expect(await state(), 'the one that was on its way waits for its minute').toMatchObject({ waiting: 1 })
    await send('2026-10-15T07:47:00Z')
    expect(ids.map((id) => standIn.ofNumber(id).length)).toEqual(ids.map(() => 1))
    expect(await state()).toMatchObject({ sent: 8, waiting: 0, failed: [] })
  })
})
