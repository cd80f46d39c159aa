import { sql } from 'kysely'
import type { Volet } from '../../platform/contract/actor.ts'
import type { PartyId, PersonId, ServiceId, UserId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { AgreementId, PlanAgreement, PlanId } from '../contract/plan.ts'

export interface NewAgreement {
  readonly id: AgreementId
  readonly planId: PlanId
  readonly personId: PersonId
  readonly number: number
  readonly party: string
  readonly partyId: PartyId | null
  readonly partyName: string
  readonly state: string
  readonly mode: string | null
  readonly answeredOn: string
  readonly notedBy: UserId
  readonly notedByName: string
  readonly recordedAt: Date
  readonly holderOrg: ServiceId
  readonly words: string | null
  readonly wordsVolet: Volet
}

export async function insertAgreement(tx: Tx, row: NewAgreement): Promise<void> {
  await sql`insert into care_plans.agreement (id, plan_id, person_id, number, party, party_id, party_name, state, mode, answered_on, noted_by, noted_by_name, recorded_at, holder_org)
    values (${row.id}, ${row.planId}, ${row.personId}, ${row.number}, ${row.party}, ${row.partyId}, ${row.partyName}, ${row.state}, ${row.mode}, ${row.answeredOn}, ${row.notedBy}, ${row.notedByName},
      ${row.recordedAt}, ${row.holderOrg})`.execute(tx)
  if (row.words !== null)
    await sql`insert into care_plans.agreement_remark (agreement_id, person_id, words, volet, holder_org) values (${row.id}, ${row.personId}, ${row.words}, ${row.wordsVolet}, ${row.holderOrg})`.execute(
      tx,
    )
}

/** The last answer of each party on a number of the plan: the person first, then the médecin traitant, then the others by name. */
export async function selectAgreements(tx: Tx, planId: PlanId, number: number): Promise<PlanAgreement[]> {
  return (
    await sql<PlanAgreement>`select * from (
      select distinct on (g.party, coalesce(g.party_id::text, g.party_name)) g.id, g.number, g.party, g.party_id as "partyId", g.party_name as "partyName", g.state, g.mode, g.answered_on as "answeredOn",
        g.noted_by_name as "notedByName", (select r.words from care_plans.agreement_remark r where r.agreement_id = g.id) as words
      from care_plans.agreement g where g.plan_id = ${planId} and g.number = ${number}
      order by g.party, coalesce(g.party_id::text, g.party_name), g.recorded_at desc, g.id desc) last
    order by array_position(array['person', 'legal_representative', 'gp', 'caregiver', 'participant'], last.party), last."partyName"`.execute(tx)
  ).rows
}
