import { test } from 'vitest'
import { openSite } from './site.ts'
import { personOf } from './support/story.ts'

const site = await openSite()

test('a référent hands a file over: her colleague sees it on his open page, and she keeps it in her caseload until the end of the overlap', async () => {
  const perrin = await personOf(site.owner, 'PERRIN', 'ODILE')
  const julie = await site.signIn('referent', { at: perrin.file })
  const karim = await site.signIn('co-referent', { at: perrin.file })
  await karim.getByText('binôme Karim Belkacem').waitFor()

  await julie.getByRole('button', { name: 'Changer', exact: true }).press('Enter')
  await julie.getByRole('radio', { name: 'Référent' }).check({ force: true })
  const colleague = julie.getByLabel('Nouveau référent')
  await colleague.selectOption(await colleague.locator('option', { hasText: 'Karim Belkacem' }).getAttribute('value'))
  await julie.getByLabel(/^Passage de relais/).fill('31/12/2099')
  await julie.getByLabel('Pourquoi').selectOption({ index: 1 })
  await julie.getByRole('button', { name: /^Changer de référent/ }).press('Enter')
  await julie.getByText('Référent changé.').waitFor()

  // The header of his open page follows: he is the référent, and nobody is his binôme yet.
  await karim.getByText('sans binôme').waitFor()
  await julie.goto(`${site.url}/mes-situations`)
  await julie
    .getByRole('row')
    .filter({ hasText: /PERRIN/i })
    .first()
    .waitFor()
  await site.accessible(julie)
})
