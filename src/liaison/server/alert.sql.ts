import { sql } from 'kysely'
import type { Volet } from '../../platform/contract/actor.ts'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { AlertId } from '../contract/note.ts'

/** An alertRow of the contract; the alias is `a`. */
export const alertJson = sql`jsonb_build_object('id', a.id, 'version', a.version, 'personId', a.person_id, 'holderOrg', a.holder_org, 'title', a.title, 'summary', a.summary, 'source', a.source,
  'sourceId', a.source_id, 'raisedAt', a.raised_at, 'raisedByName', a.raised_by_name, 'raisedByFunction', coalesce((select lower(u.profession_label) from territory.user_account u where u.id = a.raised_by and a.raised_by_function = 'professionnel du cercle'), a.raised_by_function), 'state', a.state, 'takenById', a.taken_by,
  'takenByName', (select u.given_name || ' ' || u.family_name from territory.user_account u where u.id = a.taken_by), 'volet', a.volet, 'event', a.event,
  'rule', (select jsonb_build_object('id', a.rule_id, 'title', v.title) from liaison.alert_rule_version v where v.rule_id = a.rule_id and v.version = a.rule_version),
  'routedBecause', a.routed_because, 'escalation', a.escalation, 'escalateAt', a.escalate_at)`

export interface NewAlert {
  readonly id: AlertId
  readonly personId: PersonId
  readonly title: string
  readonly summary: string | null
  readonly source: string
  readonly sourceId: string
  readonly raisedAt: Date
  readonly raisedBy: UserId | null
  readonly raisedByName: string
  readonly raisedByFunction: string | null
  readonly volet: Volet
  readonly holderOrg: ServiceId
  readonly protection: 'shared' | 'org_private'
  readonly event: string | null
  readonly ruleId: string | null
  readonly ruleVersion: number | null
  readonly addressees: readonly UserId[]
  readonly routedBecause: string
  readonly escalateAt: Date | null
}

/** False where the same rule already asks to take the same thing. */
export async function insertAlert(tx: Tx, alert: NewAlert): Promise<boolean> {
  const { rows } =
    await sql`insert into liaison.alert (id, person_id, title, summary, source, source_id, raised_at, raised_by, raised_by_name, raised_by_function, volet, holder_org, protection,
      event, rule_id, rule_version, addressees, routed_because, escalate_at)
    values (${alert.id}, ${alert.personId}, ${alert.title}, ${alert.summary}, ${alert.source}, ${alert.sourceId}, ${alert.raisedAt}, ${alert.raisedBy}, ${alert.raisedByName}, ${alert.raisedByFunction},
      ${alert.volet}, ${alert.holderOrg}, ${alert.protection}, ${alert.event}, ${alert.ruleId}, ${alert.ruleVersion}, ${[...alert.addressees]}::uuid[], ${alert.routedBecause}, ${alert.escalateAt})
    on conflict do nothing returning id`.execute(tx)
  return rows.length > 0
}

export interface AlertRow {
  readonly id: AlertId
  readonly personId: PersonId
  readonly holderOrg: ServiceId
  readonly title: string
  readonly state: 'to_take' | 'taken' | 'settled'
  readonly takenBy: UserId | null
  readonly takenByName: string | null
  readonly sourceId: string
  readonly ruleId: string | null
  readonly volet: Volet
  readonly protection: 'shared' | 'org_private'
  readonly version: number
}

/** Kept for the transaction: of two who take it at once, one is told of the other. */
export async function findAlert(tx: Tx, id: AlertId): Promise<AlertRow | undefined> {
  return (
    await sql<AlertRow>`select a.id, a.person_id as "personId", a.holder_org as "holderOrg", a.title, a.state, a.taken_by as "takenBy",
    (select u.given_name || ' ' || u.family_name from territory.user_account u where u.id = a.taken_by) as "takenByName", a.source_id as "sourceId", a.rule_id as "ruleId", a.volet, a.protection, a.version
    from liaison.alert a where a.id = ${id} for update of a`.execute(tx)
  ).rows[0]
}

export async function markTaken(tx: Tx, id: AlertId, version: number, by: UserId, at: Date): Promise<void> {
  await sql`update liaison.alert set state = 'taken', taken_by = ${by}, taken_at = ${at}, version = ${version} where id = ${id}`.execute(tx)
}

export async function markSettled(tx: Tx, id: AlertId, version: number, by: UserId, at: Date, outcome: string): Promise<void> {
  await sql`update liaison.alert set state = 'settled', taken_by = coalesce(taken_by, ${by}), taken_at = coalesce(taken_at, ${at}), settled_by = ${by}, settled_at = ${at}, outcome = ${outcome}, version = ${version}
    where id = ${id}`.execute(tx)
}

