import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openSite } from './site.ts'
import { openTab } from './support/file-tabs.ts'
import { words } from './support/hand.ts'
import { personOf } from './support/story.ts'

const site = await openSite()

const sample = JSON.parse(readFileSync(new URL('../docs/formulaire-exemple.json', import.meta.url), 'utf8')) as Record<string, unknown>
const file = (content: unknown) => ({
  name: 'habitat.json',
  mimeType: 'application/json',
  buffer: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
})

test('the regional administration checks a form, tries it, publishes it, then a second version; a référente fills the last one', async () => {
  const admin = await site.signIn('regional-admin', { at: '/administration/formulaires' })
  const choose = admin.getByLabel('Fichier d’un formulaire, en JSON')
  await choose.setInputFiles(file({ ...sample, title: '', scoring: { method: 'algorithm', name: 'aggir' } }))
  await admin.getByText(words('rien n’est publié')).waitFor()
  await site.accessible(admin)
  await choose.setInputFiles(file('{ "code": '))
  await admin.getByText(words('n’est pas du JSON valide')).waitFor()

  await choose.setInputFiles(file(sample))
  await admin.getByText(words('rien n’est encore publié')).waitFor()
  await admin.getByRole('radio', { name: /Quelques marches/ }).check()
  await site.accessible(admin)
  await site.picture(admin, 'form-to-publish')
  await admin.getByRole('button', { name: /^Publier la version/ }).press('Enter')
  await admin.getByText(words('version 2026.1 : publié')).waitFor()
  await site.accessible(admin)

  // The same number with another content is never taken.
  await choose.setInputFiles(file({ ...sample, minutes: 20 }))
  await admin.getByText(words('La version 2026.1 est déjà publiée')).waitFor()
  await choose.setInputFiles(file({ ...sample, version: '2026.2', shortTitle: 'Habitat bis' }))
  await admin.getByText(words('Par rapport à la version 2026.1')).waitFor()
  await admin.getByRole('button', { name: /^Publier la version 2026\.2/ }).press('Enter')
  await admin.getByText('En vigueur').waitFor()
  await admin.getByText('Remplacée').waitFor()

  const { file: perrin } = await personOf(site.owner, 'PERRIN', 'ODILE')
  const julie = await site.signIn('referent', { at: perrin })
  await openTab(julie, 'Évaluations')
  await julie.getByRole('button', { name: 'Nouvelle évaluation' }).first().press('Enter')
  await julie
    .getByRole('dialog')
    .getByRole('button', { name: /Regard sur l.habitat/ })
    .press('Enter')
  await julie.getByText('Quelques marches').first().waitFor()
  const { rows } = await site.owner.query(`select form_version as version from assessments.assessment where form_code = $1`, [sample['code']])
  expect(rows).toEqual([{ version: '2026.2' }])
})
