import { sql } from 'kysely'
import type { Tx } from '../../platform/server/db.ts'
import type { RequestDetail } from '../contract/request-line.ts'
import type { SollicitationId } from '../contract/sollicitation.ts'
import { lineColumns, reorientationColumns } from './request-lists.sql.ts'

const instant = (column: string) => sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const userName = (column: string) => sql`(select u.given_name || ' ' || u.family_name from territory.user_account u where u.id = ${sql.ref(column)})`
const named = (column: string) =>
  sql`(select jsonb_build_object('id', u.id, 'name', u.given_name || ' ' || u.family_name) from territory.user_account u where u.id = ${sql.ref(column)})`

type Parts = Omit<RequestDetail, 'request'>

/** One request and all its parts, in one statement. */
export async function selectDetail(tx: Tx, id: SollicitationId): Promise<RequestDetail> {
  const { rows } = await sql<RequestDetail['request'] & Parts>`
    select ${lineColumns}, s.holder_org as "holderOrg", s.channel, s.caller_phone as "callerPhone", s.requester_phone as "requesterPhone", s.requester_party_id as "requesterPartyId",
      s.requester_user_id as "requesterUserId", s.referred_by_name as "referredByName", s.referred_by_quality as "referredByQuality", s.referred_by_party_id as "referredByPartyId",
      s.person_informed as "personInformed", s.person_informed_by as "personInformedBy", s.person_informed_on as "personInformedOn", s.commune_code as "communeCode",
      (select jsonb_build_object('id', d.id, 'name', d.name) from territory.perimeter p join territory.service d on d.id = p.service_id
        where p.commune_code = s.commune_code and p.exclusive and daterange(p.starts_on, p.ends_on, '[)') @> platform.today() limit 1) as "communeDac",
      s.extra, s.cno_level as "cnoLevel", s.triage_since as "triageSince", s.triage_proposal as "triageProposal", s.episode_id as "episodeId", s.merged_into as "mergedInto",
      ${userName('s.recorded_by')} as "recordedByName",
      coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'code', a.code, 'principal', a.principal, 'text', a.text, 'noFollowUpReason', a.no_follow_up_reason,
          'givenAt', ${instant('a.given_at')}, 'givenByName', a.given_by_name) order by a.principal desc, a.given_at) from intake.answer a where a.sollicitation_id = s.id), '[]') as answers,
      coalesce((select jsonb_agg(jsonb_build_object('check', f.check_code, 'finding', f.finding, 'note', f.note, 'notedAt', ${instant('f.noted_at')}) order by f.check_code)
          from intake.subsidiarity f where f.sollicitation_id = s.id), '[]') as subsidiarity,
      coalesce((select jsonb_agg(to_jsonb(one) || jsonb_build_object('sentAt', ${instant('one.sentAt')}, 'outcomeAt', ${instant('one.outcomeAt')}) order by one."sentAt")
          from (select ${reorientationColumns} from intake.reorientation r where r.sollicitation_id = s.id) one), '[]') as reorientations,
      coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'addressedTo', f.addressed_to, 'recipientName', f.recipient_name, 'channel', f.channel, 'text', f.text,
          'givenAt', ${instant('f.given_at')}, 'givenByName', f.given_by_name) order by f.given_at) from intake.feedback f where f.sollicitation_id = s.id), '[]') as feedbacks,
      coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'decision', d.decision, 'dacReasons', d.dac_reasons, 'level', d.level, 'referent', ${named('d.referent_id')},
          'deputy', ${named('d.deputy_id')}, 'comment', d.comment, 'nextStep', d.next_step, 'nextStepOn', d.next_step_on, 'participants', d.participants,
          'decidedAt', ${instant('d.decided_at')}, 'decidedByName', d.decided_by_name, 'episodeId', d.episode_id) order by d.decided_at) from intake.triage_decision d
          where d.sollicitation_id = s.id), '[]') as decisions,
      coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'number', m.number, 'receivedAt', ${instant('m.received_at')}, 'requesterName', m.requester_name,
          'text', (select t.text from intake.request_text t where t.sollicitation_id = m.id)) order by m.received_at) from intake.sollicitation m where m.merged_into = s.id), '[]') as merged,
      coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'at', ${instant('c.at')}, 'outgoing', c.outgoing, 'callerName', c.caller_name, 'channel', c.channel,
          'text', (select t.text from intake.contact_text t where t.contact_id = c.id), 'recordedByName', c.recorded_by_name) order by c.at)
          from intake.contact c where c.sollicitation_id = s.id), '[]') as contacts,
      coalesce((select jsonb_agg(jsonb_build_object('kind', e.kind, 'at', ${instant('e.at')}, 'byName', e.by_name, 'note', e.note) order by e.at, e.id)
          from intake.request_event e where e.sollicitation_id = s.id), '[]') as steps,
      coalesce((select jsonb_agg(jsonb_build_object('fromName', a.name, 'toName', b.name, 'at', ${instant('t.transferred_at')}, 'reason', t.reason) order by t.transferred_at)
          from intake.transfer t join territory.service a on a.id = t.from_service join territory.service b on b.id = t.to_service where t.sollicitation_id = s.id), '[]') as transfers
    from intake.sollicitation s where s.id = ${id}`.execute(tx)
  const { answers, subsidiarity, reorientations, feedbacks, decisions, merged, contacts, steps, transfers, ...request } = rows[0] as RequestDetail['request'] &
    Parts
  return { request, answers, subsidiarity, reorientations, feedbacks, decisions, merged, contacts, steps, transfers }
}