/** As the system, when the accompaniment ends: nothing is left to take. Nobody is said to have settled it. */
export async function settleAllOf(tx: Tx, personId: PersonId, service: string, at: string, outcome: string): Promise<void> {
  await sql`update liaison.alert set state = 'settled', settled_at = ${at}, outcome = ${outcome}, version = version + 1
    where person_id = ${personId} and holder_org = ${service} and state <> 'settled'`.execute(tx)
}

/** As the system: what these rows raised and nobody took, settled by nobody. */
export async function settleUntaken(
  tx: Tx,
  source: string,
  sourceIds: readonly string[],
  at: Date,
  outcome: string,
): Promise<readonly { readonly alertId: AlertId; readonly personId: PersonId; readonly volet: Volet }[]> {
  const { rows } = await sql<{
    alertId: AlertId
    personId: PersonId
    volet: Volet
  }>`update liaison.alert set state = 'settled', settled_at = ${at}, outcome = ${outcome}, version = version + 1
    where source = ${source} and source_id = any (${[...sourceIds]}::uuid[]) and state = 'to_take' returning id as "alertId", person_id as "personId", volet`.execute(
    tx,
  )
  return rows
}

export interface ClimbingAlert {
  readonly id: AlertId
  readonly personId: PersonId
  readonly holderOrg: ServiceId
  readonly volet: Volet
  readonly protection: 'shared' | 'org_private'
  readonly event: string | null
  readonly escalation: number
  readonly escalateAfter: number | null
  readonly referentId: UserId
  readonly binomeId: UserId | null
}

/** As the system: alerts that nobody took in their time, each held for the transaction; whoever else looks passes over them. */
export async function holdClimbing(tx: Tx, now: Date, limit: number): Promise<readonly ClimbingAlert[]> {
  return (
    await sql<ClimbingAlert>`select a.id, a.person_id as "personId", a.holder_org as "holderOrg", a.volet, a.protection, a.event, a.escalation,
      (select v.escalate_after from liaison.alert_rule_version v where v.rule_id = a.rule_id and v.version = a.rule_version) as "escalateAfter",
      e.referent_id as "referentId", e.binome_id as "binomeId"
    from liaison.alert a
    join lateral (select e.referent_id, e.binome_id from episodes.episode e where e.person_id = a.person_id and e.holder_org = a.holder_org and e.state <> 'closed' limit 1) e on true
    where a.state = 'to_take' and a.escalate_at <= ${now} and not exists (select from persons.person p where p.person_id = a.person_id and p.deceased_on is not null) order by a.escalate_at limit ${limit} for update of a skip locked`.execute(
      tx,
    )
  ).rows
}

export async function delayClimbing(tx: Tx, id: AlertId, until: Date): Promise<void> {
  await sql`update liaison.alert set escalate_at = ${until} where id = ${id}`.execute(tx)
}

export async function markClimbed(
  tx: Tx,
  id: AlertId,
  to: { readonly rank: number; readonly addressees: readonly UserId[]; readonly because: string; readonly at: Date; readonly nextAt: Date | null },
): Promise<void> {
  await sql`update liaison.alert set escalation = ${to.rank}, addressees = ${[...to.addressees]}::uuid[], routed_because = ${to.because}, escalated_at = ${to.at}, escalate_at = ${to.nextAt},
    version = version + 1 where id = ${id}`.execute(tx)
}

export interface NewMute {
  readonly id: string
  readonly personId: PersonId
  readonly ruleId: string
  readonly until: string
  readonly reason: string
  readonly by: UserId
  readonly byName: string
  readonly at: Date
  readonly holderOrg: ServiceId
}

export async function insertMute(tx: Tx, mute: NewMute): Promise<void> {
  await sql`insert into liaison.alert_mute (id, person_id, rule_id, until, reason, muted_by, muted_by_name, muted_at, holder_org)
    values (${mute.id}, ${mute.personId}, ${mute.ruleId}, ${mute.until}, ${mute.reason}, ${mute.by}, ${mute.byName}, ${mute.at}, ${mute.holderOrg})`.execute(tx)
}

export interface MuteRow {
  readonly id: string
  readonly personId: PersonId
  readonly holderOrg: ServiceId
  readonly endedAt: string | null
}

export async function findMute(tx: Tx, id: string): Promise<MuteRow | undefined> {
  return (
    await sql<MuteRow>`select id, person_id as "personId", holder_org as "holderOrg", ended_at as "endedAt" from liaison.alert_mute where id = ${id} for update`.execute(
      tx,
    )
  ).rows[0]
}

export async function endMuteRow(tx: Tx, id: string, by: UserId, at: Date): Promise<void> {
  await sql`update liaison.alert_mute set ended_at = ${at}, ended_by = ${by} where id = ${id}`.execute(tx)
}
