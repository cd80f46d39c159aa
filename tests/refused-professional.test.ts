import { sql } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import { caseload } from '../src/episodes/contract/queries.ts'
import { linkPerson } from '../src/intake/contract/actions.ts'
import { requestQueue } from '../src/intake/contract/queries.ts'
import { openExceptionalAccess } from '../src/persons/contract/access-actions.ts'
import { exceptionalAccessCandidates, exceptionalAccesses } from '../src/persons/contract/access-queries.ts'
import { endSilence, recordSilence } from '../src/persons/contract/actions.ts'
import { personCandidates, personHeader, personTimeline, searchPersons } from '../src/persons/contract/queries.ts'
import { aPerson, nonOpposed } from '../src/persons/testing/builders.ts'
import type { Actor } from '../src/platform/contract/actor.ts'
import { newId, type PartyId, type PersonId } from '../src/platform/contract/ids.ts'
import { asSystem } from '../src/platform/server/db.ts'
import { openFeed } from '../src/platform/server/feed.ts'
import { createLog } from '../src/platform/server/log.ts'
import { concerns } from '../src/platform/server/stream.ts'
import { testDatabase } from '../src/platform/testing/test-database.ts'
import { personData } from '../src/privacy/contract/queries.ts'
import { actorFor, aUser } from '../src/territory/testing/builders.ts'
import { aNote, aPrivacyWorld } from './privacy/privacy-world.ts'

const { db, owner, appUrl } = await testDatabase()
const world = await aPrivacyWorld(db)
const { dac, julie, lead, elsewhere } = world
const colleague = await actorFor(db, await aUser(db, { service: dac, givenName: 'Karim', familyName: 'Belkacem' }))

let personId: PersonId
let count = 0
/** « Je ne veux pas que Julie voie mon dossier »: noted by a colleague. */
const refuse = async (partyId: string, by: Actor = colleague): Promise<string> => {
  const id = newId()
  await world.as(by, recordSilence, { id, personId, kind: 'no_sharing', towards: 'Julie Marchal', partyId, since: '2026-10-15' })
  return id
}
const sees = (actor: Actor): Promise<unknown> =>
  world.as(actor, personHeader, { personId }).then(
    () => 'seen',
    (error: { kind: string }) => error.kind,
  )

beforeEach(async () => {
  count++
  const letter = String.fromCharCode(64 + count)
  personId = await aPerson(db, {
    dac: dac.id,
    birthName: `REFUSANTE${letter}`,
    usedName: null,
    firstNames: ['MARGUERITE'],
    birthDay: `1938-02-${String(count).padStart(2, '0')}`,
  })
  await nonOpposed(db, personId, dac.id)
})
const her = (): { name: string; birthDate: string } => ({
  name: `Refusante${String.fromCharCode(64 + count)} Marguerite`,
  birthDate: `1938-02-${String(count).padStart(2, '0')}`,
})

