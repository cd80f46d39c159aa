import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openSite } from './site.ts'
import { invite, removeFromCircle } from './support/circle-on-screen.ts'
import { closesAtEachTab, openEachTab } from './support/closed-file.ts'
import { openTab } from './support/file-tabs.ts'
import { words } from './support/hand.ts'
import { personOf } from './support/story.ts'

const site = await openSite()

test('Dr Fritsch, invited as médecin traitant of M. Thomas who had none, sees his file, then is removed and refused at her next click on any tab', async () => {
  const thomas = await personOf(site.owner, 'THOMAS', 'BERNARD')

  // Before: named nowhere, she is answered as for someone who does not exist.
  const doctor = await site.signIn('gp', { at: '/patients', refusals: [403, 404] })
  await site.accessible(doctor)
  expect(await doctor.getByRole('radio', { name: /FRITSCH/i }).isChecked()).toBe(true)
  await doctor.keyboard.press('Tab')
  await doctor.keyboard.press('Enter')
  await doctor.waitForURL('**/patients')
  await patientsShown(doctor)
  await site.accessible(doctor)
  expect(await doctor.getByRole('link', { name: words('THOMAS Bernard') }).count()).toBe(0)
  await doctor.goto(`${site.url}${thomas.file}`)
  await doctor.getByText(words('n’existe pas, ou il ne vous est pas ouvert')).first().waitFor()
  await site.accessible(doctor)

  const julie = await site.signIn('referent', { at: thomas.file })
  await openTab(julie, 'Cercle')
  await invite(julie, 'fritsch anne-laure', 'Médecin traitant', () => site.accessible(julie))
  await site.accessible(julie)
  await site.picture(julie, 'journey-circle')

  // She finds him among her patients and opens the file from the keyboard.
  await doctor.goto(`${site.url}/patients`)
  const patient = doctor.getByRole('link', { name: words('THOMAS Bernard') }).first()
  await patient.waitFor()
  await site.accessible(doctor)
  await site.picture(doctor, 'journey-doctor-patients')
  await patient.focus()
  await doctor.keyboard.press('Enter')
  await doctor.getByRole('heading', { level: 1, name: words('THOMAS Bernard') }).waitFor()
  await site.accessible(doctor)
  await site.picture(doctor, 'journey-doctor-file')
  const open = await openEachTab(doctor, thomas.file, 'THOMAS Bernard', { look: site.accessible })

  await removeFromCircle(julie, 'Dr Anne-Laure Fritsch', () => site.accessible(julie))
  await site.accessible(julie)

  await closesAtEachTab(open, words('THOMAS Bernard'))
  // The page that hears the live events closes by itself, or at its next click.
  await openTab(doctor, 'Fil').catch(() => undefined)
  await doctor.getByText(words('n’existe pas, ou il ne vous est pas ouvert')).first().waitFor()
  await doctor.getByText(words('THOMAS Bernard')).first().waitFor({ state: 'detached' })
  await site.accessible(doctor)
  await doctor.goto(`${site.url}/patients`)
  await patientsShown(doctor)
  expect(await doctor.getByRole('link', { name: words('THOMAS Bernard') }).count()).toBe(0)
})

/** The list of her patients is read: the first of them is there. */
const patientsShown = (page: Page): Promise<void> =>
  page
    .getByRole('link', { name: words('PERRIN Odile') })
    .first()
    .waitFor()
