import { sql } from 'kysely'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { InsiTurn } from '../contract/identity-queries.ts'
import type { InsiOperation } from './insi.sql.ts'

/** At most so many files of a service wait for an answer at a time: the teleservice is shared by the country. */
const mostWaiting = 500

/** Files that the service follows and that may be asked about: complete, neither doubtful nor fictitious, whose traits may leave, with no call that waits, that waits for a decision, or that said all that these very traits can say. A question that an opposition, a limitation or a merge closed is asked again once nothing forbids it. */
const due = (operation: InsiOperation, serviceId: string): ReturnType<typeof sql> => sql`select p.person_id, p.version, p.search_key
  from persons.person p
  where p.person_id in (select persons.traits_may_leave(array(select s.person_id from persons.sight s join persons.person q on q.person_id = s.person_id
      where s.party_id = ${serviceId} and s.basis in ('dac_in_charge', 'request') and s.suspended_at is null and s.starts_at <= platform.clock() and (s.ends_at is null or s.ends_at > platform.clock())
        and case when ${operation}::text = 'verification' then q.ins_matricule is not null and q.ins_contested_at is null and coalesce(q.ins_verified_at, q.ins_retrieved_at) < platform.clock() - interval '1 day'
          else q.ins_matricule is null and not exists (select from persons.insi_call c where c.person_id = q.person_id and (c.state in ('none', 'several') or (c.state = 'outdated' and c.code is null)) and c.asked_version = q.version) end)))
    and p.protection = 'shared' and p.deceased_on is null and p.birth_name is not null and p.birth_given_names <> '{}' and p.birth_date is not null and not p.birth_date_approximate
    and p.sex in ('F', 'M') and p.birth_place_code is not null and not p.identity_attributes && '{doubtful,fictitious}'
    and not exists (select from persons.insi_call c where c.person_id = p.person_id and (c.state = 'waiting' or (c.state = 'found' and c.decided_at is null)))`

export async function countDue(tx: Tx, operation: InsiOperation, serviceId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from (${due(operation, serviceId)}) d`.execute(tx)
  return rows[0]?.n ?? 0
}

/** True where the actor sees each of these files. */
export async function allSeen(tx: Tx, personIds: readonly PersonId[]): Promise<boolean> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from persons.person p where p.person_id = any (${[...personIds]}::uuid[])`.execute(tx)
  return rows[0]?.n === new Set(personIds).size
}

interface NewTurn {
  readonly id: string
  readonly operation: InsiOperation
  readonly serviceId: string
  readonly at: Date
  readonly by: string
  readonly byName: string
  /** These files alone; null: all that are due. */
  readonly personIds: readonly PersonId[] | null
}

/** Writes the turn and its calls, those in charge of whom nobody asks yet; gives the calls in the order of the names. */
export async function insertTurn(tx: Tx, turn: NewTurn): Promise<readonly { readonly callId: string; readonly personId: PersonId }[]> {
  await sql`insert into persons.insi_turn (id, operation, service_id, asked_at, asked_by, asked_by_name)
    values (${turn.id}, ${turn.operation}, ${turn.serviceId}, ${turn.at}, ${turn.by}, ${turn.byName})`.execute(tx)
  const { rows } = await sql<{ callId: string; personId: PersonId }>`with due as (${due(turn.operation, turn.serviceId)}),
    chosen as (select d.* from due d where ${turn.personIds === null}::boolean or d.person_id = any (${[...(turn.personIds ?? [])]}::uuid[]) order by d.search_key, d.person_id
      limit greatest(0, ${mostWaiting} - (select count(*) from persons.insi_call w join persons.insi_turn t on t.id = w.turn_id where t.service_id = ${turn.serviceId} and w.state = 'waiting')))
    insert into persons.insi_call (id, person_id, operation, asked_version, asked_at, asked_by, holder_org, turn_id)
    select gen_random_uuid(), c.person_id, ${turn.operation}, c.version, ${turn.at}, ${turn.by}, ${turn.serviceId}, ${turn.id} from chosen c
    on conflict (person_id) where state = 'waiting' do nothing returning id as "callId", person_id as "personId"`.execute(tx)
  await sql`update persons.insi_turn set total = ${rows.length} where id = ${turn.id}`.execute(tx)
  return rows
}

export async function selectTurns(tx: Tx, serviceId: string): Promise<readonly InsiTurn[]> {
  const { rows } = await sql<InsiTurn>`select t.id, t.operation, t.asked_at as "askedAt", t.asked_by_name as "askedByName", t.total,
      coalesce((select jsonb_agg(jsonb_build_object('state', k.state, 'count', k.n)) from (select c.state, count(*) as n from persons.insi_call c where c.turn_id = t.id group by c.state) k), '[]') as counts
    from persons.insi_turn t where t.service_id = ${serviceId} order by t.asked_at desc limit 3`.execute(tx)
  return rows
}
