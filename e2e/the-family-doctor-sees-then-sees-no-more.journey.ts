import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { endMember } from '../src/care-team/contract/actions.ts'
import type { MemberId } from '../src/care-team/contract/member.ts'
import { circle } from '../src/care-team/contract/queries.ts'
import { personHeader } from '../src/persons/contract/queries.ts'
import { openSite } from './site.ts'
import { anAccompaniment } from './support/an-accompaniment.ts'
import { invite } from './support/circle-on-screen.ts'
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

  const fileTab = (page: Page, name: string) => page.getByRole('navigation', { name: 'Dossier' }).getByRole('link', { name })
  await fileTab(julie, 'Cercle').click()
  await invite(julie, 'fritsch', 'Médecin traitant', () => site.accessible(julie))
  await site.accessible(julie)
  await site.picture(julie, 'journey-circle')

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

  // Her removal goes through the API, as Julie: the journey is about what the doctor meets next.
  const { members } = await as(julie, circle, { personId })
  const member = members.find(({ name }) => /fritsch/i.test(name))
  await as(julie, endMember, { id: member?.id as MemberId, personId, reason: 'person_wish' })
  await doctor.getByRole('navigation', { name: 'Dossier' }).getByRole('link', { name: /^Fil/ }).click()
  await doctor.getByText(words('n’existe pas, ou il ne vous est pas ouvert')).first().waitFor()
  await doctor.getByText('AUBRY').first().waitFor({ state: 'detached' })
  await site.accessible(doctor)
  expect(await refusalOf(doctor, personHeader, { personId })).toMatchObject({ status: 404 })
  await doctor.goto(`${site.url}/patients`)
  await doctor.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' })
  expect(await doctor.getByText('AUBRY').count()).toBe(0)
})
