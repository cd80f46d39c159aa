import { afterAll, beforeEach, expect, test } from 'vitest'
import { startAnnuaireSimulator } from '../../../../simulators/annuaire/main.ts'
import { importContent } from '../../../directory/testing/import-content.ts'
import { anRpps, anRppsFile, anRppsLine } from '../../../directory/testing/rpps-file.ts'
import { pagedReader } from '../../../platform/server/paged-reader.ts'
import { testDatabase } from '../../../platform/testing/test-database.ts'
import { partyIdOf } from '../../../territory/server/api.ts'
import { updateFromAnnuaire } from './update.ts'

const { db, owner } = await testDatabase()
const practitioner = (serial: number, more: Readonly<Record<string, unknown>> = {}) => ({
  resourceType: 'Practitioner',
  id: String(serial),
  meta: { lastUpdated: '2026-10-10T01:00:00Z' },
  identifier: [{ system: 'https://rpps.esante.gouv.fr', value: anRpps(serial) }],
  active: true,
  name: [{ use: 'usual', family: 'FRITSCH', given: ['Gérard'], prefix: ['M'], suffix: ['DR'] }],
  telecom: [{ system: 'email', value: `medecin${serial}@medecin.mssante.fr` }],
  qualification: [
    { code: { coding: [{ system: 'https://mos.esante.gouv.fr/NOS/TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante', code: '10' }] } },
    { code: { coding: [{ system: 'https://mos.esante.gouv.fr/NOS/TRE_R38-SpecialiteOrdinale/FHIR/TRE-R38-SpecialiteOrdinale', code: 'SM54' }] } },
  ],
  ...more,
})
const hospital = {
  resourceType: 'Organization',
  id: 'h',
  meta: { lastUpdated: '2026-10-10T01:00:00Z' },
  identifier: [{ system: 'https://finess.esante.gouv.fr', value: '880780077' }],
  active: true,
  name: 'CH DE REMIREMONT',
  telecom: [{ system: 'email', value: 'secretariat@ch-remiremont.mssante.fr' }],
}
const resources: Parameters<typeof startAnnuaireSimulator>[0][number][] = []
const annuaire = await startAnnuaireSimulator(resources)
const opaque = await startAnnuaireSimulator(resources, { opaque: true })
afterAll(() => Promise.all([annuaire.close(), opaque.close()]))
const settings = { url: `${annuaire.url}/fhir/v2`, apiKey: 'cle-d-essai' }
const quickly = (attempts = 2, timeoutMs = 500) =>
  pagedReader({ key: { header: 'ESANTE-API-KEY', value: 'cle-d-essai' }, callsPerSecond: 17, timeoutMs, attempts, pauseMs: 1 })
/** A service that is asked without end is a fault of ours. */
const guarded = (most: number) => {
  const reader = quickly()
  let asked = 0
  return (url: string) => {
    asked += 1
    if (asked > most) throw new Error('asked without end')
    return reader.read(url)
  }
}
const at = (day: string) => ({ reader: quickly(), clock: () => new Date(day) })

beforeEach(async () => {
  annuaire.misbehave('none')
  resources.splice(0)
  await owner.query(
    'truncate directory.feed, directory.practice, directory.professional, directory.entry, directory.mailbox, directory.vanished, directory.source, directory.told_practice',
  )
})
const names = async () => (await owner.query('select label from directory.entry order by rpps')).rows.map((row) => row.label)

test('new professionals come in with their profession and MSSanté address, sites with theirs; the next run asks only for what has changed', async () => {
  resources.push(practitioner(1), practitioner(2), hospital)
  expect(await updateFromAnnuaire(db, settings, at('2026-10-15T06:00:00Z'))).toMatchObject({ state: 'done', pages: 3, records: 3 })
  expect(await names()).toEqual(['Dr\u00a0Gérard Fritsch', 'Dr\u00a0Gérard Fritsch'])
  expect((await owner.query('select party_id, kind, address from directory.mailbox order by address limit 1')).rows).toEqual([
    { party_id: partyIdOf('rpps', anRpps(1)), kind: 'PER', address: 'medecin1@medecin.mssante.fr' },
  ])
  expect((await owner.query('select kind, address from directory.mailbox where party_id = $1', [partyIdOf('finess', '880780077')])).rows).toEqual([
    { kind: 'ORG', address: 'secretariat@ch-remiremont.mssante.fr' },
  ])
  expect(await updateFromAnnuaire(db, settings, at('2026-10-16T06:00:00Z'))).toMatchObject({ state: 'done', pages: 3, records: 0 })
  expect(annuaire.calls.at(-1)?.path).toContain('_lastUpdated=ge2026-10-15T06')
})

