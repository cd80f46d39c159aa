import type pg from 'pg'
import { type AuditSigner, headText } from '../../platform/server/audit-chain.ts'
import { selectHead } from '../server/chain/standing.sql.ts'

/** Leaves `n` varied lines in the inbox: readings, lists, writings, refusals, logins, of a few services and many persons. */
export async function leaveLines(client: Pick<pg.ClientBase, 'query'>, n: number, { persons = 50_000, users = 400 } = {}): Promise<void> {
  await client.query(
    `insert into audit.inbox (id, at, actor_id, actor_kind, actor_name, service_id, service_name, category, functions, manner, name, kind, outcome, code, reason, purpose,
       person_ids, bases, volets, details, request_id, address)
     select gen_random_uuid(), clock_timestamp() - make_interval(secs => ($1::int - g) / 1000.0), ('00000000-0000-7000-8000-' || lpad((g * 7919 % $3::int)::text, 12, '0'))::uuid, 'user', 'Utilisateur n° ' || (g * 7919 % $3::int),
       ('00000000-0000-7000-9000-' || lpad((g * 7919 % $3::int % 24)::text, 12, '0'))::uuid, 'DAC n° ' || (g * 7919 % $3::int % 24), (array['coordination', 'health', 'social'])[1 + g % 3], '{referent}',
       case when g % 97 = 0 then 'export' else 'screen' end,
       (array['persons.header', 'persons.timeline', 'episodes.caseload', 'liaison.note.add', 'persons.search', 'carePlans.plan', 'session.open', 'persons.header'])[1 + g % 8],
       case g % 8 when 3 then 'action' when 6 then 'login' else 'query' end,
       case when g % 53 = 0 then 'refused' else 'done' end, case when g % 53 = 0 then 'forbidden' end, case when g % 53 = 0 then 'Réservé au DAC qui accompagne la personne.' end, 'coordination',
       case when g % 8 = 6 then '{}'::uuid[] else p.ids end, case when g % 8 = 6 then '{}'::text[] else array_fill(case when g % 211 = 0 then 'break_glass' else 'dac_in_charge' end, array[cardinality(p.ids)]) end,
       case when g % 8 = 6 then '{}'::text[] else '{administrative,social}'::text[] end, '{}', gen_random_uuid()::text, '192.0.2.' || g % 250
     from generate_series(1, $1::int) g cross join lateral (
       select array(select ('00000000-0000-7000-a000-' || lpad(((g * 104729::bigint + i * 31) % $2::int)::text, 12, '0'))::uuid from generate_series(1, case when g % 8 = 2 then 20 else 1 end) i) as ids) p`,
    [n, persons, users],
  )
}

/** Seals all that waits, as the sequencer does, and signs the head. Gives how many lines. */
export async function sealAll(client: Pick<pg.ClientBase, 'query'>, signer?: AuditSigner, batch = 500): Promise<number> {
  let lines = 0
  for (;;) {
    const { rows } = await client.query<{ moved: number }>('select moved from audit.seal($1)', [batch])
    const moved = rows[0]?.moved ?? 0
    if (moved === 0) return lines
    lines += moved
    if (signer === undefined) continue
    const head = await selectHead(client)
    await client.query('select audit.sign_head($1, $2, $3)', [head.seq, signer.sign(headText(head)), signer.keyId])
  }
}
