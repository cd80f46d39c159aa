import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { monthLabel } from '../src/steering/web/cards.ts'
import { openSite } from './site.ts'
import { type IndicatorOnScreen, moved, readIndicators } from './support/board.ts'
import { invite } from './support/circle-on-screen.ts'
import { openTab } from './support/file-tabs.ts'
import { choose, handOn, words } from './support/hand.ts'
import { aSilentDoctor, today } from './support/story.ts'

const site = await openSite()

let director: Page
let before: readonly IndicatorOnScreen[]
/** A généraliste of the Hautes-Vallées who has asked nothing this year. */
let doctor: Awaited<ReturnType<typeof aSilentDoctor>>
let file: string
let julie: Page

const year = today().slice(0, 4)
const look = (page: Page) => () => site.accessible(page)

beforeAll(async () => {
  doctor = await aSilentDoctor(site.owner)
})

test('the direction reads the eight indicators before', async () => {
  director = await site.signIn('director', { at: '/pilotage' })
  await director.getByRole('heading', { level: 1, name: 'Les huit indicateurs' }).waitFor()
  before = await readIndicators(director, look(director))
  expect(before).toHaveLength(8)
})

test('a request of the médecin traitant becomes an accompaniment: identity, non-oppositions, commission; three gestures beyond what is decided', async () => {
  const nadia = await site.signIn('front-desk', { at: '/demandes' })
  const hand = handOn(nadia)
  await hand.write('Qui appelle', doctor.typed)
  await nadia
    .getByRole('option', { name: words(doctor.label) })
    .first()
    .waitFor()
  await hand.press('Enter', 'Alt+p')
  await hand.write('Pour qui', 'yvonne malglaive 12031941')
  await hand.press('Alt+c')
  await hand.write('Commune', 'rupt sur')
  await nadia.getByRole('option', { name: /Rupt-sur-Moselle/ }).waitFor()
  await hand.press('Enter', 'Alt+t')
  await hand.write('Ce qui est demandé', 'Trois chutes en deux mois, sa fille est épuisée, les passages ne s’accordent plus.')
  await site.accessible(nadia)
  await hand.press('Alt+Enter')
  const saved = nadia.getByText(words('Demande n° \\d+ enregistrée.'))
  await saved.waitFor()

  // Identity: nobody of that name is known, a provisional one is made of what was said.
  await nadia
    .getByRole('link', { name: /malglaive/i })
    .first()
    .press('Enter')
  await nadia.getByRole('button', { name: 'Créer une identité provisoire' }).press('Enter')
  await nadia.getByLabel('Nom de naissance').fill('SCHNEBELEN')
  await nadia.getByRole('radio', { name: 'Féminin' }).check()
  await site.accessible(nadia)
  await site.picture(nadia, 'journey-identity')
  await nadia.keyboard.press('Control+Enter')
  await nadia.getByRole('link', { name: 'Dossier', exact: true }).press('Enter')
  await nadia.getByRole('heading', { level: 1, name: words('MALGLAIVE Yvonne') }).waitFor()
  file = /\/personnes\/[0-9a-f-]+/.exec(nadia.url())?.[0] ?? ''
  await site.accessible(nadia)

  // She is told and opposes nothing: one gesture for the first two questions.
  await openTab(nadia, 'Information et accès')
  await nadia.getByRole('button', { name: words('Informée, ne s’oppose ni à 1 ni à 2') }).press('Enter')
  await nadia.getByText(words('Non-oppositions 1 et 2 enregistrées')).waitFor()
  await site.accessible(nadia)
  await site.picture(nadia, 'journey-non-oppositions')

  const gestures: string[] = []
  const gesture = async (page: Page, role: 'button' | 'link', name: string): Promise<void> => {
    await page
      .getByRole(role, { name: words(`^${name}`) })
      .first()
      .press('Enter')
    gestures.push(name)
  }
  await nadia.goto(`${site.url}/demandes`)
  await nadia
    .getByRole('link', { name: /malglaive/i })
    .first()
    .press('Enter')
  await nadia.getByRole('button', { name: words('Inscrire à la commission') }).waitFor()
  await site.accessible(nadia)
  await site.picture(nadia, 'journey-request')
  await gesture(nadia, 'button', 'Inscrire à la commission')
  await nadia.getByText(words('Inscrite à la commission d’orientation.')).waitFor()
  await nadia.context().close()

  const lead = await site.signIn('team-lead', { at: '/ma-journee' })
  await site.accessible(lead)
  await gesture(lead, 'link', 'Commission')
  // Whom the commission examines, then what it decides, are the decision’s own content.
  await lead.getByRole('button', { name: /malglaive/i }).press('Enter')
  await choose(lead.getByLabel('La commission décide'), { label: 'Accompagner' })
  await lead.getByRole('radio', { name: 'Soutenu' }).check()
  const referents = lead.getByLabel('Référent', { exact: true })
  await choose(referents, { label: (await referents.locator('option', { hasText: 'Julie Marchal' }).textContent()) ?? '' })
  await choose(lead.getByLabel('Pourquoi le DAC intervient'), { label: 'Personne ne coordonne, et la situation le demande' })
  await site.accessible(lead)
  await site.picture(lead, 'journey-commission')
  await gesture(lead, 'button', 'Enregistrer')
  await lead.getByText(words('Décision enregistrée, accompagnement ouvert.')).waitFor()
  expect(gestures).toEqual(['Inscrire à la commission', 'Commission', 'Enregistrer'])
  await site.accessible(lead)
  await lead.context().close()
})

