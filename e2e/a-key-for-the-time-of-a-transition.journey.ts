import type { CDPSession, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openSite } from './site.ts'

const site = await openSite(undefined, { host: 'localhost', environment: { SEALING_KEY: 'a key of the journeys, of no installation' } })

/** A phone that keeps passkeys and always recognises its owner, as the browser sees one. */
async function withAuthenticator(page: Page): Promise<CDPSession> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return devtools
}

test('the region opens the transition, invites a colleague without a card, and she enters with a passkey; a sensitive gesture asks again who one is', async () => {
  await site.owner.query(
    `update territory.user_account set email = 'karim.belkacem@dac.example' where family_name ilike 'belkacem' and given_name ilike 'karim'`,
  )
  const admin = await site.signIn('regional-admin', { at: '/administration/connexion', refusals: [403] })
  const local = admin.getByRole('form', { name: 'Ouvrir ou fermer la connexion sans Pro Santé Connect' })
  await local.getByText('Ouvrir la connexion sans Pro Santé Connect').click()
  const inAMonth = new Date(Date.now() + 30 * 86_400_000)
  await local.getByLabel('Jusqu’au').fill(inAMonth.toLocaleDateString('fr-FR'))
  await local.getByLabel('Justification écrite').fill('Trois services attendent leur enregistrement au RPPS+ : transition d’un mois.')
  await site.accessible(admin)
  await site.picture(admin, 'journey-sign-in-settings')

  // Her last proof is two hours old: the gesture waits for a new one, then goes on by itself.
  await site.owner.query(`update platform.session set authenticated_at = now() - interval '2 hours' where ended_at is null`)
  const popup = admin.waitForEvent('popup')
  await local.getByRole('button', { name: 'Enregistrer' }).click()
  const asked = admin.getByRole('dialog', { name: 'Confirmez que c’est bien vous' })
  await asked.waitFor()
  await site.accessible(admin)
  await asked.getByRole('button', { name: 'Confirmer avec Pro Santé Connect' }).click()
  const psc = await popup
  await psc.locator('button[value="regional-admin"]').click()
  await asked.waitFor({ state: 'detached' })
  await admin
    .getByText(/^Ouverte jusqu’au/)
    .first()
    .waitFor()

  await admin.getByLabel('Chercher un compte à inviter').fill('belkacem')
  await admin
    .getByRole('button', { name: /Belkacem/i })
    .first()
    .click()
  await admin.getByRole('button', { name: 'Inviter', exact: true }).click()
  const link = await admin.getByLabel('Lien d’invitation').inputValue()
  expect(link).toMatch(/\/invitation#[0-9a-f-]{36}\.[\w-]{43}$/)
  await site.accessible(admin)

  const context = await admin
    .context()
    .browser()
    ?.newContext({ locale: 'fr-FR', timezoneId: 'Europe/Paris', viewport: { width: 1366, height: 768 } })
  if (context === undefined) throw new Error('no browser')
  const karim = await context.newPage()
  const violations: string[] = []
  karim.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) violations.push(message.text())
  })
  await withAuthenticator(karim)
  await karim.goto(link)
  await karim.getByRole('heading', { name: /^Bonjour Karim/ }).waitFor()
  expect(karim.url()).toBe(`${site.url}/invitation`)
  await site.accessible(karim)
  await site.picture(karim, 'journey-invitation')
  await karim.getByRole('button', { name: 'Choisir un mot de passe' }).click()
  await karim.getByRole('img', { name: 'Code QR à lire avec l’application de codes' }).waitFor()
  await site.accessible(karim)
  await site.picture(karim, 'journey-invitation-code')
  await karim.getByRole('button', { name: 'Revenir' }).click()
  await karim.getByRole('button', { name: 'Créer ma clé d’accès' }).click()
  await karim.getByRole('heading', { name: 'C’est fait' }).waitFor()
  await karim.getByRole('link', { name: 'Me connecter' }).click()
  await karim.getByRole('button', { name: 'Se connecter avec une clé d’accès' }).waitFor()
  await site.accessible(karim)
  await site.picture(karim, 'journey-welcome-transition')
  await karim.getByRole('button', { name: 'Se connecter avec une clé d’accès' }).click()
  const me = karim.getByRole('button', { name: /Karim BELKACEM/i })
  await me.waitFor()

  await me.click()
  await karim.getByRole('button', { name: 'Mes sessions' }).click()
  await karim.getByText('cette session').waitFor()
  await karim.getByText(/Clé d’accès/).waitFor()
  await site.accessible(karim)
  await site.picture(karim, 'journey-my-sessions')
  expect(violations).toEqual([])

  // The same link again opens nothing.
  const late = await context.newPage()
  await late.goto(link)
  await late.getByRole('heading', { name: 'Cette invitation ne peut pas servir' }).waitFor()
  const { rows } = await site.owner.query(`select method from platform.session where ended_at is null and method <> 'psc'`)
  expect(rows).toEqual([{ method: 'passkey' }])
  await context.close()
})
