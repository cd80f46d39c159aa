import { expect, test } from 'vitest'
import { addMember, endMember } from '../src/care-team/contract/actions.ts'
import { circle } from '../src/care-team/contract/queries.ts'
import { personHeader } from '../src/persons/contract/queries.ts'
import { newId } from '../src/platform/contract/ids.ts'
import { openSite } from './site.ts'
import { anAccompaniment, cardOf, today } from './support/an-accompaniment.ts'
import { words } from './support/hand.ts'
import { smallWorld } from './support/small-world.ts'
import { as, refusalOf } from './support/through-the-api.ts'

const site = await openSite(smallWorld)

test('an invited médecin traitant sees the file, then is removed from the circle and refused at her next click', async () => {
  const { personId, julie } = await anAccompaniment(site)

  // Before: named nowhere, she is answered as for someone who does not exist.
  const doctor = await site.signIn('gp', { at: '/patients', refused: true })
  await site.accessible(doctor)
  expect(await doctor.getByRole('radio', { name: /FRITSCH/i }).isChecked()).toBe(true)
  await doctor.keyboard.press('Tab')
  await doctor.keyboard.press('Enter')
  await doctor.waitForURL('**/patients')
  await doctor.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' })
  await site.accessible(doctor)
  await doctor.goto(`${site.url}/personnes/${personId}`)
  await doctor.getByText(words('n’existe pas, ou il ne vous est pas ouvert')).first().waitFor()

  const card = await cardOf(julie, 'fritsch')
  await as(julie, addMember, {
    id: newId(), personId, kind: 'professional', partyId: card.partyId, name: card.label, roles: ['gp'],
    access: { basis: 'care_team', ground: 'recognised_by_person', informedOn: today() },
  })

  // She finds her among her patients and opens the file from the keyboard.
  await doctor.goto(`${site.url}/patients`)
  const patient = doctor.getByRole('link', { name: words('AUBRY Simone') }).first()
  await patient.waitFor()
  await site.accessible(doctor)
  await site.picture(doctor, 'journey-doctor-patients')
  await patient.focus()
  await doctor.keyboard.press('Enter')
  await doctor.getByRole('heading', { level: 1, name: words('AUBRY Simone') }).waitFor()
  await site.accessible(doctor)
  await site.picture(doctor, 'journey-doctor-file')

  const { members } = await as(julie, circle, { personId })
  const member = members.find(({ partyId }) => partyId === card.partyId)
  await as(julie, endMember, { id: member?.id as never, personId, reason: 'replaced' })

  await doctor.getByRole('navigation', { name: 'Dossier' }).getByRole('link', { name: 'Cercle' }).click()
  await doctor.getByText(words('n’existe pas, ou il ne vous est pas ouvert')).first().waitFor()
  expect(await doctor.getByText('AUBRY').count()).toBe(0)
  await site.accessible(doctor)
  expect(await refusalOf(doctor, personHeader, { personId })).toMatchObject({ status: 404 })
  await doctor.goto(`${site.url}/patients`)
  await doctor.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' })
  expect(await doctor.getByText('AUBRY').count()).toBe(0)
})
