import { describe, expect, it } from 'vitest'
import { aPerson, aSight } from '../../src/persons/testing/builders.ts'
import type { PersonId } from '../../src/platform/contract/ids.ts'
import { newId } from '../../src/platform/contract/ids.ts'
import { createLog } from '../../src/platform/server/log.ts'
import { testDatabase } from '../../src/platform/testing/test-database.ts'
import { confirmErasure, proposeErasure, recordRequest } from '../../src/privacy/contract/actions.ts'
import type { ErasureId, RequestId } from '../../src/privacy/contract/requests.ts'
import { eraseJob } from '../../src/privacy/server/erasure.ts'
import { applyRetention } from '../../src/privacy/server/retention.ts'
import { aPrivacyWorld, personTables } from './privacy-world.ts'

const { db, owner, ownerUrl } = await testDatabase()
const world = await aPrivacyWorld(db)
const { julie, lead, dac } = world

/** A column that says something: its type, whether a code or a number is expected there. */
interface Column {
  readonly table: string
  readonly name: string
  readonly type: string
}

/** Columns of text of a request and of what hangs on it, as the catalogue lists them: one that is added tomorrow is tried without being named. */
async function saying(tables: readonly string[]): Promise<readonly Column[]> {
  const { rows } = await owner.query<Column>(
    `select n.nspname || '.' || c.relname as table, a.attname as name, format_type(a.atttypid, null) as type from pg_attribute a
       join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and n.nspname || '.' || c.relname = any ($1)
        and format_type(a.atttypid, null) in ('text', 'jsonb') order by 1, a.attnum`,
    [tables],
  )
  return rows
}

const parts = ['request_text', 'subsidiarity', 'reorientation', 'feedback', 'triage_decision', 'request_event', 'answer', 'transfer', 'merge']
/** Codes, levels and states: what the figures of the territory count. */
const counted =
  /^(channel|requester_kind|concerns|urgency|status|volet|protection|commune_code|code|check_code|finding|target|outcome|relevance|decision|level|kind|addressed_to|no_follow_up_reason|social_outcome|person_informed)$/

/** A closed request with a canary in everything that it says, and a history of corrections written before anybody was named. */
async function aRequestThatSays(word: string, personId: PersonId | null): Promise<string> {
  const id = newId()
  const at = '2023-05-02T08:00:00Z'
  await owner.query(
    `insert into intake.sollicitation (id, received_at, recorded_by, channel, requester_kind, concerns, person_id, person_name, urgency, status, closed_at, closed_by, cno_level, holder_org)
     values ($1, $2, $3, 'phone', 'other', 'person', $4, $5, 'h72', 'closed', $2, $3, 2, $6)`,
    [id, at, julie.userId, personId, word, dac.id],
  )
  const fixed: Readonly<Record<string, readonly [string, string]>> = {
    request_text: ['sollicitation_id, text', `$1, $2`],
    subsidiarity: ['sollicitation_id, check_code, finding, note, noted_at, noted_by', `$1, 'a', 'b', $2, $3, $4`],
    reorientation: ['id, sollicitation_id, target, partner_name, sent_at, sent_by, holder_org', `gen_random_uuid(), $1, 'x', $2, $3, $4, $5`],
    feedback: [
      'id, sollicitation_id, addressed_to, recipient_name, channel, text, given_at, given_by, given_by_name',
      `gen_random_uuid(), $1, 'requester', $2, 'phone', $2, $3, $4, $2`,
    ],
    triage_decision: ['id, sollicitation_id, decision, comment, decided_at, decided_by, decided_by_name', `gen_random_uuid(), $1, 'accepted', $2, $3, $4, $2`],
    request_event: ['id, sollicitation_id, kind, at, by_id, by_name, note', `gen_random_uuid(), $1, 'received', $3, $4, $2, $2`],
    answer: ['id, sollicitation_id, code, principal, text, given_at, given_by, given_by_name', `gen_random_uuid(), $1, 'advice', true, $2, $3, $4, $2`],
    transfer: [
      'id, sollicitation_id, from_service, to_service, reason, transferred_at, transferred_by, transferred_by_name',
      `gen_random_uuid(), $1, $5, $5, $2, $3, $4, $2`,
    ],
  }
  for (const [table, [columns, values]] of Object.entries(fixed)) {
    const given = [id, word, at, julie.userId, dac.id]
    const most = Math.max(...[...values.matchAll(/\$(\d)/g)].map(([, n]) => Number(n)))
    // Parameters that a table does not use are still told their type.
    const unused = given
      .slice(0, most)
      .map((_one, n) => (values.includes(`$${n + 1}`) ? '' : `and $${n + 1}::text is not null`))
      .join(' ')
    await owner.query(`insert into intake.${table} (${columns}) select ${values} where true ${unused}`, given.slice(0, most))
  }
  for (const { table, name, type } of await saying(['intake.sollicitation', ...parts.map((part) => `intake.${part}`)])) {
    if (counted.test(name)) continue
    await owner.query(
      `update ${table} t set ${name} = ${type === 'jsonb' ? 'to_jsonb($2::text)' : '$2'} where ${table === 'intake.sollicitation' ? 't.id' : 't.sollicitation_id'} = $1`,
      [id, word],
    )
  }
  const { rows } = await owner.query<{ id: string }>(`select id from intake.reorientation where sollicitation_id = $1`, [id])
  for (const record of [id, String(rows[0]?.id)])
    await owner.query(
      `insert into platform.field_history (record_id, version, record_type, person_id, holder_org, changes) values ($1, 2, 'sollicitation', null, $2, jsonb_build_object('callerName', jsonb_build_array($3::text, null)))`,
      [record, dac.id, word],
    )
  return id
}

