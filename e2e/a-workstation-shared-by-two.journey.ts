import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { personas } from '../src/app/seed/personas.ts'
import { openSite } from './site.ts'
import { words } from './support/hand.ts'
import { personOf } from './support/story.ts'

const site = await openSite()

const asked = 'Sa fille ne peut plus monter l’escalier depuis lundi.'
const caller = (page: Page) => page.getByRole('combobox', { name: 'Qui appelle' })
const request = (page: Page) => page.getByLabel('Ce qui est demandé')
const unsent = (page: Page) => page.getByRole('dialog').getByText(words('n’est pas encore en lieu sûr'))
const left = (page: Page) => page.getByRole('heading', { name: 'Vous êtes déconnecté' })

async function logOut(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('button', { name }).click()
  await page.getByRole('button', { name: 'Se déconnecter' }).click()
}

/** Somebody logs in in a tab of this browser, as at a desk that two people share. */
async function logInBeside(page: Page, persona: string, at: string): Promise<Page> {
  const tab = await page.context().newPage()
  await tab.goto(`${site.url}/login?${new URLSearchParams({ login_hint: persona, returnTo: at })}`)
  return tab
}

async function expectDraft(page: Page): Promise<void> {
  await page.getByText(/Brouillon retrouvé/).waitFor()
  expect(await request(page).inputValue()).toBe(asked)
}

/** She begins anew, and the server has heard it: only then may her window be closed by somebody quicker than any hand. */
async function beginAnew(page: Page): Promise<void> {
  const heard = page.waitForResponse('**/api/actions/draft.discard')
  await page.getByRole('button', { name: 'Repartir de zéro' }).click()
  expect((await heard).ok()).toBe(true)
}

/** The sessions of a persona end on the server, as when a limit is reached. */
const endSessionsOf = (persona: string) =>
  site.owner.query(
    `update platform.session set ended_at = now(), end_reason = 'closed' where ended_at is null and user_id = (select id from territory.user_account where national_id = $1)`,
    [personas.find(({ id }) => id === persona)?.nationalId],
  )

/** The server cannot keep drafts for now. */
const refuseDrafts = (page: Page) =>
  page.context().route('**/api/actions/draft.save', (route) =>
    route.fulfill({
      status: 503,
      contentType: 'application/problem+json',
      body: JSON.stringify({ code: 'unavailable', detail: 'Le service ne répond pas.' }),
    }),
  )

describe('a logout with a draft that has not reached the server', () => {
  test('without network it is said; she waits, and the logout goes on by itself once the network and the draft have passed', async () => {
    const nadia = await site.signIn('front-desk', { at: '/demandes', cut: true, refusals: [401] })
    await caller(nadia).fill('Mme Rousset, sa fille')
    await nadia.context().setOffline(true)
    await request(nadia).fill(asked)
    await nadia
      .getByText(/^Brouillon gardé à/)
      .first()
      .waitFor()
    await logOut(nadia, /Nadia Ferry/i)
    await unsent(nadia).waitFor()
    await site.accessible(nadia)
    await site.picture(nadia, 'journey-logout-unsent-draft')
    await nadia.getByRole('button', { name: 'Rester connecté' }).click()
    await nadia.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await request(nadia).inputValue(), 'she can stay').toBe(asked)

    await logOut(nadia, /Nadia Ferry/i)
    await unsent(nadia).waitFor()
    await nadia.context().setOffline(false)
    await left(nadia).waitFor()
    expect(await nadia.evaluate(() => indexedDB.databases().then((all) => all.length)), 'nothing stays in the browser').toBe(0)
    await nadia.goto(`${site.url}/login?login_hint=front-desk&returnTo=%2Fdemandes`)
    await expectDraft(nadia)
    await beginAnew(nadia)
    await nadia.context().close()
  })

  test('what was typed in another tab counts too; she may leave it, and it is gone', async () => {
    const nadia = await site.signIn('front-desk', { at: '/ma-journee', refusals: [401, 503] })
    const tab = await nadia.context().newPage()
    await tab.goto(`${site.url}/demandes`)
    await refuseDrafts(nadia)
    await request(tab).fill(asked)
    await tab
      .getByText(/^Brouillon gardé à/)
      .first()
      .waitFor()
    await logOut(nadia, /Nadia Ferry/i)
    await unsent(nadia).waitFor()
    await nadia.getByRole('button', { name: 'Partir sans ces brouillons' }).click()
    await left(nadia).waitFor()
    await tab.getByRole('link', { name: 'Se connecter avec Pro Santé Connect' }).waitFor()
    expect(await tab.getByText(asked).count()).toBe(0)
    await nadia.context().unrouteAll()
    await nadia.goto(`${site.url}/login?login_hint=front-desk&returnTo=%2Fdemandes`)
    await request(nadia).waitFor()
    await nadia.waitForLoadState('networkidle')
    expect(await request(nadia).inputValue()).toBe('')
    await nadia.context().close()
  })
})

