import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { personas } from '../src/app/seed/personas.ts'
import { openSite } from './site.ts'
import { openTab } from './support/file-tabs.ts'
import { words } from './support/hand.ts'
import { personOf, type StoryPerson } from './support/story.ts'

const site = await openSite()
let aubry: StoryPerson
let perrin: StoryPerson
beforeAll(async () => {
  aubry = await personOf(site.owner, 'AUBRY', 'PAULETTE')
  perrin = await personOf(site.owner, 'PERRIN', 'ODILE')
})

const asked = 'Ne mange plus seul depuis la mort de sa femme, sa voisine s’inquiète.'

/** A call half typed at the desk, kept in this browser. */
async function typeCall(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Qui appelle' }).fill('Mme Schnebelen, sa voisine')
  await page.getByLabel('Ce qui est demandé').fill(asked)
  await page
    .getByText(/^Brouillon gardé à/)
    .first()
    .waitFor()
}

async function expectCall(page: Page): Promise<void> {
  await expect.poll(() => page.getByRole('combobox', { name: 'Qui appelle' }).inputValue()).toBe('Mme Schnebelen, sa voisine')
  expect(await page.getByLabel('Ce qui est demandé').inputValue()).toBe(asked)
}

/** The sessions of a persona end on the server, as when an account is closed or a limit is reached. */
const endSessionsOf = (persona: string) =>
  site.owner.query(
    `update platform.session set ended_at = now(), end_reason = 'closed' where ended_at is null and user_id = (select id from territory.user_account where national_id = $1)`,
    [personas.find(({ id }) => id === persona)?.nationalId],
  )

/** Logs in again from what stands in place of the page, which comes back at the same address. */
async function logInAgain(page: Page, persona: RegExp): Promise<void> {
  await page.getByRole('heading', { name: 'Votre session est terminée' }).waitFor()
  await site.accessible(page)
  const opening = page.waitForEvent('popup')
  await page.getByRole('button', { name: 'Se reconnecter' }).press('Enter')
  const popup = await opening
  const closed = popup.waitForEvent('close')
  // Pro Santé Connect asks who she is, unless it still knows.
  await popup
    .getByRole('link', { name: persona })
    .or(popup.getByRole('button', { name: persona }))
    .first()
    .click({ timeout: 5_000 })
    .catch(() => undefined)
  await closed
  await page.getByRole('heading', { name: 'Votre session est terminée' }).waitFor({ state: 'detached' })
}

describe('the request form', () => {
  test('the network is lost in the middle of a call: it is said, nothing goes from the sheet, and the request leaves when the network is back', async () => {
    const nadia = await site.signIn('front-desk', { at: '/demandes', cut: true })
    await typeCall(nadia)
    await nadia.context().setOffline(true)
    await nadia.keyboard.press('Alt+Enter')
    await nadia.getByText('Réseau perdu').first().waitFor()
    await site.accessible(nadia)
    await expectCall(nadia)
    await nadia.context().setOffline(false)
    await nadia.getByText(words('Demande n° \\d+ enregistrée.')).waitFor({ timeout: 30_000 })
    const { rows } = await site.owner.query('select count(*)::int as sent from intake.request_text where text = $1', [asked])
    expect(rows, 'it was sent once').toEqual([{ sent: 1 }])
    await nadia.context().close()
  })

  test('the browser is closed while the network is down: what was typed is there at the next opening', async () => {
    const nadia = await site.signIn('front-desk', { at: '/demandes', cut: true })
    await nadia.context().setOffline(true)
    await typeCall(nadia)
    await nadia.close()
    await nadia.context().setOffline(false)
    const again = await nadia.context().newPage()
    await again.goto(`${site.url}/demandes`)
    await again.getByText(/Brouillon retrouvé/).waitFor()
    await expectCall(again)
    await site.accessible(again)
    await again.getByRole('button', { name: 'Repartir de zéro' }).press('Enter')
    await again.context().close()
  })

  test('the session ends in the middle of a call: nothing of it stays on the screen; the same person logs in again, finds it and sends', async () => {
    const nadia = await site.signIn('front-desk', { at: '/demandes', refusals: [401] })
    await typeCall(nadia)
    await endSessionsOf('front-desk')
    await nadia.keyboard.press('Alt+Enter')
    await logInAgain(nadia, /Chargée d’accueil/)
    await expectCall(nadia)
    await nadia.getByLabel('Ce qui est demandé').focus()
    await nadia.keyboard.press('Alt+Enter')
    await nadia.getByText(words('Demande n° \\d+ enregistrée.')).waitFor()
    await nadia.context().close()
  })
})