test('whoever becomes inactive is gone at once', async () => {
  resources.push(practitioner(1), practitioner(2))
  await updateFromAnnuaire(db, settings, at('2026-10-15T06:00:00Z'))
  resources.push(practitioner(1, { active: false, meta: { lastUpdated: '2026-10-15T12:00:00Z' } }))
  await updateFromAnnuaire(db, settings, at('2026-10-16T06:00:00Z'))
  expect(await names()).toHaveLength(1)
  expect((await owner.query('select party_id from directory.vanished')).rows).toEqual([{ party_id: partyIdOf('rpps', anRpps(1)) }])
  expect((await owner.query('select count(*)::int as n from directory.mailbox')).rows).toEqual([{ n: 1 }])
})

test('an extract made before she left does not bring her back; a later one, or the Annuaire, does', async () => {
  const extract = (day: string, more: readonly string[] = []) =>
    importContent(db, 'rpps', anRppsFile([anRppsLine(anRpps(1)), anRppsLine(anRpps(2)), ...more]), {
      fileName: `PS_LibreAcces_Personne_activite_${day}0904.txt`,
    })
  const gone = async () => (await owner.query('select party_id, told_by from directory.vanished')).rows
  await extract('20261015')
  resources.push(practitioner(1, { active: false, meta: { lastUpdated: '2026-10-15T12:00:00Z' } }))
  await updateFromAnnuaire(db, settings, at('2026-10-15T22:00:00Z'))
  expect(await names()).toHaveLength(1)
  await extract('20261015', [anRppsLine(anRpps(3))])
  expect(await names()).toHaveLength(2)
  expect(await gone()).toEqual([{ party_id: partyIdOf('rpps', anRpps(1)), told_by: 'annuaire' }])
  await extract('20261016', [anRppsLine(anRpps(3))])
  expect(await names()).toHaveLength(3)
  expect(await gone()).toEqual([])
  resources.push(practitioner(1, { active: false, meta: { lastUpdated: '2026-10-16T12:00:00Z' } }))
  await updateFromAnnuaire(db, settings, at('2026-10-16T22:00:00Z'))
  expect(await gone()).toHaveLength(1)
  resources.splice(0, resources.length, practitioner(1, { meta: { lastUpdated: '2026-10-17T12:00:00Z' } }))
  await updateFromAnnuaire(db, settings, at('2026-10-17T22:00:00Z'))
  expect(await names()).toHaveLength(3)
  expect(await gone()).toEqual([])
})

const role = (id: string, serial: number, more: Readonly<Record<string, unknown>> = {}) => ({
  resourceType: 'PractitionerRole',
  id,
  meta: { lastUpdated: '2026-10-10T01:00:00Z' },
  active: true,
  practitioner: { reference: `Practitioner/${serial}` },
  organization: { reference: 'Organization/h' },
  code: [
    { coding: [{ system: 'https://mos.esante.gouv.fr/NOS/TRE_R22-GenreActivite/FHIR/TRE-R22-GenreActivite', code: 'GENR01' }] },
    { coding: [{ system: 'https://mos.esante.gouv.fr/NOS/TRE_R23-ModeExercice/FHIR/TRE-R23-ModeExercice', code: 'S' }] },
  ],
  ...more,
})

test('a professional who begins to practise somewhere is found there; when she ceases, she no longer is', async () => {
  resources.push(practitioner(1), role('r1', 1), role('r2', 99), hospital)
  expect(await updateFromAnnuaire(db, settings, at('2026-10-15T06:00:00Z'))).toMatchObject({ state: 'done', rejected: 0 })
  const places = async () => (await owner.query('select mode, finess, site_name, profession, skill from directory.practice order by site_name nulls last')).rows
  expect(await places()).toEqual([
    { mode: 'S', finess: '880780077', site_name: 'CH DE REMIREMONT', profession: '10', skill: 'SM54' },
    { mode: null, finess: null, site_name: null, profession: '10', skill: 'SM54' },
  ])
  expect((await owner.query('select place, detail from directory.entry')).rows).toEqual([{ place: 'CH DE REMIREMONT', detail: 'Médecin généraliste salarié' }])
  // Told again, once only.
  resources.push(role('r1', 1, { meta: { lastUpdated: '2026-10-15T12:00:00Z' } }))
  await updateFromAnnuaire(db, settings, at('2026-10-16T06:00:00Z'))
  expect(await places()).toHaveLength(2)
  resources.splice(0, resources.length, { resourceType: 'PractitionerRole', id: 'r1', active: false, meta: { lastUpdated: '2026-10-16T12:00:00Z' } } as never)
  await updateFromAnnuaire(db, settings, at('2026-10-17T06:00:00Z'))
  expect(await places()).toMatchObject([{ site_name: null }])
  expect((await owner.query('select place from directory.entry')).rows).toEqual([{ place: null }])
})

