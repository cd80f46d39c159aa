import { sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'
import type { CptsReferral, ReferralTarget } from '../contract/referrals.ts'

/** One by its id, or all that the CPTS of the actor received. The database decides what is hers and what is shown of the person. */
export async function selectReferrals(tx: Tx, ended: boolean | null): Promise<CptsReferral[]> {
  const { rows } =
    await sql<CptsReferral>`select id, version, person, phone, language, needs_interpreter as "needsInterpreter", state, sent_at as "sentAt", outcome,
      outcome_at as "endedAt", answered_at as "answeredAt", answered_by_name as "answeredByName",
      case when doctor_name is not null then jsonb_build_object('partyId', doctor_party_id, 'name', doctor_name, 'phone', doctor_phone, 'commune', doctor_commune) end as doctor,
      jsonb_build_object('name', dac_name, 'phone', dac_phone, 'askedByName', asked_by_name) as dac
    from persons.referrals_to_my_cpts(null, ${ended}, 300)`.execute(tx)
  return rows
}

export async function findReferral(tx: Tx, id: string): Promise<ReferralTarget | undefined> {
  const { rows } = await sql<ReferralTarget>`select id, person_id as "personId", cpts_id as "cptsId", version, state, ended
    from persons.referral_to_my_cpts(${id})`.execute(tx)
  return rows[0]
}

export interface WrittenAnswer {
  readonly state: string
  readonly outcome: string | null
  readonly remindOn: string
  readonly doctorPartyId: string | null
  readonly doctorName: string | null
  readonly doctorPhone: string | null
  readonly doctorCommune: string | null
}

/** Gives the new version, or null when the referral is no longer at `base`. */
export async function writeAnswer(
  tx: Tx,
  id: string,
  base: number,
  answer: WrittenAnswer,
  line: { readonly id: string; readonly title: string; readonly byName: string },
): Promise<number | null> {
  const { rows } = await sql<{
    version: number | null
  }>`select persons.answer_as_cpts(${id}, ${base}, ${JSON.stringify(answer)}::jsonb, ${line.byName}, ${line.id}, ${line.title}) as version`.execute(tx)
  return rows[0]?.version ?? null
}
