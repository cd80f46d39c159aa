import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { anEpisode } from '../../episodes/testing/builders.ts'
import { timeline, unreadCount } from '../../liaison/contract/queries.ts'
import { liaisonHandlers } from '../../liaison/server/handlers.ts'
import { hiddenItems } from '../../persons/contract/access-queries.ts'
import { personAccessList, searchPersons } from '../../persons/contract/queries.ts'
import { personsHandlers } from '../../persons/server/handlers.ts'
import { aPerson, aSight } from '../../persons/testing/builders.ts'
import type { AnyContract, OutputOf, RawInputOf } from '../../platform/contract/action.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { asActor, asSystem } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call, testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { loadValueSets } from '../../territory/server/reference.sql.ts'
import { actorFor, anActor, aService, aUser, type BuiltService } from '../../territory/testing/builders.ts'
import { addReader, closeReport, openReport, recordFact, recordNotice, recordSending, recordStep, removeReader, reopenReport } from '../contract/actions.ts'
import { report, reportAccesses, reports } from '../contract/queries.ts'
import type { EntryId, ReaderId, ReportId } from '../contract/report.ts'
import { safeguardingValueSets } from '../contract/value-sets.ts'
import { safeguardingHandlers } from './handlers.ts'

const { db } = await testDatabase()
const clock = testClock('2026-10-15T07:42:00Z')
const gate = testGate(db, clock)
const registry = registryOf([...personsHandlers, ...liaisonHandlers, ...safeguardingHandlers])

let dac: BuiltService
let julie: Actor
let karim: Actor
let lead: Actor
let director: Actor
let elsewhere: Actor
let otherDirector: Actor
let admin: Actor
let doctor: Actor
let personId: PersonId

const as = <C extends AnyContract>(actor: Actor, contract: C, input: RawInputOf<C>): Promise<OutputOf<C>> => call(gate, registry, contract, actor, input)
const seen = <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> => asSystem(db, 'look in a test', async (tx) => (await query.execute(tx)).rows)

beforeAll(async () => {
  await asSystem(db, 'lists of the test', (tx) => loadValueSets(tx, safeguardingValueSets))
  dac = await aService(db, { name: 'DAC Hautes-Vallées' })
  const otherDac = await aService(db, { name: 'DAC Meurthe et Mortagne' })
  julie = await anActor(db, { service: dac, jobTitle: 'Infirmière référente' })
  karim = await anActor(db, { service: dac, givenName: 'Karim', familyName: 'Belkacem' })
  lead = await anActor(db, { service: dac, givenName: 'Sophie', familyName: 'Mougin', functions: ['team_lead'] })
  director = await anActor(db, { service: dac, givenName: 'Hélène', familyName: 'Vautrin', functions: ['director'], category: 'administrative' })
  elsewhere = await anActor(db, { service: otherDac, givenName: 'Luc', familyName: 'Simon' })
  otherDirector = await anActor(db, { service: otherDac, functions: ['director'], familyName: 'Roussel', category: 'administrative' })
  admin = await anActor(db, { service: await aService(db, { kind: 'grades', name: 'GRADeS' }), functions: ['regional_admin'], category: 'administrative' })
  doctor = await anActor(db, {
    service: await aService(db, { kind: 'practice', name: 'Cabinet Fritsch' }),
    functions: ['outside_professional'],
    familyName: 'Fritsch',
    category: 'health',
    professionalId: newId(),
  })
  personId = await aPerson(db, { dac: dac.id })
  await anEpisode(db, { id: newId(), personId, dac: dac.id, referentId: julie.userId })
  await aSight(db, personId, String(doctor.professionalId), { basis: 'care_team' })
})

const words = 'Réfrigérateur vide. Porte fermée à clé de l’extérieur. « Elle me dit que si je parle je n’aurai plus rien. »'

async function aReport(by: Actor = julie): Promise<ReportId> {
  const id = newId<ReportId>()
  await as(by, openReport, {
    id,
    personId,
    endangered: 'person',
    whereabouts: '3 rue des Tilleuls',
    facts: [{ observedBy: 'Julie Marchal, infirmière', observedOn: '2026-10-14', words }],
    kinds: ['neglect', 'psychological'],
    dangerLevel: 'established',
    danger: 'Enfermée la journée, sans repas.',
    concerned: [{ role: 'implicated', name: 'Sa fille aînée' }],
    notices: [
      { whom: 'person', told: false, words: 'Sa fille est toujours présente.' },
      { whom: 'hierarchy', told: true, on: '2026-10-14', by: 'Julie Marchal' },
    ],
  })
  return id
}