describe('a professional whom the person refuses, in the DAC that accompanies her', () => {
  it('does not read through her service what she may not read as herself; her colleagues do, and the refusal lifted gives it back', async () => {
    await aNote(db, { ...world, personId }, 'Elle marche mieux.')
    expect([await sees(julie), await sees(colleague)]).toEqual(['seen', 'seen'])
    const id = await refuse(julie.userId)
    expect([await sees(julie), await sees(colleague), await sees(lead)]).toEqual(['not_found', 'seen', 'seen'])
    await expect(world.as(julie, personTimeline, { personId })).rejects.toMatchObject({ kind: 'not_found' })
    await expect(world.as(julie, personData, { personId, format: 'json' })).rejects.toMatchObject({ kind: 'not_found' })
    await world.as(colleague, endSilence, { id, personId, reason: 'Elle revient sur son refus' })
    expect(await sees(julie)).toBe('seen')
  })

  it('finds her in no list: search, look-alikes in scope, files followed, desk', async () => {
    const request = newId()
    await owner.query(
      `insert into intake.sollicitation (id, received_at, recorded_by, channel, requester_kind, concerns, person_id, urgency, status, cno_level, holder_org)
       values ($1, '2026-10-15T07:00:00Z', $2, 'phone', 'relative', 'person', $3, 'within_72h', 'to_qualify', 2, $4)`,
      [request, colleague.userId, personId, dac.id],
    )
    await owner.query(
      `insert into episodes.episode (id, person_id, holder_org, state, level, level_since, referent_id, opened_on, created_at) values ($1, $2, $3, 'open', 'sustained', '2026-03-01', $4, '2026-03-01', '2026-03-01')`,
      [newId(), personId, dac.id, julie.userId],
    )
    const everywhere = async (actor: Actor): Promise<readonly boolean[]> => [
      JSON.stringify((await world.as(actor, searchPersons, { text: her().name })).rows).includes(personId),
      JSON.stringify((await world.as(actor, requestQueue, {})).rows).includes(request),
      (
        await world.as(actor, personCandidates, {
          text: '',
          birthName: her().name.split(' ')[0],
          firstNames: 'Marguerite',
          birthDate: her().birthDate.split('-').reverse().join('/'),
        })
      ).rows.some((row) => row.person.personId === personId && row.inScope),
    ]
    expect(await everywhere(julie)).toEqual([true, true, true])
    await refuse(julie.userId)
    expect(await everywhere(julie)).toEqual([false, false, false])
    expect(JSON.stringify((await world.as(julie, caseload, {})).rows)).not.toContain(personId)
    expect(await everywhere(colleague)).toEqual([true, true, true])
  })

  it('opens nothing exceptionally, brings her back by no request, and reads no exceptional access of others to her file', async () => {
    await world.as(elsewhere, openExceptionalAccess, { id: newId(), personId, reason: 'danger', explanation: 'Chute, seule au domicile', hours: 1 })
    expect(JSON.stringify((await world.as(lead, exceptionalAccesses, { show: 'all' })).rows)).toContain(personId)
    await refuse(lead.userId)
    expect(JSON.stringify((await world.as(lead, exceptionalAccesses, { show: 'all' })).rows)).not.toContain(personId)
    await expect(
      world.as(lead, openExceptionalAccess, { id: newId(), personId, reason: 'danger', explanation: 'Chute, seule au domicile', hours: 1 }),
    ).rejects.toMatchObject({ kind: 'not_found' })
    expect((await world.as(lead, exceptionalAccessCandidates, her())).rows).toEqual([])
    const request = newId()
    await owner.query(
      `insert into intake.sollicitation (id, received_at, recorded_by, channel, requester_kind, concerns, person_name, urgency, status, cno_level, holder_org)
       values ($1, '2026-10-15T07:00:00Z', $2, 'phone', 'relative', 'person', 'Inconnue', 'within_72h', 'to_qualify', 2, $3)`,
      [request, lead.userId, dac.id],
    )
    await expect(world.as(lead, linkPerson, { id: request as never, person: { kind: 'known', personId } })).rejects.toMatchObject({ code: 'person_not_found' })
  })

  it('hears nothing of her on the live stream, whichever party an event is for', async () => {
    await refuse(julie.userId)
    const { rows } = await asSystem(db, 'who is barred', (tx) => sql<{ barred: string[] }>`select platform.barred_from(${personId}) as barred`.execute(tx))
    const event = { volet: 'administrative' as const, audience: [dac.id], barred: rows[0]?.barred ?? [] }
    expect([concerns(event, { actor: julie }), concerns(event, { actor: colleague })]).toEqual([false, true])
    // She is told that the file closed, by her own account, so that her open page does.
    const { rows: told } = await owner.query(`select audience from platform.event_inbox where type = 'persons.sight.changed' and payload ->> 'personId' = $1`, [
      personId,
    ])
    expect(told.flatMap((row: { audience: string[] }) => row.audience)).toContain(julie.userId)
  })

  it('hears nothing of her either from events that name her in their payload only, and still that her own page must close', async () => {
    await refuse(julie.userId)
    const withheld = await aPerson(db, { dac: dac.id })
    await owner.query(
      `insert into persons.withheld_volet (id, person_id, withholds, from_party_id, from_party_name, since, mode, given_by, recorded_by, recorded_by_name, recorded_at, holder_org)
       values (gen_random_uuid(), $1, 'health', $2, 'Julie Marchal', '2026-10-15', 'oral', 'person', $3, 'Karim Belkacem', now(), $4)`,
      [withheld, julie.userId, colleague.userId, dac.id],
    )
    const events: readonly (readonly [type: string, volet: string | null, audience: string, payload: object])[] = [
      ['liaison.alert.raised', 'administrative', dac.id, { personId, alertId: newId() }],
      ['careTeam.join.asked', null, dac.id, { personId }],
      ['episodes.task.created', 'health', dac.id, { personId: withheld, taskId: newId() }],
      ['episodes.task.created', 'social', dac.id, { personId: withheld, taskId: newId() }],
      ['tests.something.happened', null, dac.id, { personId: 'nobody' }],
      ['persons.sight.changed', null, julie.userId, { personId, reason: 'refusal' }],
    ]
    for (const [at, [type, volet, audience, payload]] of events.entries())
      await owner.query(`insert into platform.event (seq, id, type, volet, audience, payload, at) values ($1, $2, $3, $4, $5, $6, now())`, [
        800_000_000 + at,
        newId(),
        type,
        volet,
        [audience],
        JSON.stringify(payload),
      ])
    const feed = await openFeed(db, appUrl, createLog('silent'))
    const live: boolean[] = []
    feed.listen((heard) => live.push(...heard.map((event) => concerns(event, { actor: julie }))))
    const told = async (actor: Actor) =>
      (await feed.since(799_999_999, actor.parties)).filter((event) => concerns(event, { actor })).map(({ seq }) => seq - 800_000_000)
    expect([await told(julie), await told(colleague)]).toEqual([
      [3, 4, 5],
      [0, 1, 2, 3, 4],
    ])
    await owner.query(
      `insert into platform.event (seq, id, type, audience, payload, at) select 800000010 + n, gen_random_uuid(), 'careTeam.join.asked', $1, payload, now()
       from (values (0, $2::jsonb), (1, '{}'::jsonb)) v(n, payload)`,
      [[dac.id], JSON.stringify({ personId })],
    )
    await owner.query('notify jalon_feed')
    await expect.poll(() => live).toEqual([false, true])
    await feed.stop()
  })

  it('cannot be the one who notes the refusal of herself, and is told so', async () => {
    await expect(refuse(julie.userId, julie)).rejects.toMatchObject({ code: 'refusal_of_oneself' })
    expect(await sees(julie)).toBe('seen')
  })

  it('is the same professional once her account takes the card that was refused, and again when it leaves it', async () => {
    const card = newId<PartyId>()
    const nurse = await aUser(db, { service: dac, functions: ['outside_professional'], givenName: 'Inès', familyName: 'Colin', category: 'health' })
    await refuse(card)
    await owner.query(
      `insert into persons.sight (id, person_id, party_id, basis, volets, reason, source_id, starts_at) values (gen_random_uuid(), $1, $2, 'consent', '{administrative,health}', 'Accord', gen_random_uuid(), '2026-01-01')`,
      [personId, nurse.id],
    )
    const mine = async (): Promise<unknown> =>
      sees(
        await actorFor(db, {
          ...nurse,
          professionalId: (await owner.query(`select professional_id from territory.user_account where id = $1`, [nurse.id])).rows[0].professional_id,
        }),
      )
    const held = async (): Promise<string[]> => (await owner.query(`select suspensions from persons.sight where party_id = $1`, [nurse.id])).rows[0].suspensions
    expect([await mine(), await held()]).toEqual(['seen', []])
    await owner.query(`update territory.user_account set professional_id = $2 where id = $1`, [nurse.id, card])
    expect([await mine(), await held()]).toEqual(['not_found', ['refusal']])
    await owner.query(`update territory.user_account set professional_id = null where id = $1`, [nurse.id])
    expect([await mine(), await held()]).toEqual(['seen', []])
  })
})
