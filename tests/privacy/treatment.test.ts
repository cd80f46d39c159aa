import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { aPerson } from '../../src/persons/testing/builders.ts'
import type { Actor } from '../../src/platform/contract/actor.ts'
import { newId, type PersonId } from '../../src/platform/contract/ids.ts'
import { asSystem } from '../../src/platform/server/db.ts'
import { testDatabase } from '../../src/platform/testing/test-database.ts'
import { starterSheets } from '../../src/privacy/contract/processing-register.ts'
import type { ProcessingSheet } from '../../src/privacy/contract/processing-sheet.ts'
import {
  archiveReaders,
  decideRule,
  type ExtractId,
  endArchiveReader,
  executions,
  findArchived,
  makeExtract,
  nameArchiveReader,
  processingDocument,
  processingRegister,
  readArchive,
  readExtract,
  retentionRules,
  type ShownExtract,
  writeProcessing,
} from '../../src/privacy/contract/treatment.ts'
import { applyRetention } from '../../src/privacy/server/retention.ts'
import { anActor } from '../../src/territory/testing/builders.ts'
import { aNote, aPrivacyWorld, personTables } from './privacy-world.ts'

const { db, owner } = await testDatabase()
const world = await aPrivacyWorld(db)
const { region, director, julie, lead } = world

describe('durations', () => {
  it('are rows that the region decides, each with its source; every version stays', async () => {
    const rule = async () => (await world.as(director, retentionRules, {})).rules.find((one) => one.dataClass === 'draft')
    expect(await rule()).toMatchObject({ version: 1, activeMonths: 3, decided: false })
    const decision = {
      dataClass: 'draft' as const,
      baseVersion: 1,
      activeMonths: 1,
      archiveMonths: 0,
      fate: 'destroy' as const,
      source: 'Décision du 15/10/2026',
      reason: 'Un mois suffit.',
    }
    await world.as(region, decideRule, decision)
    expect(await rule()).toMatchObject({ version: 2, activeMonths: 1, decided: true, decidedByName: 'Paul Mathis' })
    await expect(world.as(region, decideRule, decision)).rejects.toMatchObject({ code: 'rule_changed_meanwhile' })
    await expect(world.as(director, decideRule, { ...decision, baseVersion: 2 })).rejects.toMatchObject({ kind: 'forbidden' })
    expect((await owner.query(`select count(*)::int as n from privacy.retention_rule where data_class = 'draft'`)).rows[0].n).toBe(2)
  })
})

describe('the intermediate archive', () => {
  it('is out of everybody’s sight, but for the readers whom the direction named, by exact name, with a reason', async () => {
    const id = (await aPerson(db, { dac: world.dac.id, birthName: 'ARCHIVEE', usedName: null, firstNames: ['LUCIE'], birthDay: '1930-05-06' })) as PersonId
    await owner.query(`update persons.person set created_at = '2019-01-01' where person_id = $1`, [id])
    await owner.query(
      `insert into episodes.episode (id, person_id, holder_org, state, level, level_since, referent_id, opened_on, closed_on, closure_reason, created_at) values ($1, $2, $3, 'closed', 'brief', '2019-01-01', $4, '2019-01-01', '2020-06-01', 'stable', '2019-01-01')`,
      [newId(), id, world.dac.id, julie.userId],
    )
    await aNote(db, { ...world, personId: id }, 'ARCHIVEE Une visite.', { at: '2020-05-01T10:00:00Z' })
    await owner.query(`update privacy.retention_rule set decided = true where data_class in ('accompaniment', 'request')`)
    await applyRetention(db, personTables, { now: world.clock(), timeZone: 'Europe/Paris' })

    const search = { name: 'Archivee Lucie', birthDay: '1930-05-06' }
    await expect(world.as(julie, findArchived, search)).rejects.toMatchObject({ kind: 'forbidden' })
    const readerId = newId<never>()
    await world.as(director, nameArchiveReader, { id: readerId, userId: julie.userId, reason: 'Archives du DAC' })
    await expect(world.as(lead, nameArchiveReader, { id: newId(), userId: lead.userId, reason: 'Moi aussi' })).rejects.toMatchObject({ kind: 'forbidden' })
    expect((await world.as(julie, findArchived, search)).rows).toMatchObject([{ lastSignOn: '2020-06-01', person: { birthName: 'ARCHIVEE' } }])
    expect((await world.as(julie, findArchived, { ...search, birthDay: '1930-05-07' })).rows).toEqual([])
    const file = await world.as(julie, readArchive, { personId: id, reason: 'person_asks' })
    expect(file.contentType).toBe('application/pdf')
    await expect(world.as(julie, readArchive, { personId: world.personId, reason: 'person_asks' })).rejects.toMatchObject({ kind: 'not_found' })
    expect((await world.as(director, archiveReaders, {})).archived).toBe(1)
    const { rows } = await owner.query(`select details from audit.inbox where name = 'privacy.archivedFile' and outcome = 'done'`)
    expect(rows[0].details).toMatchObject({ reason: 'person_asks' })
    await world.as(director, endArchiveReader, { readerId })
    await expect(world.as(julie, readArchive, { personId: id, reason: 'person_asks' })).rejects.toMatchObject({ kind: 'forbidden' })
    expect((await world.as(region, executions, {})).rows[0]).toMatchObject({
      cause: 'retention',
      step: 'archived',
      units: 1,
      ruleVersion: 1,
      title: 'Dossier d’une personne accompagnée',
    })
  })
})

