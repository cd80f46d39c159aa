import type pg from 'pg'
import { newId } from '../../platform/contract/ids.ts'
import { type AuditSigner, headText, lineText } from '../../platform/server/audit-chain.ts'
import { type SignedHead, selectHead } from '../server/chain/standing.sql.ts'

type Client = Pick<pg.ClientBase, 'query'>

/** What somebody who owns the tables, knows the algorithm and kept former heads can work with; she has neither the key nor the anchors. */
export interface Forger {
  readonly client: Client
  readonly random: () => number
  readonly lines: number
  /** Signed heads that she saw earlier, with less lines than now. */
  readonly formerHeads: readonly SignedHead[]
  /** The server that goes on and signs whatever head it finds. */
  readonly server: AuditSigner
}

export interface Tampering {
  readonly name: string
  readonly forge: (forger: Forger) => Promise<void>
}

const int = ({ random }: Forger, from: number, to: number): number => from + Math.floor(random() * (to - from + 1))
const aLine = (forger: Forger): number => int(forger, 1, forger.lines)

/** Computes the hashes anew from a line on, as anybody can, and puts the head in line; the signature cannot follow. */
async function rechain({ client }: Forger, from: number): Promise<void> {
  await client.query(`do $$
    declare r record; h bytea := coalesce((select e.hash from audit.entry e where e.seq < ${from} order by e.seq desc limit 1), '\\x00'); last bigint := 0;
    begin
      for r in select e.ctid, e.tableoid, e.seq, ${lineText('e')} as text from audit.entry e where e.seq >= ${from} order by e.seq loop
        h := sha256(h || convert_to(chr(10) || r.seq || chr(10) || r.text, 'UTF8'));
        update audit.entry e set hash = h where e.ctid = r.ctid and e.tableoid = r.tableoid;
        last := r.seq;
      end loop;
      update audit.head set hash = h, seq = (select max(seq) from audit.entry);
    end $$`)
}

const edits: readonly string[] = [
  `actor_id = gen_random_uuid()`,
  `actor_name = coalesce(actor_name, '') || ' '`,
  `service_id = null`,
  `service_name = 'Un autre service'`,
  `category = 'health '`,
  `functions = functions || '{doctor}'`,
  `name = name || 'x'`,
  `kind = case kind when 'query' then 'action' else 'query' end`,
  `manner = case manner when 'screen' then 'print' else 'screen' end`,
  `outcome = case outcome when 'done' then 'refused' else 'done' end`,
  `code = coalesce(code, '') || 'x'`,
  `reason = coalesce(reason, '') || '.'`,
  `purpose = 'rights'`,
  `person_ids = person_ids || gen_random_uuid()`,
  `bases = bases || '{consent}'`,
  `volets = volets || '{health}'`,
  `details = details || '{"x": 1}'`,
  `request_id = 'x'`,
  `address = '198.51.100.1'`,
  `at = at - interval '1 microsecond'`,
  `sealed_at = sealed_at + interval '1 microsecond'`,
  `id = gen_random_uuid()`,
]
const anEdit = (forger: Forger): string => String(edits[int(forger, 0, edits.length - 1)])

/** Puts back a head that was once signed. */
async function putBack({ client }: Forger, head: SignedHead): Promise<void> {
  await client.query(
    `update audit.head set seq = $1, hash = $2, sealed_at = 'epoch'::timestamptz + make_interval(secs => 0) + $3::bigint * interval '1 microsecond', signature = $4, key_id = $5`,
    [head.seq, head.hash, head.micros, head.signature, head.keyId],
  )
}

const aFormerHead = (forger: Forger): SignedHead => forger.formerHeads[int(forger, 0, forger.formerHeads.length - 1)] as SignedHead

