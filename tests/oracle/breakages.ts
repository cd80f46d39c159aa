import { sql } from 'kysely'
import type pg from 'pg'
import { registry as product } from '../../src/app/server/registry.ts'
import { DomainError } from '../../src/platform/contract/errors.ts'
import type { Implementation } from '../../src/platform/server/implement.ts'
import type { DirectedCase } from './directed.ts'

/**
 * Builds broken on purpose, to see that the proof would notice: rules of the test's database rewritten, or an implementation wrapped. None of these
 * switches is in the product.
 */
export interface DatabaseBreakage {
  readonly name: string
  /** Breaks the database; gives the way back. */
  readonly apply: (superuser: pg.Client) => Promise<() => Promise<void>>
}

/** Rewrites the condition of every policy of the application that holds `text`; refuses to break nothing. */
function policies(name: string, text: RegExp, by: string): DatabaseBreakage {
  return {
    name,
    apply: async (superuser) => {
      const { rows } = await superuser.query<{ target: string; policy: string; qual: string }>(
        `select format('%I.%I', schemaname, tablename) as target, policyname as policy, qual from pg_policies where 'jalon_app' = any (roles) and qual is not null`,
      )
      const changed = rows.map((row) => ({ ...row, broken: row.qual.replaceAll(new RegExp(text, 'g'), by) })).filter(({ qual, broken }) => qual !== broken)
      if (changed.length < 20) throw new Error(`${name}: only ${changed.length} policies were changed, the breakage no longer fits the product`)
      for (const { target, policy, broken } of changed) await superuser.query(`alter policy ${policy} on ${target} using (${broken})`)
      return async () => {
        for (const { target, policy, qual } of changed) await superuser.query(`alter policy ${policy} on ${target} using (${qual})`)
      }
    },
  }
}

/** Replaces the body of a function, keeping its owner, rights and settings. */
function body(name: string, signature: string, broken: string): DatabaseBreakage {
  return {
    name,
    apply: async (superuser) => {
      const { rows } = await superuser.query<{ definition: string; language: string }>(
        `select pg_get_functiondef($1::regprocedure) as definition, l.lanname as language from pg_proc p join pg_language l on l.oid = p.prolang where p.oid = $1::regprocedure`,
        [signature],
      )
      const [row] = rows
      if (row === undefined) throw new Error(`${name}: no function ${signature}`)
      const { definition, language } = row
      const head = definition.slice(0, definition.indexOf('\nAS '))
      await superuser.query(`${head}\nAS $broken$ ${language === 'plpgsql' ? `begin ${broken.replace(/^select/, 'return')}; end` : broken} $broken$`)
      return async () => {
        await superuser.query(definition)
      }
    },
  }
}

/** Row-level security off on one table: its rows are open to whoever asks. */
function unprotected(table: string): DatabaseBreakage {
  return {
    name: `no row-level security on ${table}`,
    apply: async (superuser) => {
      await superuser.query(`alter table ${table} disable row level security`)
      return async () => {
        await superuser.query(`alter table ${table} enable row level security`)
      }
    },
  }
}

/** Caught by a look at a world that has every state in it. */
export const policyBreakages: readonly DatabaseBreakage[] = [
  policies('a suspended right still opens', /\((\w+)\.suspended_at IS NULL\)/, 'true'),
  policies('the volets of a right are ignored', /\((\w+\.)?volet = ANY \(s\.volets\)\)/, 'true'),
  policies('the category of the reader is ignored', /\((\w+\.)?volet = ANY \(\( SELECT platform\.actor_volets\(\) AS actor_volets\)::text\[\]\)\)/, 'true'),
  policies('private rooms and restricted items are shared', /\((\w+\.)?protection = 'shared'::text\)/, 'true'),
  policies('the private room of a service is open to the others', /\((\w+\.)?holder_org = \( SELECT platform\.actor_service\(\) AS actor_service\)\)/, 'true'),
  policies('a right that ended still opens', /\(s\.ends_at > \( SELECT platform\.clock\(\) AS clock\)\)/, 'true'),
  policies('a right opens before its beginning', /\(s\.starts_at <= \( SELECT platform\.clock\(\) AS clock\)\)/, 'true'),
  // On persons.sight as well, whose own policy is a second lock.
  policies('the right of anybody opens to all', /\((s\.)?party_id = ANY \(\( SELECT platform\.actor_parties\(\) AS actor_parties\)::uuid\[\]\)\)/, 'true'),
  policies('the health volet is closed to everybody', /\((\w+\.)?volet = ANY \(s\.volets\)\)/, `(volet = ANY (array_remove(s.volets, 'health')))`),
  unprotected('liaison.note'),
]

/** What a gesture makes void, with the case that shows it: nothing is left to chance, so that a build that is not broken is known as well. */
export interface GestureBreakage extends DatabaseBreakage {
  /** Who loses what she saw: played on a whole build she no longer sees it, on a broken one she still does. */
  readonly loses: DirectedCase
}

export const gestureBreakages: readonly GestureBreakage[] = [
  {
    loses: 'the doctor, once the person opposes sharing',
    ...body('oppositions suspend nothing', 'persons.suspensions_of(uuid, uuid, text)', `select '{}'::text[]`),
  },
  {
    loses: 'the doctor, once the health volet is kept from her trade',
    ...body('a volet withheld stays open', 'persons.withheld_from(uuid, uuid)', `select '{}'::text[]`),
  },
  { loses: 'the référente of the DAC, once she is refused', ...body('a refusal forgets the service', 'persons.refusing_actor()', `select '{}'::uuid[]`) },
  { loses: 'the doctor, once the use is limited', ...body('a limitation leaves the circle reading', 'persons.use_limited(uuid)', 'select false') },
]

