import { expect, test } from 'vitest'
import { openSite } from './site.ts'
import { words } from './support/hand.ts'
import { personOf } from './support/story.ts'

const site = await openSite()

test('a concertation: the doctor sees the minutes being written, accepts a decision, and it becomes a task; then the minutes are signed', async () => {
  const perrin = await personOf(site.owner, 'PERRIN', 'ODILE')
  const { rows } = await site.owner.query<{ id: string }>("select id from case_conferences.conference where person_id = $1 and state = 'planned'", [
    perrin.personId,
  ])
  const at = `/concertations/${rows[0]?.id}`
  const julie = await site.signIn('referent', { at })
  const doctor = await site.signIn('gp', { at })
  // Of her two situations she takes the first, her practice.
  await doctor.keyboard.press('Tab')
  await doctor.keyboard.press('Enter')
  await doctor.waitForURL(`**${at}`)
  await site.accessible(julie)

  await julie.getByRole('group', { name: 'Présence de Dr Anne-Laure Fritsch' }).getByRole('button', { name: 'Présent', exact: true }).press('Enter')
  await julie.getByRole('button', { name: words('^Écrire : Qui assure le lever') }).press('Enter')
  await doctor.getByText('Julie Marchal écrit…').waitFor()
  await julie.getByRole('textbox', { name: /^Qui assure le lever/ }).fill('Une aide est demandée pour le samedi.')
  await julie.getByRole('button', { name: 'Rendre la plume' }).press('Enter')
  await doctor.getByText('Une aide est demandée pour le samedi.').waitFor()
  await site.accessible(doctor)

  await julie.getByRole('button', { name: 'Décider' }).press('Enter')
  await julie.getByLabel('Ce qui est décidé').fill('Prescrire des passages infirmiers le week-end')
  await julie.getByLabel('Qui le fait').selectOption({ label: 'Dr Anne-Laure Fritsch' })
  await julie.getByRole('button', { name: 'Noter la décision' }).press('Enter')
  await doctor.getByRole('button', { name: words('^Accepte : Prescrire') }).press('Enter')
  await julie.getByText('Acceptée').waitFor()

  await julie.getByRole('button', { name: 'Noter', exact: true }).press('Enter')
  await julie.getByRole('radio', { name: 'D’accord' }).check({ force: true })
  await julie.getByLabel('Comment', { exact: true }).selectOption({ label: 'En réunion' })
  await julie.getByRole('button', { name: 'Noter son avis' }).press('Enter')
  await julie.getByText('La personne est d’accord').waitFor()
  await julie.getByRole('button', { name: words('^En faire une tâche : Prescrire') }).press('Enter')
  await julie.getByText('Devenue une tâche').waitFor()

  await julie.getByRole('button', { name: 'Signer le compte rendu' }).press('Enter')
  await julie.getByRole('button', { name: 'Signer', exact: true }).press('Enter')
  await doctor.getByText('Compte rendu signé').waitFor()
  expect(await doctor.getByRole('button', { name: /^Écrire/ }).count()).toBe(0)
  await site.accessible(julie)
})
