import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { aPerson } from '../../persons/testing/builders.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import type { Day } from '../../platform/contract/dates.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call, testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { anActor, aService, type BuiltService } from '../../territory/testing/builders.ts'
import type { EpisodeId } from '../contract/episode.ts'
import { answerHandover, type HandoverProposalId, handoversForMe, loadBoard, pointsOf, proposeHandover, withdrawHandover } from '../contract/load-board.ts'
import { starterLoad } from '../contract/practices.ts'
import { anEpisode, episodeLists } from '../testing/builders.ts'
import { episodesHandlers } from './handlers.ts'

const { db } = await testDatabase()
const gate = testGate(db, testClock('2026-10-15T07:42:00Z'))
const registry = registryOf(episodesHandlers)
let dac: BuiltService
let [lead, julie, karim, desk, other]: Actor[] = []
const as = <C extends Parameters<typeof call>[2]>(actor: Actor | undefined, contract: C, input: unknown) =>
  call(gate, registry, contract, actor as Actor, input as never)

beforeAll(async () => {
  await episodeLists(db)
  dac = await aService(db, { name: 'DAC Hautes-Vallées' })
  lead = await anActor(db, { service: dac, functions: ['team_lead'], givenName: 'Claire', familyName: 'Vautrin' })
  julie = await anActor(db, { service: dac, functions: ['referent'] })
  karim = await anActor(db, { service: dac, functions: ['referent'], givenName: 'Karim', familyName: 'Belkacem' })
  desk = await anActor(db, { service: dac, functions: ['front_desk'], givenName: 'Nadia', familyName: 'Ferry' })
  other = await anActor(db, {
    service: await aService(db, { name: 'DAC Meurthe et Mortagne' }),
    functions: ['team_lead'],
    givenName: 'Inès',
    familyName: 'Roussel',
  })
})

async function aFile(): Promise<{ personId: PersonId; episodeId: EpisodeId }> {
  const personId = await aPerson(db, { dac: dac.id })
  const episodeId = newId<EpisodeId>()
  await anEpisode(db, { id: episodeId, personId, dac: dac.id, referentId: julie?.userId } as never)
  return { personId, episodeId }
}
const propose = async (episodeId: EpisodeId, to: Actor | undefined = karim, by: Actor | undefined = lead): Promise<HandoverProposalId> => {
  const id = newId<HandoverProposalId>()
  await as(by, proposeHandover, { id, episodeId, toUserId: to?.userId, reason: 'load', words: 'Tu connais la fille.' })
  return id
}
const fileOf = async (episodeId: EpisodeId) => (await as(lead, loadBoard, {})).files.find((one: { episodeId: string }) => one.episodeId === episodeId)
const proposed = async (actor: Actor | undefined) => (await as(actor, handoversForMe, {})).rows.map(({ id }: { id: string }) => id)

describe('the board of load', () => {
  it('proposes a file and moves nothing: it changes hands when it is accepted, with its open tasks and its reason', async () => {
    const { personId, episodeId } = await aFile()
    await asSystem(db, 'a late task in a test', (tx) =>
      sql`insert into episodes.task (id, person_id, episode_id, kind, title, assignee_id, due_on, holder_org, created_at)
        values (gen_random_uuid(), ${personId}, ${episodeId}, 'call_person', 'Appeler', ${julie?.userId}, '2026-10-01', ${dac.id}, now())`.execute(tx),
    )
    const id = await propose(episodeId)
    expect(await fileOf(episodeId)).toMatchObject({
      referentId: julie?.userId,
      lateTasks: 1,
      proposal: { id, toName: 'Karim Belkacem', words: 'Tu connais la fille.' },
    })
    expect(await proposed(karim)).toContain(id)
    expect(await proposed(julie)).not.toContain(id)
    await as(karim, answerHandover, { id, accept: true })
    expect(await fileOf(episodeId)).toMatchObject({ referentId: karim?.userId, proposal: null })
    expect(await proposed(karim)).not.toContain(id)
    const tasks = await asSystem(
      db,
      'tasks in a test',
      async (tx) => (await sql`select assignee_id from episodes.task where episode_id = ${episodeId}`.execute(tx)).rows,
    )
    expect(tasks).toEqual([{ assignee_id: karim?.userId }])
    await expect(as(karim, answerHandover, { id, accept: true })).rejects.toMatchObject({ code: 'episodes.handover_answered' })
  })

  it('declined or withdrawn, the file stays; another proposal replaces the one that waits', async () => {
    const { episodeId } = await aFile()
    const first = await propose(episodeId)
    const second = await propose(episodeId, lead, julie)
    expect(await proposed(karim)).not.toContain(first)
    await as(lead, answerHandover, { id: second, accept: false, words: 'Déjà trop de situations' })
    expect(await fileOf(episodeId)).toMatchObject({ referentId: julie?.userId, proposal: null })
    const third = await propose(episodeId)
    await as(lead, withdrawHandover, { id: third })
    await expect(as(karim, answerHandover, { id: third, accept: true })).rejects.toMatchObject({ code: 'episodes.handover_answered' })
  })

  it('a file that changed hands meanwhile is not handed over by an old proposal', async () => {
    const { episodeId } = await aFile()
    const id = await propose(episodeId)
    await asSystem(db, 'another référent in a test', (tx) => sql`update episodes.episode set referent_id = ${lead?.userId} where id = ${episodeId}`.execute(tx))
    await expect(as(karim, answerHandover, { id, accept: true })).rejects.toMatchObject({ code: 'episodes.handover_outdated' })
  })

  it('is led by the team lead and the référent of the file; the colleague alone answers; another service knows nothing', async () => {
    const { episodeId } = await aFile()
    await expect(propose(episodeId, julie, karim)).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(propose(episodeId, karim, desk)).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(propose(episodeId, karim, other)).rejects.toMatchObject({ kind: 'not_found' })
    await expect(propose(episodeId, julie)).rejects.toMatchObject({ code: 'episodes.already_referent' })
    const id = await propose(episodeId)
    await expect(as(julie, answerHandover, { id, accept: true })).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(as(other, answerHandover, { id, accept: true })).rejects.toMatchObject({ kind: 'not_found' })
    await expect(as(julie, loadBoard, {})).rejects.toMatchObject({ kind: 'forbidden' })
    expect((await as(other, loadBoard, {})).files).toEqual([])
  })

  it('weighs a file by its level', () => {
    const today = '2026-10-15' as Day
    const file = { state: 'open', level: 'sustained' as const, lateTasks: 0, lastContactAt: '2026-10-10T09:00:00Z' }
    expect((['brief', 'sustained', 'intensive'] as const).map((level) => pointsOf({ ...file, level }, starterLoad, today))).toEqual([1, 2, 4])
    expect(pointsOf({ ...file, state: 'dormant', level: 'intensive' }, starterLoad, today)).toBe(0.5)
    const wary = { ...starterLoad, lateTask: 0.5, silence: 1, silenceDays: 30 }
    expect(pointsOf({ ...file, lateTasks: 3 }, wary, today)).toBe(3.5)
    expect(pointsOf({ ...file, lastContactAt: '2026-08-01T09:00:00Z' }, wary, today)).toBe(3)
    expect(pointsOf({ ...file, state: 'dormant', lastContactAt: null }, wary, today)).toBe(0.5)
  })
})
