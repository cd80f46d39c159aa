import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { eightIndicators, type Figures } from '../src/steering/contract/queries.ts'
import type { PersonId } from '../src/platform/contract/ids.ts'
import { openSite } from './site.ts'
import { today } from './support/an-accompaniment.ts'
import { type Board, boardOf } from './support/board.ts'
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
  await nadia.getByRole('option', { name: /FRITSCH/i }).first().waitFor()
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
  await nadia.getByRole('link', { name: /Odile Perrin|PERRIN Odile/i }).first().click()
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
  await nadia.getByRole('link', { name: /PERRIN Odile/i }).first().click()
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
  await lead.getByLabel('Référent').selectOption({ label: (await lead.getByLabel('Référent').locator('option', { hasText: 'Julie Marchal' }).textContent()) ?? '' })
  await lead.getByRole('button', { name: words('Personne ne coordonne, et la situation le demande') }).click()
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
  await julie.getByText(words('PERRIN Odile')).first().waitFor()
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
