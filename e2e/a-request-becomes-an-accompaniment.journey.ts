import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { latestScores } from '../src/assessments/contract/queries.ts'
import { addCriterion, addProblem, setReview } from '../src/care-plans/contract/actions.ts'
import { noteAgreement } from '../src/care-plans/contract/agreements.ts'
import type { PlanId } from '../src/care-plans/contract/plan.ts'
import { planOfPerson } from '../src/care-plans/contract/queries.ts'
import { newId, type PersonId } from '../src/platform/contract/ids.ts'
import { eightIndicators, type Figures } from '../src/steering/contract/queries.ts'
import { openSite } from './site.ts'
import { today } from './support/an-accompaniment.ts'
import { type Board, boardOf } from './support/board.ts'
import { invite } from './support/circle-on-screen.ts'
import { handOn, words } from './support/hand.ts'
import { smallWorld } from './support/small-world.ts'
import { as } from './support/through-the-api.ts'

const site = await openSite(smallWorld)

let director: Page
let before: { readonly board: Board; readonly figures: Figures }
let personId: PersonId
let julie: Page

const figures = (): Promise<Figures> => as(director, eightIndicators, { serviceId, from: `${today().slice(0, 4)}-01-01`, to: today() })
let serviceId: never

beforeAll(async () => {
  const { rows } = await site.owner.query<{ id: string }>(`select id from territory.service where name = 'DAC Hautes-Vallées'`)
  serviceId = rows[0]?.id as never
})

test('the direction reads the eight indicators before', async () => {
  director = await site.signIn('director', { at: '/pilotage' })
  await director.getByRole('heading', { level: 1, name: 'Les huit indicateurs' }).waitFor()
  await site.accessible(director)
  before = { board: await boardOf(director), figures: await figures() }
  expect(Object.keys(before.board)).toHaveLength(8)
})

test('a request of the médecin traitant becomes an accompaniment: identity, non-oppositions, commission; three gestures beyond what is decided', async () => {
  const nadia = await site.signIn('front-desk', { at: '/demandes' })
  const hand = handOn(nadia)
  await hand.write('Qui appelle', 'fritsch')
  await nadia
    .getByRole('option', { name: /FRITSCH/i })
    .first()
    .waitFor()
  await hand.press('Enter', 'Alt+p')
  await hand.write('Pour qui', 'odile perrin 12031941')
  await hand.press('Alt+c')
  await hand.write('Commune', 'rupt sur')
  await nadia.getByRole('option', { name: /Rupt-sur-Moselle/ }).waitFor()
  await hand.press('Enter', 'Alt+t')
  await hand.write('Ce qui est demandé', 'Trois chutes en deux mois, sa fille est épuisée, les passages ne s’accordent plus.')
  await hand.press('Alt+Enter')
  await nadia.getByText(words('Demande n° \\d+ enregistrée.')).waitFor()

  // Identity: nobody of that name is known, a provisional one is made of what was said.
  await nadia
    .getByRole('link', { name: /perrin/i })
    .first()
    .click()
  await nadia.getByRole('button', { name: 'Créer une identité provisoire' }).click()
  await nadia.getByLabel('Nom de naissance').fill('KEMPF')
  await nadia.getByRole('radio', { name: 'Féminin' }).check()
  await site.accessible(nadia)
  await site.picture(nadia, 'journey-identity')
  await nadia.getByRole('button', { name: 'Créer et relier' }).click()
  await nadia.getByRole('link', { name: 'Dossier' }).click()
  await nadia.getByRole('heading', { level: 1, name: words('PERRIN Odile') }).waitFor()
  personId = /personnes\/([0-9a-f-]+)/.exec(nadia.url())?.[1] as PersonId

  // She is told and opposes nothing: one gesture for the first two questions.
  await nadia.getByRole('navigation', { name: 'Dossier' }).getByRole('link', { name: 'Information et accès' }).click()
  await nadia.getByRole('button', { name: words('Informée, ne s’oppose ni à 1 ni à 2') }).click()
  await nadia.getByText(words('Non-oppositions 1 et 2 enregistrées')).waitFor()
  await site.accessible(nadia)
  await site.picture(nadia, 'journey-non-oppositions')

  const gestures: string[] = []
  const gesture = async (page: Page, role: 'button' | 'link', name: string): Promise<void> => {
    await page.getByRole(role, { name: words(name), exact: true }).click()
    gestures.push(name)
  }
  await nadia.goto(`${site.url}/demandes`)
  await nadia
    .getByRole('link', { name: /perrin/i })
    .first()
    .click()
  await nadia.getByRole('button', { name: words('Inscrire à la commission') }).waitFor()
  await site.accessible(nadia)
  await site.picture(nadia, 'journey-request')
  await gesture(nadia, 'button', 'Inscrire à la commission')
  await nadia.getByText(words('Inscrite à la commission d’orientation.')).waitFor()
  await nadia.context().close()

  const lead = await site.signIn('team-lead', { at: '/ma-journee' })
  await site.accessible(lead)
  await gesture(lead, 'link', 'Commission')
  await lead.getByLabel('La commission décide').selectOption({ label: 'Accompagner' })
  await lead.getByRole('radio', { name: 'Soutenu' }).check()
  await lead
    .getByLabel('Référent')
    .selectOption({ label: (await lead.getByLabel('Référent').locator('option', { hasText: 'Julie Marchal' }).textContent()) ?? '' })
  await lead.getByLabel('Pourquoi le DAC intervient').selectOption({ label: 'Personne ne coordonne, et la situation le demande' })
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
  await julie.getByText(words('Mme Perrin')).first().waitFor()
  await site.accessible(julie)
  await site.picture(julie, 'journey-day')
  await julie.goto(`${site.url}/personnes/${personId}`)
  await julie.getByRole('heading', { level: 1, name: words('PERRIN Odile') }).waitFor()
  await site.accessible(julie)
  await julie.getByRole('button', { name: 'Changer', exact: true }).click()
  const dialog = julie.getByRole('dialog')
  await dialog.getByText('Problématiques', { exact: true }).first().click()
  await dialog.getByLabel('Problématique principale').selectOption({ label: 'Gériatrie' })
  await site.accessible(julie)
  await dialog.getByRole('button', { name: 'Enregistrer' }).click()
  await julie.getByText(words('Problématiques enregistrées.')).waitFor()
})

