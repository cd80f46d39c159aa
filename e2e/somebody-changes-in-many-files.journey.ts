import { expect, test } from 'vitest'
import { openSite } from './site.ts'
import { words } from './support/hand.ts'

const site = await openSite()

test('without a mouse, from « Mes situations », an infirmier is found once and the change of many files opens; his card leads there too', async () => {
  const julie = await site.signIn('referent', { at: '/mes-situations' })
  await julie.getByRole('heading', { level: 1, name: 'Mes situations' }).waitFor({ state: 'attached' })
  await julie.getByRole('button', { name: words('Un intervenant change') }).press('Enter')
  const window = julie.getByRole('dialog')
  await window.getByRole('combobox', { name: 'Qui change' }).waitFor()
  await site.accessible(julie)
  await julie.keyboard.press('Escape')
  await window.waitFor({ state: 'detached' })
  expect(await julie.evaluate(() => document.activeElement?.textContent)).toContain('Un intervenant change')
  await julie.keyboard.press('Enter')
  await window.getByRole('combobox', { name: 'Qui change' }).pressSequentially('noel thomas')
  await julie
    .getByRole('option', { name: /Thomas No[ëe]l/i })
    .first()
    .waitFor()
  await julie.keyboard.press('Enter')
  await julie.getByRole('heading', { level: 1, name: words('Changer dans plusieurs dossiers') }).waitFor({ state: 'attached' })
  await julie
    .getByText(/Thomas No[ëe]l/i)
    .first()
    .waitFor()
  expect(new URL(julie.url()).pathname).toMatch(/^\/cercles\/fiches\/[0-9a-f-]{36}$/)
  await site.accessible(julie)
  await site.picture(julie, 'many-files')

  await julie.getByRole('link', { name: 'Sa fiche' }).press('Enter')
  const back = julie.getByRole('link', { name: words('Changer dans plusieurs dossiers') })
  await back.waitFor()
  await site.picture(julie, 'card-to-many-files')
  await back.press('Enter')
  await julie.getByRole('link', { name: 'Sa fiche' }).waitFor()
})
