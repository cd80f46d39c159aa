import { sql } from 'kysely'
import { personNameJson } from '../../persons/server/api.ts'
import type { OutputOf } from '../../platform/contract/action.ts'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { type AlertRule, type AlertRuleId, type NoteToMatch, ruleTrigger } from '../contract/alert-rule.ts'
import type { alertRules } from '../contract/queries.ts'

const columns = sql`r.id, v.version, r.service_id as "serviceId", r.replaces, v.title, v.condition || jsonb_build_object('trigger', v.trigger) as "when",
  v.escalate_after as "escalateAfter", v.active, v.decided_by_name as "decidedByName", v.decided_at as "decidedAt", v.reason`

/** A condition is kept as it was written: what it left out has today's defaults. */
const inForm = (rows: readonly AlertRule[]): readonly AlertRule[] => rows.map((row) => ({ ...row, when: ruleTrigger.parse(row.when) }))

/** Rules of the region and of a DAC, each as it stands; those of the region that the DAC tells in its own way come with their `replaces`. */
export async function selectRules(tx: Tx, serviceId: string | null): Promise<readonly AlertRule[]> {
  const { rows } = await sql<AlertRule>`select ${columns} from liaison.alert_rule r
      join lateral (select * from liaison.alert_rule_version v where v.rule_id = r.id order by v.version desc limit 1) v on true
      where r.service_id is null or r.service_id = ${serviceId} order by r.service_id nulls first, r.id`.execute(tx)
  return inForm(rows)
}

/** What acts in a DAC now: active rules, its own telling of a rule instead of the region's. */
export async function rulesInForce(tx: Tx, serviceId: string): Promise<readonly AlertRule[]> {
  const rules = await selectRules(tx, serviceId)
  const replaced = new Set(rules.map((rule) => rule.replaces))
  return rules.filter((rule) => rule.active && !replaced.has(rule.id))
}

export interface RuleRow {
  readonly id: AlertRuleId
  readonly serviceId: ServiceId | null
  readonly version: number
}

/** A rule, kept for the transaction; undefined where there is none. */
export async function lockRule(tx: Tx, id: AlertRuleId): Promise<RuleRow | undefined> {
  // No right to lock what is never changed: the advisory lock makes two writers of one rule follow each other.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`liaison.alert_rule:${id}`}, 0))`.execute(tx)
  return (
    await sql<RuleRow>`select r.id, r.service_id as "serviceId", (select max(v.version) from liaison.alert_rule_version v where v.rule_id = r.id) as version
      from liaison.alert_rule r where r.id = ${id}`.execute(tx)
  ).rows[0]
}

export async function insertRule(
  tx: Tx,
  rule: { readonly id: AlertRuleId; readonly serviceId: ServiceId | null; readonly replaces: AlertRuleId | null },
): Promise<void> {
  await sql`insert into liaison.alert_rule (id, service_id, replaces) values (${rule.id}, ${rule.serviceId}, ${rule.replaces})`.execute(tx)
}

export interface RuleVersion extends Pick<AlertRule, 'id' | 'version' | 'title' | 'when' | 'escalateAfter' | 'active' | 'reason'> {
  readonly decidedBy: UserId
  readonly decidedByName: string
  readonly decidedAt: Date
}

export async function insertRuleVersion(tx: Tx, rule: RuleVersion): Promise<void> {
  const { trigger, ...condition } = rule.when
  await sql`insert into liaison.alert_rule_version (rule_id, version, title, trigger, condition, escalate_after, active, reason, decided_by, decided_by_name, decided_at)
    values (${rule.id}, ${rule.version}, ${rule.title}, ${trigger}, ${JSON.stringify(condition)}::jsonb, ${rule.escalateAfter}, ${rule.active}, ${rule.reason}, ${rule.decidedBy},
      ${rule.decidedByName}, ${rule.decidedAt})`.execute(tx)
}

export async function selectRuleVersions(tx: Tx, id: AlertRuleId): Promise<readonly AlertRule[]> {
  const { rows } =
    await sql<AlertRule>`select ${columns} from liaison.alert_rule r join liaison.alert_rule_version v on v.rule_id = r.id where r.id = ${id} order by v.version desc`.execute(
      tx,
    )
  return inForm(rows)
}

export async function mutedRules(tx: Tx, personId: PersonId, serviceId: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ ids: string[] }>`select liaison.muted_rules(${personId}, ${serviceId}) as ids`.execute(tx)
  return new Set(rows[0]?.ids ?? [])
}

export type PastNote = NoteToMatch & { readonly id: string; readonly personId: PersonId; readonly at: string }

