import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { newId } from '../src/platform/contract/ids.ts'
import { openSite } from './site.ts'
import { openTab } from './support/file-tabs.ts'
import { words } from './support/hand.ts'
import { personOf, today } from './support/story.ts'

const site = await openSite()

test('Mme Perrin withholds her health volet from social actors: the open page of the social worker closes it at once, without a click, and gives it back later', async () => {
  const perrin = await personOf(site.owner, 'PERRIN', 'ODILE')

  // This region decided that social workers of the équipe de soins read the health volet: a rule changed with its reason, kept with its history.
  const admin = await site.signIn('regional-admin', { at: '/administration/acces' })
  await site.accessible(admin)
  await admin.getByRole('button', { name: words('Changer : Social et médico-social, volet santé') }).click()
  const rule = admin.getByRole('dialog')
  await rule.getByRole('radio', { name: 'Ouvert' }).check()
  await rule.getByLabel('Référence légale').fill('D. 1110-3-1 du code de la santé publique')
  await rule.getByLabel('Pourquoi').fill('Décision du comité régional du 12/11/2026 : équipes de soins mixtes.')
  await site.accessible(admin)
  await rule.getByRole('button', { name: /Changer la table/ }).click()
  await admin.getByText(words('Table changée.')).waitFor()
  await admin.getByText(words('équipes de soins mixtes')).waitFor()
  await site.accessible(admin)
  await site.picture(admin, 'journey-category-table')

  // Laura Gehin, of the CCAS, joins the équipe de soins; Mme Perrin agrees that she reads the health volet too.
  const julie = await site.signIn('referent', { at: `${perrin.file}/cercle` })
  await joins(julie, perrin.personId, 'gehin laura')
  await julie.getByText('Laura Gehin').first().waitFor()

  const laura = await site.signIn('ccas-social-worker', { at: `${perrin.file}/fil`, refusals: [403, 404] })
  await laura.getByText(words('Pansement refait')).first().waitFor()
  await site.accessible(laura)
  await site.picture(laura, 'journey-withheld-before')

  // Mme Perrin says it to Julie, who writes it.
  await openTab(julie, 'Information et accès')
  await julie.getByRole('button', { name: 'Fermer un volet' }).click()
  const dialog = julie.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'Santé' }).check()
  await dialog.getByLabel('Pour', { exact: true }).selectOption({ index: 1 })
  await dialog.getByLabel('Dit comment').selectOption({ index: 1 })
  await dialog.getByLabel(/Ses mots/).fill('« Ma santé ne regarde pas la mairie. »')
  await site.accessible(julie)
  await site.picture(julie, 'journey-withhold')
  await dialog.getByRole('button', { name: /Fermer ce volet/ }).click()
  await julie.getByText(words('Volet fermé.')).waitFor()
  await julie.getByText(words('fermé pour les professionnels du social')).waitFor()
  await site.accessible(julie)

  // Laura has not moved: the volet goes from her screen, with the reason, and how many items are no longer hers to read.
  await laura.getByText(words('Volet santé : il vient de vous être fermé.')).waitFor()
  await laura.getByText(words('Pansement refait')).first().waitFor({ state: 'detached' })
  await laura
    .getByText(/éléments? du volet santé ne vous (sont|est) pas ouverts?/)
    .first()
    .waitFor()
  expect(await laura.getByRole('heading', { level: 1, name: words('PERRIN Odile') }).count(), 'the file stays open').toBe(1)
  await site.accessible(laura)
  await site.picture(laura, 'journey-withheld-after')

  // She changes her mind.
  await julie.getByRole('button', { name: 'Rouvrir' }).click()
  await julie.getByRole('dialog').getByLabel('Pourquoi').fill('Elle veut que Laura suive le retour à domicile.')
  await julie
    .getByRole('dialog')
    .getByRole('button', { name: /Rouvrir ce volet/ })
    .click()
  await laura.getByText(words('Pansement refait')).first().waitFor()
  await laura.getByText(words('Volet santé : il vous est de nouveau ouvert.')).waitFor()
  await site.accessible(laura)
})

/** What the référente records for a member whose access goes beyond what her role is proposed. */
async function joins(page: Page, personId: string, text: string): Promise<void> {
  const post = async (door: string, data: object): Promise<{ rows?: { partyId: string; label: string }[] }> => {
    const headers = { 'x-jalon': '1', 'idempotency-key': newId<never>() as string }
    const response = await page.request.post(`${new URL(page.url()).origin}/api/${door}`, { headers, data })
    if (!response.ok()) throw new Error(`${door}: ${response.status()} ${await response.text()}`)
    return response.json()
  }
  const card = (await post('queries/directory.search', { text })).rows?.[0]
  if (card === undefined) throw new Error(`nobody called ${text} in the directory`)
  await post('actions/careTeam.member.add', {
    id: newId(),
    personId,
    kind: 'professional',
    partyId: card.partyId,
    name: card.label,
    roles: ['social_worker'],
    access: { basis: 'care_team', ground: 'recognised_by_person', informedOn: today(), volets: ['administrative', 'social', 'health'] },
  })
}