describe('the evaluation', () => {
  const activity = (page: Page, name: string) => page.getByRole('group', { name })
  const answer = (page: Page, name: string, value: RegExp) => activity(page, name).getByRole('radio', { name: value })

  test('the network, then the session, are lost in the middle of an AGGIR: every answer is there after coming back', async () => {
    const julie = await site.signIn('referent', { at: `${aubry.file}/evaluations`, cut: true, refusals: [401] })
    await julie.getByRole('button', { name: 'Nouvelle évaluation' }).first().press('Enter')
    await julie.getByLabel('Quel formulaire').fill('aggir')
    await julie
      .getByRole('dialog')
      .getByRole('button', { name: /^AGGIR/ })
      .press('Enter')
    await activity(julie, 'Cohérence').waitFor()
    await answer(julie, 'Cohérence', /Seul et bien/).check()
    await julie.getByText(/^Enregistré à/).waitFor()

    await julie.context().setOffline(true)
    await answer(julie, 'Orientation', /En partie/).check()
    await julie.getByRole('button', { name: 'Réessayer' }).waitFor({ timeout: 20_000 })
    await site.accessible(julie)
    const address = julie.url()
    await julie.close()
    await julie.context().setOffline(false)

    const again = await julie.context().newPage()
    await again.goto(address)
    await activity(again, 'Cohérence').waitFor()
    await expect.poll(() => answer(again, 'Orientation', /En partie/).isChecked()).toBe(true)
    expect(await answer(again, 'Cohérence', /Seul et bien/).isChecked()).toBe(true)

    await answer(again, 'Toilette', /Pas seul/).check()
    await endSessionsOf('referent')
    await logInAgain(again, /Référente de parcours, DAC Hautes-Vallées/)
    await expect.poll(() => answer(again, 'Toilette', /Pas seul/).isChecked()).toBe(true)
    await again.getByText(/^Enregistré à/).waitFor()
    await site.accessible(again)
    await again.context().close()
  })
})

describe('two users on one record', () => {
  test('the second who saves sees both versions and chooses; the other version stays in the history', async () => {
    const [julie, karim] = await Promise.all([
      site.signIn('referent', { at: `${perrin.file}/ppcs`, refusals: [409] }),
      site.signIn('co-referent', { at: `${perrin.file}/ppcs` }),
    ])
    const write = async (page: Page, what: string): Promise<void> => {
      await page
        .getByRole('button', { name: /^(Modifier|Écrire) ce qui compte$/ })
        .first()
        .press('Enter')
      await page.getByRole('dialog').getByLabel('Ses mots, entre guillemets').fill(what)
    }
    await write(julie, '« Rester dans ma maison, avec le chat et mes livres. »')
    await write(karim, '« Rester dans ma maison et voir mes petits-enfants. »')
    await karim.keyboard.press('Control+Enter')
    await karim.getByRole('dialog').waitFor({ state: 'detached' })
    await julie.keyboard.press('Control+Enter')
    const both = julie.getByRole('dialog', { name: 'Deux personnes ont modifié la même fiche' })
    await both.getByText('voir mes petits-enfants').first().waitFor()
    await both.getByText('avec le chat et mes livres').first().waitFor()
    await both.getByText('Karim Belkacem').first().waitFor()
    await site.accessible(julie)
    await site.picture(julie, 'journey-two-versions')
    await both.getByRole('radio').last().check()
    await both.getByRole('button', { name: 'Enregistrer ces choix' }).press('Enter')
    await both.waitFor({ state: 'detached' })
    await karim.getByText('avec le chat et mes livres').first().waitFor()
    const { rows } = await site.owner.query("select 1 from platform.field_history where person_id = $1 and changes::text like '%petits-enfants%'", [
      perrin.personId,
    ])
    expect(rows.length, 'Karim’s words stay in the history').toBeGreaterThan(0)
    await openTab(julie, 'Fil')
    await site.accessible(julie)
  })
})
