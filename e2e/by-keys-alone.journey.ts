import { expect, test } from 'vitest'
import { openSite } from './site.ts'
import { handOn, words } from './support/hand.ts'
import { personOf } from './support/story.ts'

const site = await openSite()

test('from the palette to a note that asks for an answer, its alert taken and settled: never the mouse, the focus never lost', async () => {
  const claudel = await personOf(site.owner, 'CLAUDEL', 'JEANNE')
  const julie = await site.signIn('referent', { at: '/ma-journee' })
  await julie.getByRole('heading', { name: 'Alertes à prendre' }).waitFor()
  const hand = handOn(julie)

  // Typed at once, the palette still on its way: nothing of it presses the shortcuts of the page.
  await hand.press('Control+k')
  await julie.keyboard.type('claudel jeanne')
  await julie.getByRole('option', { name: /claudel/i, selected: true }).waitFor()
  await site.accessible(julie)
  await hand.press('Enter')
  await julie.waitForURL(`**${claudel.file}`)
  await julie.getByRole('heading', { level: 1, name: words('CLAUDEL Jeanne') }).waitFor()

  await hand.press('e')
  await hand.kept('a note begun')
  await julie.keyboard.type('A refusé le repas de midi et la toilette, très lasse ce matin.')
  await hand.reach('Demande une réponse rapide')
  await hand.press('Space', 'Control+Enter')
  await julie.getByText(/^Note partagée avec/).waitFor()
  await hand.kept('the note shared')

  await hand.reach('Je m’en charge', { backwards: true })
  await hand.press('Enter')
  await julie.getByText(words('vous vous en chargez')).first().waitFor()
  await hand.kept('the alert taken')
  await julie.getByText('1 en cours').waitFor()
  await hand.reach('Traité…')
  await hand.press('Enter')
  await hand.write('Ce qui a été fait', 'Appelée : le SAD repasse à 16 h.')
  await hand.press('Control+Enter')
  await julie.getByText('Alerte traitée.').waitFor()
  await hand.kept('the alert settled')
  expect(hand.counted().keys).toBeLessThan(150)
})

test('an evaluation answered, then an action of the PPCS with who does it', async () => {
  const perrin = await personOf(site.owner, 'PERRIN', 'ODILE')
  const julie = await site.signIn('referent', { at: `${perrin.file}/evaluations` })
  const hand = handOn(julie)
  await julie.getByRole('button', { name: 'Nouvelle évaluation' }).first().waitFor()
  await hand.reach('Nouvelle évaluation')
  await hand.press('Enter')
  await hand.write('Quel formulaire', 'aggir')
  await hand.reach('AGGIR')
  await hand.press('Enter')
  await julie.getByRole('group', { name: 'Cohérence' }).waitFor()
  await hand.kept('a form opened')
  for (const activity of ['Cohérence', 'Orientation', 'Toilette', 'Habillage', 'Alimentation', 'Élimination', 'Transferts', 'Déplacements à l’intérieur']) {
    const first = julie.getByRole('group', { name: activity }).getByRole('radio').first()
    for (let beat = 0; beat < 20 && !(await first.evaluate((one) => one === document.activeElement)); beat += 1) await hand.press('Tab')
    await hand.press('Space')
    expect(await first.isChecked(), activity).toBe(true)
  }
  await hand.press('Control+Enter')
  await julie.getByText(words('AGGIR : évaluation terminée.')).waitFor()
  await hand.kept('the evaluation ended')

  await hand.reach('PPCS', { backwards: true })
  await hand.press('Enter')
  await julie.getByRole('heading', { level: 2 }).first().waitFor()
  await hand.reach(/^\+ Action/)
  await hand.press('Enter')
  await hand.write('Action', 'Revoir les médicaments qui font tomber')
  await hand.press('Tab')
  await hand.write('Qui', 'fritsch')
  await julie
    .getByRole('option', { name: /Fritsch/ })
    .first()
    .waitFor()
  await hand.press('Enter', 'Control+Enter')
  await julie.getByRole('dialog').waitFor({ state: 'detached' })
  await julie.getByText('Revoir les médicaments qui font tomber').first().waitFor()
  await hand.kept('the action written')
})

test('a professional found in the directory joins the circle', async () => {
  const claudel = await personOf(site.owner, 'CLAUDEL', 'JEANNE')
  const julie = await site.signIn('referent', { at: `${claudel.file}/cercle` })
  const hand = handOn(julie)
  await julie.getByRole('button', { name: 'Ajouter ou inviter' }).waitFor()
  await hand.press('a')
  await hand.write('Nom, métier ou commune', 'infirmier cornimont')
  await julie.getByRole('option').first().waitFor()
  const name = (await julie.getByRole('option').first().locator('b').first().textContent()) ?? ''
  await hand.press('Enter')
  await hand.reach(/^Ajouter(, sans accès| et ouvrir le dossier)/)
  await hand.press('Enter')
  await julie.getByRole('dialog').waitFor({ state: 'detached' })
  await hand.kept('the professional added')
  const { rows } = await site.owner.query('select 1 from care_team.member where person_id = $1 and name = $2', [claudel.personId, name])
  expect(rows).toHaveLength(1)
})
