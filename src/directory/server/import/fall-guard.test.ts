import { beforeEach, expect, test } from 'vitest'
import { errorText } from '../../../platform/contract/errors.ts'
import { testDatabase } from '../../../platform/testing/test-database.ts'
import { aCommune } from '../../../territory/testing/builders.ts'
import type { FileSource } from '../../contract/import-sources.ts'
import { importContent } from '../../testing/import-content.ts'
import { anRpps } from '../../testing/rpps-file.ts'

const { db, owner } = await testDatabase()
await aCommune(db, { code: '88383', name: 'Remiremont', postalCodes: ['88200'] })

const identity = "Type d'identifiant PP|Identifiant PP|Identification nationale PP|Nom d'exercice|Prénom d'exercice"
const upTo = <T>(count: number, one: (at: number) => T): readonly T[] => Array.from({ length: count }, (_, at) => one(at))
const lines = (header: string, count: number, one: (at: number) => string): string => [header, ...upTo(count, one), ''].join('\n')
const place = { source: 'dora', date_maj: '2026-08-14', code_insee: '88383', code_postal: '88200', commune: 'Remiremont' }

/** A file of so many lines or records, and the table that holds them. */
const files: readonly (readonly [FileSource, string, (count: number) => string])[] = [
  [
    'skills',
    'skill',
    (count) =>
      lines(
        `${identity}|Code profession|Libellé profession|Code savoir-faire|Libellé savoir-faire|`,
        count,
        (at) => `8|${anRpps(at)}|8${anRpps(at)}|FRITSCH|GERARD|10|Médecin|SM54|Médecine générale|`,
      ),
  ],
  [
    'diplomas',
    'diploma',
    (count) =>
      lines(
        `${identity}|Code type diplôme obtenu|Code diplôme obtenu|Libellé diplôme obtenu|`,
        count,
        (at) => `8|${anRpps(at)}|8${anRpps(at)}|FRITSCH|GERARD|DE|DE28|Docteur en médecine|`,
      ),
  ],
  [
    'mailboxes',
    'mailbox',
    (count) => lines('Type de BAL|Adresse BAL|Identifiant PP|Identification Structure|', count, (at) => `PER|fritsch.${at}@medecin.mssante.fr|${anRpps(at)}||`),
  ],
  [
    'social_structures',
    'outside_structure',
    (count) => JSON.stringify(upTo(count, (at) => ({ ...place, id: `dora--${at}`, nom: `Maison des aidants ${at}` }))),
  ],
  [
    'social_services',
    'service',
    (count) => JSON.stringify(upTo(count, (at) => ({ ...place, structure_id: 'dora--1', id: `dora--${at}`, nom: `Répit ${at}`, description: 'Un répit.' }))),
  ],
]

beforeEach(async () => {
  await owner.query(
    'truncate directory.skill, directory.diploma, directory.mailbox, directory.outside_structure, directory.service, directory.source, directory.import, directory.entry cascade',
  )
})

const held = async (table: string): Promise<number> => (await owner.query(`select count(*)::int as n from directory.${table}`)).rows[0].n
const piece = 65_536

test.each(files)('%s: a file that would take away more than a fifth of a hundred or more is refused until that is accepted', async (source, table, file) => {
  expect((await importContent(db, source, file(120), { piece })).outcome).toMatchObject({ state: 'done' })
  const fallen = await importContent(db, source, file(95), { piece })
  expect(fallen.outcome).toMatchObject({ state: 'failed', code: 'import_shrinks', params: { before: 120, after: 95 } })
  expect(errorText('import_shrinks', { before: 120, after: 95 })).toContain('relancez en l’acceptant')
  expect(await held(table)).toBe(120)
  // A fifth, no more, is an ordinary day.
  expect((await importContent(db, source, file(96), { piece })).outcome).toMatchObject({ state: 'done' })
  expect(await held(table)).toBe(96)
})

test.each(files)('%s: accepted, the fall goes through; below a hundred nobody is asked', async (source, table, file) => {
  await importContent(db, source, file(120), { piece })
  expect((await importContent(db, source, file(99), { piece, allowShrink: true })).outcome).toMatchObject({ state: 'done' })
  expect((await importContent(db, source, file(10), { piece })).outcome).toMatchObject({ state: 'done' })
  expect(await held(table)).toBe(10)
})