const tab = (name: string | RegExp) => julie.getByRole('navigation', { name: 'Dossier' }).getByRole('link', { name })

test('the evaluation: AGGIR answered on the screen, its score computed by the server', async () => {
  await julie.goto(`${site.url}/personnes/${personId}/evaluations`)
  await julie.getByRole('button', { name: 'Nouvelle évaluation' }).first().click()
  await julie.getByLabel('Quel formulaire').fill('aggir')
  await site.accessible(julie)
  await julie
    .getByRole('dialog')
    .getByRole('button', { name: /^AGGIR/ })
    .click()
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
  await site.accessible(julie)
  const { rows } = await as(julie, latestScores, { personId })
  expect(rows.map(({ formCode, result }) => [formCode, result.printed])).toEqual([['aggir', 'GIR 4']])
  await julie.getByText('GIR 4').first().waitFor()
})

test('the circle: the médecin traitant enters the équipe de soins', async () => {
  await tab('Cercle').click()
  await invite(julie, 'fritsch', 'Médecin traitant', () => site.accessible(julie))
  await site.accessible(julie)
})

test('the PPCS is decided, proposed, agreed, validated and printed', async () => {
  await tab('PPCS').click()
  await julie.getByRole('button', { name: words('Décider d’un PPCS') }).click()
  await julie.getByRole('radio').first().check()
  await site.accessible(julie)
  await julie.getByRole('button', { name: 'Ouvrir le PPCS' }).click()
  await julie.getByText(words('PPCS ouvert, version 1 en rédaction.')).waitFor()

  // The lines of the plan are written through the API: the thesaurus has its own tests, the journey follows the plan to the paper.
  const { plan } = await as(julie, planOfPerson, { personId })
  const planId = plan?.id as PlanId
  await as(julie, addProblem, {
    id: newId(),
    planId,
    title: 'Chutes répétées',
    volet: 'health',
    objectives: [
      {
        id: newId(),
        title: 'Se déplacer chez elle sans tomber',
        actions: [
          {
            id: newId(),
            title: 'Équilibre et marche',
            actorKind: 'professional',
            actorName: 'Hugo Arnould',
            actorRole: 'kiné',
            dueWords: 'mar. et jeu.',
            status: 'planned',
          },
        ],
      },
    ],
  })
  await as(julie, addCriterion, { id: newId(), planId, code: 'fall' })
  await as(julie, setReview, {
    id: planId,
    baseVersion: (await as(julie, planOfPerson, { personId })).plan?.version ?? 1,
    reviewOn: `${Number(today().slice(0, 4)) + 1}-03-15`,
  })
  await julie.reload()
  await julie.getByText('Chutes répétées').first().waitFor()
  await site.accessible(julie)
  await site.picture(julie, 'journey-ppcs')

  await julie.getByRole('button', { name: words('Proposer à la validation') }).click()
  await site.accessible(julie)
  await julie.getByRole('dialog').getByRole('button', { name: 'Proposer', exact: true }).click()
  await julie.getByText(words('Version 1 proposée.')).waitFor()
  await as(julie, noteAgreement, { id: newId(), planId, party: 'person', partyName: 'Odile Perrin', state: 'agrees', mode: 'oral' })
  await julie.reload()
  await julie.getByRole('button', { name: words('Valider la version 1') }).click()
  await site.accessible(julie)
  await julie.getByRole('dialog').getByRole('button', { name: 'Valider', exact: true }).click()
  await julie.getByText(words('Version 1 validée.')).waitFor()
  await site.accessible(julie)

  await julie.getByRole('button', { name: 'Imprimer' }).click()
  await site.accessible(julie)
  await julie.getByRole('dialog').getByRole('button', { name: 'Préparer la copie' }).click()
  await julie.getByRole('button', { name: 'Télécharger le PDF' }).waitFor()
  await site.accessible(julie)
  const downloading = julie.waitForEvent('download')
  await julie.getByRole('button', { name: 'Télécharger le PDF' }).click()
  const file = await readFile(await (await downloading).path())
  expect(file.subarray(0, 5).toString('latin1')).toBe('%PDF-')
})

