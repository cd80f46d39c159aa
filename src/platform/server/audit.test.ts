import { sql } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { allowedIf, defineQuery } from '../contract/action.ts'
import type { Actor, Volet } from '../contract/actor.ts'
import { notFound } from '../contract/errors.ts'
import { idSchema, newId, type PersonId } from '../contract/ids.ts'
import { testClock, testGate } from '../testing/gate.ts'
import { testDatabase } from '../testing/test-database.ts'
import { purposeOf } from './audit.ts'
import { type Call, execute } from './execute.ts'
import { executeTogether } from './execute-together.ts'
import { implement } from './implement.ts'

const { db, owner } = await testDatabase()
const clock = testClock()
const gate = testGate(db, clock)

const nurse: Actor = {
  kind: 'user',
  userId: newId(),
  displayName: 'Inès Colin',
  serviceId: newId(),
  serviceKind: 'practice',
  serviceName: 'Cabinet de la Moselotte',
  functions: ['outside_professional'],
  category: 'health',
  professionalId: newId(),
  parties: [],
  volets: ['administrative', 'social', 'health'],
}
const party = String(nurse.professionalId)
const she: Actor = { ...nurse, parties: [nurse.userId as never, party as never] }

const sight = (person: string, basis: string, volets: readonly Volet[], { from = -1, to = null as number | null, suspended = false, holder = party } = {}) => {
  const at = (days: number | null): string | null => (days === null ? null : new Date(clock().getTime() + days * 86_400_000).toISOString())
  return owner.query(
    `insert into persons.sight (id, person_id, party_id, basis, volets, reason, source_id, starts_at, ends_at, suspended_at, suspensions)
     values ($1, $2, $3, $4, $5, 'essai', $6, $7, $8, $9, $10)`,
    [newId(), person, holder, basis, volets, newId(), at(from), at(to), suspended ? at(-1) : null, suspended ? ['opposition'] : []],
  )
}

const list = defineQuery({
  name: 'test.list',
  title: 'Une liste',
  input: z.object({
    ids: z.array(idSchema<PersonId>()),
    only: z.array(z.enum(['administrative', 'social', 'health'])).nullish(),
    secret: z.string().optional(),
  }),
  output: z.object({ ids: z.array(z.string()) }),
  access: (actor) => allowedIf(actor.category === 'health', 'Réservé aux soignants.'),
  audit: { persons: ({ ids }) => ids, volets: ({ only }) => only ?? ['administrative', 'social', 'health'] },
})
const read = implement(list, { load: async () => null, run: async (_context, { ids }) => ({ ids: [...ids] }) })
const absent = implement(list, {
  load: async () => {
    throw notFound()
  },
  run: async () => ({ ids: [] }),
})

const ask = (ids: readonly string[], more: Partial<Call> & { only?: Volet[] } = {}, implementation = read): Promise<unknown> =>
  execute(gate, implementation, { actor: she, requestId: 'req-1', address: '192.0.2.7', ...more, input: { ids, only: more.only } })
const line = async (): Promise<Record<string, unknown>> => {
  const { rows } = await owner.query('select * from audit.inbox order by at desc, id desc limit 1')
  return rows[0]
}
const grounds = async (): Promise<unknown[]> => {
  const { bases, volets, purpose } = await line()
  return [bases, volets, purpose]
}

beforeEach(async () => {
  await owner.query('delete from audit.inbox')
  await owner.query('delete from persons.sight')
})

