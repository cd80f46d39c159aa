import { expect, test } from 'vitest'
import { testDatabase } from '../../../platform/testing/test-database.ts'
import { aCommune } from '../../../territory/testing/builders.ts'
import { importContent } from '../../testing/import-content.ts'
import { anRpps, anRppsFile, anRppsLine, type RppsFields } from '../../testing/rpps-file.ts'

const { db, owner } = await testDatabase()
await aCommune(db, { code: '88408', name: 'Rupt-sur-Moselle', postalCodes: ['88360'] })
await aCommune(db, { code: '88383', name: 'Remiremont', postalCodes: ['88200'] })

const cards = async () => (await owner.query('select e.*, e.words::text from directory.entry e order by party_id')).rows
const startAgain = (): Promise<unknown> =>
  owner.query(
    'truncate directory.practice, directory.professional, directory.source, directory.vanished, directory.import, directory.entry, directory.nomenclature, directory.skill, directory.diploma cascade',
  )

/** The same file in an empty directory, read as a small one (the database derives every card), then as one of the country. */
async function bothWays(content: string): Promise<{ readonly slowly: readonly unknown[]; readonly atOnce: readonly unknown[] }> {
  await startAgain()
  expect((await importContent(db, 'rpps', content)).outcome).toMatchObject({ state: 'done' })
  const slowly = await cards()
  await startAgain()
  expect((await importContent(db, 'rpps', content, { large: 100, piece: 3000 })).outcome).toMatchObject({ state: 'done' })
  return { slowly, atOnce: await cards() }
}

function drawing(seed: number): { readonly below: (limit: number) => number; readonly one: <T>(from: readonly T[]) => T } {
  let state = seed
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 4_294_967_296) * limit)
  }
  return { below, one: (from) => from[below(from.length)] as (typeof from)[number] }
}

const families = ['FRITSCH', 'LE GOFF', 'D’ARTAGNAN', "D'ALMEIDA", 'PETIT-JEAN', 'Noël', 'DE  SOUZA', 'martin', 'O2 SANTE', 'ŒUVRARD', 'SAINT-MARC DE LA TOUR']
const givens = ['GERARD', 'ANNE-MARIE', 'Éloïse', 'JEAN PIERRE', 'zoé', 'LOU', '']
const trades: readonly RppsFields[] = [
  {},
  { 'Code savoir-faire': 'SM53', 'Libellé savoir-faire': 'Spécialiste en médecine générale' },
  { 'Code savoir-faire': 'SM42', 'Libellé savoir-faire': 'Psychiatrie' },
  { 'Code savoir-faire': 'SM40', 'Libellé savoir-faire': 'Pédiatrie' },
  { 'Code savoir-faire': 'SM99', 'Libellé savoir-faire': '' },
  { 'Code savoir-faire': '', 'Libellé savoir-faire': '' },
  { 'Code profession': '60', 'Libellé profession': 'Infirmier', 'Code savoir-faire': '', 'Libellé savoir-faire': '' },
  { 'Code profession': '70', 'Libellé profession': 'Masseur-Kinésithérapeute', 'Code savoir-faire': 'X 1', 'Libellé savoir-faire': 'Savoir nouveau' },
  { 'Code profession': '987', 'Libellé profession': 'Métier nouveau', 'Code savoir-faire': '', 'Libellé savoir-faire': '' },
  { 'Code profession': '988', 'Libellé profession': '', 'Code savoir-faire': '', 'Libellé savoir-faire': '' },
  { 'Code profession': '', 'Libellé profession': '', 'Code savoir-faire': '', 'Code rôle': '307', 'Libellé rôle': 'Mandataire' },
  { 'Code profession': '93', 'Libellé profession': 'Psychologue', 'Code savoir-faire': '', 'Code rôle': '399', 'Libellé rôle': 'Rôle nouveau' },
]
const places: readonly RppsFields[] = [
  {},
  { 'Code postal (coord. structure)': '88200', 'Code commune (coord. structure)': '', 'Libellé commune (coord. structure)': 'REMIREMONT' },
  { 'Code postal (coord. structure)': '', 'Code commune (coord. structure)': '', 'Libellé commune (coord. structure)': '' },
  { 'Code postal (coord. structure)': '1000', 'Code commune (coord. structure)': '', 'Libellé commune (coord. structure)': 'LAUSANNE' },
  { 'Code postal (coord. structure)': 'GL 4', 'Code commune (coord. structure)': '', 'Libellé commune (coord. structure)': 'LONDRES' },
  {
    'Code postal (coord. structure)': '',
    'Code commune (coord. structure)': '',
    'Libellé commune (coord. structure)': '',
    'Bureau cedex (coord. structure)': '88204 REMIREMONT CEDEX',
  },
]
const telephones = ['0353011408', '', '03 53 01 14 09', '+33353011410', '0033353011', '15', 'néant']
const sites = ['CABINET DU DR FRITSCH', 'Cabinet infirmier', 'CENTRE HOSPITALIER', '', 'SOCIETE "L’ALLIANCE" \\ FILS']

