import { expect, test } from 'vitest'
import { openSite } from './site.ts'
import { handOn, words } from './support/hand.ts'

const site = await openSite()

const countPersons = async (): Promise<number> => (await site.owner.query('select count(*)::int as n from persons.person')).rows[0]?.n ?? 0

test('a call for information is answered and closed without a file: five fields, six keys beyond the typed text', async () => {
  const personsBefore = await countPersons()
  const startedAt = new Date()
  const page = await site.signIn('front-desk', { at: '/demandes' })
  await page.getByRole('combobox', { name: 'Qui appelle' }).waitFor()
  await site.accessible(page)

  const hand = handOn(page)
  await hand.write('Qui appelle', 'Mme Martine Thiriet, son épouse')
  await hand.press('Tab')
  await hand.write('À rappeler au', '0639981452')
  await hand.press('Alt+c')
  await hand.write('Commune', 'le thillot')
  await page.getByRole('option', { name: /Le Thillot/ }).waitFor()
  await hand.press('Enter')
  await hand.press('Alt+t')
  await hand.write('Ce qui est demandé', 'Cherche une aide à domicile pour les courses, son mari ne sort plus.')
  await hand.press('Alt+r')
  await hand.write('Réponse donnée maintenant', 'Coordonnées du service autonomie de la vallée et du CCAS.')
  await page.getByText('notre DAC', { exact: true }).waitFor()
  await site.accessible(page)
  await site.picture(page, 'journey-call')
  await hand.press('Control+Enter')
  await page.getByText(words('Demande n° \\d+ répondue et close.')).waitFor()

  expect(hand.counted()).toEqual({ fields: 5, keys: 6 })
  await site.accessible(page)

  // The sheet is empty again, the cursor where the next call begins.
  await hand.write('Qui appelle', 'M')
  expect(await countPersons(), 'nobody got a file').toBe(personsBefore)
  const { rows } = await site.owner.query(
    `select s.status, s.requester_kind, s.person_id, s.commune_code, s.caller_phone, array_agg(a.code) as answers
     from intake.sollicitation s join intake.answer a on a.sollicitation_id = s.id where s.received_at >= $1 group by s.id`,
    [startedAt],
  )
  expect(rows).toEqual([
    { status: 'closed', requester_kind: 'relative', person_id: null, commune_code: '88468', caller_phone: '+33639981452', answers: ['B1'] },
  ])
})