describe('what an audit line says', () => {
  it('who she is and her situation d’exercice at that moment, from where, by which request', async () => {
    const person = newId()
    await sight(person, 'care_team', ['administrative', 'health'])
    await ask([person], { manner: 'export' })
    expect(await line()).toMatchObject({
      actor_id: nurse.userId,
      actor_name: 'Inès Colin',
      service_id: nurse.serviceId,
      service_name: 'Cabinet de la Moselotte',
      category: 'health',
      functions: ['outside_professional'],
      name: 'test.list',
      manner: 'export',
      outcome: 'done',
      reason: null,
      request_id: 'req-1',
      address: '192.0.2.7',
      purpose: 'care',
    })
  })

  it('on which basis each person was seen, in the order of the persons, and which volets that opened', async () => {
    const [a, b, c] = [newId(), newId(), newId()]
    await sight(a, 'consent', ['administrative'])
    await sight(c, 'care_team', ['administrative', 'social'])
    await ask([a, b, c])
    expect(await grounds()).toEqual([['consent', 'none', 'care_team'], ['administrative', 'social'], 'care'])
  })

  it('the strongest basis, and the volets of all', async () => {
    const person = newId()
    await sight(person, 'consent', ['administrative', 'health'])
    await sight(person, 'care_team', ['administrative', 'social'])
    await ask([person])
    expect(await grounds()).toEqual([['care_team'], ['administrative', 'social', 'health'], 'care'])
  })

  it('no more volets than she may ever see, nor than the answer can hold', async () => {
    const person = newId()
    await sight(person, 'care_team', ['administrative', 'social', 'health'])
    await ask([person], { actor: { ...she, volets: ['administrative', 'social'] } })
    expect((await line())['volets']).toEqual(['administrative', 'social'])
    await ask([person], { only: ['health'] })
    expect((await line())['volets']).toEqual(['health'])
  })

  it('no right that is over, suspended, to come, or somebody else’s; but the one that ends with the gesture', async () => {
    for (const [options, expected] of [
      [{ to: -0.5 }, 'none'],
      [{ suspended: true }, 'none'],
      [{ from: 1 }, 'none'],
      [{ holder: newId<string & { __brand: 'x' }>() as string }, 'none'],
      [{ to: 0 }, 'care_team'],
      [{ to: 1 }, 'care_team'],
    ] as const) {
      const person = newId()
      await sight(person, 'care_team', ['administrative'], options)
      await ask([person])
      expect([options, (await line())['bases']]).toEqual([options, [expected]])
    }
  })

  it('the exceptional access only where it opens what nothing else does; the purpose is then the emergency', async () => {
    const [team, glass, both, same] = [newId(), newId(), newId(), newId()]
    await sight(team, 'care_team', ['administrative'])
    await sight(glass, 'break_glass', ['administrative', 'health'])
    await sight(both, 'care_team', ['administrative', 'social'])
    await sight(both, 'break_glass', ['administrative', 'health'])
    await sight(same, 'care_team', ['administrative', 'health'])
    await sight(same, 'break_glass', ['administrative', 'health'])
    await ask([team, same])
    expect(await grounds()).toEqual([['care_team', 'care_team'], ['administrative', 'health'], 'care'])
    await ask([team, glass, both])
    expect(await grounds()).toEqual([['care_team', 'break_glass', 'break_glass'], ['administrative', 'social', 'health'], 'emergency'])
  })

  it('the same of every reading of a screen, asked together or one by one: grounds, volets, purpose, refusals, and those about nobody', async () => {
    const [team, glass, closed] = [newId(), newId(), newId()]
    await sight(team, 'care_team', ['administrative', 'social'])
    await sight(glass, 'break_glass', ['administrative', 'health'])
    const asked: readonly { readonly ids: readonly string[]; readonly only?: Volet[]; readonly implementation?: typeof read }[] = [
      { ids: [team] },
      { ids: [team], only: ['health'] },
      { ids: [] },
      { ids: [glass] },
      { ids: [team, glass], only: ['administrative'] },
      { ids: [closed], implementation: absent },
      { ids: [team], only: ['social'] },
    ]
    const told = async (): Promise<readonly unknown[]> =>
      (
        await owner.query(
          'select name, kind, manner, outcome, code, reason, actor_name, service_name, category, functions, person_ids, details, bases, volets, purpose, request_id, address from audit.inbox order by at, id',
        )
      ).rows
    for (const { ids, only, implementation } of asked) await ask(ids, { ...(only === undefined ? {} : { only }) }, implementation).catch(() => undefined)
    const alone = await told()
    await owner.query('delete from audit.inbox')
    await executeTogether(
      gate,
      asked.map(({ ids, only, implementation = read }) => ({ implementation, input: { ids, only } })),
      { actor: she, requestId: 'req-1', address: '192.0.2.7' },
    )
    const together = await told()
    expect(together).toHaveLength(asked.length)
    const sorted = (lines: readonly unknown[]): readonly string[] => lines.map((one) => JSON.stringify(one)).sort()
    expect(sorted(together)).toEqual(sorted(alone))
  })

  it('why, by who she is, unless the contract says', () => {
    const of = (change: Partial<Actor>): string => purposeOf({ ...nurse, ...change })
    expect(of({})).toBe('care')
    expect(of({ category: 'coordination', serviceKind: 'dac', functions: ['referent'] })).toBe('coordination')
    expect(of({ category: 'administrative', serviceKind: 'dac', functions: ['front_desk'] })).toBe('coordination')
    expect(of({ category: 'administrative', serviceKind: 'dac', functions: ['director'] })).toBe('steering')
    expect(of({ functions: ['governance_member'], category: 'administrative' })).toBe('steering')
    expect(of({ functions: ['regional_admin'], category: 'administrative' })).toBe('administration')
    expect(of({ functions: ['person'] })).toBe('own_file')
    expect(of({ kind: 'job' })).toBe('automation')
    expect(of({ kind: 'anonymous' })).toBe('automation')
  })

  it('whom a refusal was about, what she was told, and that it showed nothing', async () => {
    const person = newId()
    await sight(person, 'care_team', ['administrative', 'social', 'health'])
    await expect(ask([person], { actor: { ...she, category: 'social' } })).rejects.toMatchObject({ kind: 'forbidden' })
    expect(await line()).toMatchObject({
      outcome: 'refused',
      code: 'forbidden',
      reason: 'Réservé aux soignants.',
      person_ids: [person],
      bases: ['care_team'],
      volets: [],
    })
    await expect(ask([person], {}, absent)).rejects.toMatchObject({ kind: 'not_found' })
    expect(await line()).toMatchObject({ outcome: 'refused', code: 'not_found', reason: null, person_ids: [person], volets: [] })
  })

  it('whom a refusal was about even where nothing could be loaded: the person named in what was asked', async () => {
    const personId = newId<PersonId>()
    const query = defineQuery({
      name: 'test.file',
      title: 'Un dossier',
      input: z.object({ personId: idSchema<PersonId>() }),
      output: z.object({}),
      access: (actor: Actor, _target: { personId: PersonId }) => allowedIf(actor.category === 'health', 'Réservé aux soignants.'),
      audit: { persons: (_input, target) => [target.personId] },
    })
    const hidden = implement(query, {
      load: async () => {
        throw notFound()
      },
      run: async () => ({}),
    })
    await expect(execute(gate, hidden, { actor: she, input: { personId } })).rejects.toMatchObject({ kind: 'not_found' })
    expect(await line()).toMatchObject({ outcome: 'refused', person_ids: [personId], bases: ['none'] })
  })

  it('never a free text of what was asked: the identifiers only', async () => {
    const id = newId()
    const query = defineQuery({
      name: 'test.other',
      title: 'Un dossier',
      input: z.object({ id: z.string(), text: z.string() }),
      output: z.object({}),
      access: (actor: Actor, _target: { personId: PersonId }) => allowedIf(actor.category === 'health', 'Réservé aux soignants.'),
      audit: { persons: (_input, { personId }) => [personId] },
    })
    const hidden = implement(query, {
      load: async () => {
        throw notFound()
      },
      run: async () => ({}),
    })
    await expect(execute(gate, hidden, { actor: she, input: { id, text: 'Madame Perrin' } })).rejects.toMatchObject({ kind: 'not_found' })
    expect(await line()).toMatchObject({ outcome: 'refused', person_ids: [], details: { asked: { id } } })
  })
})