test('the référente finds her in her day, and says what the problem is', async () => {
  julie = await site.signIn('referent', { at: '/ma-journee' })
  await julie.getByText(words('Mme Malglaive')).first().waitFor()
  await site.accessible(julie)
  await site.picture(julie, 'journey-day')
  await julie.goto(`${site.url}${file}`)
  await julie.getByRole('heading', { level: 1, name: words('MALGLAIVE Yvonne') }).waitFor()
  await site.accessible(julie)
  await julie.getByRole('button', { name: 'Changer', exact: true }).press('Enter')
  const dialog = julie.getByRole('dialog')
  await dialog.getByText('Problématiques', { exact: true }).first().click()
  await choose(dialog.getByLabel('Problématique principale'), { label: 'Gériatrie' })
  await site.accessible(julie)
  await julie.keyboard.press('Control+Enter')
  await julie.getByText(words('Problématiques enregistrées.')).waitFor()
})

test('the evaluation: AGGIR answered on the screen, its score computed by the server', async () => {
  await openTab(julie, 'Évaluations')
  await julie.getByRole('button', { name: 'Nouvelle évaluation' }).first().press('Enter')
  await julie.getByLabel('Quel formulaire').fill('aggir')
  await site.accessible(julie)
  await julie
    .getByRole('dialog')
    .getByRole('button', { name: /^AGGIR/ })
    .press('Enter')
  await julie.getByRole('group', { name: 'Cohérence' }).waitFor()
  await site.accessible(julie)
  const answers = {
    Cohérence: 'Seul et bien',
    Orientation: 'Seul et bien',
    Toilette: 'En partie',
    Habillage: 'En partie',
    Alimentation: 'Seul et bien',
    Élimination: 'Seul et bien',
    Transferts: 'Seul et bien',
    'Déplacements à l’intérieur': 'Seul et bien',
  }
  for (const [activity, answer] of Object.entries(answers))
    await julie
      .getByRole('group', { name: activity })
      .getByRole('radio', { name: new RegExp(answer) })
      .check()
  await site.picture(julie, 'journey-aggir')
  await julie.keyboard.press('Control+Enter')
  await julie.getByText(words('AGGIR : évaluation terminée.')).waitFor()
  await julie.getByText('GIR 4').first().waitFor()
  await site.accessible(julie)
})

test('the circle: the médecin traitant enters the équipe de soins', async () => {
  await openTab(julie, 'Cercle')
  await invite(julie, doctor.typed, 'Médecin traitant', look(julie))
  await site.accessible(julie)
})

