import { beforeAll, expect, test } from 'vitest'
import { openSite } from './site.ts'
import { personOf, type StoryPerson } from './support/story.ts'

const site = await openSite()

/** Mme Claudel, accompanied by Julie Marchal. */
let claudel: StoryPerson
beforeAll(async () => {
  claudel = await personOf(site.owner, 'CLAUDEL', 'JEANNE')
})

test('a nurse near the person is found on the list and on the map, and joins the circle in five gestures', async () => {
  const julie = await site.signIn('referent', { at: `${claudel.file}/cercle` })
  let gestures = 0
  const gesture = async (does: Promise<void>): Promise<void> => {
    gestures += 1
    await does
  }
  await gesture(julie.getByRole('link', { name: 'Autour de la personne', exact: true }).click())
  await julie.getByRole('heading', { level: 1, name: /^Autour de/ }).waitFor()
  await gesture(julie.getByRole('checkbox', { name: /^Infirmier/ }).check())
  const first = julie.getByRole('region', { name: 'Résultats' }).getByRole('link').first()
  await first.getByText(/Infirmi/).waitFor()
  const name = (await first.locator('b').first().textContent()) ?? ''
  await gesture(first.click())
  await site.accessible(julie)
  await gesture(julie.getByRole('button', { name: 'Ajouter au cercle' }).click())
  await julie.getByRole('heading', { name: 'Ajouter au cercle, inviter' }).waitFor()
  await gesture(julie.getByRole('button', { name: /^Ajouter(, sans accès| et ouvrir le dossier)/ }).click())
  await julie.getByText('Déjà dans le cercle').waitFor()
  expect(gestures).toBeLessThanOrEqual(5)
  const { rows } = await site.owner.query('select 1 from care_team.member where person_id = $1 and name = $2', [claudel.personId, name])
  expect(rows.length).toBe(1)
})