describe('the register of processing', () => {
  it('says who answers for what (R29), and takes the words of the region, then those of the DAC', async () => {
    const sheet = async (actor: Actor) => (await world.as(actor, processingRegister, {})).sheets.find((one) => one.code === 'coordination')
    expect((await sheet(director))?.roles.map((one) => one.role).join(' ')).toMatch(/Responsable de traitement.*Sous-traitant/s)
    const content: ProcessingSheet = { ...starterSheets.coordination, purpose: 'Écrit par la région.' }
    await world.as(region, writeProcessing, { id: newId(), code: 'coordination', baseVersion: 0, content })
    expect(await sheet(director)).toMatchObject({ purpose: 'Écrit par la région.', origin: 'region', version: 0 })
    await world.as(director, writeProcessing, { id: newId(), code: 'coordination', baseVersion: 0, content: { ...content, purpose: 'Écrit par le DAC.' } })
    expect(await sheet(director)).toMatchObject({ purpose: 'Écrit par le DAC.', origin: 'own', version: 1 })
    expect(await sheet(region)).toMatchObject({ purpose: 'Écrit par la région.' })
    await expect(world.as(director, writeProcessing, { id: newId(), code: 'coordination', baseVersion: 0, content })).rejects.toMatchObject({
      code: 'processing_changed_meanwhile',
    })
    expect((await world.as(director, processingDocument, {})).contentType).toBe('application/pdf')
    await expect(world.as(julie, processingRegister, {})).rejects.toMatchObject({ kind: 'forbidden' })
  })
})

