import { beforeAll, expect, test } from 'vitest'
import { newId } from '../src/platform/contract/ids.ts'
import { openSite } from './site.ts'
import { choose, words } from './support/hand.ts'

const site = await openSite()

const goes = 'Point sur le chauffage'
const stays = 'Passage de relais'
let file: string
let personId: string

beforeAll(async () => {
  // One of Julie's persons whose accompaniment is open, with two visits of the team in the days that come.
  const { rows } = await site.owner.query(
    `select e.person_id as id, e.holder_org, e.referent_id from episodes.episode e join persons.person p using (person_id) join territory.user_account u on u.id = e.referent_id
     where u.given_name = 'Julie' and u.family_name = 'Marchal' and e.state = 'open' and p.deceased_on is null
       and not exists (select from persons.non_opposition n where n.person_id = e.person_id and n.state = 'opposition')
       and not exists (select from agenda.occurrence o where o.person_id = e.person_id and o.starts_at > now())
     order by e.person_id limit 1`,
  )
  const [one] = rows
  if (one === undefined) throw new Error('the demo has nobody of Julie’s without a visit to come')
  personId = one.id
  file = `/personnes/${personId}`
  for (const [days, title] of [
    [1, goes],
    [2, stays],
  ] as const) {
    const id = newId()
    await site.owner.query(
      `insert into agenda.appointment (id, person_id, kind, title, starts_local, minutes, time_zone, place_kind, uid, organizer_id, organizer_name, volet, holder_org, created_at, changed_at)
       values ($1::uuid, $2, 'visit', $3, date_trunc('day', now() at time zone 'Europe/Paris') + make_interval(days => $4::int, hours => 10), 60, 'Europe/Paris', 'home', ($1::uuid)::text, $5, 'Julie Marchal', 'administrative', $6, now(), now())`,
      [id, personId, title, days, one.referent_id, one.holder_org],
    )
    await site.owner.query(
      `insert into agenda.occurrence (id, appointment_id, person_id, recurrence_at, starts_at, ends_at, organizer_id, volet, holder_org)
       select $1, a.id, a.person_id, t.at, t.at, t.at + interval '1 hour', a.organizer_id, a.volet, a.holder_org
       from agenda.appointment a cross join lateral (select a.starts_local at time zone 'Europe/Paris' as at) t where a.id = $2`,
      [newId(), id],
    )
  }
})

test('the référente closes, unticks the visit that must take place, and a colleague sees the other one go without touching her page', async () => {
  const karim = await site.signIn('co-referent', { at: file })
  // The Fil says more beside: « Visite · …, annulé ».
  const ahead = (title: string) => karim.getByText(title, { exact: true })
  await ahead(goes).waitFor()
  await ahead(stays).waitFor()

  const julie = await site.signIn('referent', { at: file })
  await julie.getByRole('button', { name: 'Changer', exact: true }).first().click()
  const dialog = julie.getByRole('dialog', { name: words('L’accompagnement') })
  await dialog.getByText('Clôture', { exact: true }).click()
  const list = dialog.getByRole('group', { name: words('Rendez-vous de l’équipe à annuler') })
  const line = (title: string) => list.getByRole('checkbox', { name: words(title) })
  expect([await line(goes).isChecked(), await line(stays).isChecked()]).toEqual([true, true])
  await line(stays).uncheck()
  await line(goes).uncheck()
  await line(goes).check()
  await site.accessible(julie)
  await site.picture(julie, 'closing-with-visits')
  await choose(dialog.getByLabel('Motif'), { label: 'Situation stabilisée, objectifs atteints' })
  await choose(dialog.getByLabel('Bilan'), { index: 1 })
  await dialog.getByRole('button', { name: words('Clore l’accompagnement') }).click()
  await dialog.waitFor({ state: 'detached' })

  // Nobody touched Karim's page.
  await ahead(goes).waitFor({ state: 'detached' })
  await ahead(stays).waitFor()
  const { rows } = await site.owner.query('select title, state from agenda.appointment where person_id = $1 and title = any ($2) order by title desc', [
    personId,
    [goes, stays],
  ])
  expect(rows).toEqual([
    { title: goes, state: 'cancelled' },
    { title: stays, state: 'booked' },
  ])
})
