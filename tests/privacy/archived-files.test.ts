import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { linkPerson } from '../../src/intake/contract/actions.ts'
import { openExceptionalAccess } from '../../src/persons/contract/access-actions.ts'
import { exceptionalAccessCandidates } from '../../src/persons/contract/access-queries.ts'
import { personCandidates, personHeader } from '../../src/persons/contract/queries.ts'
import { aPerson } from '../../src/persons/testing/builders.ts'
import { newId, type PersonId } from '../../src/platform/contract/ids.ts'
import { asSystem } from '../../src/platform/server/db.ts'
import { testDatabase } from '../../src/platform/testing/test-database.ts'
import { archivedHolds, bringBack, liftArchivedHold } from '../../src/privacy/contract/archive.ts'
import { personRequests } from '../../src/privacy/contract/rights-queries.ts'
import { findArchived, holdForProcedure, type LegalHoldId, liftHold, nameArchiveReader } from '../../src/privacy/contract/treatment.ts'
import { applyRetention } from '../../src/privacy/server/retention.ts'
import { aNote, aPrivacyWorld, personTables } from './privacy-world.ts'

const { db, owner } = await testDatabase()
const world = await aPrivacyWorld(db)
const { dac, julie, lead, director, elsewhere } = world
await owner.query('update privacy.retention_rule set decided = true')
const retain = (at: string, listed?: () => Promise<void>) =>
  applyRetention(db, personTables, { now: new Date(`${at}T12:00:00Z`), timeZone: 'Europe/Paris', ...(listed === undefined ? {} : { listed }) })

/** Accompanied until June 2020, without a sign of life since. */
async function formerly(name: string, birthDay: string): Promise<PersonId> {
  const id = await aPerson(db, { dac: dac.id, birthName: name, usedName: null, firstNames: ['LUCIE'], birthDay })
  await owner.query(`update persons.person set created_at = '2019-01-01' where person_id = $1`, [id])
  await owner.query(
    `insert into episodes.episode (id, person_id, holder_org, state, level, level_since, referent_id, opened_on, closed_on, closure_reason, created_at) values ($1, $2, $3, 'closed', 'brief', '2019-01-01', $4, '2019-01-01', '2020-06-01', 'stable', '2019-01-01')`,
    [newId(), id, dac.id, julie.userId],
  )
  await aNote(db, { ...world, personId: id }, `${name} Une visite.`, { at: '2020-05-01T10:00:00Z' })
  return id
}
const state = async (id: PersonId) =>
  (
    await owner.query(
      `select exists (select 1 from privacy.archived_file where person_id = $1) as archived, exists (select 1 from liaison.note where person_id = $1) as file,
        exists (select 1 from persons.person where person_id = $1 and birth_name is not null) as identity`,
      [id],
    )
  ).rows[0]

