import { expect, test } from 'vitest'
import { openSite } from './site.ts'
import { anAccompaniment } from './support/an-accompaniment.ts'
import { words } from './support/hand.ts'
import { smallWorld } from './support/small-world.ts'

const site = await openSite(smallWorld)

const widthOf = 'document.documentElement.scrollWidth <= window.innerWidth'

test('on a telephone, a call is taken at the desk with the thumb', async () => {
  const nadia = await site.signIn('front-desk', { at: '/demandes', viewport: 'phone' })
  await nadia.getByRole('combobox', { name: 'Qui appelle' }).waitFor()
  await site.accessible(nadia)
  expect(await nadia.evaluate(widthOf), 'nothing overflows to the side').toBe(true)
  await nadia.getByRole('combobox', { name: 'Qui appelle' }).fill('Mme Martine Thiriet, son épouse')
  await nadia.getByLabel('Ce qui est demandé').fill('Cherche une aide à domicile.')
  await nadia.getByLabel('Réponse donnée maintenant').fill('Coordonnées du CCAS.')
  await site.picture(nadia, 'phone-desk')
  await nadia.getByRole('button', { name: 'Répondre et clore' }).click()
  await nadia.getByText(words('Demande n° \\d+ répondue et close.')).waitFor()
  await site.accessible(nadia)
})

test('on a telephone, a référente reads a file between two visits, tab after tab', async () => {
  const { personId, julie } = await anAccompaniment(site)
  await julie.context().close()
  const phone = await site.signIn('referent', { at: `/personnes/${personId}`, viewport: 'phone' })
  await phone.getByRole('heading', { level: 1, name: words('AUBRY Simone') }).waitFor()
  await site.accessible(phone)
  await site.picture(phone, 'phone-file')
  for (const tab of [/^Fil/, 'Cercle', 'Évaluations', 'PPCS', 'Échanges', 'Information et accès']) {
    await phone.getByRole('navigation', { name: 'Dossier' }).getByRole('link', { name: tab }).click()
    await phone.waitForLoadState('networkidle')
    await site.accessible(phone)
    expect(await phone.evaluate(widthOf), `${tab}: nothing overflows to the side`).toBe(true)
    await site.picture(phone, `phone-file-${String(tab).replace(/[^\p{L}]/gu, '')}`)
  }
})