test('the PPCS: decided, written from the thesaurus, its criterion and its term, proposed, agreed by her and by her médecin traitant, validated and printed', async () => {
  await openTab(julie, 'PPCS')
  await julie.getByRole('button', { name: words('Décider d’un PPCS') }).press('Enter')
  await julie.getByRole('radio').first().check()
  await site.accessible(julie)
  await julie.keyboard.press('Control+Enter')
  await julie.getByText(words('PPCS ouvert, version 1 en rédaction.')).waitFor()
  const dialog = julie.getByRole('dialog')

  // A problem of the thesaurus in two letters and ↵, with its objective and one of its actions.
  await julie.getByRole('button', { name: 'Problème' }).press('Enter')
  await dialog.getByLabel('Chercher dans le thésaurus').waitFor()
  await site.accessible(julie)
  await julie.keyboard.type('chute')
  await dialog.getByRole('option').first().waitFor()
  await site.accessible(julie)
  await julie.keyboard.press('Enter')
  await dialog.getByLabel('Problème', { exact: true }).waitFor()
  await dialog.getByLabel('Problème', { exact: true }).fill('Chutes répétées')
  await site.accessible(julie)
  await julie.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  await julie.getByText('Chutes répétées').first().waitFor()

  // An action of one’s own: who does it is found in the circle, with its rhythm.
  await julie
    .getByRole('button', { name: /\+ Action/ })
    .first()
    .press('Enter')
  await dialog.getByLabel('Action', { exact: true }).waitFor()
  await julie.keyboard.type('Revoir les médicaments qui font tomber')
  await dialog.getByRole('combobox', { name: 'Qui' }).fill(doctor.typed.split(' ')[0] ?? '')
  await julie
    .getByRole('option', { name: words(doctor.label) })
    .first()
    .waitFor()
  await site.accessible(julie)
  await julie.keyboard.press('Enter')
  await dialog.getByLabel('Rythme, en mots').fill('à la prochaine visite')
  await julie.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  await julie.getByText('Revoir les médicaments qui font tomber').first().waitFor()

  await julie.getByRole('button', { name: 'fixer' }).press('Enter')
  await dialog.getByLabel('À réviser le').waitFor()
  await site.accessible(julie)
  await dialog.getByRole('button', { name: 'dans 3 mois' }).press('Enter')
  await julie.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  await julie.getByRole('button', { name: '+ critère' }).press('Enter')
  await choose(dialog.getByLabel('Événement'), { label: 'Une chute' })
  await site.accessible(julie)
  await julie.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  await julie.getByRole('button', { name: 'Écrire ce qui compte', exact: true }).press('Enter')
  await dialog.getByLabel('Ses mots, entre guillemets').fill('« Rester chez moi, et que ma fille dorme. »')
  await site.accessible(julie)
  await julie.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
  await julie.getByText('Rester chez moi').first().waitFor()
  await site.accessible(julie)
  await site.picture(julie, 'journey-ppcs')

  await julie.getByRole('button', { name: words('Proposer à la validation') }).press('Enter')
  await dialog.getByRole('button', { name: 'Proposer', exact: true }).waitFor()
  await site.accessible(julie)
  await dialog.getByRole('button', { name: 'Proposer', exact: true }).press('Enter')
  await julie.getByText(words('Version 1 proposée.')).waitFor()
  await dialog.waitFor({ state: 'detached' })

  await noteAgreement('L’accord de la personne', 'De vive voix')
  await noteAgreement('Noter un accord', 'Par téléphone', { from: 'Le médecin traitant', name: doctor.label })
  await site.accessible(julie)

  await julie.getByRole('button', { name: words('Valider la version 1') }).press('Enter')
  await dialog.getByRole('button', { name: 'Valider', exact: true }).waitFor()
  await site.accessible(julie)
  await dialog.getByRole('button', { name: 'Valider', exact: true }).press('Enter')
  await julie.getByText(words('Version 1 validée.')).waitFor()
  await dialog.waitFor({ state: 'detached' })
  await site.accessible(julie)

  await julie.getByRole('button', { name: 'Imprimer' }).press('Enter')
  await dialog.getByLabel('Remis à').waitFor()
  await site.accessible(julie)
  await julie.keyboard.press('Control+Enter')
  await julie.getByRole('button', { name: 'Télécharger le PDF' }).waitFor()
  await site.accessible(julie)
  const downloading = julie.waitForEvent('download')
  await julie.getByRole('button', { name: 'Télécharger le PDF' }).press('Enter')
  const printed = await readFile(await (await downloading).path())
  expect(printed.subarray(0, 5).toString('latin1')).toBe('%PDF-')
})