test('a record that the database refuses is reported with its reason, and the others of its page come in', async () => {
  const broken = practitioner(2, { name: [{ family: 'FRI\u0000TSCH', given: ['Ada'] }] })
  resources.push(practitioner(1), broken, practitioner(3))
  const outcome = await updateFromAnnuaire(db, settings, at('2026-10-15T06:00:00Z'))
  expect(outcome).toMatchObject({ state: 'done', records: 3, rejected: 1 })
  expect(await names()).toHaveLength(2)
  expect((await owner.query('select reason, excerpt from directory.rejected_line where import_id = $1', [outcome.importId])).rows).toEqual([
    { reason: 'Caractère qu’une base de données ne peut pas garder (octet nul ou autre codage)', excerpt: 'Practitioner/2' },
  ])
  expect((await owner.query('select source, state, report from directory.import where id = $1', [outcome.importId])).rows).toMatchObject([
    { source: 'annuaire', state: 'done', report: { lines: 3, changed: 2, rejected: 1 } },
  ])
  // The next run asks for what changed since, not for that page again.
  expect(await updateFromAnnuaire(db, settings, at('2026-10-16T06:00:00Z'))).toMatchObject({ state: 'done', records: 0 })
})

test('an administrator stops a run: it says so in its report, and the next one goes on at the next page', async () => {
  resources.push(...Array.from({ length: 450 }, (_, serial) => practitioner(serial + 1)))
  const reader = quickly(1)
  const stopping = {
    read: async (url: string) => {
      const answer = await reader.read(url)
      await owner.query(`update directory.import set cancel_requested = true where state = 'running'`)
      await new Promise((resolve) => setTimeout(resolve, 600))
      return answer
    },
  }
  const stopped = await updateFromAnnuaire(db, settings, { reader: stopping, clock: () => new Date('2026-10-15T06:00:00Z') })
  expect(stopped).toMatchObject({ state: 'interrupted', reason: 'stopped', pages: 1 })
  expect((await owner.query('select state from directory.import where id = $1', [stopped.importId])).rows).toEqual([{ state: 'cancelled' }])
  expect(await updateFromAnnuaire(db, settings, at('2026-10-15T08:00:00Z'))).toMatchObject({ state: 'done', records: 450 })
})

test('an interrupted run goes on at its page, and no page is applied twice', async () => {
  resources.push(...Array.from({ length: 450 }, (_, serial) => practitioner(serial + 1)))
  let pages = 0
  const reader = quickly(1)
  const failing = {
    read: (url: string) => {
      pages += 1
      if (pages === 2) annuaire.misbehave('down', 1)
      return reader.read(url)
    },
  }
  expect(await updateFromAnnuaire(db, settings, { reader: failing, clock: () => new Date('2026-10-15T06:00:00Z') })).toMatchObject({
    state: 'interrupted',
    reason: 'unavailable',
    pages: 1,
    records: 200,
  })
  expect(await names()).toHaveLength(200)
  expect(await updateFromAnnuaire(db, settings, at('2026-10-15T08:00:00Z'))).toMatchObject({ state: 'done', pages: 5, records: 450 })
  expect((await owner.query('select read_until from directory.feed')).rows).toEqual([{ read_until: new Date('2026-10-15T06:00:00Z').toISOString() }])
})

