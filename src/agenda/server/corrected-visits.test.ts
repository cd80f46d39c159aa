import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { aPerson } from '../../persons/testing/builders.ts'
import { newId } from '../../platform/contract/ids.ts'
import { asSystem } from '../../platform/server/db.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { anActor, aService } from '../../territory/testing/builders.ts'
import { visitsFollowActivities } from './corrected-visits.ts'

const { db } = await testDatabase()

it('minutes and kilometres of a visit follow the correction of the activity that it made', async () => {
  const dac = await aService(db, { name: 'DAC Hautes-Vallées' })
  const julie = await anActor(db, { service: dac, functions: ['referent'] })
  const personId = await aPerson(db, { dac: dac.id })
  const activityId = newId()
  const [appointment, occurrence] = [newId(), newId()]
  const rows = await asSystem(db, 'a visit in a test', async (tx) => {
    await sql`insert into agenda.appointment (id, person_id, kind, starts_local, minutes, time_zone, place_kind, uid, organizer_id, organizer_name, volet, holder_org, created_at, changed_at)
      values (${appointment}, ${personId}, 'home_visit', '2026-10-14T10:00', 60, 'Europe/Paris', 'home', ${`${appointment}@jalon`}, ${julie.userId}, 'Julie Marchal', 'social', ${dac.id}, now(), now())`.execute(
      tx,
    )
    await sql`insert into agenda.occurrence (id, appointment_id, person_id, recurrence_at, starts_at, ends_at, state, organizer_id, volet, holder_org)
      values (${occurrence}, ${appointment}, ${personId}, '2026-10-14T08:00Z', '2026-10-14T08:00Z', '2026-10-14T09:00Z', 'fulfilled', ${julie.userId}, 'social', ${dac.id})`.execute(
      tx,
    )
    await sql`insert into agenda.visit_record (occurrence_id, person_id, activity_id, done_by, minutes, kilometres, recorded_at, holder_org)
      values (${occurrence}, ${personId}, ${activityId}, ${julie.userId}, 15, 12, now(), ${dac.id})`.execute(tx)
    await visitsFollowActivities.react(tx, {
      seq: 1,
      type: 'episodes.activity.corrected',
      personId: null,
      volet: 'social',
      audience: [],
      payload: { activityId, personId, minutes: 50, kilometres: 44 },
      actorId: null,
      at: '2026-10-15T07:42:00Z',
    })
    return (await sql`select minutes, kilometres::float8 as kilometres from agenda.visit_record where activity_id = ${activityId}`.execute(tx)).rows
  })
  expect(rows).toEqual([{ minutes: 50, kilometres: 44 }])
})
