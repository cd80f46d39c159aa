import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Canaries } from './canary.ts'
import type { Row, Volet } from './rule.ts'

/**
 * Plants rows with canary strings in every table that bears a person, read from the catalogue of the database: a table added tomorrow is covered
 * without being named here. Written by a superuser with triggers off: what no action would write must be closed as well.
 */

interface Column {
  readonly name: string
  readonly type: string
  readonly required: boolean
  readonly hasDefault: boolean
  readonly allowed: readonly string[] | null
  readonly references: string | null
}

interface Table {
  readonly name: string
  readonly columns: readonly Column[]
  readonly key: 'person' | 'request' | 'call'
}

/** What is not a record of a person: rights and links, logs that the application does not read, marks of a user, lists of readers. */
const notRecords = new Set([
  'persons.sight',
  'persons.alias',
  'persons.person',
  'audit.inbox',
  'audit.entry',
  'audit.entry_default',
  'platform.event',
  'platform.event_inbox',
  'liaison.last_visit',
  'intake.requester_reading',
  'intake.transfer',
  // A mark that takes the whole file out of sight: the gestures would meet nobody. tests/privacy/archived-files.test.ts tries it.
  'privacy.archived_file',
])

/** Free text, by the name of its column. The others hold codes. */
const freeText =
  /^(.*_)?(name|title|summary|details|words|body|text|note|comment|value|label|place|does|hours|call_for|address|instruction|opinion|objectives|relay|with_whom|partner|document_seen|observations|whereabouts|danger|towards|printed|explanation|justification)$/

