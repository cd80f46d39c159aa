import { expect, test } from 'vitest'
import { ringByWebhook } from '../simulators/telephony/exchange.ts'
import { openSite } from './site.ts'

const site = await openSite()

test('a call rings: within a second the card of whoever calls is on the desk, and an unknown number becomes a card', async () => {
  const { rows: services } = await site.owner.query<{ id: string }>(`select s.id from territory.service s join territory.membership m on m.service_id = s.id
    join territory.user_account u on u.id = m.user_id where s.kind = 'dac' and u.given_name = 'Julie' and u.family_name = 'Marchal' limit 1`)
  const { rows: lines } = await site.owner.query<{ id: string; secret: string }>(
    `insert into telephony.line (id, service_id, label, shape, created_at) values (gen_random_uuid(), $1, 'Ligne du DAC', 'webhook', now()) returning id, encode(secret, 'hex') as secret`,
    [services[0]?.id],
  )
  const { rows: cards } = await site.owner.query<{ name: string; phone: string }>(
    'select name, phone from directory.local_card where phone is not null and ended_at is null order by phone limit 1',
  )
  const [line, card] = [lines[0], cards[0]]
  if (line === undefined || card === undefined) throw new Error('the demo has no line or no local card')
  const exchange = { url: `${site.url}/api/telephony/${line.id}/calls`, secret: line.secret }

  const desk = await site.signIn('front-desk', { at: '/demandes' })
  await desk.getByRole('heading', { level: 1 }).waitFor()
  const started = Date.now()
  expect((await ringByWebhook(exchange, { caller: card.phone })).status).toBe(204)
  const calls = desk.getByRole('region', { name: 'Appels entrants' })
  await calls.getByText(card.name).first().waitFor()
  expect(Date.now() - started).toBeLessThan(1000)
  await site.accessible(desk)
  await calls.getByRole('button', { name: 'Je la prends' }).click()
  await calls.getByText(/prise par/).waitFor()

  await ringByWebhook(exchange, { caller: '0199000042' })
  await calls.getByText('Numéro inconnu').waitFor()
  await calls.getByRole('button', { name: 'Fiche rapide' }).click()
  await desk.keyboard.type('Mme Aubry, CCAS')
  await calls.getByRole('button', { name: 'Ajouter' }).click()
  await calls.getByText('Mme Aubry, CCAS').waitFor()
  expect(desk.url()).not.toMatch(/0199000042/)
})
