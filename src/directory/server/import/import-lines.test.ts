import { beforeEach, expect, test } from 'vitest'
import { testDatabase } from '../../../platform/testing/test-database.ts'
import { partyIdOf } from '../../../territory/server/api.ts'
import { importContent } from '../../testing/import-content.ts'
import { anRpps } from '../../testing/rpps-file.ts'

const { db, owner } = await testDatabase()
const [gerard, claire] = [anRpps(1), anRpps(2)]
const identity = "Type d'identifiant PP|Identifiant PP|Identification nationale PP|Nom d'exercice|Prénom d'exercice"
const skillHeader = `${identity}|Code profession|Libellé profession|Code catégorie professionnelle|Libellé catégorie professionnelle|Code type savoir-faire|Libellé type savoir-faire|Code savoir-faire|Libellé savoir-faire|`
const skillLine = (rpps: string, skill: string, label: string) =>
  `8|${rpps}|8${rpps}|FRITSCH|GERARD|10|Médecin|C|Civil|S|Spécialité ordinale|${skill}|${label}|`
const diplomaHeader = `${identity}|Code type diplôme obtenu|Libellé type diplôme obtenu|Code diplôme obtenu|Libellé diplôme obtenu|Code type autorisation|Libellé type autorisation|Code discipline autorisation|Libellé discipline autorisation|`
const diplomaLine = (rpps: string) => `8|${rpps}|8${rpps}|FRITSCH|GERARD|DE|Diplôme d’État|DE28|Docteur en médecine||||`
const mailHeader =
  "Type de BAL|Adresse BAL|Type Identifiant PP|Identifiant PP|Identification nationale PP|Type identifiant structure|Identification Structure|Service de rattachement|Civilité d'exercice|Nom d'exercice|Prénom d'exercice|Catégorie profession|Libellé de catégorie profession|Code Profession|Libellé Profession|Code savoir-faire|Libellé savoir-faire|Dématérialisation|Raison Sociale structure BAL|Enseigne commerciale structure BAL|L2COMPLEMENTLOCALISATION structure BAL|L3COMPLEMENTDISTRIBUTION structure BAL|L4NUMEROVOIE structure BAL|L4COMPLEMENTNUMEROVOIE structure BAL|NL4TYPEVOIE structure BAL|L4LIBELLEVOIE structure BAL|L5LIEUDITMENTION structure BAL|L6LIGNEACHEMINEMENT structure BAL|Code postal structure BAL|Département structure BAL|Pays structure BAL|"
const mailLine = (kind: string, address: string, rpps: string, structure: string) =>
  `${kind}|${address}|8|${rpps}|${rpps === '' ? '' : `8${rpps}`}|1|${structure}|Gériatrie||FRITSCH|GERARD|C|Civil|10|Médecin|SM54|Médecine générale|O|CH DE REMIREMONT|||||||||88200 REMIREMONT|88200|88|FRANCE|`

beforeEach(async () => {
  await owner.query('truncate directory.skill, directory.diploma, directory.mailbox, directory.source, directory.rejected_line, directory.import cascade')
})

test('the skills and diplomas of the other files stand by professional, with their labels', async () => {
  await importContent(db, 'skills', [skillHeader, skillLine(gerard, 'SM54', 'Médecine générale'), skillLine(gerard, 'SM18', 'Gériatrie'), ''].join('\n'))
  await importContent(db, 'diplomas', [diplomaHeader, diplomaLine(gerard), ''].join('\n'))
  expect((await owner.query('select party_id, skill from directory.skill order by skill')).rows).toEqual([
    { party_id: partyIdOf('rpps', gerard), skill: 'SM18' },
    { party_id: partyIdOf('rpps', gerard), skill: 'SM54' },
  ])
  expect(
    (await owner.query(`select d.diploma, n.label from directory.diploma d join directory.nomenclature n on n.system = 'diploma' and n.code = d.diploma`)).rows,
  ).toEqual([{ diploma: 'DE28', label: 'Docteur en médecine' }])
})

test('a mailbox belongs to its professional, else to its site', async () => {
  await importContent(
    db,
    'mailboxes',
    [
      mailHeader,
      mailLine('PER', 'gerard.fritsch@medecin.mssante.fr', gerard, ''),
      mailLine('ORG', 'geriatrie@ch-remiremont.mssante.fr', '', '880780077'),
      mailLine('ORG', 'pas une adresse', '', '880780077'),
      '',
    ].join('\n'),
  )
  expect((await owner.query('select party_id, kind, address, dematerialised, department, postal_code from directory.mailbox order by kind')).rows).toEqual([
    {
      party_id: partyIdOf('finess', '880780077'),
      kind: 'ORG',
      address: 'geriatrie@ch-remiremont.mssante.fr',
      dematerialised: true,
      department: 'Gériatrie',
      postal_code: '88200',
    },
    {
      party_id: partyIdOf('rpps', gerard),
      kind: 'PER',
      address: 'gerard.fritsch@medecin.mssante.fr',
      dematerialised: true,
      department: 'Gériatrie',
      postal_code: '88200',
    },
  ])
  expect((await owner.query('select line::int, reason from directory.rejected_line')).rows).toEqual([
    { line: 4, reason: 'Adresse de messagerie absente ou impossible' },
  ])
})

test('the next file adds what is new and takes away what left', async () => {
  await importContent(db, 'skills', [skillHeader, skillLine(gerard, 'SM54', 'Médecine générale'), skillLine(claire, 'SM18', 'Gériatrie'), ''].join('\n'))
  expect(
    (await importContent(db, 'skills', [skillHeader, skillLine(claire, 'SM18', 'Gériatrie'), skillLine(claire, 'SM42', 'Psychiatrie'), ''].join('\n'))).outcome,
  ).toMatchObject({
    counts: { lines: 2, added: 1, removed: 1 },
  })
  expect((await owner.query('select skill from directory.skill order by skill')).rows).toEqual([{ skill: 'SM18' }, { skill: 'SM42' }])
})

test.each([
  ['of another kind', `${mailHeader}\n`, 'import_header_missing'],
  ['cut short', `${skillHeader}\n${skillLine(gerard, 'SM54', 'Médecine générale').slice(0, 40)}`, 'import_truncated'],
  ['with a header only', `${skillHeader}\n`, 'import_empty'],
])('a file of skills %s changes nothing and says why', async (_what, content, code) => {
  await importContent(db, 'skills', [skillHeader, skillLine(gerard, 'SM54', 'Médecine générale'), ''].join('\n'))
  expect((await importContent(db, 'skills', content)).outcome).toMatchObject({ state: 'failed', code })
  expect((await owner.query('select skill from directory.skill')).rows).toEqual([{ skill: 'SM54' }])
})
