import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openSite } from './site.ts'
import { atTheBedside, carry, cut, lying, prepared } from './support/bedside.ts'
import { words } from './support/hand.ts'
import { personOf } from './support/story.ts'

// Working without network is offered once the installation has a key to seal with.
const site = await openSite(undefined, { environment: { SEALING_KEY: 'a key of the journeys, of no installation' } })
const { personId } = await personOf(site.owner, 'PERRIN', 'ODILE')

async function keepNote(page: Page, body: string): Promise<void> {
  await page.getByLabel('Note de visite').fill(body)
  await page.getByRole('button', { name: 'Garder la note' }).click()
  await page.getByText(body).first().waitFor()
}

async function leaves(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: words('Julie Marchal') })
    .first()
    .click()
  await page.getByRole('button', { name: 'Se déconnecter' }).click()
}

/** How often each was written in the file, on the server. */
async function written(bodies: readonly string[]): Promise<readonly number[]> {
  const { rows } = await site.owner.query<{ n: number }>(
    `select count(n.id)::int as n from unnest($1::text[]) with ordinality as w(body, place)
      left join liaison.note n on n.body = w.body and n.person_id = $2 group by w.place order by w.place`,
    [bodies, personId],
  )
  return rows.map(({ n }) => n)
}

test('she asks to log out while notes wait for the network: it comes back, they are sent first, and only then does the session close', async () => {
  const notes = ['Repas du midi pris en entier, devant moi.', 'Sa voisine passe chaque soir jusqu’à dimanche.']
  const julie = await site.signIn('referent', { at: '/tournee', viewport: 'phone', cut: true, refusals: [401] })
  await prepared(julie, personId)
  await atTheBedside(julie, 'Perrin')
  await cut(julie.context(), julie)
  for (const note of notes) await keepNote(julie, note)
  await julie.getByText(words('2 éléments à envoyer')).first().waitFor()

  await leaves(julie)
  await julie.getByText(words('attendent encore ici')).waitFor({ timeout: 20_000 })
  expect(await written(notes)).toEqual([0, 0])
  await julie.context().setOffline(false)
  await julie.getByRole('heading', { name: 'Vous êtes déconnecté' }).waitFor({ timeout: 40_000 })
  expect(await written(notes)).toEqual([1, 1])
  expect(await julie.evaluate(() => indexedDB.databases().then((all) => all.length))).toBe(0)
  await julie.context().close()
})

test('she leaves without network, one note having arrived without its answer: all stay sealed, and her next login merges each once', async () => {
  const [arrived, ...others] = ['Tension prise assise, treize sept.', 'Marche jusqu’à la boîte aux lettres.', 'Demande un second passage le vendredi.']
  const notes = [arrived as string, ...others]
  const julie = await site.signIn('referent', { at: '/tournee', viewport: 'phone', cut: true, refusals: [401] })
  const context = julie.context()
  await carry(julie)
  await atTheBedside(julie, 'Perrin')
  await cut(context, julie)
  await keepNote(julie, notes[0] as string)

  // The server takes the first one, and the network falls before it can say so.
  const deliveries = '**/api/offline/deliver'
  await julie.route(deliveries, async (route) => {
    await route.fetch()
    await context.setOffline(true)
    await route.abort('internetdisconnected')
  })
  await context.setOffline(false)
  await expect.poll(() => written(notes), { timeout: 40_000 }).toEqual([1, 0, 0])
  await julie.getByText(words('Hors ligne depuis')).first().waitFor({ timeout: 40_000 })
  await julie.unroute(deliveries)
  for (const note of others) await keepNote(julie, note)

  await leaves(julie)
  await julie.getByText(words('attendent encore ici')).waitFor({ timeout: 20_000 })
  await julie.getByRole('button', { name: words('Partir, l’envoi attendra') }).click()
  await julie.getByText(words('3 gestes de Julie Marchal attendent ici, scellés')).waitFor()
  const left = await lying(julie)
  expect([left.copies, left.waiting, left.readable, left.coded]).toEqual([0, 3, 0, 0])
  expect(await written(notes)).toEqual([1, 0, 0])

  // The page opens by itself, her session ends at this first contact; at her next login here, everything leaves.
  await context.setOffline(false)
  await julie.getByRole('heading', { name: 'Vous êtes déconnecté' }).waitFor({ timeout: 30_000 })
  expect((await lying(julie)).waiting).toBe(3)
  await julie.goto(`${site.url}/login?${new URLSearchParams({ login_hint: 'referent', returnTo: '/tournee' })}`)
  await expect.poll(() => written(notes), { timeout: 40_000 }).toEqual([1, 1, 1])
  await expect.poll(async () => (await lying(julie)).waiting, { timeout: 30_000 }).toBe(0)
})

test('a tour taken without a code, its page reloaded without network: what is closed and what waits is said, and her words leave by themselves when the network is back', async () => {
  const julie = await site.signIn('referent', { at: '/tournee', viewport: 'phone', cut: true, refusals: [401] })
  const context = julie.context()
  await julie.getByRole('button', { name: 'Emporter ma tournée' }).click()
  await julie.getByRole('heading', { name: 'Sur cet appareil' }).waitFor({ timeout: 30_000 })
  await atTheBedside(julie, 'Perrin')
  await cut(context, julie)
  const note = 'Repas livré, le réfrigérateur est plein.'
  await keepNote(julie, note)
  await julie.reload()
  await julie.getByRole('heading', { name: 'Sans réseau' }).waitFor()
  await julie.getByText('La tournée a été prise sans code').waitFor()
  await julie.getByText(words('1 geste de Julie Marchal attend ici, scellé')).waitFor()
  await site.accessible(julie)
  await site.picture(julie, 'phone-no-network-no-code')
  await context.setOffline(false)
  await julie.getByRole('heading', { level: 1 }).filter({ hasNotText: 'Sans réseau' }).first().waitFor({ timeout: 30_000 })
  await expect.poll(() => written([note]), { timeout: 40_000 }).toEqual([1])
})