/** Codes and dates that the product needs in order to read a row: one line each, and the reason is always that a join or a list looks for it. */
const fixed: Readonly<Record<string, unknown>> = {
  'agenda.appointment.kind': 'visit',
  'agenda.appointment.minutes': 60,
  'agenda.appointment.time_zone': 'Europe/Paris',
  'agenda.appointment.starts_local': '2026-03-10T10:00:00',
  'agenda.occurrence.recurrence_at': '2026-03-10T09:00:00Z',
  'agenda.occurrence.starts_at': '2026-03-10T09:00:00Z',
  'agenda.occurrence.ends_at': '2026-03-10T10:00:00Z',
  'agenda.participant.kind': 'outside',
  'agenda.participant.party_id': null,
  'assessments.assessment.form_code': 'aggir',
  'assessments.assessment.form_version': '2026.1',
  'assessments.assessment.state': 'finished',
  'assessments.assessment.finished_at': '2026-03-01T08:00:00Z',
  'assessments.assessment.corrects_id': null,
  'assessments.assessment.part_of': null,
  'assessments.result.form_code': 'aggir',
  'assessments.result.form_version': '2026.1',
  'assessments.result.superseded': false,
  'assessments.opinion.agrees': 'agrees',
  'assessments.opinion.given_by': 'person',
  'assessments.section_answers.section': 'discriminating',
  'care_plans.problem.code': null,
  'care_plans.objective.code': null,
  'care_plans.action.code': null,
  'care_plans.plan.state': 'proposed',
  'care_plans.plan.draft_number': 2,
  'care_plans.plan.validated_number': 1,
  'care_plans.plan.validated_on': '2026-03-01',
  'care_plans.objective.status': 'open',
  'care_plans.action.status': 'proposed',
  'care_plans.handover.number': 1,
  'care_plans.handover.volets': '{administrative,social,health}',
  'care_team.invitation.name_words': '{LEA,CANARI}',
  'care_team.invitation.volets': '{administrative}',
  'care_team.invitation.sharing_category': 'health',
  'care_team.invitation.role': 'nurse',
  'care_team.invitation.state': 'waiting',
  'care_team.invitation.settled_at': null,
  'care_team.access.basis': 'care_team',
  'care_team.access.sharing_category': 'none',
  'care_team.access.volets': '{administrative}',
  'care_team.access.ground': 'same_structure',
  'care_team.access.informed_on': '2026-01-01',
  'care_team.access.ends_at': '2026-01-02T08:00:00Z',
  'care_team.access.starts_at': '2026-01-01T08:00:00Z',
  'care_team.member.kind': 'relative',
  'care_team.member.party_id': null,
  'care_team.role.role': 'relative',
  'episodes.activity.with_whom': 'other',
  'episodes.handover_proposal.state': 'waiting',
  'episodes.handover_proposal.answered_at': null,
  'episodes.handover_proposal.from_user_id': '01930000-0000-7000-8000-000000000003',
  'persons.protection_measure.measure': 'justice_safeguard',
  'episodes.closure.reopened_on': '2026-03-02',
  'episodes.ground.codes': '{no_coordinator}',
  'episodes.task.state': 'open',
  'episodes.task.source': null,
  'episodes.task.source_id': null,
  // Waiting for a decision, with the visit that tests/oracle/plant-aside.ts plants behind it.
  'hospital_events.candidate.decision': null,
  'hospital_events.candidate.recognised': null,
  'intake.contact.first_key': 'follow_up',
  'intake.sollicitation.concerns': 'person',
  'intake.sollicitation.requester_party_id': null,
  'intake.sollicitation.requester_user_id': null,
  'intake.sollicitation.merged_into': null,
  'intake.sollicitation.episode_id': null,
  'intake.sollicitation.commune_code': null,
  'intake.request_text.by_requester': false,
  'intake.request_motive.by_requester': false,
  'intake.merge.undone_at': '2026-02-01T08:00:00Z',
  'intake.feedback.addressed_to': 'requester',
  'intake.reorientation.outcome': 'pending',
  // Nobody takes part: the rule of conversations has its own tests, and what is restricted is closed to all the others.
  'conversations.thread.created_by': '01930000-0000-7000-8000-000000000003',
  'conversations.participant.user_id': '01930000-0000-7000-8000-000000000003',
  'conversations.file.media_type': 'application/pdf',
  'liaison.note_file.media_type': 'application/pdf',
  'liaison.alert.state': 'to_take',
  'liaison.alert.event': null,
  'liaison.alert.rule_id': null,
  'liaison.alert.rule_version': null,
  'liaison.alert.routed_because': null,
  'liaison.alert.escalate_at': null,
  'liaison.alert_mute.rule_id': '01930000-0000-7000-8000-000000000002',
  'liaison.alert_mute.ended_at': '2026-03-02T08:00:00Z',
  'liaison.note.event': null,
  'liaison.note.asked_of': null,
  'liaison.measure.kind': 'weight',
  'liaison.measure.struck_at': null,
  'liaison.measure.struck_because': null,
  'liaison.measure_threshold.kind': 'weight',
  'liaison.note.kind': 'observation',
  'liaison.note.relation': null,
  'liaison.note.urgent': false,
  'persons.contact_point.kind': 'mobile',
  'persons.family_doctor.professional_id': null,
  'persons.non_disclosure.kind': 'no_call',
  'persons.non_disclosure.party_id': null,
  'persons.non_opposition.number': 3,
  'persons.non_opposition.state': 'non_opposition',
  'persons.timeline_item.source': 'test',
  // A wish of another day: it narrows nothing any more.
  'persons.withheld_volet.ended_at': '2026-03-02T08:00:00Z',
  'persons.withheld_volet.end_reason': 'À sa demande',
  'persons.withheld_volet.from_category': 'health',
  'persons.withheld_volet.from_party_id': null,
  'platform.field_history.record_type': 'person',
  // A limitation of another day: it limits nothing any more.
  'privacy.limitation.lifted_at': '2026-03-02T08:00:00Z',
  'privacy.limitation.lift_reason': 'Vérifiée avec elle',
  // A pair is written with the lower identity first.
  'duplicates.pair.other_person_id': 'ffffffff-ffff-4fff-bfff-ffffffffffff',
}

const types: Readonly<Record<string, unknown>> = {
  boolean: false,
  smallint: 1,
  integer: 1,
  bigint: 1,
  numeric: 1,
  'double precision': 1,
  date: '2026-03-01',
  'timestamp with time zone': '2026-03-01T08:00:00Z',
  'timestamp without time zone': '2026-03-01T09:00:00',
  'text[]': '{}',
  'uuid[]': '{}',
  jsonb: '{}',
  bytea: '\\x25504446',
}

/** Leaves a column to its default. */
const byDefault = Symbol('default')

