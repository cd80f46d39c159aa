import { expect, test } from 'vitest'
import { addMember } from '../src/care-team/contract/actions.ts'
import { circle } from '../src/care-team/contract/queries.ts'
import { personHeader } from '../src/persons/contract/queries.ts'
import { newId } from '../src/platform/contract/ids.ts'
import { openSite } from './site.ts'
import { anAccompaniment, cardOf, today } from './support/an-accompaniment.ts'
import { words } from './support/hand.ts'
import { smallWorld } from './support/small-world.ts'
import { as, refusalOf } from './support/through-the-api.ts'

const site = await openSite(smallWorld)

test('an opposition closes the file to the circle at its next click, and the DAC keeps its trace', async () => {
  const { personId, julie } = await anAccompaniment(site)
  const nurse = await cardOf(julie, 'noel thomas')
  await as(julie, addMember, {
    id: newId(),
    personId,
    kind: 'professional',
    partyId: nurse.partyId,
    name: nurse.label,
    roles: ['nurse'],
    access: { basis: 'care_team', ground: 'recognised_by_person', informedOn: today() },
  })

  // The nurse follows her, on his telephone.
  const thomas = await site.signIn('home-nurse', { at: `/personnes/${personId}`, viewport: 'phone', refused: true })
  await thomas.getByRole('heading', { level: 1, name: words('AUBRY Simone') }).waitFor()
  await site.accessible(thomas)

  // Simone opposes; Julie writes it: two gestures besides what Simone answered.
  await julie.getByRole('navigation', { name: 'Dossier' }).getByRole('link', { name: 'Information et accès' }).click()
  const question = julie.getByRole('listitem').filter({ hasText: words('1. Prise en charge et partage d’information') })
  await question.getByRole('button', { name: words('S’oppose'), exact: true }).click()
  const dialog = julie.getByRole('dialog')
  await dialog.getByText(words('le cercle cesse de voir le dossier à son prochain clic')).waitFor()
  await site.accessible(julie)
  await dialog.getByRole('button', { name: 'Enregistrer' }).click()
  await julie.getByText(words('Enregistré. 1 accès du cercle a changé à l’instant.')).waitFor()

  // His next click.
  await thomas.getByRole('navigation', { name: 'Dossier' }).getByRole('link', { name: /^Fil/ }).click()
  await thomas.getByText(words('n’existe pas, ou il ne vous est pas ouvert')).first().waitFor()
  await thomas.getByText('AUBRY').first().waitFor({ state: 'detached' })
  await site.accessible(thomas)
  await site.picture(thomas, 'journey-opposition-nurse')
  expect(await refusalOf(thomas, personHeader, { personId })).toMatchObject({ status: 404 })

  // The DAC still reads, and reads why the circle does not.
  await julie.getByText('Opposition', { exact: true }).first().waitFor()
  await site.accessible(julie)
  expect(await as(julie, circle, { personId })).toMatchObject({ sharing: 'opposed' })
})