describe('two users in one browser', () => {
  test('the page of the first does nothing under the session of the second, shows nothing more, and gives its words back to the first alone', async () => {
    const nadia = await site.signIn('front-desk', { at: '/demandes', refusals: [401, 409, 503] })
    await refuseDrafts(nadia)
    await request(nadia).fill(asked)
    await nadia
      .getByText(/^Brouillon gardé à/)
      .first()
      .waitFor()
    const since = new Date()
    const sandrine = await logInBeside(nadia, 'team-lead', '/demandes')
    await sandrine.getByRole('button', { name: /Sandrine Aubertin/i }).waitFor()
    await nadia.context().unrouteAll()

    // She comes back to her tab: it closes, whatever she was about to send.
    await nadia.bringToFront()
    await nadia.evaluate(() => window.dispatchEvent(new Event('focus')))
    await nadia.getByRole('heading', { name: words('Une autre personne s’est connectée dans ce navigateur') }).waitFor()
    await site.accessible(nadia)
    await site.picture(nadia, 'journey-another-user')
    expect(await nadia.content()).not.toContain('escalier')
    expect(await request(sandrine).inputValue(), 'her words are not Sandrine’s').toBe('')
    const { rows } = await site.owner.query(
      `select count(*)::int as done from audit.entry where (name like 'intake.%' or name like 'draft.%') and kind = 'action' and actor_name ilike '%aubertin' and at > $1`,
      [since],
    )
    expect(rows, 'nothing was done in the name of Sandrine').toEqual([{ done: 0 }])

    await logOut(sandrine, /Sandrine Aubertin/i)
    await left(sandrine).waitFor()
    const again = await logInBeside(nadia, 'front-desk', '/demandes')
    await expectDraft(again)
    await beginAnew(again)
    await nadia.context().close()
  })
})

test('a session that ends leaves nothing of the file in the page; the same user finds it again at the same address', async () => {
  const aubry = await personOf(site.owner, 'AUBRY', 'PAULETTE')
  const julie = await site.signIn('referent', { at: aubry.file, refusals: [401] })
  await julie.getByRole('heading', { level: 1, name: /AUBRY/ }).waitFor()
  await endSessionsOf('referent')
  await julie.getByRole('heading', { name: 'Votre session est terminée' }).waitFor()
  const shown = `${await julie.title()} ${await julie.content()}`
  expect(shown).not.toMatch(/aubry/i)
  await site.accessible(julie)
  await site.picture(julie, 'journey-session-over')
  const address = julie.url()
  const popup = await logInBeside(julie, 'referent', '/connexion/faite')
  await julie.getByRole('heading', { level: 1, name: /AUBRY/ }).waitFor()
  expect(julie.url()).toBe(address)
  if (!popup.isClosed()) await popup.close()
})

test('what was typed in a form without a draft is there when the same user comes back and opens it again', async () => {
  const admin = await site.signIn('regional-admin', { at: '/administration/utilisateurs', refusals: [401] })
  const change = async (): Promise<void> => {
    await admin.getByLabel('Chercher un compte').fill('marchal julie')
    await admin
      .getByRole('link', { name: /Marchal Julie/i })
      .first()
      .click()
    await admin
      .getByRole('button', { name: /^Modifier l’exercice/ })
      .first()
      .click()
  }
  await change()
  const title = admin.getByLabel('Intitulé du poste').first()
  await title.fill('Référente de parcours, antenne de la vallée')
  await endSessionsOf('regional-admin')
  await admin.getByRole('heading', { name: 'Votre session est terminée' }).waitFor()
  expect(await admin.content()).not.toContain('antenne de la vallée')
  await logInBeside(admin, 'regional-admin', '/connexion/faite')
  await admin.getByRole('heading', { name: 'Votre session est terminée' }).waitFor({ state: 'detached' })
  await change()
  await expect.poll(() => title.inputValue()).toBe('Référente de parcours, antenne de la vallée')
})
