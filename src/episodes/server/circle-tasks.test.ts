import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { addMember } from '../../care-team/contract/actions.ts'
import { type CircleGestureId, changeManyFiles } from '../../care-team/contract/many-files.ts'
import type { MemberId } from '../../care-team/contract/member.ts'
import { type CallOutcome, type ProviderCallId, recordProviderCall } from '../../care-team/contract/provider-search.ts'
import { aCard, aCircleWorld, type CircleWorld } from '../../care-team/testing/circle-world.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import type { FeedEvent } from '../../platform/server/feed.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { tasksOfTheCircle } from './circle-tasks.ts'

const { db } = await testDatabase()
let world: CircleWorld
let seq = 0

beforeAll(async () => {
  world = await aCircleWorld(db)
})

const at = '2026-10-15T07:42:00Z'
const happens = (type: string, payload: FeedEvent['payload']): Promise<void> =>
  asSystem(db, 'an event of the circle in a test', (tx) =>
    tasksOfTheCircle.react(tx, { seq: ++seq, type, personId: null, volet: 'administrative', audience: [], payload, actorId: world.julie.userId, at }),
  )
const tasks = (personId: PersonId) =>
  asSystem(
    db,
    'tasks in a test',
    async (tx) =>
      (
        await sql<{
          title: string
          state: string
          due: string | null
          outcome: string | null
          mine: boolean
          protection: string
        }>`select title, state, due_on::text as due, outcome,
        assignee_id = ${world.julie.userId} as mine, protection from episodes.task where person_id = ${personId} order by created_at, id`.execute(tx)
      ).rows,
  )
async function called(personId: PersonId, name: string, outcome: CallOutcome, callBackOn?: string): Promise<void> {
  const id = newId<ProviderCallId>()
  await world.as(world.julie, recordProviderCall, { id, personId, need: 'ssiad', name, outcome, ...(callBackOn === undefined ? {} : { callBackOn }) })
  await happens('careTeam.providerCall.recorded', { personId, callId: id, outcome })
}

describe('what the circle leaves to do', () => {
  it('« à rappeler » is a task of whoever called, with its day; the next word of the same provider ends it, that of another does not', async () => {
    const personId = await world.informedPerson()
    await called(personId, 'SSIAD du Haut-Val', 'call_back', '2026-10-22')
    expect(await tasks(personId)).toEqual([
      { title: 'Rappeler SSIAD du Haut-Val', state: 'open', due: '2026-10-22', outcome: null, mine: true, protection: 'org_private' },
    ])
    await called(personId, 'SSIAD de la Plaine', 'full')
    expect((await tasks(personId)).map(({ state }) => state)).toEqual(['open'])
    await called(personId, 'ssiad du haut-val', 'yes')
    expect(await tasks(personId)).toMatchObject([{ state: 'done', outcome: `Rappelé par ${world.julie.displayName} : oui` }])
  })

  it('to be called back again: one task ends and another begins', async () => {
    const personId = await world.informedPerson()
    await called(personId, 'ADMR', 'call_back', '2026-10-20')
    await called(personId, 'ADMR', 'call_back', '2026-10-27')
    expect((await tasks(personId)).map(({ state, due }) => [state, due])).toEqual([
      ['done', '2026-10-20'],
      ['open', '2026-10-27'],
    ])
  })

  it('whoever replaces somebody to whom the file was open: the person is to be told first', async () => {
    const personId = await world.informedPerson()
    const [leaves, comes] = [newId(), newId()]
    await aCard(db, { partyId: leaves, label: 'Thomas Noël', facet: 'nurse' })
    await aCard(db, { partyId: comes, label: 'Maud Petitjean', facet: 'nurse' })
    const access = { basis: 'care_team' as const, ground: 'recognised_by_person', informedOn: '2026-10-14' }
    const { id } = await world.as(world.julie, addMember, {
      id: newId<MemberId>(),
      personId,
      kind: 'professional',
      partyId: leaves,
      name: 'Thomas Noël',
      roles: ['nurse'],
      access,
    })
    const change = { kind: 'replace' as const, partyId: comes, name: 'Maud Petitjean' }
    const done = await world.as(world.julie, changeManyFiles, {
      id: newId<CircleGestureId>(),
      partyId: leaves,
      change,
      because: 'Départ à la retraite',
      memberIds: [id as MemberId],
    })
    expect(done.toOpen).toBe(1)
    const told = await asSystem(
      db,
      'the event in a test',
      async (tx) =>
        (
          await sql<{ payload: FeedEvent['payload'] }>`select payload from platform.event_inbox where type = 'careTeam.member.replaced'
        union all select payload from platform.event where type = 'careTeam.member.replaced'`.execute(tx)
        ).rows,
    )
    expect(told).toHaveLength(1)
    await happens('careTeam.member.replaced', told[0]?.payload ?? {})
    expect(await tasks(personId)).toMatchObject([{ title: 'Informer la personne, puis ouvrir le dossier à Maud Petitjean', state: 'open', due: '2026-10-15' }])
  })
})