export async function recordTables(superuser: pg.Client): Promise<readonly Table[]> {
  const { rows } = await superuser.query<{ table: string; columns: Column[] }>(`
    select n.nspname || '.' || c.relname as table, jsonb_agg(jsonb_build_object(
        'name', a.attname, 'type', format_type(a.atttypid, null), 'required', a.attnotnull, 'hasDefault', a.atthasdef,
        'references', (select f.confrelid::regclass::text from pg_constraint f where f.conrelid = c.oid and f.contype = 'f' and f.conkey = array[a.attnum] limit 1),
        'allowed', (select to_jsonb(array(select m[1] from regexp_matches(pg_get_constraintdef(k.oid), '''([a-z_0-9]+)''::text', 'g') m)) from pg_constraint k
          where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum] and pg_get_constraintdef(k.oid) ~ ('^CHECK \\(\\(' || a.attname || ' = ') limit 1)
      ) order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = ''
    where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker')
    group by 1 having bool_or(a.attname in ('person_id', 'sollicitation_id', 'contact_id')) order by 1`)
  return rows
    .filter(({ table, columns }) => !notRecords.has(table) && columns.some(({ name }) => name === 'protection'))
    .map(({ table, columns }) => ({
      name: table,
      columns,
      key: columns.some(({ name }) => name === 'person_id') ? 'person' : columns.some(({ name }) => name === 'sollicitation_id') ? 'request' : 'call',
    }))
}

export interface PersonToPlant {
  readonly person: string
  readonly home: string
  readonly episode: string
  readonly referent: string
}

export interface Variant {
  readonly volet: Volet
  readonly protection: Row['protection']
  readonly holder: string
  /** Of requests: still at the desk. */
  readonly open: boolean
}

/** Every volet and protection for the DAC that accompanies, and what is shared or private of another service. */
export function variantsOf(home: string, other: string): readonly Variant[] {
  const variants: Variant[] = []
  // The most guarded first: where a table takes one row only, it is that one.
  for (const volet of ['health', 'social', 'administrative'] as const) {
    for (const protection of ['shared', 'org_private', 'restricted'] as const) variants.push({ volet, protection, holder: home, open: false })
    variants.push({ volet, protection: 'shared', holder: other, open: true }, { volet, protection: 'org_private', holder: other, open: true })
  }
  return variants
}

/** Writes the rows of each person in each table; what a constraint of the database forbids is left out. Gives how many rows. */
export async function plantRecords(
  superuser: pg.Client,
  canaries: Canaries,
  persons: readonly PersonToPlant[],
  variants: (person: PersonToPlant) => readonly Variant[],
): Promise<number> {
  const tables = await recordTables(superuser)
  await superuser.query(`set session_replication_role = 'replica'`)
  let rows = 0
  try {
    for (const table of tables.filter(({ name }) => name !== 'episodes.episode')) rows += await plantTable(superuser, canaries, table, persons, variants)
  } finally {
    await superuser.query(`set session_replication_role = 'origin'`)
  }
  return rows
}

/** Ids follow from the person, the table and the variant: the rows of one variant refer to each other. */
const ids = new Map<string, string>()

/** The id planted for a person, a table and a variant, by its rank in `variantsOf`. Requests and calls are administrative: the others hang on those. */
export function plantedId(person: string, table: string, variant: number): string {
  const rank = singles.has(table)
    ? 0
    : table === 'intake.sollicitation'
      ? 10 + (variant % 5)
      : table === 'intake.contact'
        ? variant % 5 < 3
          ? 11
          : 14
        : variant
  const key = `${person} ${table} ${rank}`
  const id = ids.get(key) ?? randomUUID()
  ids.set(key, id)
  return id
}

/** One per person, whatever the variant: the row that the others stand on. */
const singles = new Set(['care_plans.plan', 'care_plans.version'])