export interface RegistryBreakage {
  readonly name: string
  /** The one that is careless. */
  readonly query: string
  readonly registry: ReadonlyMap<string, Implementation>
}

type Handler = Implementation['handler']

function wrapped(name: string, change: (handler: Handler) => Handler): ReadonlyMap<string, Implementation> {
  const implementation = product.get(name)
  if (implementation === undefined) throw new Error(`no implementation of ${name}`)
  return new Map(product).set(name, { ...implementation, handler: change(implementation.handler) })
}

/** Servers with one careless query each: what the search for canary strings, and the comparison with what is absent, must notice. */
export const registryBreakages: readonly RegistryBreakage[] = [
  {
    name: 'a query reads its list as the system',
    query: 'query:persons.search',
    registry: wrapped('query:persons.search', (handler) => ({
      ...handler,
      run: async (context, input, target) => {
        await sql`set local role jalon_system`.execute(context.tx)
        const { rows } = await sql<{ name: string }>`select used_name as name from persons.person order by random() limit 3`.execute(context.tx)
        await sql`set local role none`.execute(context.tx)
        const answer = (await handler.run(context, input as never, target)) as { understood: string[] }
        return { ...answer, understood: rows.map(({ name }) => name) } as never
      },
    })),
  },
  {
    name: 'a refusal quotes what it refuses',
    query: 'query:liaison.note',
    registry: wrapped('query:liaison.note', (handler) => ({
      ...handler,
      load: async (context, input) => {
        await sql`set local role jalon_system`.execute(context.tx)
        const { rows } = await sql<{ body: string }>`select body from liaison.note where id = ${(input as { id: string }).id}`.execute(context.tx)
        await sql`set local role none`.execute(context.tx)
        const target = await handler.load(context, input as never).catch((error: unknown) => {
          throw rows[0] === undefined ? error : new DomainError('forbidden', 'forbidden', {}, { reason: `Note « ${rows[0].body} » fermée.` })
        })
        return target as never
      },
    })),
  },
  {
    name: 'an export forgets the scope of its list',
    query: 'query:episodes.caseload',
    registry: wrapped('query:episodes.caseload', (handler) => ({
      ...handler,
      run: async (context, input, target) => {
        const answer = (await handler.run(context, input as never, target)) as { rows: { person: { usedName: string | null } }[] }
        await sql`set local role jalon_system`.execute(context.tx)
        const { rows } = await sql<{ name: string }>`select used_name as name from persons.person limit 40`.execute(context.tx)
        await sql`set local role none`.execute(context.tx)
        return { ...answer, rows: answer.rows.map((row, n) => ({ ...row, person: { ...row.person, usedName: rows[n]?.name ?? null } })) } as never
      },
    })),
  },
  {
    name: 'an answer carries the name of the last reader’s patient',
    query: 'query:persons.header',
    registry: wrapped('query:persons.header', (handler) => {
      let last: string | null = null
      return {
        ...handler,
        run: async (context, input, target) => {
          const answer = (await handler.run(context, input as never, target)) as { callerInstruction: string | null; person: { usedName: string } }
          const stale = last
          last = answer.person.usedName
          return { ...answer, callerInstruction: stale } as never
        },
      }
    }),
  },
]

/** What bears no person: caught only if canaries stand there as well. */
export const asideBreakages: readonly RegistryBreakage[] = [
  {
    name: 'the strangers told by hospitals are shown to whoever opens the list',
    query: 'query:hospitalEvents.visits',
    registry: leaking('query:hospitalEvents.visits', `select traits ->> 'birthName' as said from hospital_events.visit where state = 'unknown' limit 1`),
  },
  {
    name: 'the numbers that call another service are shown',
    query: 'query:telephony.calls',
    registry: leaking('query:telephony.calls', 'select caller as said from telephony.call order by random() limit 1'),
  },
  {
    name: 'the devices of a colleague are shown',
    query: 'query:offline.myDevices',
    registry: leaking('query:offline.myDevices', 'select user_agent as said from offline.device order by random() limit 1'),
  },
  {
    name: 'the envelopes of a colleague are shown',
    query: 'query:offline.myDevices',
    registry: leaking('query:offline.myDevices', `select envelope ->> 'sealed' as said from offline.deposit order by random() limit 1`),
  },
]

/** The query with a string of a table read as the system in its refusals: whoever may not ask is told all the same. */
function leaking(name: string, read: string): ReadonlyMap<string, Implementation> {
  return wrapped(name, (handler) => ({
    ...handler,
    load: async (context) => {
      await sql`set local role jalon_system`.execute(context.tx)
      const { rows } = await sql.raw<{ said: string }>(read).execute(context.tx)
      await sql`set local role none`.execute(context.tx)
      throw new DomainError('forbidden', 'forbidden', {}, { reason: `« ${rows[0]?.said} » vous est fermé.` })
    },
  }))
}

/** A server that says « refused » of what exists and « not found » of what does not. */
export const tellsAbsence: RegistryBreakage = {
  name: 'what is closed answers otherwise than what is absent',
  query: 'query:persons.header',
  registry: wrapped('query:persons.header', (handler) => ({
    ...handler,
    load: async (context, input) =>
      handler.load(context, input as never).catch(async (error: unknown) => {
        await sql`set local role jalon_system`.execute(context.tx)
        const { rows } = await sql`select 1 from persons.person where person_id = ${(input as { personId: string }).personId}`.execute(context.tx)
        await sql`set local role none`.execute(context.tx)
        throw rows.length > 0 ? new DomainError('forbidden', 'forbidden') : error
      }) as never,
  })),
}
