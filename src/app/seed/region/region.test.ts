import { sql } from 'kysely'
import type pg from 'pg'

import { beforeAll, expect, test } from 'vitest'
import type { Actor } from '../../../platform/contract/actor.ts'
import { asActor } from '../../../platform/server/db.ts'
import { testDatabase } from '../../../platform/testing/test-database.ts'
import { seedDemoRegion } from '../seed-demo.ts'
import { lookAlikes } from '../story/look-alike.ts'
import { planRegion } from './plan.ts'

const now = new Date('2026-10-15T07:42:00Z')
const persons = 60
const { ownerUrl, appUrl, db } = await testDatabase()
const again = await testDatabase()

beforeAll(async () => {
  for (const urls of [{ ownerUrl, appUrl }, again]) await seedDemoRegion({ ownerUrl: urls.ownerUrl, appUrl: urls.appUrl, now, persons, log: () => undefined })
}, 180_000)

/** Reads past the policies of the tables, as the system does. */
async function read<T extends pg.QueryResultRow>(text: string, values: readonly unknown[] = [], pool = db.pool): Promise<readonly T[]> {
  const client = await pool.connect()
  try {
    await client.query('set role jalon_system')
    return (await client.query<T>(text, [...values])).rows
  } finally {
    client.release(true)
  }
}
const count = async (table: string, condition = 'true'): Promise<number> =>
  (await read<{ n: number }>(`select count(*)::int as n from ${table} where ${condition}`))[0]?.n ?? 0

test('a region holds what its plan says', async () => {
  const plan = planRegion(persons)
  expect(await count('persons.person')).toBe(plan.persons + lookAlikes)
  expect(await count('intake.sollicitation')).toBe(plan.requests)
  expect(await count('episodes.episode', `state = 'open'`)).toBe(plan.open)
  expect(await count('episodes.episode', `state = 'dormant'`)).toBe(plan.dormant)
  expect(await count('episodes.episode', `state = 'closed'`)).toBe(plan.closed)
  expect(Math.abs((await count('liaison.note')) - plan.notes)).toBeLessThan(plan.notes * 0.05)
})

