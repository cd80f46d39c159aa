import { sql } from 'kysely'
import type { Volet } from '../../platform/contract/actor.ts'
import type { PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { AlertId } from '../contract/note.ts'

/** An alertRow of the contract; the alias is `a`. */
export const alertJson = sql`jsonb_build_object('id', a.id, 'version', a.version, 'personId', a.person_id, 'holderOrg', a.holder_org, 'title', a.title, 'summary', a.summary, 'source', a.source,
  'sourceId', a.source_id, 'raisedAt', a.raised_at, 'raisedByName', a.raised_by_name, 'raisedByFunction', coalesce((select lower(u.profession_label) from territory.user_account u where u.id = a.raised_by and a.raised_by_function = 'professionnel du cercle'), a.raised_by_function), 'state', a.state, 'takenById', a.taken_by,
  'takenByName', (select u.given_name || ' ' || u.family_name from territory.user_account u where u.id = a.taken_by), 'volet', a.volet)`

export interface NewAlert {
  readonly id: AlertId
  readonly personId: PersonId
  readonly title: string
  readonly summary: string | null
  readonly source: string
  readonly sourceId: string
  readonly raisedAt: Date
  readonly raisedBy: UserId
  readonly raisedByName: string
  readonly raisedByFunction: string | null
  readonly volet: Volet
  readonly holderOrg: ServiceId
  readonly protection: 'shared' | 'org_private'
}

export async function insertAlert(tx: Tx, alert: NewAlert): Promise<void> {
  await sql`insert into liaison.alert (id, person_id, title, summary, source, source_id, raised_at, raised_by, raised_by_name, raised_by_function, volet, holder_org, protection)
    values (${alert.id}, ${alert.personId}, ${alert.title}, ${alert.summary}, ${alert.source}, ${alert.sourceId}, ${alert.raisedAt}, ${alert.raisedBy}, ${alert.raisedByName}, ${alert.raisedByFunction},
      ${alert.volet}, ${alert.holderOrg}, ${alert.protection})`.execute(tx)
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
  readonly volet: Volet
  readonly protection: 'shared' | 'org_private'
  readonly version: number
}

/** Kept for the transaction: of two who take it at once, one is told of the other. */
export async function findAlert(tx: Tx, id: AlertId): Promise<AlertRow | undefined> {
  return (
    await sql<AlertRow>`select a.id, a.person_id as "personId", a.holder_org as "holderOrg", a.title, a.state, a.taken_by as "takenBy",
    (select u.given_name || ' ' || u.family_name from territory.user_account u where u.id = a.taken_by) as "takenByName", a.source_id as "sourceId", a.volet, a.protection, a.version
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