/** On the foot of the plan: who agreed, how, today. */
async function noteAgreement(gesture: string, how: string, party?: { readonly from: string; readonly name: string }): Promise<void> {
  const dialog = julie.getByRole('dialog')
  await julie.getByRole('button', { name: words(gesture) }).press('Enter')
  await dialog.getByLabel('Réponse').waitFor()
  if (party) {
    await choose(dialog.getByLabel('De', { exact: true }), { label: party.from })
    await dialog.getByLabel('Nom', { exact: true }).fill(party.name)
  }
  await choose(dialog.getByLabel('Réponse'), { label: 'D’accord' })
  await choose(dialog.getByLabel('Comment'), { label: how })
  await site.accessible(julie)
  await julie.keyboard.press('Control+Enter')
  await dialog.waitFor({ state: 'detached' })
}

test('a follow-up call is written in two keys beyond its words, and the accompaniment is closed with its balance', async () => {
  await julie.goto(`${site.url}${file}`)
  await julie.getByRole('button', { name: words('Noter un appel') }).waitFor()
  const hand = handOn(julie)
  await hand.press('s')
  await hand.write('Ce qui s’est dit', 'Va mieux, ne chute plus, sa fille dort.')
  await site.accessible(julie)
  await hand.press('Control+Enter')
  await julie.getByText(words('Noté dans le fil.')).waitFor()
  expect(hand.counted()).toEqual({ fields: 1, keys: 2 })

  await julie.getByRole('button', { name: 'Changer', exact: true }).press('Enter')
  const dialog = julie.getByRole('dialog')
  await dialog.getByText('Clôture', { exact: true }).click()
  await choose(dialog.getByLabel('Motif'), { index: 1 })
  await choose(dialog.getByLabel('Bilan'), { index: 1 })
  await site.accessible(julie)
  await julie.keyboard.press('Control+Enter')
  await julie.getByText(words('Accompagnement clos. 1 accès du cercle terminé.')).waitFor()
  await julie.getByText(words('Accompagnement clos le')).first().waitFor()
  await site.accessible(julie)
})

/** Whose card is a share: one person more among hundreds may leave it as it is, rounded. */
const shares: readonly number[] = [1, 4]

test('the eight indicators moved by exactly that', async () => {
  await director.goto(`${site.url}/pilotage/moyens`)
  await choose(director.getByLabel('Métier'), { label: 'Infirmier, infirmier en pratique avancée' })
  await director.getByLabel('Quotité').fill('0,8')
  await director.getByLabel('Depuis le').fill(`01/01/${year}`)
  await site.accessible(director)
  await director.keyboard.press('Control+Enter')
  await director.getByText(words('Poste enregistré.')).waitFor()
  await director.getByRole('radio', { name: 'Un financement' }).check()
  await choose(director.getByLabel('Financeur'), { label: 'Assurance maladie' })
  await director.getByLabel('Montant en euros').fill('23000')
  await site.accessible(director)
  await director.keyboard.press('Control+Enter')
  await director.getByText(words('Financement enregistré.')).waitFor()

  const after = await readIndicators(director, look(director))
  await site.picture(director, 'journey-indicators')
  expect(moved(before, after)).toEqual([
    { [monthLabel(today().slice(0, 7))]: 1 },
    { 'Médecins et soignants libéraux': 1 },
    { Accompagnement: 1 },
    { '75 ans et plus': 1 },
    { Gériatrie: 1 },
    { 'Ont sollicité': 1, 'Libéraux ayant sollicité': 1, 'N’ont pas sollicité': -1 },
    { 'Infirmier, infirmier en pratique avancée': 0.8 },
    { 'Assurance maladie': 23_000 },
  ])
  for (const [index, { card }] of after.entries())
    if (!shares.includes(index)) expect([index + 1, card], 'the card moved too').not.toEqual([index + 1, before[index]?.card])
})
