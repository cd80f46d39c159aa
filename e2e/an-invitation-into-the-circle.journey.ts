import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startMssante } from '../simulators/mssante/main.ts'
import { openSite } from './site.ts'
import { choose, words } from './support/hand.ts'
import { personOf, type StoryPerson } from './support/story.ts'

const relay = await startMssante()
const folder = mkdtempSync(join(tmpdir(), 'jalon-mssante-'))
const kept = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content, { mode: 0o600 })
  return join(folder, name)
}
afterAll(async () => {
  await relay.stop()
  rmSync(folder, { recursive: true })
})
const site = await openSite(undefined, {
  environment: {
    MSSANTE_SMTP_URL: relay.url,
    MSSANTE_FROM: `Jalon <${relay.from}>`,
    MSSANTE_CLIENT_CERTIFICATE: kept('organisation.pem', relay.client.certificate),
    MSSANTE_CLIENT_KEY: kept('organisation.key', relay.client.key),
    MSSANTE_CA: kept('authority.pem', relay.authority),
  },
})

/** Mme Claudel, accompanied by Julie Marchal. */
let claudel: StoryPerson
beforeAll(async () => {
  claudel = await personOf(site.owner, 'CLAUDEL', 'JEANNE')
})

/** From the tab « Cercle »: a physiotherapist of the directory who is not in Jalon yet, by MSSanté or by a link handed over. Gives the link on the screen. */
async function inviteHugo(julie: Page, mailbox: string | null): Promise<string> {
  await julie.getByRole('button', { name: words('Autres façons d’ouvrir le cercle') }).click()
  await julie.getByRole('menuitem', { name: 'Inviter par un lien' }).click()
  const sheet = julie.getByRole('dialog')
  await sheet.getByRole('combobox', { name: words('Dans l’annuaire') }).pressSequentially('arnould hugo')
  await julie
    .getByRole('option', { name: /Hugo ARNOULD/i })
    .first()
    .click()
  await sheet.getByText('reconnu à son RPPS').waitFor()
  expect(await sheet.getByLabel('Prénom').inputValue()).toMatch(/^hugo$/i)
  await choose(sheet.getByLabel('Son rôle'), { label: 'Kinésithérapeute' })
  if (mailbox === null) await sheet.getByRole('radio', { name: 'Par un lien que je remets' }).check()
  else await sheet.getByLabel('Adresse').fill(mailbox)
  await site.accessible(julie)
  await sheet.getByRole('button', { name: mailbox === null ? /^Faire le lien/ : /^Envoyer l’invitation/ }).click()
  const link = await sheet.getByLabel('Lien d’invitation').inputValue()
  await site.accessible(julie)
  await sheet.getByRole('button', { name: 'Fermer' }).last().click()
  return link
}

/** Opens a link in a browser of one's own, and logs in by the page of Pro Santé Connect. */
async function comesByTheLink(link: string, who: RegExp, refusals: readonly number[] = []): Promise<Page> {
  const page = await site.visit(link, { refusals })
  await page.getByText(words('Vous êtes invité à rejoindre un cercle de soins')).waitFor()
  expect(page.url(), 'the secret stands no longer in the address').not.toContain('#')
  await page.getByRole('link', { name: 'Se connecter avec Pro Santé Connect' }).click()
  await page.getByRole('button', { name: who }).click()
  await page.getByRole('heading', { name: 'Invitation dans un cercle de soins' }).waitFor()
  return page
}

test('invited by MSSanté, a physiotherapist whom Jalon does not know comes by the link, is recognised at his RPPS and sees the file; nobody else can use it, nor he twice', async () => {
  const julie = await site.signIn('referent', { at: `${claudel.file}/cercle` })
  await inviteHugo(julie, 'hugo.arnould@kine.mssante.fr')
  await julie.getByText(/invitations? en attente/).click()
  await julie.getByText(words('hugo.arnould@kine.mssante.fr : envoyée')).waitFor({ timeout: 30_000 })
  const [letter] = relay.received
  expect(letter?.to).toBe('hugo.arnould@kine.mssante.fr')
  expect(letter?.text).not.toMatch(/claudel|jeanne/i)
  const link = /https?:\S+#\S+/.exec(letter?.text ?? '')?.[0] ?? ''

  const thomas = await comesByTheLink(link, /Thomas NOËL/i)
  await thomas.getByText(words('Cette invitation est pour quelqu’un d’autre')).waitFor()
  expect(await thomas.getByRole('button', { name: 'Accepter' }).count()).toBe(0)
  await site.accessible(thomas)

  const hugo = await comesByTheLink(link, /Hugo ARNOULD/i)
  await hugo.getByText(words('Vous êtes Hugo Arnould')).waitFor()
  expect(await hugo.getByText(/claudel/i).count(), 'the person is not named before the answer').toBe(0)
  await site.accessible(hugo)
  await site.picture(hugo, 'invitation-received')
  await hugo.getByRole('button', { name: 'Accepter' }).click()
  await hugo.getByText(words('Vous êtes dans le cercle.')).waitFor()
  await hugo
    .getByText(/CLAUDEL/i)
    .first()
    .waitFor()
  await site.accessible(hugo)

  // The référente sees it on her open page; the link serves no more, to him nor to another.
  await julie
    .getByRole('button', { name: words('Hugo Arnould'), exact: false })
    .first()
    .waitFor()
  await hugo.goto(link)
  await hugo.getByText(words('Vous êtes déjà dans ce cercle.')).waitFor()
  const again = await comesByTheLink(link, /Benoît LAHEURTE/i)
  await again.getByText(words('Cette invitation est pour quelqu’un d’autre')).waitFor()
})

test('a link handed over is refused once its hours have passed, and once it was withdrawn', async () => {
  const perrin = await personOf(site.owner, 'PERRIN', 'ODILE')
  const julie = await site.signIn('referent', { at: `${perrin.file}/cercle` })
  const late = await inviteHugo(julie, null)
  const [, id] = /#([0-9a-f-]{36})\./.exec(late) ?? []
  await site.owner.query(
    `update care_team.invitation set invited_at = invited_at - interval '73 hours', expires_at = now() - interval '1 hour' where id = $1`,
    [id],
  )
  const hugo = await comesByTheLink(late, /Hugo ARNOULD/i)
  await hugo.getByText(words('Cette invitation est passée')).waitFor()
  await site.accessible(hugo)

  const withdrawn = await inviteHugo(julie, null)
  await julie.getByText(words('invitations? en attente')).waitFor()
  await julie.getByText(/invitations? en attente/).click()
  await julie
    .getByRole('button', { name: /^Retirer/ })
    .first()
    .click()
  await julie.getByText(words('Invitation retirée')).waitFor()
  await hugo.goto(withdrawn)
  await hugo.getByText(words('a été retirée par le service')).waitFor()
  const ids = [id, /#([0-9a-f-]{36})\./.exec(withdrawn)?.[1]]
  const { rows } = await site.owner.query(`select state from care_team.invitation where id = any ($1::uuid[]) order by invited_at`, [ids])
  expect(rows).toEqual([{ state: 'waiting' }, { state: 'revoked' }])
})
