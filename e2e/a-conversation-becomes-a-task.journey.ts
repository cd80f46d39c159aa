import { test } from 'vitest'
import { openSite } from './site.ts'
import { words } from './support/hand.ts'

const site = await openSite()

test('a nurse writes in the circle’s conversation, the référente reads it live, answers, and makes a task of it', async () => {
  const thomas = await site.signIn('home-nurse', { at: '/echanges', viewport: 'phone' })
  await thomas.getByRole('link', { name: words('Pansement et sortie du matin') }).click()
  await site.accessible(thomas)
  const julie = await site.signIn('referent', { at: '/echanges' })
  await site.accessible(julie)
  await julie.getByRole('link', { name: words('Pansement et sortie du matin') }).press('Enter')
  await julie.getByText(words('Je laisse l’ordonnance dans le classeur rouge')).last().waitFor()

  // Two gestures: type, send.
  await thomas.getByLabel('Écrire un message').fill('Il manque des compresses pour lundi.')
  await thomas.getByRole('button', { name: 'Envoyer' }).click()
  await julie.getByRole('log').getByText('Il manque des compresses pour lundi.').waitFor()

  // She answers by the keyboard alone; he reads it without a gesture, she reads that it was read.
  await julie.getByLabel('Écrire un message').fill('Je les commande.')
  await julie.keyboard.press('Control+Enter')
  await thomas.getByRole('log').getByText('Je les commande.').waitFor()
  await julie.getByText(words('Lu par')).waitFor()
  await site.accessible(julie)

  const message = julie.getByRole('article').filter({ hasText: 'Il manque des compresses' })
  await message.getByRole('button', { name: words('Que faire du message') }).press('Enter')
  await julie.getByRole('menuitem', { name: 'En faire une tâche' }).click()
  const dialog = julie.getByRole('dialog')
  await dialog.getByLabel('À faire').waitFor()
  await site.accessible(julie)
  await dialog.getByRole('button', { name: 'Ajouter la tâche' }).press('Enter')
  await thomas.getByText(words('Devenu une tâche, par Julie Marchal')).waitFor()
  await site.accessible(thomas)
  await site.picture(thomas, 'journey-conversation-nurse')
})
