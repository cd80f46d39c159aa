import { expect, test } from 'vitest'
import { openSite } from './site.ts'
import { words } from './support/hand.ts'
import { personOf } from './support/story.ts'

const site = await openSite()

test('Julie plans a joint visit with somebody of the circle and moves it by the arrows, without a mouse; she finds it on her telephone, her team leader on the calendar of the team', async () => {
  const perrin = await personOf(site.owner, 'PERRIN', 'ODILE')
  const julie = await site.signIn('referent', { at: `${perrin.file}/agenda` })
  await julie.getByRole('button', { name: words('Rendez-vous') }).waitFor()
  await site.accessible(julie)

  await julie.keyboard.press('r')
  const sheet = julie.getByRole('dialog')
  await sheet.getByLabel(words('Rendez-vous'), { exact: true }).selectOption({ label: 'Visite conjointe' })
  await sheet.getByLabel(words('Précision')).fill('Bilan à deux')
  await sheet.getByLabel('À', { exact: true }).fill('20 h')
  await sheet.getByLabel(words('Ajouter quelqu’un')).selectOption({ index: 1 })
  await site.accessible(julie)
  await julie.keyboard.press('Control+Enter')
  await julie.getByText(words('Rendez-vous pris.')).waitFor()
  const event = julie.getByRole('button', { name: words('Bilan à deux') })
  await event.waitFor()
  await site.accessible(julie)

  const { rows } = await site.owner.query<{ name: string }>(
    `select p.name from agenda.participant p join agenda.appointment a on a.id = p.appointment_id where a.title = 'Bilan à deux' and p.kind = 'circle'`,
  )
  expect(rows).toHaveLength(1)

  // By the arrows: an hour later.
  await event.focus()
  await julie.keyboard.press('m')
  for (let quarter = 0; quarter < 4; quarter++) await julie.keyboard.press('ArrowDown')
  await julie.keyboard.press('Enter')
  await julie.getByText(words('Déplacé au')).waitFor()
  await julie.getByRole('button', { name: words('21 h 00.*Bilan à deux') }).waitFor()
  await site.accessible(julie)
  await site.picture(julie, 'journey-agenda-moved')

  const phone = await site.signIn('referent', { at: '/agenda', viewport: 'phone' })
  await phone.getByText(words('Bilan à deux')).first().waitFor()
  await site.accessible(phone)
  await site.picture(phone, 'journey-agenda-phone')
  const team = await site.signIn('team-lead', { at: '/agenda?qui=equipe' })
  await team.getByRole('table').waitFor()
  await site.accessible(team)
})
