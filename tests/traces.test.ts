import { beforeAll, describe, expect, it } from 'vitest'
import { allValueSets } from '../src/app/seed/reference/value-sets.ts'
import { registry } from '../src/app/server/registry.ts'
import { decideRetention, notePrint } from '../src/audit-trail/contract/actions.ts'
import { traceDetail, traceEvents, traceLines, traceRetention, traceSubject, traceTitles } from '../src/audit-trail/contract/queries.ts'
import { type AuditEvent, faultsOfBalp, faultsOfR4, faultsOfTde } from '../src/audit-trail/testing/audit-event-rules.ts'
import { leaveLines, sealAll } from '../src/audit-trail/testing/sealed-lines.ts'
import { personAccessList, personHeader, searchPersons } from '../src/persons/contract/queries.ts'
import { aPerson, aSight } from '../src/persons/testing/builders.ts'
import type { Actor } from '../src/platform/contract/actor.ts'
import { newId, type PersonId } from '../src/platform/contract/ids.ts'
import { asSystem } from '../src/platform/server/db.ts'
import { sequenceOnce } from '../src/platform/server/sequencer.ts'
import { call, testClock, testGate } from '../src/platform/testing/gate.ts'
import { testDatabase } from '../src/platform/testing/test-database.ts'
import { openReport } from '../src/safeguarding/contract/actions.ts'
import { reports } from '../src/safeguarding/contract/queries.ts'
import type { ReportId } from '../src/safeguarding/contract/report.ts'
import { loadValueSets } from '../src/territory/server/reference.sql.ts'
import { anActor, aService, type BuiltService } from '../src/territory/testing/builders.ts'

const { db, owner } = await testDatabase()
const clock = testClock()
const gate = testGate(db, clock)
let dac: BuiltService
let other: BuiltService
let desk: Actor
let referent: Actor
let director: Actor
let admin: Actor
let odile: PersonId
let marcel: PersonId

const seal = async (): Promise<void> => {
  while ((await sequenceOnce(db)) > 0);
}
const lines = async (input: Parameters<typeof call<typeof traceLines>>[4] = {}, as: Actor = admin) => (await call(gate, registry, traceLines, as, input)).rows

beforeAll(async () => {
  await asSystem(db, 'lists for a test of the traces', (tx) => loadValueSets(tx, allValueSets))
  dac = await aService(db, { name: 'DAC Hautes-Vallées' })
  other = await aService(db, { name: 'DAC Meurthe' })
  desk = await anActor(db, { service: dac, functions: ['front_desk'], familyName: 'Ferry' })
  referent = await anActor(db, { service: other, functions: ['referent'], familyName: 'Weber' })
  director = await anActor(db, { service: dac, functions: ['director'], familyName: 'Mougin', category: 'administrative' })
  admin = await anActor(db, { service: await aService(db, { kind: 'grades', name: 'GRADeS' }), functions: ['regional_admin'], category: 'administrative' })
  odile = await aPerson(db, { dac: null })
  await aSight(db, odile, dac.id, { basis: 'request', volets: ['administrative'] })
  marcel = await aPerson(db, { dac: other.id, birthName: 'HUMBERT', usedName: null, firstNames: ['MARCEL'], birthDay: '1938-05-01' })
  await call(gate, registry, personHeader, desk, { personId: odile })
  await call(gate, registry, personHeader, referent, { personId: marcel })
  await expect(call(gate, registry, personHeader, referent, { personId: odile })).rejects.toMatchObject({ kind: 'not_found' })
  await call(gate, registry, searchPersons, referent, { text: 'humbert' })
  await seal()
})