async function plantTable(
  superuser: pg.Client,
  canaries: Canaries,
  table: Table,
  persons: readonly PersonToPlant[],
  variants: (person: PersonToPlant) => readonly Variant[],
): Promise<number> {
  const names = table.columns.map(({ name }) => name)
  let planted = 0
  const accepted = new Set<number>()
  const insert = async (lines: readonly (readonly unknown[])[]): Promise<void> => {
    const given: unknown[] = []
    const values = lines.map((line) => `(${line.map((value) => (value === byDefault ? 'default' : `$${given.push(value)}`)).join(', ')})`).join(', ')
    await superuser.query(`insert into ${table.name} (${names.join(', ')}) values ${values}`, given)
  }
  for (const [rank, one] of persons.entries()) {
    const lines: (readonly unknown[])[] = []
    for (const [index, variant] of variants(one).entries()) {
      if (singles.has(table.name) && index > 0) continue
      if (rank > 0 && !accepted.has(index)) continue
      const line = lineOf(table, one, index, variant, canaries)
      if (rank > 0) lines.push(line)
      else {
        await superuser.query('begin')
        const refused = await insert([line]).then(
          () => null,
          (error: unknown) => error as { code?: string; message: string },
        )
        await superuser.query(refused === null ? 'commit' : 'rollback')
        // Unique (23505) and check (23514) constraints say what cannot exist; anything else is a fault of this file.
        if (refused !== null && refused.code !== '23505' && refused.code !== '23514') throw new Error(`${table.name}: ${refused.message}`)
        if (refused === null) accepted.add(index)
        else canaries.forget()
      }
    }
    planted += rank === 0 ? accepted.size : lines.length
    if (lines.length > 0) await insert(lines)
  }
  return planted
}

function lineOf(table: Table, one: PersonToPlant, index: number, variant: Variant, canaries: Canaries): readonly unknown[] {
  const { volet, protection, holder } = variant
  const single = singles.has(table.name)
  const row: Row = single ? { volet: 'administrative', protection: 'shared', holder: one.home } : { volet, protection, holder }
  const id = plantedId(one.person, table.name, index)
  const request = table.name.startsWith('intake.')
  const { token } = canaries.plant({
    table: table.name,
    id,
    person: one.person,
    row: request ? { ...row, desk: { open: variant.open || table.name.startsWith('intake.contact'), callText: table.name === 'intake.contact_text' } } : row,
  })
  return table.columns.map((column) => valueOf(table, column, one, index, { ...row, open: variant.open }, id, token))
}

function valueOf(
  table: Table,
  { name, type, required, hasDefault, allowed, references }: Column,
  one: PersonToPlant,
  index: number,
  row: Row & { open: boolean },
  id: string,
  token: string,
): unknown {
  const place = `${table.name}.${name}`
  if (place === 'intake.sollicitation.status') return row.open ? 'in_progress' : 'closed'
  if (place === 'intake.sollicitation.closed_at') return row.open ? null : '2026-03-02T08:00:00Z'
  if (place === 'care_plans.plan.id') return id
  if (place in fixed) return fixed[place]
  if (name === 'id') return id
  if (name === 'person_id') return one.person
  if (name === 'volet') return row.volet
  if (name === 'protection') return row.protection
  if (name === 'holder_org') return row.holder
  if (name === 'sollicitation_id') return plantedId(one.person, 'intake.sollicitation', index)
  if (name === 'contact_id') return plantedId(one.person, 'intake.contact', index)
  if (name === 'root_id' || name === 'secret_hash') return id
  if (name === 'episode_id') return one.episode
  if (name === 'referent_id' || name === 'user_id' || name === 'assignee_id') return one.referent
  if (name === 'version' && type === 'integer') return 1
  if (name === 'number' && type !== 'text') return 1
  if (references !== null && !references.startsWith('territory.')) return plantedId(one.person, references, index)
  if (allowed !== null && allowed.length > 0) return allowed[0]
  // Who wrote it: somebody of the DAC that accompanies; of a call, nobody of this world, since whoever took it may read it again.
  if (type === 'uuid' && /(_by|author_id|_user_id)$/.test(name) && !table.name.startsWith('intake.contact')) return one.referent
  if (type === 'uuid') return required ? randomUUID() : null
  if (type === 'text' && freeText.test(name)) return token
  if (type === 'jsonb' && (name === 'content' || name === 'changes')) return JSON.stringify({ title: token, words: token })
  if (hasDefault) return byDefault
  return required ? (type === 'text' ? 'other' : (types[type] ?? null)) : null
}