/** Every way that the table owner has, from the clumsy to the careful. */
export const tamperings: readonly Tampering[] = [
  { name: 'a hash', forge: async (f) => void (await f.client.query('update audit.entry set hash = sha256(hash) where seq = $1', [aLine(f)])) },
  { name: 'a column of a line', forge: async (f) => void (await f.client.query(`update audit.entry set ${anEdit(f)} where seq = $1`, [aLine(f)])) },
  {
    name: 'a line, its hash computed anew',
    forge: async (f) => {
      const n = aLine(f)
      await f.client.query(`update audit.entry set ${anEdit(f)} where seq = $1`, [n])
      const { rows } = await f.client.query(`select hash from audit.entry where seq = $1`, [n - 1])
      await f.client.query(
        `update audit.entry e set hash = sha256($2::bytea || convert_to(chr(10) || e.seq || chr(10) || ${lineText('e')}, 'UTF8')) where e.seq = $1`,
        [n, rows[0]?.hash ?? Buffer.from([0])],
      )
      // the last line alone: its head follows it
      if (n === f.lines) await f.client.query('update audit.head set hash = (select hash from audit.entry where seq = $1)', [n])
    },
  },
  {
    name: 'a line, and the whole chain after it',
    forge: async (f) => {
      const n = aLine(f)
      await f.client.query(`update audit.entry set ${anEdit(f)} where seq = $1`, [n])
      await rechain(f, n)
    },
  },
  {
    name: 'a line and the whole chain, before the server signs the new head',
    forge: async (f) => {
      const n = int(f, 1, Math.max(...f.formerHeads.map((head) => head.seq)))
      await f.client.query(`update audit.entry set ${anEdit(f)} where seq = $1`, [n])
      await rechain(f, n)
      await serverGoesOn(f)
    },
  },
  {
    name: 'lines taken out',
    forge: async (f) => {
      const n = aLine(f)
      await f.client.query('delete from audit.entry where seq between $1 and $2', [n, n + int(f, 0, 4)])
    },
  },
  {
    name: 'lines taken out, the others renumbered and chained anew',
    forge: async (f) => {
      const n = int(f, 1, f.lines - 5)
      const gone = int(f, 1, 4)
      await f.client.query('delete from audit.entry where seq between $1 and $2', [n, n + gone - 1])
      await f.client.query('update audit.entry set seq = seq - $2 where seq >= $1', [n, gone])
      await rechain(f, n)
    },
  },
  {
    name: 'two lines that change places',
    forge: async (f) => {
      const n = int(f, 1, f.lines - 1)
      const m = int(f, n + 1, f.lines)
      await f.client.query(
        `update audit.entry a set (id, actor_id, name, person_ids, at) = (select b.id, b.actor_id, b.name, b.person_ids, b.at from audit.entry b where b.seq = case a.seq when $1 then $2 else $1 end::bigint)
        where a.seq in ($1, $2)`,
        [n, m],
      )
    },
  },
  {
    name: 'two numbers exchanged',
    forge: async (f) => {
      const n = int(f, 1, f.lines - 1)
      await f.client.query('update audit.entry set seq = case seq when $1 then $2::bigint else $1::bigint end where seq in ($1, $2)', [
        n,
        int(f, n + 1, f.lines),
      ])
    },
  },
  {
    name: 'two numbers exchanged, chained anew',
    forge: async (f) => {
      const n = int(f, 1, f.lines - 1)
      await f.client.query('update audit.entry set seq = case seq when $1 then $2::bigint else $1::bigint end where seq in ($1, $2)', [
        n,
        int(f, n + 1, f.lines),
      ])
      await rechain(f, n)
    },
  },
  {
    name: 'a line added, with a number already taken',
    forge: async (f) => copyLine(f, aLine(f), '0'),
  },
  {
    name: 'a line added at the end, chained, with its head',
    forge: async (f) => {
      await copyLine(f, f.lines, '1')
      await rechain(f, f.lines + 1)
    },
  },
  {
    name: 'a line added in the middle, the others renumbered and chained anew',
    forge: async (f) => {
      const n = aLine(f)
      await f.client.query('update audit.entry set seq = seq + 1 where seq > $1', [n])
      await copyLine(f, n, '1')
      await rechain(f, n)
    },
  },
  { name: 'the tail cut off', forge: async (f) => void (await f.client.query('delete from audit.entry where seq > $1', [int(f, 0, f.lines - 1)])) },
  {
    name: 'the tail cut off, its head made to match',
    forge: async (f) => {
      const n = int(f, 1, f.lines - 1)
      await f.client.query('delete from audit.entry where seq > $1', [n])
      await rechain(f, n)
    },
  },
  {
    name: 'the tail cut off, a former signed head put back',
    forge: async (f) => {
      const head = aFormerHead(f)
      await f.client.query('delete from audit.entry where seq > $1', [head.seq])
      await putBack(f, head)
    },
  },
  {
    name: 'the tail cut off, a former signed head put back, then the server goes on',
    forge: async (f) => {
      const head = aFormerHead(f)
      await f.client.query('delete from audit.entry where seq > $1', [head.seq])
      await putBack(f, head)
      await serverGoesOn(f, f.lines - head.seq + int(f, 0, 3))
    },
  },
  {
    name: 'the start cut off',
    forge: async (f) => void (await f.client.query('delete from audit.entry where seq <= $1', [int(f, 1, f.lines - 1)])),
  },
  {
    name: 'the start cut off, a proof of destruction slipped into the inbox, which the server seals and signs',
    forge: async (f) => {
      const n = int(f, 1, f.lines - 1)
      const { rows } = await f.client.query<{ hash: string }>(`select encode(hash, 'hex') as hash from audit.entry where seq = $1`, [n])
      await f.client.query('delete from audit.entry where seq <= $1', [n])
      await f.client.query(
        `insert into audit.inbox (id, actor_kind, name, kind, manner, outcome, details) values ($1, 'job', 'audit.retention', 'action', 'job', 'done', $2)`,
        [
          newId(),
          JSON.stringify({ month: '2023-01', fromSeq: 1, toSeq: n, hash: rows[0]?.hash, lines: n, keyId: f.server.keyId, signature: aFormerHead(f).signature }),
        ],
      )
      await serverGoesOn(f, 0)
    },
  },
  { name: 'everything taken out', forge: async (f) => void (await f.client.query('delete from audit.entry')) },
  {
    name: 'everything taken out, the head set back to the origin',
    forge: async (f) => {
      await f.client.query('delete from audit.entry')
      await f.client.query(`update audit.head set seq = 0, hash = '\\x00', sealed_at = 'epoch', signature = null, key_id = null`)
    },
  },
  {
    name: 'the head alone',
    forge: async (f) => {
      const changes = [
        'seq = seq + 1',
        'seq = seq - 1',
        'hash = sha256(hash)',
        `sealed_at = sealed_at + interval '1 microsecond'`,
        'signature = null',
        `signature = 'AAAA'`,
        `key_id = 'x'`,
      ]
      await f.client.query(`update audit.head set ${changes[int(f, 0, changes.length - 1)]}`)
    },
  },
]

async function copyLine({ client }: Forger, seq: number, shift: string): Promise<void> {
  await client.query(
    `insert into audit.entry select (jsonb_populate_record(e, jsonb_build_object('seq', e.seq + ${shift}, 'id', gen_random_uuid()))).* from audit.entry e where e.seq = $1 limit 1`,
    [seq],
  )
}

/** The server writes on, seals and signs: it trusts the head that it finds. */
async function serverGoesOn({ client, server }: Forger, lines = 1): Promise<void> {
  for (let n = 0; n < lines; n += 1)
    await client.query(`insert into audit.inbox (id, actor_kind, name, kind, outcome) values ($1, 'job', 'persons.header', 'query', 'done')`, [newId()])
  await client.query('select audit.seal(5000)')
  const head = await selectHead(client)
  await client.query('select audit.sign_head($1, $2, $3)', [head.seq, server.sign(headText(head)), server.keyId])
}

/** A sequence of numbers in [0, 1) that a seed decides (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
