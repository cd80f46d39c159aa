import { expect, test } from 'vitest'
import { openSite } from './site.ts'
import { closesAtEachTab, openEachTab } from './support/closed-file.ts'
import { openTab } from './support/file-tabs.ts'
import { words } from './support/hand.ts'
import { personOf } from './support/story.ts'

const site = await openSite()

test('an opposition closes the file of Mme Perrin to her circle at its next click, and the DAC keeps its trace', async () => {
  const perrin = await personOf(site.owner, 'PERRIN', 'ODILE')
  const julie = await site.signIn('referent', { at: perrin.file })
  await julie.getByRole('heading', { level: 1, name: words('PERRIN Odile') }).waitFor()

  // Her nurse follows her on his telephone; her médecin traitant has the file open at her desk, under several tabs.
  const thomas = await site.signIn('home-nurse', { at: perrin.file, viewport: 'phone', refusals: [403, 404] })
  await thomas.getByRole('heading', { level: 1, name: words('PERRIN Odile') }).waitFor()
  await site.accessible(thomas)
  const doctor = await site.signIn('gp', { at: '/patients', refusals: [403, 404] })
  await doctor.keyboard.press('Tab')
  await doctor.keyboard.press('Enter')
  await doctor
    .getByRole('link', { name: words('PERRIN Odile') })
    .first()
    .waitFor()
  await site.accessible(doctor)
  const open = await openEachTab(doctor, perrin.file, 'PERRIN Odile', { tabs: ['Fil', 'Cercle', 'Agenda'] })

  // She opposes; Julie writes it: two gestures besides what she answered.
  await openTab(julie, 'Information et accès')
  const question = julie.getByRole('listitem').filter({ hasText: words('1. Prise en charge et partage d’information') })
  await question.getByRole('button', { name: words('S’oppose'), exact: true }).press('Enter')
  const dialog = julie.getByRole('dialog')
  await dialog.getByText(words('le cercle cesse de voir le dossier à son prochain clic')).waitFor()
  await site.accessible(julie)
  await dialog.getByRole('button', { name: 'Enregistrer' }).press('Enter')
  await julie.getByText(words('Enregistré. \\d+ accès du cercle ont changé à l’instant.')).waitFor()

  await closesAtEachTab(open, words('PERRIN Odile'))
  await openTab(thomas, 'Fil').catch(() => undefined)
  await thomas.getByText(words('n’existe pas, ou il ne vous est pas ouvert')).first().waitFor()
  await thomas.getByText('PERRIN').first().waitFor({ state: 'detached' })
  await site.accessible(thomas)
  await site.picture(thomas, 'journey-opposition-nurse')
  await doctor.reload()
  await doctor.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' })
  await doctor.waitForLoadState('networkidle')
  expect(await doctor.getByText('PERRIN').count(), 'nor is she among the patients').toBe(0)

  // The DAC still reads, and reads why the circle does not.
  await julie.getByText('Opposition', { exact: true }).first().waitFor()
  await site.accessible(julie)
  await openTab(julie, 'Cercle')
  await julie.getByText(words('s’oppose')).first().waitFor()
  await site.accessible(julie)
})
