import { sql } from 'kysely'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { PersonNoticeId } from '../contract/notice-actions.ts'
import type { NoticeKind, NoticeObstacle } from '../contract/person-notices.ts'
import type { NonOppositionState } from '../contract/rights.ts'

export interface DueNotice {
  readonly id: PersonNoticeId
  readonly personId: PersonId
  readonly kind: NoticeKind
  readonly state: 'to_send' | 'sending'
  readonly attempts: number
  readonly happenedAt: string
  readonly deceased: boolean
  readonly atRisk: boolean
  readonly minor: boolean
  readonly measures: readonly { readonly measure: string; readonly scope: string | null }[]
  readonly answers: readonly { readonly number: number; readonly state: NonOppositionState }[]
  readonly byHand: boolean
  readonly service: { readonly name: string; readonly phone: string | null } | null
}

/** The next notice that is due, held for the transaction, with what decides whether it may leave as it stands now. As the system. */
export async function holdNotice(tx: Tx, now: Date): Promise<DueNotice | undefined> {
  return (
    await sql<DueNotice>`with due as materialized (
        select n.id from persons.person_notice n where n.state in ('to_send', 'sending') and n.next_attempt_at <= ${now} order by n.next_attempt_at, n.id limit 1 for update skip locked)
      select n.id, n.person_id as "personId", n.kind, n.state, n.attempts, n.happened_at as "happenedAt", p.deceased_on is not null as deceased,
        persons.at_risk(n.person_id) or n.reason is not distinct from 'danger' as "atRisk",
        coalesce(p.birth_date > platform.today() - interval '18 years', false) as minor,
        coalesce((select jsonb_agg(jsonb_build_object('measure', m.measure, 'scope', m.scope)) from persons.protection_measure m
          where m.person_id = n.person_id and (m.ends_on is null or m.ends_on >= platform.today())), '[]') as measures,
        coalesce((select jsonb_agg(jsonb_build_object('number', a.number, 'state', a.state)) from (select distinct on (number) number, state from persons.non_opposition
          where person_id = n.person_id order by number, recorded_at desc, id desc) a), '[]') as answers,
        coalesce((select w.wish = 'by_hand' from persons.notice_wish w where w.person_id = n.person_id order by w.recorded_at desc, w.id desc limit 1), false) as "byHand",
        (select jsonb_build_object('name', v.name, 'phone', v.phone) from territory.service v where v.id = n.holder_org and v.kind = 'dac') as service
      from due join persons.person_notice n on n.id = due.id join persons.person p on p.person_id = n.person_id`.execute(tx)
  ).rows[0]
}

/** Written down before anything leaves: a process that dies after that never sends it again. */
export async function markSending(tx: Tx, id: PersonNoticeId, until: Date): Promise<void> {
  await sql`update persons.person_notice set state = 'sending', attempts = attempts + 1, next_attempt_at = ${until} where id = ${id}`.execute(tx)
}

export async function markSent(tx: Tx, id: PersonNoticeId, at: Date): Promise<void> {
  await sql`update persons.person_notice set state = 'sent', sent_at = ${at}, obstacle = null where id = ${id} and state = 'sending'`.execute(tx)
}

export async function markToHand(tx: Tx, id: PersonNoticeId, obstacle: NoticeObstacle): Promise<void> {
  await sql`update persons.person_notice set state = 'to_hand', obstacle = ${obstacle} where id = ${id} and state in ('to_send', 'sending')`.execute(tx)
}

export async function markLater(tx: Tx, id: PersonNoticeId, at: Date): Promise<void> {
  await sql`update persons.person_notice set state = 'to_send', next_attempt_at = ${at} where id = ${id} and state = 'sending'`.execute(tx)
}

/** Tells the services that answer for her, and nobody of the circle: no person on the event itself. */
export async function tellHerServices(tx: Tx, notice: Pick<DueNotice, 'id' | 'personId'>): Promise<void> {
  await sql`insert into platform.event_inbox (id, type, audience, payload)
    select ${newId()}, 'persons.personNotice.changed', array_agg(distinct s.party_id), ${JSON.stringify({ id: notice.id, personId: notice.personId })}::jsonb
    from persons.sight s where s.person_id = ${notice.personId} and s.basis in ('dac_in_charge', 'request') and s.suspended_at is null
      and s.starts_at <= platform.clock() and (s.ends_at is null or s.ends_at > platform.clock()) having count(*) > 0`.execute(tx)
}