describe('a report of maltreatment', () => {
  it('is read by its author and by the direction, with its facts word for word and who was told or not', async () => {
    const id = await aReport()
    for (const reader of [julie, director]) {
      const data = await as(reader, report, { id })
      expect(data).toMatchObject({ state: 'open', authorName: 'Julie Marchal', authorFunction: 'Infirmière référente', serviceName: 'DAC Hautes-Vallées' })
      expect(data.person).toMatchObject({ usedName: 'PERRIN' })
      expect(data.entries.map((one) => [one.kind, one.code, one.told, one.body])).toEqual([
        ['fact', null, null, words],
        ['concerned', 'implicated', null, null],
        ['notice', 'person', false, 'Sa fille est toujours présente.'],
        ['notice', 'hierarchy', true, null],
      ])
      expect(data.readers.map(({ ground }) => ground).sort()).toEqual(['author', 'director'])
    }
    // The direction has no file, and needs none.
    expect(await as(director, report, { id })).toMatchObject({ fileOpen: false })
    expect(await as(julie, report, { id })).toMatchObject({ fileOpen: true })
  })

  it('does not exist for a colleague, another direction, the regional administrator and the circle, not even as a number', async () => {
    const id = await aReport()
    const absent = newId<ReportId>()
    for (const stranger of [karim, lead, elsewhere, otherDirector, admin, doctor]) {
      const invisible = await as(stranger, report, { id }).catch((error: unknown) => error)
      const unknown = await as(stranger, report, { id: absent }).catch((error: unknown) => error)
      expect(invisible).toMatchObject({ kind: 'not_found', code: 'not_found', params: { what: 'report' } })
      expect({ ...(unknown as object) }).toEqual({ ...(invisible as object) })
    }
    for (const colleague of [karim, lead, elsewhere, otherDirector]) expect((await as(colleague, reports, { personId })).rows).toEqual([])
    for (const outside of [admin, doctor]) await expect(as(outside, reports, { personId })).rejects.toMatchObject({ kind: 'forbidden' })
    // The database itself, filter removed.
    for (const stranger of [karim, lead, elsewhere, otherDirector, admin, doctor])
      for (const table of ['report', 'reader', 'entry'])
        expect(
          await asActor(db, { actor: stranger, clock: clock(), timeZone: 'Europe/Paris' }, async (tx) =>
            (await sql<{ n: number }>`select count(*)::int as n from ${sql.raw(`safeguarding.${table}`)}`.execute(tx)).rows.map(({ n }) => n),
          ),
        ).toEqual([0])
  })

  it('leaves nothing in the file: no line in the Fil, no mark, no hidden count, no access in the list that others read', async () => {
    const unread = async () => (await as(doctor, timeline, { personId })).unread
    const hidden = () => as(doctor, hiddenItems, { personId })
    const before = [await unread(), await hidden()]
    const marks = await as(karim, unreadCount, {})
    const id = await aReport()
    await as(julie, report, { id })
    for (const reader of [julie, doctor]) {
      const fil = await as(reader, timeline, { personId })
      expect(JSON.stringify(fil.rows)).not.toMatch(/safeguarding|signalement|Réfrigérateur/i)
    }
    expect([await unread(), await hidden()]).toEqual(before)
    expect(await as(karim, unreadCount, {})).toEqual(marks)
    const { readers } = await as(karim, personAccessList, { personId })
    expect(JSON.stringify(readers)).not.toMatch(/safeguarding/)
    expect(JSON.stringify(await as(karim, searchPersons, { text: 'perrin' }))).not.toMatch(/safeguarding|signalement/i)
  })

  it('tells only its readers what happens, without naming the person', async () => {
    const id = await aReport()
    const [event] = await seen(
      sql<{
        audience: string[]
        personId: string | null
      }>`select audience, person_id as "personId" from platform.event_inbox where type = 'safeguarding.report.opened' and payload ->> 'reportId' = ${id}`,
    )
    expect(event?.personId).toBeNull()
    expect([...(event?.audience ?? [])].sort()).toEqual([julie.userId, director.userId].sort())
  })

  it('is audited under its own number, and its readers see who opened it', async () => {
    const id = await aReport()
    await as(director, report, { id })
    await as(director, report, { id })
    await as(julie, report, { id })
    const { rows } = await as(julie, reportAccesses, { id })
    expect(rows.map(({ name, action, times }) => [name, action, times])).toEqual(
      expect.arrayContaining([
        ['Hélène Vautrin', 'safeguarding.report', 2],
        ['Julie Marchal', 'safeguarding.report.open', 1],
      ]),
    )
    expect(await seen(sql`select 1 from audit.inbox where name like 'safeguarding.%' and person_ids <> '{}'`)).toEqual([])
    await expect(as(karim, reportAccesses, { id })).rejects.toMatchObject({ kind: 'not_found' })
  })
})