describe('de-identified extracts', () => {
  const accompany = async (actor: Actor, sex: 'F' | 'M', born: string, answer: 'non_opposition' | 'opposition' | null): Promise<void> => {
    const dac = actor.serviceId as never
    const id = await aPerson(db, { dac, birthDay: born, sex })
    await asSystem(db, 'an accompaniment of last year', async (tx) => {
      await sql`insert into episodes.episode (id, person_id, holder_org, state, level, level_since, referent_id, opened_on, created_at)
        values (${newId()}, ${id}, ${dac}, 'open', 'sustained', '2025-03-01', ${actor.userId}, '2025-03-01', '2025-03-01')`.execute(tx)
      if (answer !== null)
        await sql`insert into persons.non_opposition (id, person_id, number, state, collected_on, mode, collected_by, collected_by_name, holder_org, recorded_at)
          values (${newId()}, ${id}, 3, ${answer}, '2025-03-01', 'written', ${actor.userId}, 'Julie', ${dac}, '2025-03-01')`.execute(tx)
    })
  }
  const ready = (async () => {
    for (let person = 0; person < 12; person++) await accompany(julie, 'F', '1940-01-01', 'non_opposition')
    for (let person = 0; person < 9; person++) await accompany(julie, 'M', '1940-01-01', 'non_opposition')
    for (let person = 0; person < 3; person++) await accompany(julie, 'M', '1970-01-01', 'non_opposition')
    for (let person = 0; person < 11; person++) await accompany(julie, 'F', '1970-01-01', 'non_opposition')
    // Those who oppose, and those whom nobody asked, are in no extract (R28).
    for (let person = 0; person < 5; person++) await accompany(julie, 'F', '1990-01-01', 'opposition')
    for (let person = 0; person < 5; person++) await accompany(julie, 'M', '2015-01-01', null)
    for (let person = 0; person < 8; person++) await accompany(world.elsewhere, 'F', '1940-01-01', 'non_opposition')
  })()
  const extractOf = async (actor: Actor, table: 'age_sex' | 'age_level' = 'age_sex', year = 2025): Promise<ShownExtract> => {
    await ready
    const { id } = await world.as(actor, makeExtract, { id: newId<ExtractId>(), year, table })
    return world.as(actor, readExtract, { id: id as ExtractId })
  }

  it('count those who did not oppose, and them alone', async () => {
    const extract = await extractOf(director)
    expect(extract.total).toBe(35)
    expect(extract.rows.map((row) => row.label)).not.toContain('Moins de 18 ans')
  })

  it('show no cell under five, nor a way back to one', async () => {
    const { rows, columnTotals } = await extractOf(director)
    const all = [...rows.flatMap((row) => [...row.cells, row.total]), ...columnTotals]
    expect(all.every((value) => value === null || value === 0 || value >= 5)).toBe(true)
    // The three men of fifty are covered by their neighbours: four cells are secret, not one.
    expect(rows.flatMap((row) => row.cells).filter((value) => value === null)).toHaveLength(4)
  })

  it('stay as they left: one more opposition, then the same extract, tell nobody who opposed', async () => {
    const before = await extractOf(director)
    await owner.query(
      `update persons.non_opposition set state = 'opposition' where number = 3 and person_id in (select person_id from persons.person where birth_date = '1940-01-01' and sex = 'F' limit 1)`,
    )
    expect(await extractOf(director)).toEqual(before)
    await owner.query(
      `update persons.non_opposition set state = 'non_opposition' where number = 3 and person_id in (select person_id from persons.person where birth_date = '1940-01-01')`,
    )
  })

  it('publish the same totals whatever the other dimension', async () => {
    const [bySex, byLevel] = [await extractOf(director), await extractOf(director, 'age_level')]
    expect(byLevel.rows.map((row) => [row.label, row.total])).toEqual(bySex.rows.map((row) => [row.label, row.total]))
  })

  it('of the region hide what a direction would find by taking her own away', async () => {
    const [whole, own] = [await extractOf(region), await extractOf(director)]
    expect(whole.total).toBe(43)
    for (const row of whole.rows)
      for (const [column, value] of row.cells.entries()) {
        const mine = own.rows.find((one) => one.label === row.label)?.cells[column] ?? null
        if (value === null || mine === null) continue
        expect(value - mine === 0 || value - mine >= 5).toBe(true)
      }
  })

  it('are of a year that is over, and never of too few', async () => {
    await expect(world.as(director, makeExtract, { id: newId(), year: 2026, table: 'age_sex' })).rejects.toMatchObject({ code: 'extract_year_not_over' })
    const alone = await anActor(db, { functions: ['director'], category: 'administrative' })
    const few = await anActor(db, {
      service: { id: alone.serviceId, kind: 'dac', name: alone.serviceName, communeCode: null } as never,
      functions: ['referent'],
    })
    for (let person = 0; person < 3; person++) await accompany(few, 'F', '1940-01-01', 'non_opposition')
    await expect(world.as(alone, makeExtract, { id: newId(), year: 2025, table: 'age_sex' })).rejects.toMatchObject({ code: 'extract_too_small' })
  })

  it('are for the direction and the region', async () => {
    for (const actor of [julie, world.doctor])
      await expect(world.as(actor, makeExtract, { id: newId(), year: 2025, table: 'age_sex' })).rejects.toMatchObject({ kind: 'forbidden' })
  })
})
