import { expect, test } from 'vitest'
import { anRpps, anRppsLine, rppsHeader } from '../src/directory/testing/rpps-file.ts'
import { openSite } from './site.ts'
import { words } from './support/hand.ts'

const site = await openSite()

const extract = (...lines: readonly string[]) => ({
  name: 'PS_LibreAcces_Personne_activite_202611200904.txt',
  mimeType: 'text/plain',
  buffer: Buffer.from(`${[rppsHeader, ...lines].join('\n')}\n`),
})
const good = Array.from({ length: 40 }, (_unused, index) => anRppsLine(anRpps(900_000 + index), { "Nom d'exercice": 'VALDENAIRE' }))

test('an extract is sent from the screen: what is damaged or too small is refused in words, the rest is imported with each refused line and why', async () => {
  const admin = await site.signIn('regional-admin', { at: '/administration/imports', refusals: [400, 409, 422] })
  const file = admin.getByLabel('Choisir un fichier').or(admin.getByLabel('Fichier')).first()
  const send = admin.getByRole('button', { name: 'Envoyer et importer' })
  const report = admin.getByRole('region', { name: 'Rapport d’un import' })

  await send.press('Enter')
  await admin.getByText('Choisissez d’abord un fichier.').waitFor()
  await site.accessible(admin)

  const damaged = { ...extract(), name: 'rpps.zip', mimeType: 'application/zip', buffer: Buffer.from('PK\u0003\u0004 not an archive') }
  await file.setInputFiles(damaged)
  await send.press('Enter')
  await report.getByText(words('L’archive est endommagée|L’archive ne contient pas')).waitFor()
  await site.accessible(admin)

  await file.setInputFiles(extract(...good))
  await send.press('Enter')
  await report.getByText(words('ne contient que 40 fiches')).waitFor()

  await file.setInputFiles(extract(...good, anRppsLine('19900000000')))
  await admin.getByLabel('Accepter une forte baisse').check()
  await send.press('Enter')
  await report.getByText('Ajoutées').waitFor()
  await report.getByText('1 ligne refusée').waitFor()
  await site.accessible(admin)
  await site.picture(admin, 'import-report')
  const { rows } = await site.owner.query(`select count(*)::int as n from directory.entry where label like '%Valdenaire%'`)
  expect(rows[0].n).toBeGreaterThanOrEqual(40)
})