test('cards made while a file of the country is read are those that the database would have made, word for word', async () => {
  const { below, one } = drawing(20_261_122)
  const lines: string[] = []
  for (let person = 0; person < 700; person += 1) {
    const who: RppsFields = {
      "Nom d'exercice": one(families),
      "Prénom d'exercice": one(givens),
      'Code civilité': one(['M', 'MME', '']),
      "Code civilité d'exercice": one(['DR', 'PR', '', '']),
    }
    const isPlain = below(3) > 0
    const trade = one(trades)
    for (let practice = below(4); practice >= 0; practice -= 1)
      lines.push(
        anRppsLine(anRpps(9000 + person), {
          ...who,
          ...(isPlain ? { "Nom d'exercice": 'PETIT-JEAN', "Prénom d'exercice": 'ANNE' } : {}),
          ...(below(4) > 0 ? trade : one(trades)),
          ...one(places),
          'Code mode exercice': one(['L', 'S', 'B', '']),
          'Code genre activité': one(['GENR01', 'GENR02', 'GENR03', '']),
          'Téléphone (coord. structure)': one(telephones),
          'Raison sociale site': one(sites),
          'Enseigne commerciale site': one(['', 'ENSEIGNE']),
          'Numéro Voie (coord. structure)': String(below(100)),
        }),
      )
    // Some lines of a professional come long after her others.
    if (below(12) === 0) lines.push(...lines.splice(below(lines.length), 1))
  }
  const { slowly, atOnce } = await bothWays(anRppsFile(lines))
  expect(slowly.length).toBeGreaterThan(600)
  expect(atOnce).toEqual(slowly)
})

test('most cards of a plain file need no derivation by the database', async () => {
  await startAgain()
  const plain = Array.from({ length: 50 }, (_, at) => anRppsLine(anRpps(20_000 + at)))
  await owner.query(
    `create function directory.counted() returns trigger language plpgsql as $$ begin raise exception 'derived by the database'; end $$;
     create trigger counted before insert on directory.staged_party for each row execute function directory.counted()`,
  )
  try {
    expect((await importContent(db, 'rpps', anRppsFile(plain), { large: 100 })).outcome).toMatchObject({ state: 'done', counts: { added: 50 } })
    await startAgain()
    await expect(
      importContent(db, 'rpps', anRppsFile([...plain, ...plain.map((line) => line.replace('DE LORRAINE', 'DES VOSGES'))]), { large: 100 }),
    ).rejects.toThrow('derived by the database')
  } finally {
    await owner.query('drop trigger counted on directory.staged_party; drop function directory.counted')
  }
})

test('skills that came before the extract are found on the cards of a first import', async () => {
  await startAgain()
  await owner.query(`insert into directory.skill (line_hash, party_id, skill) values (5, territory.party_id('rpps:' || $1), 'SM18')`, [anRpps(31_000)])
  await importContent(db, 'rpps', anRppsFile([anRppsLine(anRpps(31_000))]), { large: 100 })
  expect((await owner.query(`select words::text like '%m:SM18%' as found from directory.entry`)).rows).toEqual([{ found: true }])
})
