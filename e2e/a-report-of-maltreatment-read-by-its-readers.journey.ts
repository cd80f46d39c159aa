import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { addDays, formatDay } from '../src/platform/contract/dates.ts'
import { openSite } from './site.ts'
import { words } from './support/hand.ts'
import { personOf, today } from './support/story.ts'

const site = await openSite()
const theDayBefore = formatDay(addDays(today(), -1))

test('Julie writes a report of maltreatment: her direction reads it, her colleague and the doctor see nothing of it, until he is named, and no more once removed', async () => {
  const perrin = await personOf(site.owner, 'PERRIN', 'ODILE')
  const julie = await site.signIn('referent', { at: `/signalements/nouveau?personne=${perrin.personId}` })
  await julie.getByRole('heading', { level: 1, name: 'Nouveau signalement' }).waitFor()
  await site.accessible(julie)
  await julie.getByRole('radio', { name: words('La personne accompagnée') }).check()
  await julie.getByLabel('Observé ou rapporté par').fill('Julie Marchal, infirmière')
  await julie.getByLabel('Le', { exact: true }).first().fill(theDayBefore)
  await julie.getByLabel(words('Ce qui a été vu, entendu, dit')).fill('Porte fermée à clé de l’extérieur. Réfrigérateur vide.')
  await julie.getByText(words('Danger avéré'), { exact: true }).click()
  await julie.getByText(words('Négligence, abandon, privation')).click()
  await julie.getByLabel(/Ce qui fait craindre/).fill('Enfermée la journée, sans repas.')
  await julie.getByRole('radio', { name: 'Non prévenue' }).first().check()
  await julie.getByLabel(words('N’a pas été prévenue parce que')).fill('son fils est présent à chaque visite')
  await julie.getByRole('radio', { name: 'Prévenue', exact: true }).nth(1).check()
  await julie.getByLabel('Le', { exact: true }).nth(1).fill(theDayBefore)
  await site.accessible(julie)
  await site.picture(julie, 'journey-report-written')
  await julie.getByRole('button', { name: /Ouvrir le signalement/ }).click()
  await julie.getByRole('heading', { level: 2, name: 'Autorités saisies' }).waitFor()
  await site.accessible(julie)

  // Which authority, by what means.
  await julie.getByRole('button', { name: 'Noter une saisine' }).click()
  const dialog = julie.getByRole('dialog')
  await dialog.getByLabel('Autorité').selectOption({ label: 'Procureur de la République' })
  await dialog.getByText(words('Code pénal, art. 434-3')).waitFor()
  await dialog.getByLabel('Par quel moyen').selectOption({ index: 1 })
  await site.accessible(julie)
  await dialog.getByRole('button', { name: /Noter la saisine/ }).click()
  await julie.getByText('Saisine notée.').waitFor()
  await site.picture(julie, 'journey-report')
  const address = new URL(julie.url()).pathname

  // The direction reads it, without a file.
  const director = await site.signIn('director', { at: '/signalements' })
  await director.getByRole('link', { name: words('PERRIN Odile') }).click()
  await director.getByText('Réfrigérateur vide').waitFor()
  await site.accessible(director)

  // A colleague of the same team: an empty list, the same words as for what does not exist.
  const karim = await site.signIn('co-referent', { at: '/signalements', refusals: [404] })
  await karim.getByText(words('Aucun signalement en cours')).waitFor()
  await site.accessible(karim)
  await karim.goto(`${site.url}${address}`)
  await karim.getByText(words('Ce signalement n’existe pas, ou vous n’en êtes pas lecteur')).waitFor()
  await karim.goto(`${site.url}${perrin.file}/information`)
  await karim.getByText(words('jamais par le cercle')).waitFor()
  expect(await karim.getByText('dont vous êtes lecteur').count()).toBe(0)

  // Named, with a reason, he reads at once; removed, his open page closes without a click.
  await julie.getByRole('button', { name: 'Nommer' }).click()
  await julie
    .getByRole('dialog')
    .getByLabel('Collègue')
    .selectOption({ label: await optionOf(julie, 'Karim Belkacem') })
  await julie
    .getByRole('dialog')
    .getByLabel(/Pourquoi/)
    .fill('Binôme de Julie.')
  await site.accessible(julie)
  await julie
    .getByRole('dialog')
    .getByRole('button', { name: /Nommer/ })
    .click()
  await julie.getByText(words('Lecteur nommé.')).waitFor()
  await karim.goto(`${site.url}${address}`)
  await karim.getByText('Réfrigérateur vide').waitFor()
  await julie.getByRole('button', { name: 'Retirer Karim Belkacem' }).click()
  await julie
    .getByRole('dialog')
    .getByLabel(/Pourquoi/)
    .fill('Fin du remplacement.')
  await julie
    .getByRole('dialog')
    .getByRole('button', { name: /Retirer/ })
    .click()
  await karim.getByText(words('Ce signalement n’existe pas, ou vous n’en êtes pas lecteur')).waitFor()
  await karim.getByText('Réfrigérateur vide').waitFor({ state: 'detached' })
  await site.accessible(karim)

  // On paper.
  await julie.getByRole('link', { name: 'Imprimer' }).click()
  await julie.getByText(words('Document confidentiel')).waitFor()
  await site.accessible(julie)
})

/** The whole label of a choice, which goes on with the trade. */
async function optionOf(page: Page, begins: string): Promise<string> {
  const options = page.getByRole('dialog').getByLabel('Collègue').locator('option')
  await options.filter({ hasText: begins }).waitFor({ state: 'attached' })
  const labels = await options.allTextContents()
  return labels.find((label) => label.startsWith(begins)) ?? begins
}
