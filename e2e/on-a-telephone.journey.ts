import { expect, test } from 'vitest'
import { openSite } from './site.ts'
import { fileTabs, openTab } from './support/file-tabs.ts'
import { words } from './support/hand.ts'
import { personOf } from './support/story.ts'

const site = await openSite()

const fitsTheWidth = 'document.documentElement.scrollWidth <= window.innerWidth'

test('on a telephone, what waits is seen first, and a call is taken at the desk with the thumb', async () => {
  const nadia = await site.signIn('front-desk', { at: '/demandes', viewport: 'phone' })
  await nadia.getByRole('heading', { level: 1, name: 'Demandes' }).waitFor()
  await nadia
    .getByRole('link', { name: words('Reste') })
    .first()
    .waitFor()
  await site.accessible(nadia)
  await nadia.getByRole('link', { name: 'Nouvelle demande' }).click()
  await nadia.getByRole('combobox', { name: 'Qui appelle' }).waitFor()
  await site.accessible(nadia)
  expect(await nadia.evaluate(fitsTheWidth), 'nothing overflows to the side').toBe(true)
  await nadia.getByRole('combobox', { name: 'Qui appelle' }).fill('Mme Martine Thiriet, son épouse')
  await nadia.getByLabel('Ce qui est demandé').fill('Cherche une aide à domicile.')
  await nadia.getByLabel('Réponse donnée maintenant').fill('Coordonnées du CCAS.')
  await site.picture(nadia, 'phone-desk')
  await nadia.getByRole('button', { name: 'Répondre et clore' }).click()
  await nadia.getByText(words('Demande n° \\d+ répondue et close.')).waitFor()
  await site.accessible(nadia)
})

test('on a telephone, a référente reads a file between two visits, tab after tab', async () => {
  const { file } = await personOf(site.owner, 'PERRIN', 'ODILE')
  const phone = await site.signIn('referent', { at: file, viewport: 'phone' })
  await phone.getByRole('heading', { level: 1, name: words('PERRIN Odile') }).waitFor()
  for (const tab of fileTabs) {
    await openTab(phone, tab)
    await phone.waitForLoadState('networkidle')
    await site.accessible(phone)
    expect(await phone.evaluate(fitsTheWidth), `${tab}: nothing overflows to the side`).toBe(true)
    await site.picture(phone, `phone-file-${tab.replace(/[^\p{L}]/gu, '')}`)
  }
})