describe('the traces', () => {
  it('are read in French, the last first, with who, on which basis and why', async () => {
    const rows = await lines({ names: ['persons.header', 'persons.search'] })
    expect(
      rows.map(({ title, actorName, serviceName, outcome, persons, bases, volets, purpose }) => [
        title,
        actorName,
        serviceName,
        outcome,
        persons,
        bases,
        volets,
        purpose,
      ]),
    ).toEqual([
      ['Chercher une personne', referent.displayName, 'DAC Meurthe', 'done', 1, ['dac_in_charge'], expect.arrayContaining(['administrative']), 'coordination'],
      ['En-tête du dossier', referent.displayName, 'DAC Meurthe', 'refused', 1, ['none'], [], 'coordination'],
      ['En-tête du dossier', referent.displayName, 'DAC Meurthe', 'done', 1, ['dac_in_charge'], expect.arrayContaining(['social', 'health']), 'coordination'],
      ['En-tête du dossier', desk.displayName, 'DAC Hautes-Vallées', 'done', 1, ['request'], ['administrative'], 'coordination'],
    ])
  })

  it('are found by person, user, service, gesture, outcome, basis, manner and period', async () => {
    const names = ['persons.header', 'persons.search']
    const count = async (input: Parameters<typeof lines>[0]): Promise<number> => (await lines({ names, ...input })).length
    expect(await count({ personId: odile })).toBe(2)
    expect(await count({ personId: marcel })).toBe(2)
    expect(await count({ actorId: referent.userId })).toBe(3)
    expect(await count({ serviceId: dac.id })).toBe(1)
    expect(await count({ names: ['persons.search'] })).toBe(1)
    expect(await count({ outcomes: ['refused', 'failed'] })).toBe(1)
    expect(await count({ outcomes: ['done'] })).toBe(3)
    expect(await count({ bases: ['none', 'break_glass'] })).toBe(1)
    expect(await count({ bases: ['request'] })).toBe(1)
    expect(await count({ manners: ['export'] })).toBe(0)
    const today = new Date().toISOString().slice(0, 10)
    expect(await count({ from: '2026-01-01' })).toBe(4)
    expect(await count({ to: '2025-12-31' })).toBe(0)
    expect(await count({ from: today, to: '2099-12-31', personId: odile })).toBe(2)
    await expect(lines({ from: '2026-02-01', to: '2026-01-31' })).rejects.toMatchObject({ code: 'audit_period_reversed' })
  })

  it('come page by page without losing nor repeating one', async () => {
    const client = await owner.connect()
    await leaveLines(client, 230)
    await sealAll(client)
    client.release()
    const seen: number[] = []
    let cursor: string | null = null
    do {
      const page: { rows: { seq: number }[]; next: string | null } = await call(gate, registry, traceLines, admin, { cursor, pageSize: 100 })
      seen.push(...page.rows.map(({ seq }) => seq))
      cursor = page.next
    } while (cursor !== null)
    expect(seen.length).toBeGreaterThan(230)
    expect(seen).toEqual([...seen].sort((a, b) => b - a))
    expect(new Set(seen).size).toBe(seen.length)
  })

  it('of another service stay closed to a direction, in the list, the page and the export', async () => {
    const own = await lines({}, director)
    expect(new Set(own.map((row) => row.serviceName))).toEqual(new Set(['DAC Hautes-Vallées']))
    expect(await lines({ serviceId: other.id }, director)).toEqual([])
    const [theirs] = await lines({ serviceId: other.id })
    await expect(call(gate, registry, traceDetail, director, { seq: theirs?.seq ?? 0 })).rejects.toMatchObject({ kind: 'not_found' })
    const { resources } = await call(gate, registry, traceEvents, director, { serviceId: other.id })
    expect(resources).toEqual([])
  })

  it('open one by one, with the hash that seals it and the persons by the number of their file; reading them is a trace too', async () => {
    const [line] = await lines({ names: ['persons.header'], personId: odile, outcomes: ['done'] })
    const detail = await call(gate, registry, traceDetail, admin, { seq: line?.seq ?? 0 })
    expect(detail).toMatchObject({
      title: 'En-tête du dossier',
      subjects: [{ personId: odile, basis: 'request' }],
      functions: ['front_desk'],
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(JSON.stringify(detail)).not.toMatch(/perrin|odile|kempf/i)
    await seal()
    const [reading] = await lines({ names: ['auditTrail.line'] })
    expect(reading).toMatchObject({ title: 'Une trace', actorName: admin.displayName, persons: 1, bases: ['none'], purpose: 'oversight', volets: [] })
  })

  it('find the person of a request by her whole identity and no less, without opening her file', async () => {
    const ask = async (change: object): Promise<string | null> =>
      (await call(gate, registry, traceSubject, admin, { birthName: 'Kempf', givenName: 'Odile', birthDate: '1941-03-12', ...change })).personId
    expect(await ask({})).toBe(odile)
    expect(await ask({ birthName: 'Kemp' })).toBeNull()
    expect(await ask({ givenName: 'O' })).toBeNull()
    expect(await ask({ birthDate: '1941-03-13' })).toBeNull()
    await expect(call(gate, registry, traceSubject, director, { birthName: 'Kempf', givenName: 'Odile', birthDate: '1941-03-12' })).rejects.toMatchObject({
      kind: 'forbidden',
    })
  })

  it('name every gesture of Jalon in the filter', async () => {
    const { rows } = await call(gate, registry, traceTitles, director, {})
    expect(rows.length).toBeGreaterThan(100)
    expect(rows.map((row) => row.title)).toEqual(expect.arrayContaining(['En-tête du dossier', 'Connexion', 'Traces']))
  })

  it('tell what was printed, as paper leaves without the server', async () => {
    await call(gate, registry, notePrint, desk, { page: 'En-tête', personId: odile })
    await expect(call(gate, registry, notePrint, desk, { page: 'En-tête', personId: marcel })).rejects.toMatchObject({ kind: 'not_found' })
    await seal()
    expect(await lines({ manners: ['print'], outcomes: ['done'] })).toMatchObject([{ title: 'Impression d’une page', persons: 1, bases: ['request'] }])
  })
})

describe('« Qui a ouvert »', () => {
  it('tells whoever handles the request of a person who opened her file, before any accompaniment', async () => {
    const { readers } = await call(gate, registry, personAccessList, desk, { personId: odile })
    expect(readers).toContainEqual(expect.objectContaining({ userId: desk.userId, name: desk.displayName, service: 'DAC Hautes-Vallées' }))
  })
})

describe('how long traces are kept', () => {
  it('is three years at first, said with its reason, and changes by decision of the region only', async () => {
    expect(await call(gate, registry, traceRetention, director, {})).toMatchObject({ months: 36, justification: expect.stringContaining('2021-122') })
    const decision = { id: newId() as never, months: 12, justification: 'Durée ramenée à un an : relecture mensuelle des accès exceptionnels.' }
    await expect(call(gate, registry, decideRetention, director, decision)).rejects.toMatchObject({ kind: 'forbidden' })
    await call(gate, registry, decideRetention, admin, decision)
    expect(await call(gate, registry, traceRetention, director, {})).toMatchObject({ months: 12, decidedByName: admin.displayName })
  })

  it('is never under six months nor over three years, nor without a reason', async () => {
    for (const wrong of [{ months: 5 }, { months: 37 }, { justification: 'Pour voir.' }])
      await expect(
        call(gate, registry, decideRetention, admin, { id: newId() as never, months: 12, justification: 'x'.repeat(60), ...wrong }),
      ).rejects.toMatchObject({ code: 'input_invalid' })
  })
})

describe('the traces in FHIR', () => {
  const everything = async (profile: 'balp' | 'tde'): Promise<AuditEvent[]> => {
    const events: AuditEvent[] = []
    let cursor: string | null = null
    do {
      const page: { resources: unknown[]; next: string | null } = await call(gate, registry, traceEvents, admin, { profile, cursor, pageSize: 100 })
      events.push(...(page.resources as AuditEvent[]))
      cursor = page.next
    } while (cursor !== null)
    return events
  }

  beforeAll(async () => {
    // One line of each gesture of Jalon, in each outcome, for nobody, one person and three.
    await owner.query(
      `insert into audit.inbox (id, actor_id, actor_kind, actor_name, service_name, category, functions, name, kind, outcome, reason, purpose, person_ids, bases, volets, request_id, address)
       select gen_random_uuid(), $1, 'user', 'Inès Colin', 'Cabinet', 'health', '{outside_professional}', g.name, g.kind, o.outcome, case when o.outcome = 'refused' then 'Réservé.' end, p.purpose, n.ids,
         array_fill('care_team'::text, array[cardinality(n.ids)]), '{health}', 'req', case when o.outcome = 'done' then '192.0.2.1' end
       from unnest($2::text[], $3::text[]) as g(name, kind) cross join unnest('{done,refused,failed,replayed}'::text[]) as o(outcome)
         cross join lateral (values ('{}'::uuid[]), (array[gen_random_uuid()]), (array[gen_random_uuid(), gen_random_uuid(), gen_random_uuid()])) as n(ids)
         cross join lateral (select (array['coordination','care','own_file','emergency','rights','oversight','steering','administration','automation'])[1 + (length(g.name) % 9)] as purpose) p`,
      [newId(), [...registry.values()].map(({ contract }) => contract.name), [...registry.values()].map(({ contract }) => contract.kind)],
    )
    await owner.query(
      `insert into audit.inbox (id, actor_kind, name, kind, outcome, details) values (gen_random_uuid(), 'job', 'audit.retention', 'action', 'done', '{}'), (gen_random_uuid(), 'anonymous', 'session.open', 'login', 'refused', '{}'), (gen_random_uuid(), 'user', 'session.close', 'login', 'done', '{}')`,
    )
    await seal()
  })

  it('are IHE BALP events, one per person: every gesture of Jalon conforms; what was refused names no profile', async () => {
    const events = await everything('balp')
    const success = events.filter((event) => event.meta !== undefined)
    expect(success.length).toBeGreaterThan(500)
    expect(new Set(success.map((event) => event.meta?.profile?.[0]?.split('.').at(-1)))).toEqual(
      new Set(
        ['Create', 'Read', 'Update', 'Delete', 'Query', 'PatientCreate', 'PatientRead', 'PatientUpdate', 'PatientDelete', 'PatientQuery'].filter(
          (name) => name !== 'Read',
        ),
      ),
    )
    const faults = success.map((event) => [event.id, faultsOfBalp(event)] as const).filter(([, found]) => found.length > 0)
    expect(faults).toEqual([])
    const others = events.filter((event) => event.meta === undefined)
    expect(others.filter((event) => faultsOfR4(event).length > 0)).toEqual([])
    expect(new Set(others.map((event) => event.outcome))).toEqual(new Set(['0', '4', '8']))
    expect(new Set(events.map((event) => event.id)).size).toBe(events.length)
  })

  it('are ANS « Traçabilité d’événements » events, one per line, two agents at most', async () => {
    const events = await everything('tde')
    expect(events.map((event) => faultsOfTde(event)).filter((faults) => faults.length > 0)).toEqual([])
  })

  it('the rules complain of what does not conform', async () => {
    const good = (await everything('balp')).find((event) => event.meta?.profile?.[0]?.endsWith('PatientRead'))
    if (good === undefined) throw new Error('no PatientRead')
    expect(faultsOfBalp(good)).toEqual([])
    const agents = good.agent ?? []
    const broken: readonly Partial<AuditEvent>[] = [
      { action: 'E' },
      { outcome: '4' },
      { subtype: [] },
      { agent: agents.slice(1, 2) },
      { agent: [...agents, ...agents] },
      { entity: (good.entity ?? []).slice(1) },
      { entity: [...(good.entity ?? []), ...(good.entity ?? []).slice(0, 1)] },
      { recorded: '2026-11-22' },
      { id: 'a/b' },
    ]
    for (const change of broken) expect([change, faultsOfBalp({ ...good, ...change }).length > 0]).toEqual([change, true])
    expect(faultsOfTde(good)).toContain('agent ..2')
  })
})

describe('the traces of a restricted report', () => {
  const restricted = (row: { name: string }): boolean => row.name.startsWith('safeguarding.')

  it('are for its readers; whoever reads the others does not learn, from the line that stands beside, whom it is about', async () => {
    const author = await anActor(db, { service: dac, functions: ['referent'], familyName: 'Marchal' })
    await aSight(db, odile, dac.id)
    await call(gate, registry, personHeader, author, { personId: odile })
    const reportId = newId<ReportId>()
    await call(gate, registry, openReport, author, {
      id: reportId,
      personId: odile,
      endangered: 'person',
      facts: [{ observedBy: 'La voisine', observedOn: '2026-10-14', words: 'Des cris la nuit.' }],
      kinds: ['physical'],
      dangerLevel: 'doubt',
      danger: 'À évaluer',
      notices: [{ whom: 'person', told: false, words: 'Cela l’exposerait.' }],
    })
    await expect(call(gate, registry, openReport, author, { id: newId(), personId: odile } as never)).rejects.toMatchObject({ kind: 'invalid' })
    await call(gate, registry, notePrint, author, { page: '/signalements/imprimer', personId: null })
    // What fails after the form, for a reason of the server, names no more whom it was about than what is done.
    await expect(
      call(gate, registry, openReport, author, {
        id: newId(),
        personId: odile,
        endangered: 'person',
        facts: [{ observedBy: 'La voisine', observedOn: '2026-10-14', words: 'Des cris la nuit.' }],
        kinds: ['no_such_kind'],
        dangerLevel: 'doubt',
        danger: 'À évaluer',
        notices: [{ whom: 'person', told: false, words: 'Cela l’exposerait.' }],
      }),
    ).rejects.toMatchObject({ code: 'value_unknown' })
    await expect(call(gate, registry, reports, author, { personId: odile, cursor: 'xx' })).rejects.toBeDefined()
    await seal()
    const { rows: attempts } = await owner.query(
      `select name, outcome, code, e.person_ids, details::text as details from audit.entry e where name like 'safeguarding.%' and outcome in ('failed', 'refused')`,
    )
    expect(attempts.length).toBeGreaterThanOrEqual(2)
    expect(attempts.filter((line) => JSON.stringify(line).includes(odile))).toEqual([])
    const everything = async (as: Actor, input: Parameters<typeof lines>[0] = {}) => lines({ pageSize: 200, actorId: author.userId, ...input }, as)
    // The direction of the service reads the report: its lines too. Not an attempt that named the person.
    expect((await everything(director)).filter(restricted).map(({ name, outcome }) => [name, outcome])).toEqual([['safeguarding.report.open', 'done']])
    expect((await everything(director)).some(({ name }) => name === 'auditTrail.print.note')).toBe(false)
    // Whoever answers for the traces of the region does not, in the list, by the name of the gesture, in the export, by the number of the line.
    expect((await everything(admin)).some(restricted)).toBe(false)
    expect(await everything(admin, { names: ['safeguarding.report.open'] })).toEqual([])
    expect(JSON.stringify((await call(gate, registry, traceEvents, admin, { actorId: author.userId })).resources)).not.toMatch(/safeguarding|signalement/i)
    const [line] = (await everything(director)).filter(restricted)
    await expect(call(gate, registry, traceDetail, admin, { seq: line?.seq ?? 0 })).rejects.toMatchObject({ kind: 'not_found' })
    // By the number of the report, which a judge gives, they are found, and they name nobody.
    const asked = await everything(admin, { reportId })
    expect(asked.map(({ name, persons }) => [name, persons])).toEqual([['safeguarding.report.open', 0]])
    // Once she is no longer a reader, the direction reads them no more.
    await owner.query(`update safeguarding.reader set ended_at = now(), end_reason = 'x', ended_by_name = 'x' where report_id = $1 and function = 'director'`, [
      reportId,
    ])
    expect((await everything(director)).some(restricted)).toBe(false)
    expect(await everything(director, { reportId })).toEqual([])
  })
})
