import { expect, test } from 'vitest'
import { openSite } from './site.ts'

const site = await openSite()

test('a physiotherapist whom Jalon does not know yet logs in with Pro Santé Connect, and her logout ends the session on the server', async () => {
  const page = await site.signIn('newcomer')
  const menu = page.getByRole('button', { name: /Hugo Arnould/ })
  await menu.waitFor()
  await site.accessible(page)
  expect((await page.context().cookies(site.url)).filter(({ httpOnly }) => httpOnly)).not.toEqual([])

  await menu.click()
  await page.getByText('Se déconnecter').click()
  await page.getByRole('heading', { name: 'Vous êtes déconnecté' }).waitFor()
  await site.accessible(page)
  const { rows } = await site.owner.query('select count(*)::int as live from platform.session where ended_at is null')
  expect(rows).toEqual([{ live: 0 }])
})