/** Columns that hold codes, with their list. */
const coded: readonly (readonly [table: string, column: string, list: string])[] = [
  ['territory.service', 'kind', 'territory.service_kind'],
  ['territory.service', 'cpts_status', 'territory.cpts_status'],
  ['territory.legal_person', 'legal_form', 'territory.legal_kind'],
  ['territory.perimeter', 'source', 'territory.perimeter_source'],
  ['persons.person', 'sex', 'persons.sex'],
  ['persons.person', 'identity_document', 'persons.identity_document'],
  ['persons.person', 'language', 'persons.language'],
  ['persons.person', 'death_source', 'persons.death_source'],
  ['persons.person', 'identity_attributes', 'persons.identity_attribute'],
  ['persons.contact_point', 'kind', 'persons.contact_kind'],
  ['persons.protection_measure', 'measure', 'persons.protection_measure'],
  ['persons.protection_measure', 'scope', 'persons.protection_scope'],
  ['persons.protection_measure', 'holder_kind', 'persons.protection_holder'],
  ['persons.family_doctor', 'state', 'persons.gp_state'],
  ['persons.family_doctor', 'concertation', 'persons.gp_concertation'],
  ['persons.family_doctor_concertation', 'outcome', 'persons.gp_concertation'],
  ['persons.family_doctor_referral', 'state', 'persons.gp_referral_state'],
  ['persons.non_opposition', 'mode', 'persons.information_mode'],
  ['persons.non_opposition', 'document_version', 'persons.information_document'],
  ['persons.non_opposition', 'given_by', 'persons.right_exercised_by'],
  ['persons.information_given', 'mode', 'persons.information_mode'],
  ['persons.information_given', 'document_version', 'persons.information_document'],
  ['persons.information_given', 'given_to', 'persons.right_exercised_by'],
  ['persons.non_disclosure', 'relation', 'persons.relation'],
  ['care_team.member', 'relation', 'persons.relation'],
  ['care_team.role', 'role', 'care_team.role'],
  ['care_team.access', 'basis', 'care_team.sharing_basis'],
  ['care_team.access', 'sharing_category', 'care_team.sharing_category'],
  ['care_team.access', 'ground', 'care_team.ground'],
  ['episodes.episode', 'level', 'episodes.level'],
  ['episodes.episode', 'state', 'episodes.state'],
  ['episodes.episode', 'dormancy_reason', 'episodes.dormancy_reason'],
  ['episodes.episode', 'closure_reason', 'episodes.closure_reason'],
  ['episodes.level_period', 'level', 'episodes.level'],
  ['episodes.ground', 'codes', 'episodes.dac_reason'],
  ['episodes.closure', 'reason', 'episodes.closure_reason'],
  ['episodes.closure', 'balance', 'episodes.closure_balance'],
  ['episodes.critical_sequence', 'kind', 'episodes.critical_sequence'],
  ['episodes.task', 'kind', 'episodes.task_kind'],
  ['episodes.activity', 'kind', 'episodes.activity_type'],
  ['intake.sollicitation', 'channel', 'intake.channel'],
  ['intake.sollicitation', 'requester_kind', 'intake.requester_kind'],
  ['intake.sollicitation', 'urgency', 'intake.delay'],
  ['intake.sollicitation', 'person_informed', 'intake.person_informed'],
  ['intake.request_motive', 'motive', 'intake.motive'],
  ['intake.answer', 'code', 'intake.answer'],
  ['intake.answer', 'no_follow_up_reason', 'intake.no_follow_up_reason'],
  ['intake.subsidiarity', 'check_code', 'intake.subsidiarity_check'],
  ['intake.subsidiarity', 'finding', 'intake.subsidiarity_finding'],
  ['intake.reorientation', 'target', 'intake.reorientation_target'],
  ['intake.reorientation', 'outcome', 'intake.reorientation_outcome'],
  ['intake.reorientation', 'relevance', 'intake.reorientation_relevance'],
  ['intake.feedback', 'channel', 'intake.reply_channel'],
  ['intake.triage_decision', 'decision', 'episodes.triage_decision'],
  ['intake.triage_decision', 'level', 'episodes.level'],
  ['intake.triage_decision', 'dac_reasons', 'episodes.dac_reason'],
  ['intake.contact', 'first_key', 'intake.first_key'],
  ['intake.contact', 'channel', 'intake.channel'],
  ['liaison.note', 'kind', 'liaison.note_type'],
  ['care_plans.decision', 'code', 'care_plans.decision'],
  ['care_plans.criterion', 'code', 'care_plans.revision_criterion'],
  ['care_plans.problem', 'code', 'care_plans.thesaurus'],
  ['care_plans.objective', 'code', 'care_plans.thesaurus'],
  ['care_plans.objective', 'status', 'care_plans.objective_status'],
  ['care_plans.objective', 'status_reason', 'care_plans.not_pursued_reason'],
  ['care_plans.action', 'code', 'care_plans.thesaurus'],
  ['care_plans.action', 'status', 'care_plans.action_status'],
  ['care_plans.action', 'answer_mode', 'care_plans.agreement_mode'],
  ['care_plans.agreement', 'party', 'care_plans.agreement_party'],
  ['care_plans.agreement', 'state', 'care_plans.agreement_state'],
  ['care_plans.agreement', 'mode', 'care_plans.agreement_mode'],
  ['steering.post', 'job', 'steering.job_kind'],
  ['steering.post', 'employment', 'steering.employment_kind'],
  ['steering.funding', 'funder', 'steering.funder'],
]

test.each(coded)('the codes of %s.%s are those of the list %s', async (table, column, list) => {
  const unknown = await read<{ code: string }>(
    `select distinct used.code from ${table} r, unnest(string_to_array(trim(both '{}' from r.${column}::text), ',')) as used(code)
     where used.code <> '' and not exists (select from territory.value v where v.set_code = $1 and v.code = used.code)`,
    [list],
  )
  expect(unknown).toEqual([])
})

test('the problématiques are those of the two axes', async () => {
  expect(await count('episodes.problem x', `not exists (select from territory.value v where v.set_code = 'steering.' || x.axis and v.code = x.code)`)).toBe(0)
})

/** Rows dated by the machine: what was imported when, and the services that published directories tell. */
const ofTheMachine = ['directory.import', 'directory.source']
const onlyOurs: Readonly<Record<string, string>> = { 'territory.legal_person': `where source = 'local'`, 'territory.service': `where source = 'local'` }

test('the same day gives the same region, row by row', async () => {
  const tables = (
    await read<{ name: string }>(`select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('territory', 'directory', 'persons', 'care_team', 'episodes', 'intake', 'assessments', 'care_plans', 'liaison', 'steering')
      and not (select relispartition from pg_class where oid = format('%I.%I', schemaname, tablename)::regclass) order by 1`)
  ).map(({ name }) => name)
  const different: string[] = []
  for (const table of tables.filter((name) => !ofTheMachine.includes(name))) {
    const print = `select md5(coalesce(string_agg(t::text, '' order by t::text), '')) as print from ${table} t ${onlyOurs[table] ?? ''}`
    const [one, other] = [await read<{ print: string }>(print), await read<{ print: string }>(print, [], again.db.pool)]
    if (one[0]?.print !== other[0]?.print) different.push(table)
  }
  expect(different).toEqual([])
})