describe('what cannot be audited', () => {
  it('is not shown: without the right to write its line, a reading is refused', async () => {
    const person = newId()
    await sight(person, 'care_team', ['administrative'])
    await ask([person])
    await owner.query('revoke insert on audit.inbox from jalon_app')
    try {
      await expect(ask([person])).rejects.toMatchObject({ code: '42501' })
    } finally {
      await owner.query('grant insert on audit.inbox to jalon_app')
    }
    expect(await ask([person])).toEqual({ ids: [person] })
  })

  it('is not done either: the effect goes with the line', async () => {
    await owner.query("alter table audit.inbox add constraint full_disk check (name <> 'test.list')")
    const before = await owner.query('select count(*)::int as n from platform.draft')
    const writing = implement(list, {
      load: async () => null,
      run: async ({ tx }) => {
        await sql`insert into platform.draft (user_id, key, content) values (platform.actor_id(), 'k', '{}')`.execute(tx)
        return { ids: [] }
      },
    })
    try {
      await expect(ask([], {}, writing)).rejects.toMatchObject({ code: '23514' })
    } finally {
      await owner.query('alter table audit.inbox drop constraint full_disk')
    }
    expect((await owner.query('select count(*)::int as n from platform.draft')).rows).toEqual(before.rows)
  })
})
