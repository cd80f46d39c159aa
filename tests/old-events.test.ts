import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { selectPresentIds } from '../src/duplicates/server/pair.sql.ts'
import { aPerson } from '../src/persons/testing/builders.ts'
import { newId, type PersonId } from '../src/platform/contract/ids.ts'
import { asSystem } from '../src/platform/server/db.ts'
import type { Feed, FeedEvent } from '../src/platform/server/feed.ts'
import { createLog } from '../src/platform/server/log.ts'
import { type PresentIds, type Subscriber, startSubscribers } from '../src/platform/server/subscribers.ts'
import { testDatabase } from '../src/platform/testing/test-database.ts'
import { aService } from '../src/territory/testing/builders.ts'

const { db, owner } = await testDatabase()
const silence: Feed = { onSessions: () => () => undefined, lastSeq: () => 0, listen: () => () => undefined, since: async () => [], stop: async () => undefined }

/** Reads the whole feed with one subscriber that writes about the person of each event. */
async function reactTo(presentIds?: PresentIds): Promise<readonly FeedEvent[]> {
  const told: FeedEvent[] = []
  const subscriber: Subscriber = {
    name: `tests.${newId()}`,
    types: ['tests.person.moved'],
    react: async (tx, event) => {
      await sql`insert into persons.contact_point (id, person_id, kind, value, holder_org) values (${newId()}, ${event.personId}, 'email', 'odile@exemple.test', ${newId()})`.execute(
        tx,
      )
      told.push(event)
    },
  }
  const running = startSubscribers(db, silence, [subscriber], createLog('silent'), 'Europe/Paris', presentIds)
  await running.catchUp()
  await running.stop()
  return told
}

it('what happened to a person before she was merged is reacted to under the id that she has now, and holds nobody up', async () => {
  const dac = await aService(db, { name: 'DAC Hautes-Vallées' })
  const [absorbed, kept, other] = [await aPerson(db, { dac: dac.id }), await aPerson(db, { dac: dac.id }), await aPerson(db, { dac: dac.id })]
  const happened = (seq: number, personId: PersonId) =>
    owner.query(`insert into platform.event (seq, id, type, person_id, volet, at) values ($1, $2, 'tests.person.moved', $3, 'administrative', now())`, [
      900_000_000 + seq,
      newId(),
      personId,
    ])
  await happened(1, absorbed)
  await happened(2, other)
  await asSystem(db, 'a merge in a test', (tx) =>
    sql`insert into persons.alias (person_id, into_person_id, starts_at) values (${absorbed}, ${kept}, now())`.execute(tx),
  )
  expect(await reactTo(), 'the database refuses what is written under the old id').toEqual([])
  expect((await reactTo(selectPresentIds)).map(({ personId }) => personId)).toEqual([kept, other])
})