test('a follow-up call is written in two keys beyond its words, and the accompaniment is closed with its balance', async () => {
  await julie.goto(`${site.url}/personnes/${personId}`)
  await julie.getByRole('button', { name: words('Noter un appel') }).waitFor()
  const hand = handOn(julie)
  await hand.press('s')
  await hand.write('Ce qui s’est dit', 'Va mieux, ne chute plus, sa fille dort.')
  await site.accessible(julie)
  await hand.press('Control+Enter')
  await julie.getByText(words('Noté dans le fil.')).waitFor()
  expect(hand.counted()).toEqual({ fields: 1, keys: 2 })

  await julie.getByRole('button', { name: 'Changer', exact: true }).click()
  const dialog = julie.getByRole('dialog')
  await dialog.getByText('Clôture', { exact: true }).click()
  await dialog.getByLabel('Motif').selectOption({ index: 1 })
  await dialog.getByLabel('Bilan').selectOption({ index: 1 })
  await site.accessible(julie)
  await dialog.getByRole('button', { name: words('Clore l’accompagnement') }).click()
  await julie.getByText(words('Accompagnement clos. 1 accès du cercle terminé.')).waitFor()
  await julie.getByText(words('Accompagnement clos le')).first().waitFor()
  await site.accessible(julie)
})

test('the eight indicators moved by exactly that', async () => {
  await director.goto(`${site.url}/pilotage/moyens`)
  await director.getByLabel('Métier').selectOption({ index: 1 })
  await director.getByLabel('Quotité').fill('0,8')
  await director.getByLabel('Depuis le').fill(`01/01/${today().slice(0, 4)}`)
  await site.accessible(director)
  await director.getByRole('button', { name: 'Ajouter le poste' }).click()
  await director.getByText(words('Poste enregistré.')).waitFor()
  await director.getByRole('radio', { name: 'Un financement' }).check()
  await director.getByLabel('Financeur').selectOption({ index: 1 })
  await director.getByLabel('Montant en euros').fill('1118000')
  await director.getByRole('button', { name: 'Ajouter le financement' }).click()
  await director.getByText(words('Financement enregistré.')).waitFor()
  await director.goto(`${site.url}/pilotage`)
  const board = await boardOf(director)
  await site.accessible(director)
  await site.picture(director, 'journey-indicators')

  const after = await figures()
  const moved = (read: (one: Figures) => number | null): number => (read(after) ?? 0) - (read(before.figures) ?? 0)
  const of = (rows: readonly { code: string; count: number | null }[], code: string): number => rows.find((row) => row.code === code)?.count ?? 0
  expect({
    requests: moved((one) => one.sollicitations.count),
    askedByDoctors: moved((one) => of(one.requesters.kinds, 'gp_other')),
    answered: moved((one) => one.answers.answered),
    accompanied: moved((one) => one.ages.persons),
    over75: moved((one) => of(one.ages.bands, 'elder')),
    geriatrics: moved((one) => of(one.problems.principal, 'geriatrics')),
    doctors: moved((one) => one.doctors.asked),
    staff: moved((one) => one.staff.fte),
    funding: moved((one) => one.funding.amount),
  }).toEqual({ requests: 1, askedByDoctors: 1, answered: 1, accompanied: 1, over75: 1, geriatrics: 1, doctors: 1, staff: 0.8, funding: 1_118_000 })
  for (const [title, card] of Object.entries(board)) expect([title, card], 'every card of the board moved').not.toEqual([title, before.board[title]])
})
