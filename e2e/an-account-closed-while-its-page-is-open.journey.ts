import { expect, test } from 'vitest'
import { openSite } from './site.ts'

const site = await openSite()

test('an account is closed while its page is open: the page says so within a second, and shows nothing more', async () => {
  const julie = await site.signIn('referent', { at: '/ma-journee', refusals: [401] })
  await julie.getByRole('button', { name: /Julie MARCHAL/i }).waitFor()

  const admin = await site.signIn('regional-admin', { at: '/administration/utilisateurs' })
  await admin.getByLabel('Chercher un compte').fill('marchal julie')
  await admin
    .getByRole('link', { name: /Marchal Julie/i })
    .first()
    .click()
  await admin.getByRole('button', { name: 'Fermer le compte' }).click()
  const closed = admin.waitForResponse((response) => response.url().endsWith('/api/actions/territory.user.close'))
  await admin.getByRole('dialog').getByRole('button', { name: 'Fermer le compte' }).click()
  expect((await closed).status()).toBe(200)
  const from = Date.now()
  await julie.getByRole('heading', { name: 'Votre session est terminée' }).waitFor()
  expect(Date.now() - from).toBeLessThan(1_000)
  expect(await julie.locator('nav').count(), 'nothing of the page stays').toBe(0)
  await site.accessible(julie)
  await site.picture(julie, 'journey-account-closed')

  const { rows } = await site.owner.query(
    `select s.end_reason from platform.session s join territory.user_account u on u.id = s.user_id where u.family_name ilike 'marchal' and u.status = 'disabled'`,
  )
  expect(rows).toEqual([{ end_reason: 'account_closed' }])
  // She tries again: Pro Santé Connect knows her, Jalon does not let her in.
  const again = await site.signIn('referent', { refusals: [403] })
  await again.getByRole('heading', { name: 'Votre accès à Jalon est fermé' }).waitFor()
})

test('after a logout, going back shows nothing of anybody, and the browser keeps nothing', async () => {
  const page = await site.signIn('team-lead', { at: '/equipe', refusals: [401] })
  const menu = page.getByRole('button', { name: /Sandrine AUBERTIN/i })
  await menu.click()
  const answer = page.waitForResponse((response) => response.url().endsWith('/logout') && response.request().method() === 'POST')
  await page.getByText('Se déconnecter').click()
  expect((await (await answer).allHeaders())['clear-site-data']).toBe('"cache", "storage"')
  await page.getByRole('heading', { name: 'Vous êtes déconnecté' }).waitFor()
  expect((await page.context().cookies(site.url)).map(({ name }) => name)).toEqual([])
  expect(await page.evaluate(() => indexedDB.databases().then((all) => all.length))).toBe(0)
  await page.goto(`${site.url}/equipe`)
  await page.getByRole('link', { name: 'Se connecter avec Pro Santé Connect' }).waitFor()
  expect(await page.getByText('AUBERTIN').count()).toBe(0)
})