async function actorOf(family: string): Promise<Actor> {
  const [row] = await read<{ id: string; service: string; kind: string; functions: string[]; category: string; card: string | null }>(
    `select u.id, m.service_id as service, s.kind, m.functions, u.category, u.professional_id as card from territory.user_account u join territory.membership m on m.user_id = u.id join territory.service s on s.id = m.service_id where u.family_name = $1`,
    [family],
  )
  if (row === undefined) throw new Error(`no user ${family}`)
  const volets = (await read<{ volet: string }>('select volet from territory.category_volet where category = $1', [row.category])).map(({ volet }) => volet)
  const outside = row.functions.includes('outside_professional')
  return {
    kind: 'user',
    userId: row.id,
    displayName: family,
    serviceId: row.service,
    serviceKind: row.kind,
    serviceName: '',
    functions: row.functions,
    category: row.category,
    professionalId: row.card,
    parties: [row.id, ...(row.card === null ? [] : [row.card]), ...(outside ? [] : [row.service])],
    volets,
  } as unknown as Actor
}

test('each sees what the sights of the region open to her, and nothing else', async () => {
  const seen = async (family: string): Promise<readonly string[]> =>
    asActor(db, { actor: await actorOf(family), clock: now, timeZone: 'Europe/Paris' }, async (tx) =>
      (await sql<{ id: string }>`select person_id as id from persons.person`.execute(tx)).rows.map(({ id }) => id),
    )
  const [referent, otherDac, nurse, administrator] = [await seen('Marchal'), await seen('Durupt'), await seen('Noël'), await seen('Henry')]
  expect(referent.length).toBeGreaterThan(10)
  expect(otherDac.length).toBeGreaterThan(10)
  expect(referent.filter((id) => otherDac.includes(id))).toEqual([])
  expect(nurse.length).toBeGreaterThan(0)
  expect(nurse.every((id) => referent.includes(id))).toBe(true)
  expect(administrator).toEqual([])
  expect(await count('persons.person p', 'not exists (select from persons.sight s where s.person_id = p.person_id)')).toBe(0)
})

test('every professional whom a file names has her card in the directory, or has just left it', async () => {
  const gone = (column: string) => `not exists (select from directory.vanished v where v.party_id = ${column})`
  expect(
    await count(
      'persons.family_doctor f',
      `f.professional_id is not null and ${gone('f.professional_id')} and not exists (select from directory.entry e where e.party_id = f.professional_id)`,
    ),
  ).toBe(0)
  expect(
    await count(
      'care_team.member m',
      `m.kind in ('professional', 'structure') and ${gone('m.party_id')} and not exists (select from directory.entry e where e.party_id = m.party_id) and not exists (select from territory.user_account u where u.id = m.party_id)`,
    ),
  ).toBe(0)
})

test('every identifier of the region is one that the contracts take', async () => {
  const columns = await read<{ place: string; source: string }>(
    `select format('%s.%s.%s', c.table_schema, c.table_name, c.column_name) as place,
       format('select %L as place, %I::text as id from %I.%I', format('%s.%s.%s', c.table_schema, c.table_name, c.column_name), c.column_name, c.table_schema, c.table_name) as source
     from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.udt_name = 'uuid' and t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema')`,
  )
  expect(columns.length).toBeGreaterThan(300)
  // RFC 9562: a version of 1 to 8, the variant of the RFC; or nobody's.
  const strange = await read<{ place: string; n: number }>(
    `select place, count(*)::int as n from (${columns.map(({ source }) => source).join(' union all ')}) every
     where id !~ '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$' and id <> '00000000-0000-0000-0000-000000000000' group by place order by place`,
  )
  expect(strange).toEqual([])
})

test('nothing of the region is later than the instant it is written for', async () => {
  for (const [table, column] of [
    ['persons.timeline_item', 'at'],
    ['liaison.note', 'at'],
    ['intake.sollicitation', 'received_at'],
    ['intake.sollicitation', 'closed_at'],
    ['persons.person', 'created_at'],
    ['episodes.activity', 'at'],
  ] as const) {
    expect(await count(table, `${column} > '${now.toISOString()}'`), `${table}.${column}`).toBe(0)
  }
})