/** Every row of the whole database that says the word, by table. */
async function dump(word: string): Promise<readonly string[]> {
  const { rows: tables } = await owner.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'm') and n.nspname !~ '^(pg_|information_schema)' order by 1`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await owner.query<{ n: number }>(`select count(*)::int as n from ${name} t where to_jsonb(t)::text ilike $1`, [`%${word}%`])
    if ((rows[0]?.n ?? 0) > 0) found.push(name)
  }
  return found
}

describe('a request made anonymous', () => {
  it('by its duration: nothing of what was said remains in the whole database, and it still counts', async () => {
    const id = await aRequestThatSays('ZQTERMEQZ', null)
    const before = await dump('ZQTERMEQZ')
    expect(before).toEqual(expect.arrayContaining(['intake.sollicitation', 'platform.field_history', 'intake.request_event', 'intake.transfer']))
    await owner.query(`update privacy.retention_rule set decided = true where data_class = 'request'`)
    const { units } = await applyRetention(db, personTables, { now: new Date('2026-10-15T12:00:00Z'), timeZone: 'Europe/Paris' })
    expect(units).toMatchObject({ request: 1 })
    expect(await dump('ZQTERMEQZ')).toEqual([])
    const { rows } = await owner.query(
      `select channel, requester_kind, urgency, triage_proposal, caller_quality, referred_by_quality from intake.sollicitation where id = $1`,
      [id],
    )
    expect(rows).toEqual([
      { channel: 'phone', requester_kind: 'other', urgency: 'h72', triage_proposal: null, caller_quality: null, referred_by_quality: null },
    ])
    expect((await applyRetention(db, personTables, { now: new Date('2026-10-15T12:00:00Z'), timeZone: 'Europe/Paris' })).units).toEqual({})
  })

  it('by an erasure: nothing of what was said remains either, corrections written before she was named included', async () => {
    const personId = await aPerson(db, { dac: null, birthName: 'ZQEFFACEEQZ', usedName: null, firstNames: ['ZQEFFACEEQZ'] })
    await aSight(db, personId, dac.id)
    await aRequestThatSays('ZQEFFACEEQZ', personId)
    expect(await dump('ZQEFFACEEQZ')).toContain('platform.field_history')
    const requestId = newId<RequestId>()
    await world.as(julie, recordRequest, {
      id: requestId,
      personId,
      kind: 'erasure',
      receivedOn: '2026-10-01',
      mode: 'written',
      askedBy: 'person',
      identityChecked: 'Connue du service',
    })
    const erasureId = newId<ErasureId>()
    await world.as(julie, proposeErasure, { id: erasureId, requestId, plan: [] })
    await world.as(lead, confirmErasure, { erasureId })
    await eraseJob(personTables)({ erasureId }, { db, ownerUrl, log: createLog('silent'), clock: world.clock })
    expect(await dump('ZQEFFACEEQZ')).toEqual([])
  })
})