describe('its list of readers', () => {
  it('takes a named colleague with a reason, who reads at once, and whose removal acts at her next request', async () => {
    const id = await aReport()
    const readerId = newId<ReaderId>()
    await as(julie, addReader, { id: readerId, reportId: id, userId: karim.userId, reason: 'Binôme de Julie.' })
    expect(await as(karim, report, { id })).toMatchObject({ id })
    expect((await as(karim, reports, { personId })).rows.map((row) => row.id)).toEqual([id])
    await expect(as(karim, addReader, { id: newId<ReaderId>(), reportId: id, userId: lead.userId, reason: 'Pour aider.' })).rejects.toMatchObject({
      kind: 'forbidden',
    })

    await as(director, removeReader, { id: readerId, reportId: id, reason: 'Connaît la famille.' })
    await expect(as(karim, report, { id })).rejects.toMatchObject({ kind: 'not_found' })
    expect((await as(karim, reports, { personId })).rows).toEqual([])
    const { readers } = await as(julie, report, { id })
    expect(readers.find((one) => one.id === readerId)).toMatchObject({ endedByName: 'Hélène Vautrin', endReason: 'Connaît la famille.' })
    const told = await seen(
      sql<{ audience: string[] }>`select audience from platform.event_inbox where type = 'safeguarding.reader.removed' and payload ->> 'reportId' = ${id}`,
    )
    expect(told[0]?.audience).toContain(karim.userId)
  })

  it('may lose its author, whom the facts concern, and never its last reader', async () => {
    const id = await aReport()
    const { readers } = await as(director, report, { id })
    const author = readers.find(({ ground }) => ground === 'author')
    const direction = readers.find(({ ground }) => ground === 'director')
    await as(director, removeReader, { id: author?.id as ReaderId, reportId: id, reason: 'Citée dans les faits.' })
    await expect(as(julie, report, { id })).rejects.toMatchObject({ kind: 'not_found' })
    await expect(as(director, removeReader, { id: direction?.id as ReaderId, reportId: id, reason: 'Erreur.' })).rejects.toMatchObject({
      code: 'safeguarding.last_reader',
    })
  })

  it('takes nobody from outside the service, nor the front desk, nor the same person twice', async () => {
    const id = await aReport()
    const desk = await aUser(db, { service: dac, functions: ['front_desk'], familyName: 'Ferry' })
    for (const userId of [elsewhere.userId, doctor.userId, desk.id])
      await expect(as(julie, addReader, { id: newId<ReaderId>(), reportId: id, userId, reason: 'Pour aider.' })).rejects.toMatchObject({
        code: 'safeguarding.not_a_colleague',
      })
    await expect(as(julie, addReader, { id: newId<ReaderId>(), reportId: id, userId: julie.userId, reason: 'Encore.' })).rejects.toMatchObject({
      code: 'safeguarding.already_reader',
    })
  })

  it('follows the service: the author who acts for another service reads nothing there', async () => {
    const id = await aReport()
    const clic = await aService(db, { kind: 'clic', name: 'CLIC des Vallées' })
    const elsewhereToday: Actor = { ...julie, serviceId: clic.id, serviceKind: 'clic', serviceName: clic.name }
    await expect(as(elsewhereToday, report, { id })).rejects.toMatchObject({ kind: 'not_found' })
    // Whoever directs tomorrow reads, without a row in her name.
    const next = await actorFor(db, await aUser(db, { service: dac, functions: ['director'], familyName: 'Noël', category: 'administrative' }))
    expect(await as(next, report, { id })).toMatchObject({ id })
  })
})

