import { beforeAll, expect, test } from 'vitest'
import { openSite } from './site.ts'
import { words } from './support/hand.ts'
import { personOf, type StoryPerson } from './support/story.ts'

const site = await openSite()

let claudel: StoryPerson
beforeAll(async () => {
  claudel = await personOf(site.owner, 'CLAUDEL', 'JEANNE')
})

test('a fall told by the binôme alerts the référent live; she takes it, settles it with a next step, which is done: each screen follows', async () => {
  const julie = await site.signIn('referent', { at: '/ma-journee' })
  await julie.getByRole('heading', { name: 'Alertes à prendre' }).waitFor()
  const karim = await site.signIn('co-referent', { at: claudel.file })
  await karim.getByPlaceholder(/^Écrire une note, lue par/).click()
  await karim.getByLabel('Ce qui s’est passé').selectOption({ label: 'Chute' })
  await karim.getByLabel('Écrire une note').last().fill('Tombée dans l’escalier de la cave. Pas de plaie, elle a eu peur.')
  await karim.keyboard.press('Control+Enter')
  await karim.getByText(/^Note partagée avec/).waitFor()

  // Nobody flagged the note: the rule of the region raised the alert, and Julie's page shows it by itself.
  const alert = julie.getByRole('listitem').filter({ hasText: 'Tombée dans l’escalier de la cave' }).first()
  await alert.waitFor()
  await site.accessible(julie)
  await alert.getByRole('button', { name: 'Je m’en charge' }).press('Enter')
  await alert.getByText('s’en charge').waitFor()
  // Karim reads on the file, without touching anything, that she takes care of it.
  await karim.getByText('Julie Marchal s’en charge').first().waitFor()

  await alert.getByRole('button', { name: 'Traité…' }).press('Enter')
  await alert.getByLabel('Ce qui a été fait').fill('Appelée : elle va bien, sa fille passe ce soir.')
  await alert.getByLabel(/Prochaine étape/).fill('Faire éclairer l’escalier de la cave')
  await julie.keyboard.press('Control+Enter')
  await julie.getByText('Alerte traitée.').waitFor()
  await karim
    .getByText(words('Traité · Tombée dans l’escalier'))
    .first()
    .or(karim.getByRole('button', { name: /nouveauté/ }))
    .first()
    .waitFor()

  const task = julie.getByRole('listitem').filter({ hasText: 'Faire éclairer l’escalier de la cave' }).first()
  // Nothing presses: it stands behind those of today.
  await julie.getByRole('button', { name: /autres? tâches?$/ }).press('Enter')
  await task.waitFor()
  const { rows } = await site.owner.query(
    "select a.state, a.rule_version, a.event, t.title, t.state as task from liaison.alert a join episodes.task t on t.source_id = a.id where a.title like 'Tombée dans%'",
  )
  expect(rows).toEqual([{ state: 'settled', rule_version: 1, event: 'fall', title: 'Faire éclairer l’escalier de la cave', task: 'open' }])
  await task.getByRole('checkbox').or(task.getByRole('button')).first().press('Space')
  await expect
    .poll(async () => (await site.owner.query("select state from episodes.task where title = 'Faire éclairer l’escalier de la cave'")).rows[0]?.state, {
      timeout: 10_000,
    })
    .toBe('done')
})

test('a team leader tries a rule on the past before it acts, and its versions stay', async () => {
  const lead = await site.signIn('team-lead', { at: '/equipe/alertes' })
  await lead.getByRole('button', { name: 'Nouvelle règle' }).click()
  await lead.getByLabel('Nom de la règle').fill('Isolement')
  await lead.getByText('Des mots', { exact: true }).click()
  await lead.getByLabel('Mots, ou débuts de mots').fill('seul, isolé')
  await lead.getByRole('button', { name: 'Essayer sur les 90 derniers jours' }).click()
  await lead.getByText(/Aurait alerté \d+ fois|N’aurait alerté/).waitFor()
  await site.accessible(lead)
  await lead.getByRole('button', { name: 'Écrire la règle' }).click()
  await lead.getByText('Règle écrite.').waitFor()
  await lead.getByRole('button', { name: 'Changer la règle Isolement' }).click()
  await lead.getByText('Arrêtée', { exact: true }).click()
  await lead.getByRole('button', { name: 'Écrire la nouvelle version' }).click()
  await lead.getByRole('button', { name: /2.versions de la règle Isolement/ }).click()
  await lead.getByText(/Version 1,/).waitFor()
  await site.accessible(lead)
})