describe('a file in intermediate archive', () => {
  it('is at nobody’s door: no look-alike, no candidate, no exceptional access, no request that joins it', async () => {
    const id = await formerly('ARCHIVEEA', '1930-05-06')
    const asked = { text: '', birthName: 'Archiveea', firstNames: 'Lucie', birthDate: '1930-05-06' }
    const alike = async (actor: typeof julie) => (await world.as(actor, personCandidates, asked)).rows.map((row) => row.person.personId)
    expect(await alike(elsewhere)).toEqual([id])
    expect((await world.as(elsewhere, exceptionalAccessCandidates, { name: 'Archiveea Lucie', birthDate: '1930-05-06' })).rows).toHaveLength(1)
    await retain('2026-10-14')
    expect(await state(id)).toMatchObject({ archived: true })
    for (const actor of [julie, elsewhere]) {
      expect(await alike(actor)).toEqual([])
      expect((await world.as(actor, exceptionalAccessCandidates, { name: 'Archiveea Lucie', birthDate: '1930-05-06' })).rows).toEqual([])
      await expect(
        world.as(actor, openExceptionalAccess, { id: newId(), personId: id, reason: 'danger', explanation: 'Chute, seule au domicile', hours: 1 }),
      ).rejects.toMatchObject({ kind: 'not_found' })
    }
    const request = newId()
    await owner.query(
      `insert into intake.sollicitation (id, received_at, recorded_by, channel, requester_kind, concerns, person_name, urgency, status, cno_level, holder_org)
       values ($1, '2026-10-15T07:00:00Z', $2, 'phone', 'relative', 'person', 'Inconnue', 'within_72h', 'to_qualify', 2, $3)`,
      [request, julie.userId, dac.id],
    )
    await expect(world.as(julie, linkPerson, { id: request as never, person: { kind: 'known', personId: id } })).rejects.toMatchObject({
      code: 'person_not_found',
    })
  })

  it('comes back with its person, by the hand of a named reader: found again, its durations counted from that day', async () => {
    const id = await formerly('ARCHIVEEB', '1931-05-06')
    await retain('2026-10-14')
    const gesture = { id: newId<never>(), personId: id, reason: 'Elle nous rappelle après une hospitalisation.' }
    await expect(world.as(julie, bringBack, gesture)).rejects.toMatchObject({ kind: 'forbidden' })
    await world.as(director, nameArchiveReader, { id: newId<never>(), userId: julie.userId, reason: 'Archives du DAC' })
    expect((await world.as(julie, findArchived, { name: 'Archiveeb Lucie', birthDay: '1931-05-06' })).rows).toHaveLength(1)
    await expect(world.as(julie, bringBack, { ...gesture, personId: world.personId })).rejects.toMatchObject({ kind: 'not_found' })
    await world.as(julie, bringBack, gesture)
    expect(await state(id)).toMatchObject({ archived: false, file: true })
    expect(await world.as(lead, personHeader, { personId: id })).toMatchObject({ bases: ['request'], volets: ['administrative'], speaksFor: true })
    await retain('2026-10-16')
    expect(await state(id)).toMatchObject({ archived: false })
    expect((await owner.query(`select units from privacy.execution where run_id = $1`, [gesture.id])).rows).toEqual([{ units: 1 }])
  })

  it('kept for a procedure is found by its readers, who lift it; before the archive, by those who accompany her', async () => {
    const id = await formerly('ARCHIVEEC', '1932-05-06')
    const held = newId<LegalHoldId>()
    const first = newId<LegalHoldId>()
    await world.as(julie, holdForProcedure, { id: first, personId: id, reason: 'Plainte' })
    expect((await world.as(julie, personRequests, { personId: id })).holds).toMatchObject([{ id: first, reason: 'Plainte', liftedAt: null }])
    await world.as(lead, liftHold, { holdId: first, reason: 'Classée sans suite' })
    await world.as(julie, holdForProcedure, { id: held, personId: id, reason: 'Contentieux avec un tuteur' })
    await retain('2026-10-14')
    await expect(world.as(julie, liftHold, { holdId: held, reason: 'Jugement rendu' })).rejects.toMatchObject({ kind: 'not_found' })
    await expect(world.as(lead, archivedHolds, {})).rejects.toMatchObject({ kind: 'forbidden' })
    expect((await world.as(julie, archivedHolds, {})).rows).toMatchObject([
      { id: held, person: { birthName: 'ARCHIVEEC' }, reason: 'Contentieux avec un tuteur' },
    ])
    await retain('2060-10-14')
    expect(await state(id)).toMatchObject({ file: true, identity: true })
    await world.as(julie, liftArchivedHold, { holdId: held, reason: 'Jugement rendu' })
    await expect(world.as(julie, liftArchivedHold, { holdId: held, reason: 'Encore' })).rejects.toMatchObject({ code: 'hold_already_lifted' })
    expect((await world.as(julie, archivedHolds, {})).rows).toEqual([])
  })
})

describe('between the list of what is due and the act', () => {
  it('somebody writes, somebody holds: those files are left alone that night, the others go', async () => {
    const [written, held, forgotten] = [await formerly('ENTREA', '1933-05-06'), await formerly('ENTREB', '1933-05-07'), await formerly('ENTREC', '1933-05-08')]
    await retain('2058-10-14', async () => {
      await aNote(db, { ...world, personId: written }, 'Elle a rappelé ce matin.', { at: '2058-10-14T09:00:00Z' })
      await asSystem(db, 'a hold set meanwhile', (tx) =>
        sql`insert into privacy.legal_hold (id, person_id, reason, since, set_by, set_by_name, holder_org) values (${newId()}, ${held}, 'Plainte', now(), ${julie.userId}, 'Julie', ${dac.id})`.execute(
          tx,
        ),
      )
    })
    expect([await state(written), await state(held), await state(forgotten)]).toEqual([
      { archived: false, file: true, identity: true },
      { archived: false, file: true, identity: true },
      { archived: false, file: false, identity: false },
    ])
  })

  it('a file that somebody is touching at that very moment waits for the next night, and holds nobody up', async () => {
    const id = await formerly('ENTRED', '1933-05-09')
    await owner.query('begin')
    try {
      await owner.query(
        `insert into liaison.note (id, person_id, kind, body, root_id, author_id, author_name, at, volet, holder_org) values ($1, $2, 'observation', 'En cours', $1, $3, 'Julie', '2026-10-14T09:00:00Z', 'social', $4)`,
        [newId(), id, julie.userId, dac.id],
      )
      await retain('2026-10-14')
      expect((await asSystem(db, 'is it archived', (tx) => sql`select from privacy.archived_file where person_id = ${id}`.execute(tx))).rows).toEqual([])
    } finally {
      await owner.query('rollback')
    }
    await retain('2026-10-14')
    expect(await state(id)).toMatchObject({ archived: true })
  })
})