describe('its follow-up', () => {
  it('keeps which authority was seized, when and how, what followed, and closes with its outcome', async () => {
    const id = await aReport()
    await as(julie, recordSending, {
      id: newId<EntryId>(),
      reportId: id,
      authority: 'prosecutor',
      to: 'Parquet d’Épinal',
      on: '2026-10-15',
      means: 'secure_mail',
      reference: 'P-2026-118',
    })
    await as(director, recordStep, { id: newId<EntryId>(), reportId: id, kind: 'acknowledged', on: '2026-10-15', words: 'Reçu, enquête ouverte.' })
    await as(julie, recordFact, { id: newId<EntryId>(), reportId: id, observedBy: 'La voisine', observedOn: '2026-10-15', words: 'Des cris vers 22 h.' })
    expect((await as(julie, reports, { state: 'open' })).rows.find((row) => row.id === id)).toMatchObject({
      authorities: ['prosecutor'],
      firstSentOn: '2026-10-15',
      mine: true,
    })
    await as(julie, closeReport, { id, outcome: 'judicial', words: 'Information judiciaire ouverte ; sauvegarde de justice.' })
    await expect(as(julie, recordStep, { id: newId<EntryId>(), reportId: id, kind: 'contact', on: '2026-10-15', words: 'Appel.' })).rejects.toMatchObject({
      code: 'safeguarding.closed',
    })
    expect(await as(director, report, { id })).toMatchObject({ state: 'closed', outcome: 'judicial', closedByName: 'Julie Marchal' })
    await as(julie, reopenReport, { id, reason: 'Nouveaux faits.' })
    expect(await as(julie, report, { id })).toMatchObject({ state: 'open', outcome: null })
  })

  it('refuses a day to come, a notice without its reason, and a code that no list holds', async () => {
    const id = await aReport()
    await expect(
      as(julie, recordFact, { id: newId<EntryId>(), reportId: id, observedBy: 'Julie', observedOn: '2026-10-16', words: 'Demain.' }),
    ).rejects.toMatchObject({ code: 'safeguarding.in_the_future' })
    await expect(as(julie, recordNotice, { id: newId<EntryId>(), reportId: id, whom: 'relatives', told: false })).rejects.toMatchObject({
      code: 'input_invalid',
      details: { fields: { words: 'Dites pourquoi.' } },
    })
    await expect(as(julie, recordSending, { id: newId<EntryId>(), reportId: id, authority: 'mayor', on: '2026-10-15', means: 'letter' })).rejects.toMatchObject(
      { code: 'value_unknown' },
    )
  })

  it('is never changed nor deleted by the application: the journal only grows', async () => {
    const id = await aReport()
    const scope = { actor: julie, clock: clock(), timeZone: 'Europe/Paris' }
    await expect(asActor(db, scope, (tx) => sql`update safeguarding.entry set body = 'rien' where report_id = ${id}`.execute(tx))).rejects.toThrow(
      /permission denied/,
    )
    await expect(asActor(db, scope, (tx) => sql`delete from safeguarding.report where id = ${id}`.execute(tx))).rejects.toThrow(/permission denied/)
  })

  it('survives the end of the accompaniment: its readers read on, whatever they see of the file', async () => {
    const stranger = await aPerson(db, { dac: dac.id, birthName: 'CHATEL', usedName: 'AUBRY', firstNames: ['SIMONE'] })
    const id = newId<ReportId>()
    await as(julie, openReport, {
      id,
      personId: stranger,
      endangered: 'child',
      endangeredName: 'Léo, 6 ans, petit-fils',
      facts: [{ observedBy: 'Julie Marchal', observedOn: '2026-10-14', words: 'Seul dans l’appartement.' }],
      kinds: ['neglect'],
      dangerLevel: 'risk',
      danger: 'Livré à lui-même.',
      notices: [{ whom: 'parents', told: false, words: 'Contraire à l’intérêt de l’enfant.' }],
    })
    await seen(sql`update persons.sight set ends_at = ${clock()} where person_id = ${stranger}`)
    expect(await as(julie, report, { id })).toMatchObject({ fileOpen: false, endangeredName: 'Léo, 6 ans, petit-fils', person: { usedName: 'AUBRY' } })
  })
})