test.each([
  ['repeat the search', annuaire],
  ['tell nothing of the search', opaque],
] as const)(
  'whether the next pages %s, everything is read once: professionals, where they practise, organizations; then only what changed',
  async (_said, service) => {
    resources.push(...Array.from({ length: 250 }, (_, serial) => practitioner(serial + 1)), hospital)
    resources.push(...Array.from({ length: 210 }, (_, serial) => role(`r${serial}`, serial + 1)))
    const source = { ...settings, url: `${service.url}/fhir/v2` }
    const limited = { read: guarded(12) }
    const run = (day: string) => updateFromAnnuaire(db, source, { reader: limited, clock: () => new Date(day) })
    const before = service.calls.length
    expect(await run('2026-10-15T06:00:00Z')).toMatchObject({ state: 'done', pages: 5 })
    expect((await owner.query('select count(*)::int as n from directory.told_practice')).rows).toEqual([{ n: 210 }])
    expect((await owner.query(`select count(*)::int as n from directory.mailbox where kind = 'ORG'`)).rows).toEqual([{ n: 1 }])
    for (const one of resources.slice(0, 240)) Object.assign(one, { meta: { lastUpdated: '2026-10-15T12:00:00Z' } })
    expect(await run('2026-10-16T06:00:00Z')).toMatchObject({ state: 'done', pages: 4, records: 240 })
    const paths = service.calls.slice(before).map(({ path }) => path)
    expect(paths).toHaveLength(9)
    expect(paths.join()).not.toContain('#')
    for (const kind of ['Practitioner', 'PractitionerRole', 'Organization'])
      expect(paths.filter((path) => path.includes(`/${kind}?`) && path.includes('_lastUpdated=ge2026-10-15T06') && !path.includes('_offset'))).toHaveLength(1)
  },
)

test.each(['HTTP 404', 'HTTP 410'])('a page that the service has forgotten (%s) makes the run begin again, once', async (detail) => {
  resources.push(...Array.from({ length: 250 }, (_, serial) => practitioner(serial + 1)))
  const reader = quickly(1)
  let forgets = false
  const asked: string[] = []
  const forgetful = {
    read: (url: string) => {
      asked.push(url)
      return forgets && asked.length === 1 ? Promise.resolve({ outcome: 'unreadable' as const, detail }) : reader.read(url)
    },
  }
  await updateFromAnnuaire(db, settings, {
    reader: { read: (url) => (asked.push(url) === 2 ? Promise.resolve({ outcome: 'unavailable' as const, detail: '' }) : reader.read(url)) },
    clock: () => new Date('2026-10-15T06:00:00Z'),
  })
  forgets = true
  const [first] = asked.splice(0)
  expect(await updateFromAnnuaire(db, settings, { reader: forgetful, clock: () => new Date('2026-10-16T06:00:00Z') })).toMatchObject({
    state: 'done',
    pages: 4,
    records: 250,
  })
  expect(asked[0]).not.toBe(first)
  expect(asked[1]).toBe(first)
  expect((await owner.query('select state, read_until from directory.feed')).rows).toEqual([{ state: 'idle', read_until: '2026-10-16T06:00:00.000Z' }])
})

test.each([
  ['cut', 'unavailable'],
  ['slow', 'unavailable'],
  ['garbage', 'unreadable'],
] as const)('a service that is %s is said %s, and the directory stays as it was', async (fault, reason) => {
  resources.push(practitioner(1))
  annuaire.misbehave(fault)
  expect(await updateFromAnnuaire(db, settings, at('2026-10-15T06:00:00Z'))).toMatchObject({ state: 'interrupted', reason })
  expect(await names()).toEqual([])
})

test('a wrong key is refused without trying again; a passing failure is tried again', async () => {
  resources.push(practitioner(1))
  const before = annuaire.calls.length
  const wrong = pagedReader({ key: { header: 'ESANTE-API-KEY', value: 'autre' }, callsPerSecond: 17 })
  expect(await updateFromAnnuaire(db, settings, { reader: wrong })).toMatchObject({ state: 'interrupted', reason: 'refused' })
  expect(annuaire.calls.slice(before).filter(({ status }) => status === 401)).toHaveLength(1)
  annuaire.misbehave('down', 1)
  expect(await updateFromAnnuaire(db, settings, at('2026-10-15T06:00:00Z'))).toMatchObject({ state: 'done', records: 1 })
})

test('no more than seventeen calls leave in a second', async () => {
  const reader = quickly(1, 10_000)
  const answers = await Promise.all(Array.from({ length: 40 }, () => reader.read(`${settings.url}/Practitioner?_count=1`)))
  expect(new Set(answers.map(({ outcome }) => outcome))).toEqual(new Set(['page']))
})
