import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { startInsiSimulator } from '../simulators/insi/main.ts'
import { nirKey } from '../src/persons/contract/ins.ts'
import { writeInsDatamatrix } from '../src/persons/contract/ins-datamatrix.ts'
import type { InsIdentity } from '../src/persons/contract/insi.ts'
import { openSite } from './site.ts'
import { photoOf } from './support/datamatrix-photo.ts'

const folder = mkdtempSync(join(tmpdir(), 'jalon-journey-insi-'))
const insi = await startInsiSimulator({ port: 0, folder, invent: false })
const site = await openSite(undefined, { environment: insi.settings })
afterAll(async () => {
  await insi.stop()
  rmSync(folder, { recursive: true, force: true })
})

const someone = (order: number, birthName: string, birthGivenNames: readonly string[]): InsIdentity => {
  const number = `2360488383${String(order).padStart(3, '0')}`
  return {
    matricule: number + nirKey(number),
    oid: '1.2.250.1.213.1.4.10',
    birthName,
    birthGivenNames: [...birthGivenNames],
    sex: 'F',
    birthDate: '1936-04-21' as never,
    birthPlaceCode: '88383',
  }
}
const solange = someone(811, 'VILLEMINOT-GROSJEAN', ['SOLANGE', 'MARIE-ROSE'])
const paulette = someone(812, 'HOUOT-DIDIERJEAN', ['PAULETTE'])
insi.know(solange)
insi.know({ ...paulette, birthGivenNames: ['PAULETTE', 'LEA'] })

/** As a scanner that is a keyboard: every sign a key, in a row, the separator by Ctrl+]. */
async function scan(page: Page, text: string): Promise<void> {
  for (const sign of text) await page.keyboard.press(sign === '\u001d' ? 'Control+]' : sign === ' ' ? 'Space' : sign)
  await page.keyboard.press('Enter')
}

const statusOf = async (birthName: string): Promise<{ status: string; matricule: string | null }> => {
  const { rows } = await site.owner.query('select identity_status as status, ins_matricule as matricule from persons.person where birth_name = $1', [birthName])
  return rows[0]
}

test('an identity is created from a DataMatrix, verified by INSi over mutual TLS, checked on a document: qualified in one gesture a step', async () => {
  const nadia = await site.signIn('front-desk', { at: '/personnes' })
  await nadia.getByRole('button', { name: 'Créer une identité' }).first().click()
  await nadia.getByLabel('Nom utilisé').click()
  await scan(nadia, writeInsDatamatrix(solange))
  await nadia.getByText('DataMatrix lu').waitFor()
  expect(await nadia.getByLabel('Nom utilisé').inputValue(), 'the scan leaves nothing in the field that had the focus').toBe('')
  expect(await nadia.getByLabel('Nom de naissance').inputValue()).toBe(solange.birthName)
  await site.accessible(nadia)
  await nadia.keyboard.press('Control+Enter')
  await nadia.getByText('Identité provisoire', { exact: true }).first().waitFor()
  await site.picture(nadia, 'identite-a-qualifier')
  await nadia.getByRole('button', { name: 'Interroger INSi' }).click()
  await nadia.getByRole('button', { name: 'Vérifier l’INS lue' }).click()
  await nadia.getByRole('table', { name: /mêmes traits/ }).waitFor()
  await site.accessible(nadia)
  await site.picture(nadia, 'identite-comparee')
  await nadia.getByRole('button', { name: 'Reprendre cette identité' }).click()
  await nadia.getByText('Identité récupérée.').waitFor()
  expect(await statusOf(solange.birthName)).toEqual({ status: 'RECUP', matricule: solange.matricule })
  await nadia.getByText('Pièce', { exact: true }).first().click()
  await nadia.getByLabel('Pièce présentée').selectOption({ label: 'Carte nationale d’identité' })
  await nadia.keyboard.press('Control+Enter')
  await nadia.getByText('INS qualifiée', { exact: true }).first().waitFor()
  expect(await statusOf(solange.birthName)).toEqual({ status: 'QUAL', matricule: solange.matricule })
  await site.accessible(nadia)
})

test('a photo of a DataMatrix is read in the browser; INSi knows another given name, which is compared and accepted', async () => {
  const nadia = await site.signIn('front-desk', { at: '/personnes' })
  await nadia.getByRole('button', { name: 'Créer une identité' }).first().click()
  const photo = { name: 'photo.png', mimeType: 'image/png', buffer: await photoOf(writeInsDatamatrix(paulette)) }
  await nadia.getByLabel('Photo d’un DataMatrix INS').setInputFiles(photo)
  await nadia.getByText('DataMatrix lu').waitFor()
  await nadia.getByLabel('Nom de naissance').press('Control+Enter')
  await nadia.getByText('Identité provisoire', { exact: true }).first().waitFor()
  await nadia.getByRole('button', { name: 'Interroger INSi' }).click()
  await nadia.getByRole('button', { name: 'Vérifier l’INS lue' }).click()
  await nadia.getByText(/INSi refuse l’INS qui a été lue/).waitFor()
  await nadia.reload()
  await nadia.getByRole('button', { name: 'Interroger INSi' }).click()
  await nadia.getByRole('button', { name: 'Interroger de nouveau' }).click()
  await nadia.getByRole('table', { name: /1\strait diffère/ }).waitFor()
  await nadia.getByRole('button', { name: 'Reprendre cette identité' }).click()
  await nadia.getByText('Identité récupérée.').waitFor()
  await nadia.goto(`${site.url}/identites?motif=document`)
  await nadia.getByRole('link', { name: new RegExp(paulette.birthName) }).waitFor()
  await site.accessible(nadia)
  await site.picture(nadia, 'identites-a-verifier')
})

test('scanned in the search, the DataMatrix finds the person; a birthplace is typed by its name of then, and a strict trait corrected takes the INS away', async () => {
  const nadia = await site.signIn('front-desk', { at: '/personnes' })
  await nadia.getByPlaceholder('thiriet gérard 04111938').click()
  await scan(nadia, writeInsDatamatrix(solange))
  await nadia
    .getByRole('link', { name: /VILLEMINOT-GROSJEAN/ })
    .first()
    .click()
  await nadia.goto(`${nadia.url().replace(/\/(synthese)?$/, '')}/information`)
  await nadia.getByRole('button', { name: 'Modifier' }).click()
  await nadia.getByRole('combobox', { name: /^Lieu de naissance/ }).fill('evry petit')
  await nadia.getByRole('option', { name: /Évry-Petit-Bourg.*Seine-et-Oise/ }).waitFor()
  await site.accessible(nadia)
  await nadia.keyboard.press('Enter')
  await nadia.getByText(/Un trait strict change/).waitFor()
  await nadia.keyboard.press('Control+Enter')
  await nadia.getByText('Identité corrigée. La vérification et l’INS sont à refaire.').waitFor()
  expect(await statusOf(solange.birthName)).toEqual({ status: 'PROV', matricule: null })
  const { rows } = await site.owner.query(
    "select changes from platform.field_history where changes ? 'insMatricule' and changes -> 'insMatricule' ->> 0 = $1 and changes -> 'insMatricule' ->> 1 is null",
    [solange.matricule],
  )
  expect(rows, 'what was withdrawn stays in the history').toHaveLength(1)
})
