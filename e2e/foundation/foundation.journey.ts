import { readFile } from 'node:fs/promises'
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FixtureSite, type FixtureWorld, newWorld, openFixtureSite, referent } from './fixture-site.ts'

let site: FixtureSite
beforeAll(async () => {
  site = await openFixtureSite()
})
afterAll(() => site.close())

const gallery = '/composants'

async function faultsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document)
    return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`)
  })
}

/** What IndexedDB holds in this browser, as text that one can search. */
function browserResidue(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('jalon', 1)
      request.onsuccess = () => resolve(request.result)
    })
    const all = (name: string): Promise<unknown[]> =>
      new Promise((resolve) => {
        const request = db.transaction(name).objectStore(name).getAll()
        request.onsuccess = () => resolve(request.result as unknown[])
      })
    const decode = new TextDecoder()
    const seen = JSON.stringify([await all('keys'), await all('drafts')], (_key, value) =>
      value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? decode.decode(value) : value,
    )
    db.close()
    return seen
  })
}

async function typeRequest(page: Page): Promise<void> {
  await page.getByLabel('Qui appelle', { exact: true }).fill('Mme Martine Thiriet')
  await page.getByLabel('Ce qui est demandé', { exact: true }).fill('Sort lundi de l’hôpital.')
}

describe('Screens', () => {
  for (const [width, height] of [
    [1366, 768],
    [390, 844],
  ] as const) {
    for (const dark of [false, true]) {
      it(`axe finds nothing on the components at ${width} px, ${dark ? 'dark' : 'light'}, and the security policy is not broken`, async () => {
        const page = await site.open(newWorld(), gallery, { width, height, dark })
        const errors: string[] = []
        page.on('console', (message) => message.type() === 'error' && !message.text().includes('404') && errors.push(message.text()))
        page.on('pageerror', (error) => errors.push(error.message))
        await page.reload()
        await page.getByRole('heading', { level: 1, name: 'Composants et états' }).waitFor()
        expect(await faultsOf(page)).toEqual([])
        expect(await page.evaluate(() => document.documentElement.getAttribute('data-mantine-color-scheme'))).toBe(dark ? 'dark' : 'light')
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'nothing overflows sideways').toBe(true)
        expect(errors).toEqual([])
        await page.context().close()
      })
    }
  }

  it('axe finds nothing on the open palette, the menu, a question and the shortcuts', async () => {
    const world = newWorld()
    const page = await site.open(world, gallery)
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Une personne, un professionnel').waitFor()
    expect(await faultsOf(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /Julie Marchal/ }).click()
    await page.getByRole('button', { name: 'Se déconnecter' }).waitFor()
    expect(await faultsOf(page)).toEqual([])
    await page.getByRole('button', { name: 'Voir les raccourcis' }).click()
    await page.getByRole('dialog', { name: 'Raccourcis de cette page' }).waitFor()
    expect(await faultsOf(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Clore', exact: true }).click()
    await page.getByRole('dialog', { name: /Clore cette situation/ }).waitFor()
    expect(await faultsOf(page)).toEqual([])
    expect(world.violations, 'the security policy').toEqual([])
    await page.context().close()
  })

  it('the door is shown to whoever has no session', async () => {
    const page = await site.open(newWorld(null), '/pilotage')
    const way = page.getByRole('link', { name: 'Se connecter avec Pro Santé Connect' })
    expect(await way.getAttribute('href')).toBe('/login?returnTo=%2Fpilotage')
    expect(await faultsOf(page)).toEqual([])
    await page.context().close()
  })

  it('each function has its places and its home', async () => {
    const director = { ...referent, functions: ['director' as const] }
    const page = await site.open(newWorld(director), '/')
    await page.waitForURL('**/pilotage')
    const places = await page.getByRole('navigation', { name: 'Principal' }).getByRole('link').allInnerTexts()
    expect(places).toContain('Pilotage')
    expect(places, 'a director has no files').not.toContain('Personnes')
    await page.context().close()
  })
})

describe('Keys', () => {
  it('a field that goes while one types: the end of the sentence presses nothing, the next key does', async () => {
    const page = await site.open(newWorld(), gallery)
    await page.evaluate(() => {
      const field = document.createElement('textarea')
      document.getElementById('contenu')?.append(field)
      field.addEventListener('input', () => field.value.endsWith('repasse ') && field.remove())
      field.focus()
    })
    await page.keyboard.type('Le SAD repasse en fin de journée')
    expect(await page.locator('#contenu > textarea').count()).toBe(0)
    expect(new URL(page.url()).pathname).toBe(gallery)
    await page.waitForTimeout(2_000)
    await page.keyboard.press('n')
    await page.waitForURL((url) => url.pathname !== gallery)
  })

  it('N opens a new request, but not while one types nor once single keys are switched off', async () => {
    const page = await site.open(newWorld(), gallery)
    await page.getByLabel('Qui appelle', { exact: true }).pressSequentially('nn')
    expect(new URL(page.url()).pathname).toBe(gallery)
    await page.getByRole('button', { name: /Julie Marchal/ }).click()
    await page.getByText('Raccourcis d’une seule touche').click()
    await page.keyboard.press('Escape')
    await page.locator('#contenu').focus()
    await page.keyboard.press('n')
    expect(new URL(page.url()).pathname).toBe(gallery)
    await page.getByRole('button', { name: /Julie Marchal/ }).click()
    await page.getByText('Raccourcis d’une seule touche').click()
    await page.keyboard.press('Escape')
    await page.locator('#contenu').focus()
    await page.keyboard.press('n')
    await page.waitForURL('**/demandes/nouvelle')
    await page.context().close()
  })
})

describe('Nothing typed is ever lost', () => {
  it('what is typed comes back after the page was reloaded, even when the server never received it', async () => {
    const world = newWorld()
    const page = await site.open(world, gallery)
    await typeRequest(page)
    await page
      .getByText(/^Brouillon gardé à/)
      .first()
      .waitFor()
    world.drafts.clear()
    await page.reload()
    await page.getByText(/Brouillon retrouvé/).waitFor()
    expect(await page.getByLabel('Qui appelle', { exact: true }).inputValue()).toBe('Mme Martine Thiriet')
    await page.context().close()
  })

  it('it comes back in another browser too, from the server', async () => {
    const world = newWorld()
    const first = await site.open(world, gallery)
    await typeRequest(first)
    await expect.poll(() => world.drafts.has('gallery.try'), { timeout: 8000 }).toBe(true)
    await first.context().close()
    const second = await site.open(world, gallery)
    await second.getByText(/Brouillon retrouvé/).waitFor()
    expect(await second.getByLabel('Ce qui est demandé', { exact: true }).inputValue()).toBe('Sort lundi de l’hôpital.')
    await second.context().close()
  })

  it('what lies in the browser cannot be read, and an explicit logout leaves nothing', async () => {
    const world = newWorld()
    const page = await site.open(world, gallery)
    await typeRequest(page)
    await page
      .getByText(/^Brouillon gardé à/)
      .first()
      .waitFor()
    const residue = await browserResidue(page)
    expect(residue).toContain('gallery.try')
    expect(residue).not.toContain('Thiriet')
    await page.getByRole('button', { name: /Julie Marchal/ }).click()
    await page.getByRole('button', { name: 'Se déconnecter' }).click()
    await page.waitForURL('**/logout')
    expect(JSON.stringify(world.drafts.get('gallery.try'))).toContain('Thiriet')
    expect(await browserResidue(page)).toBe('[[],[]]')
    await page.context().close()
  })

  it('a lost session empties the screen; logging in elsewhere brings it back at the same address, with what was typed, and it can be sent', async () => {
    const world = newWorld()
    const page = await site.open(world, gallery)
    const sent = await answerTry(page, world)
    await typeRequest(page)
    await page.getByText('72 h', { exact: true }).last().click()
    world.actor = null
    await page.getByRole('button', { name: /^Enregistrer Ctrl/ }).click()
    await page.getByRole('heading', { name: 'Votre session est terminée' }).waitFor()
    expect(await page.content()).not.toContain('Thiriet')
    expect(await faultsOf(page)).toEqual([])
    world.actor = referent
    const other = await page.context().newPage()
    await other.goto(`${site.url}/connexion/faite`)
    await page.getByText(/Brouillon retrouvé/).waitFor()
    expect(await page.getByLabel('Qui appelle', { exact: true }).inputValue()).toBe('Mme Martine Thiriet')
    await page.getByRole('button', { name: /^Enregistrer Ctrl/ }).click()
    await page.getByText('Essai enregistré.').waitFor()
    const [first, second] = sent.map(({ body }) => body as { id: string })
    expect(second?.id, 'the same record is sent').toBe(first?.id)
    await page.context().close()
  })

  it('a lost network is said; the sending is repeated under the same key until it passes', async () => {
    const world = newWorld()
    const page = await site.open(world, gallery)
    const sent = await answerTry(page, world, { failures: 2 })
    await typeRequest(page)
    await page.getByText('72 h', { exact: true }).last().click()
    await page.getByRole('button', { name: /^Enregistrer Ctrl/ }).click()
    await page.getByText('Réseau perdu', { exact: false }).first().waitFor()
    await page.getByText('Essai enregistré.').waitFor()
    expect(sent.length).toBe(3)
    expect(new Set(sent.map((one) => one.key)).size).toBe(1)
    await page.context().close()
  })

  it('two versions of one record are shown side by side, and only what was chosen is sent', async () => {
    const world = newWorld()
    const page = await site.open(world, gallery)
    const at = '2026-11-22T09:40:00Z'
    const sent = await answerTry(page, world, {
      conflict: {
        version: 4,
        fields: [
          { field: 'caller', base: 'Martine', theirs: 'Mme M. Thiriet', mine: 'Mme Martine Thiriet', theirsBy: 'Nadia Ferry', theirsAt: at },
          { field: 'phone', base: null, theirs: '0639984107', mine: null, theirsBy: 'Nadia Ferry', theirsAt: at },
        ],
      },
    })
    await typeRequest(page)
    await page.getByText('72 h', { exact: true }).last().click()
    await page.getByRole('button', { name: /^Enregistrer Ctrl/ }).click()
    const dialog = page.getByRole('dialog', { name: 'Deux personnes ont modifié la même fiche' })
    await dialog.waitFor()
    expect(await faultsOf(page)).toEqual([])
    const save = dialog.getByRole('button', { name: 'Enregistrer ces choix' })
    expect(await save.getAttribute('aria-disabled'), 'nothing is chosen where both typed').toBe('true')
    await dialog.getByRole('radio').nth(0).check()
    await save.click()
    await page.getByText('Essai enregistré.').waitFor()
    expect(sent[1]?.body).toMatchObject({ caller: 'Mme M. Thiriet', phone: '0639984107', baseVersion: 4, note: 'Sort lundi de l’hôpital.' })
    await page.context().close()
  })

  it('faults are under their fields, the first one has the focus, and nothing was sent', async () => {
    const world = newWorld()
    const page = await site.open(world, gallery)
    const sent = await answerTry(page, world)
    await page.getByLabel('Date de naissance facultatif').fill('31/02/1941')
    await page.getByRole('button', { name: /^Enregistrer Ctrl/ }).click()
    await page.getByText('À remplir.').first().waitFor()
    await expect.poll(() => page.getByText('Le 31 février n’existe pas').count()).toBe(2)
    expect(await page.getByText('À remplir.').count()).toBe(2)
    expect(sent).toEqual([])
    expect(await faultsOf(page)).toEqual([])
    await page.context().close()
  })
})

describe('Lists', () => {
  it('the CSV holds every page of the list, under one line of heads', async () => {
    const page = await site.open(newWorld(), gallery)
    const asked: unknown[] = []
    await page.route('**/api/queries/gallery.requests.csv', (route) => {
      asked.push(route.request().postDataJSON())
      const first = asked.length === 1
      return route.fulfill({
        headers: {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': 'attachment; filename="exemple.csv"',
          ...(first ? { 'x-next-cursor': encodeURIComponent('après|1') } : {}),
        },
        body: `\uFEFFReçue le;Service\r\n${first ? '30/09/2026;SMR' : '29/09/2026;Gériatrie'}\r\n`,
      })
    })
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV' }).click()])
    expect(download.suggestedFilename()).toBe('exemple.csv')
    expect(await readFile(await download.path(), 'utf8')).toBe('\uFEFFReçue le;Service\r\n30/09/2026;SMR\r\n29/09/2026;Gériatrie\r\n')
    expect(asked).toEqual([{}, { cursor: 'après|1' }])
    await page.context().close()
  })
})

describe('Live events', () => {
  it('two tabs of one browser share one stream', async () => {
    const world = newWorld()
    const page = await site.open(world, gallery)
    const second = await page.context().newPage()
    await second.goto(`${site.url}/aide`)
    await second.getByRole('heading', { name: 'Trouver, commencer' }).waitFor()
    await second.waitForTimeout(500)
    expect(world.calls.filter((call) => call.path === '/api/stream').length).toBe(1)
    await page.context().close()
  })
})

interface Sent {
  readonly key: string | undefined
  readonly body: unknown
}

/** Makes the world answer the action of the gallery: after `failures` lost requests, after one conflict, else at once. */
async function answerTry(page: Page, world: FixtureWorld, how: { readonly failures?: number; readonly conflict?: unknown } = {}): Promise<Sent[]> {
  const sent: Sent[] = []
  await page.route('**/api/actions/gallery.try', async (route) => {
    const request = route.request()
    sent.push({ key: request.headers()['idempotency-key'], body: request.postDataJSON() })
    if (sent.length <= (how.failures ?? 0)) return route.abort('internetdisconnected')
    if (!world.actor)
      return route.fulfill({
        status: 401,
        contentType: 'application/problem+json',
        body: JSON.stringify({ code: 'signed_out', detail: 'Votre session est terminée.' }),
      })
    if (how.conflict && sent.length === 1)
      return route.fulfill({
        status: 409,
        contentType: 'application/problem+json',
        body: JSON.stringify({ code: 'stale_version', detail: 'Deux versions.', details: how.conflict }),
      })
    return route.fulfill({ json: { id: (request.postDataJSON() as { id: string }).id } })
  })
  return sent
}
