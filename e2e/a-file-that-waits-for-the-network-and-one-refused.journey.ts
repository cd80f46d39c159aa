import { readFile } from 'node:fs/promises'
import { afterAll, expect, test } from 'vitest'
import { eicar, startClamd } from '../simulators/clamd/main.ts'
import { openSite } from './site.ts'
import { words } from './support/hand.ts'

const clamd = await startClamd()
const site = await openSite(undefined, { environment: { CLAMD_URL: clamd.url } })
afterAll(() => clamd.stop())
const text = (name: string, content: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(content) })

test('a nurse joins a file without network: it leaves by itself when it is back, opens once looked at; one with a virus never leaves; and a message becomes an appointment', async () => {
  const thomas = await site.signIn('home-nurse', { at: '/echanges', viewport: 'phone', cut: true })
  await thomas.getByRole('link', { name: words('Pansement et sortie du matin') }).click()
  const julie = await site.signIn('referent', { at: '/echanges' })
  await julie.getByRole('link', { name: words('Pansement et sortie du matin') }).press('Enter')
  const chooser = thomas.locator('input[type=file]')
  await thomas.getByLabel('Écrire un message').waitFor()

  // The network is cut while the file leaves.
  await thomas.context().setOffline(true)
  await chooser.setInputFiles(text('protocole.txt', 'Pansement tous les deux jours.'))
  await thomas.getByText('en attente du réseau').waitFor({ timeout: 20_000 })
  expect(await thomas.getByRole('button', { name: 'Envoyer' }).isDisabled()).toBe(true)
  await thomas.context().setOffline(false)
  await thomas.getByRole('list', { name: 'Fichiers à joindre' }).getByText('prêt').waitFor({ timeout: 20_000 })
  await thomas.getByLabel('Écrire un message').fill('Le protocole. On se voit jeudi chez elle ?')
  await thomas.getByRole('button', { name: 'Envoyer' }).click()

  const file = julie.getByRole('button', { name: words('protocole.txt') })
  await file.waitFor()
  const [download] = await Promise.all([julie.waitForEvent('download'), file.press('Enter')])
  expect(await readFile(await download.path(), 'utf8')).toBe('Pansement tous les deux jours.')

  // What the antivirus refuses is said to its sender, and goes with no message.
  await chooser.setInputFiles(text('facture.txt', eicar))
  await thomas.getByRole('list', { name: 'Fichiers à joindre' }).getByText(words('refusé par l’antivirus')).waitFor({ timeout: 20_000 })
  await site.accessible(thomas)
  await thomas.getByRole('button', { name: 'Retirer facture.txt' }).click()

  // The clamd of the installation is down: the file stays closed to all, then opens.
  clamd.meet({ cut: true })
  await chooser.setInputFiles(text('photo-en-mots.txt', 'Berges nettes.'))
  await thomas.getByRole('list', { name: 'Fichiers à joindre' }).getByText('prêt').waitFor({ timeout: 20_000 })
  await thomas.getByRole('button', { name: 'Envoyer' }).click()
  await julie.getByText('vérification en cours').waitFor()
  await site.accessible(julie)
  clamd.meet({})
  await chooser.setInputFiles(text('autre.txt', 'Rien.'))
  await julie.getByRole('button', { name: words('photo-en-mots.txt') }).waitFor({ timeout: 20_000 })

  // One gesture: the message is an appointment, and says so to both.
  const message = julie.getByRole('article').filter({ hasText: 'On se voit jeudi' })
  await message.getByRole('button', { name: words('Que faire du message') }).press('Enter')
  await julie.getByRole('menuitem', { name: 'En faire un rendez-vous' }).click()
  const dialog = julie.getByRole('dialog')
  await dialog.getByLabel('À', { exact: true }).fill('10:30')
  await site.accessible(julie)
  await site.picture(julie, 'journey-message-becomes-appointment')
  await dialog.getByRole('button', { name: 'Prendre le rendez-vous' }).press('Enter')
  await thomas.getByText(words('Devenu un rendez-vous, par Julie Marchal')).waitFor()
  const { rows } = await site.owner.query(
    `select place_kind, title from agenda.appointment a join conversations.outcome o on o.target_id = a.id where o.kind = 'appointment'`,
  )
  expect(rows).toEqual([{ place_kind: 'home', title: expect.stringContaining('Le protocole.') }])
})

test('a page that closes while files are chosen gives them back with the words; one that had not left is said, to be chosen again', async () => {
  const thomas = await site.signIn('home-nurse', { at: '/echanges', cut: true })
  await thomas.getByRole('link', { name: words('Pansement et sortie du matin') }).click()
  await thomas.getByLabel('Écrire un message').fill('Voici le plan de la rue.')
  const chosen = thomas.getByRole('list', { name: 'Fichiers à joindre' })
  const chooser = thomas.locator('input[type=file]')
  await chooser.setInputFiles(text('plan.txt', 'Deuxième porte.'))
  await chosen.getByRole('listitem').filter({ hasText: 'plan.txt' }).getByText('prêt').waitFor({ timeout: 20_000 })
  const uploads = '**/api/actions/conversations.file.add'
  await thomas.route(uploads, (route) => route.abort('internetdisconnected'))
  await chooser.setInputFiles(text('photo.txt', 'La porte.'))
  await chosen.getByText('en attente du réseau').waitFor({ timeout: 20_000 })
  await thomas.waitForTimeout(600)
  await thomas.unroute(uploads)
  await thomas.reload()

  await thomas.getByLabel('Écrire un message').waitFor()
  await expect.poll(() => thomas.getByLabel('Écrire un message').inputValue()).toBe('Voici le plan de la rue.')
  await chosen.getByRole('listitem').filter({ hasText: 'plan.txt' }).getByText('prêt').waitFor()
  await chosen.getByRole('listitem').filter({ hasText: 'photo.txt' }).getByText(words('n’était pas parti : choisissez-le de nouveau')).waitFor()
  await site.accessible(thomas)
  await site.picture(thomas, 'files-found-again')
  await thomas.getByRole('button', { name: 'Retirer photo.txt' }).click()
  await thomas.getByRole('button', { name: /^Envoyer/ }).click()
  await thomas.getByRole('log').getByRole('article').filter({ hasText: 'Voici le plan' }).getByText('plan.txt').waitFor()
  await thomas.waitForTimeout(600)
  await thomas.reload()
  await thomas.getByLabel('Écrire un message').waitFor()
  expect(await chosen.count()).toBe(0)
})
