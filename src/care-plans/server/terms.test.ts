import { sql } from 'kysely'
import { expect, it } from 'vitest'
import type { EpisodeId } from '../../episodes/contract/episode.ts'
import { anEpisode } from '../../episodes/testing/builders.ts'
import { aPerson } from '../../persons/testing/builders.ts'
import { newId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { anActor, aService } from '../../territory/testing/builders.ts'
import { alertOnTerms } from './jobs.ts'

const { db } = await testDatabase()

it('a PPCS whose term has passed alerts its référent, once for that term', async () => {
  const dac = await aService(db)
  const julie = await anActor(db, { service: dac })
  const [episodeId, planId] = [newId<EpisodeId>(), newId()]
  const personId = await aPerson(db, { dac: dac.id, episodeId })
  await anEpisode(db, { id: episodeId, personId, dac: dac.id, referentId: julie.userId })
  const system = <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> => asSystem(db, 'a plan of a test', async (tx) => (await query.execute(tx)).rows)
  await system(sql`insert into care_plans.plan (id, person_id, episode_id, referent_id, state, validated_number, validated_on, review_on, holder_org, created_at)
    values (${planId}, ${personId}, ${episodeId}, ${julie.userId}, 'validated', 1, '2026-07-01', '2026-10-01', ${dac.id}, '2026-07-01T08:00:00Z')`)
  const morning = (day: string) => alertOnTerms(db, { now: new Date(`${day}T05:45:00Z`), timeZone: 'Europe/Paris' })
  expect(await morning('2026-10-01')).toBe(0)
  expect(await morning('2026-10-02')).toBe(1)
  expect(await system(sql`select addressees, summary, volet, state from liaison.alert where person_id = ${personId}`)).toEqual([
    { addressees: [julie.userId], summary: 'À revoir avant le 01/10/2026.', volet: 'social', state: 'to_take' },
  ])
  expect(await morning('2026-10-03')).toBe(0)
  await system(sql`update liaison.alert set state = 'settled', settled_at = now() where person_id = ${personId}`)
  expect(await morning('2026-10-05')).toBe(0)
  await system(sql`update care_plans.plan set validated_number = 2, review_on = '2027-01-10' where id = ${planId}`)
  expect(await morning('2027-01-11')).toBe(1)
})

it('every term that has passed is told, however many there are, page after page', async () => {
  const dac = await aService(db)
  const julie = await anActor(db, { service: dac })
  for (let turn = 0; turn < 5; turn += 1) {
    const episodeId = newId<EpisodeId>()
    const personId = await aPerson(db, { dac: dac.id, episodeId })
    await anEpisode(db, { id: episodeId, personId, dac: dac.id, referentId: julie.userId })
    await asSystem(db, 'a plan of a test', (tx) =>
      sql`insert into care_plans.plan (id, person_id, episode_id, referent_id, state, validated_number, validated_on, review_on, holder_org, created_at)
        values (${newId()}, ${personId}, ${episodeId}, ${julie.userId}, 'validated', 1, '2028-07-01', '2028-10-01', ${dac.id}, '2028-07-01T08:00:00Z')`.execute(
        tx,
      ),
    )
  }
  const morning = () => alertOnTerms(db, { now: new Date('2028-10-02T05:45:00Z'), timeZone: 'Europe/Paris' }, 2)
  expect(await morning()).toBe(5)
  expect(await morning()).toBe(0)
})