/** The notes of those whom a DAC accompanies, since an instant, that could set a rule off: from its live files, 20 000 at most. */
export async function selectPastNotes(
  tx: Tx,
  serviceId: string,
  since: Date,
  only: { readonly urgent: boolean; readonly events: readonly string[]; readonly types: readonly string[] },
): Promise<readonly PastNote[]> {
  return (
    await sql<PastNote>`select n.id, n.person_id as "personId", n.at, n.kind as type, n.title, n.body, n.urgent, n.event
      from (select distinct e.person_id from episodes.episode e where e.holder_org = ${serviceId} and e.state <> 'closed') f
      join liaison.note n on n.person_id = f.person_id
      where n.at >= ${since} and n.relation is null
        ${only.urgent ? sql`and n.urgent` : sql``} ${only.events.length > 0 ? sql`and n.event = any (${[...only.events]}::text[])` : sql``}
        ${only.types.length > 0 ? sql`and n.kind = any (${[...only.types]}::text[])` : sql``}
      order by n.at desc limit 20000`.execute(tx)
  ).rows
}

export interface SilentFile {
  readonly personId: PersonId
  readonly episodeId: string
  readonly at: string
}

/** Files of a DAC, open at one of these levels, in which nobody saw nor reached the person or a relative for so many days. */
export async function selectSilentFiles(tx: Tx, serviceId: string, days: number, levels: readonly string[]): Promise<readonly SilentFile[]> {
  return (
    await sql<SilentFile>`select e.person_id as "personId", e.id as "episodeId", coalesce(e.last_contact_at, e.created_at) as at from episodes.episode e
      where e.holder_org = ${serviceId} and e.state = 'open' and e.level = any (${[...levels]}::text[])
        and coalesce(e.last_contact_at, e.created_at) < platform.clock() - make_interval(days => ${days}) order by 3`.execute(tx)
  ).rows
}

export type MuteLine = OutputOf<typeof alertRules>['mutes'][number]

/** Rules silent for somebody in a DAC now. */
export async function selectMutes(tx: Tx, serviceId: string): Promise<readonly MuteLine[]> {
  const { rows } =
    await sql<MuteLine>`select m.id, ${personNameJson('m.person_id')} as person, m.rule_id as "ruleId", m.until::text as until, m.reason, m.muted_by_name as "mutedByName"
    from liaison.alert_mute m where m.holder_org = ${serviceId} and m.ended_at is null and m.until >= platform.today() order by m.until limit 200`.execute(tx)
  return rows.filter((row) => row.person !== null)
}

/** As the system: the DACs that follow somebody. */
export async function selectServicesWithFiles(tx: Tx): Promise<readonly ServiceId[]> {
  const { rows } = await sql<{ id: ServiceId }>`select distinct e.holder_org as id from episodes.episode e where e.state = 'open'`.execute(tx)
  return rows.map(({ id }) => id)
}

/** As the system: silent files of a DAC in which this rule has not been told, or long ago and settled; not of the dead, nor of files whose use is limited. */
export async function selectSilent(
  tx: Tx,
  serviceId: string,
  ruleId: string,
  days: number,
  levels: readonly string[],
): Promise<readonly { readonly personId: PersonId; readonly episodeId: string; readonly lastOn: string }[]> {
  return (
    await sql<{
      personId: PersonId
      episodeId: string
      lastOn: string
    }>`select e.person_id as "personId", e.id as "episodeId", (platform.day_of(coalesce(e.last_contact_at, e.created_at)))::text as "lastOn"
      from episodes.episode e join persons.person p on p.person_id = e.person_id
      where e.holder_org = ${serviceId} and e.state = 'open' and e.level = any (${[...levels]}::text[])
        and p.deceased_on is null and not persons.use_limited(e.person_id)
        and coalesce(e.last_contact_at, e.created_at) < platform.clock() - make_interval(days => ${days})
        and not exists (select 1 from liaison.alert a where a.person_id = e.person_id and a.holder_org = e.holder_org and a.rule_id = ${ruleId} and a.source_id = e.id
          and (a.state <> 'settled' or a.raised_at > platform.clock() - make_interval(days => ${days})))
      order by e.id limit 1000`.execute(tx)
  ).rows
}

/** True if a rule raised an alert from this source since a day, whatever became of it. */
export async function wasTold(tx: Tx, ruleId: string, sourceId: string, since: string): Promise<boolean> {
  const { rows } =
    await sql`select 1 from liaison.alert a where a.source_id = ${sourceId} and a.rule_id = ${ruleId} and a.raised_at >= ${since}::date limit 1`.execute(tx)
  return rows.length > 0
}
