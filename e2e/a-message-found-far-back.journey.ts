import { expect, test } from 'vitest'
import { openSite } from './site.ts'
import { words } from './support/hand.ts'

const site = await openSite()

/** A conversation of Julie’s outside any file, with so many messages of Karim before now; the one of this number speaks of an oak. */
async function aLongConversation(count: number, oak: number): Promise<string> {
  const { rows } = await site.owner.query<{ id: string; service: string }>(
    `select u.id, m.service_id as service from territory.user_account u join territory.membership m on m.user_id = u.id
     where (u.given_name, u.family_name) in (('Julie', 'Marchal'), ('Karim', 'Belkacem')) order by u.given_name`,
  )
  const [julie, karim] = rows as [(typeof rows)[0], (typeof rows)[0]]
  const thread = await site.owner.query<{ id: string }>(
    `insert into conversations.thread (id, subject, reach, last_number, last_at, created_at, created_by, created_by_name, volet, holder_org)
     values (gen_random_uuid(), 'Arbres de la cour', 'chosen', $1, now(), now() - interval '9 days', $2, 'Karim Belkacem', 'administrative', $3) returning id`,
    [count, karim.id, karim.service],
  )
  const id = thread.rows[0]?.id ?? ''
  await site.owner.query(
    `insert into conversations.participant (id, thread_id, user_id, name, from_number, seen_number, joined_at, volet, holder_org)
     select gen_random_uuid(), $1, u, 'N', 1, $2, now() - interval '9 days', 'administrative', $3 from unnest($4::uuid[]) u`,
    [id, count, karim.service, [julie.id, karim.id]],
  )
  await site.owner.query(
    `insert into conversations.message (id, thread_id, number, author_id, author_name, body, search_key, sent_at, volet, holder_org)
     select gen_random_uuid(), $1, n, $2, 'Karim Belkacem', body, translate(lower(body), 'éê', 'ee'), now() - (($3::int - n) || ' minutes')::interval, 'administrative', $4
     from generate_series(1, $3::int) n, lateral (select case when n = $5 then 'Le chêne penche vers la cour.' else 'Point numéro ' || n end as body) b`,
    [id, karim.id, count, karim.service, oak],
  )
  return id
}

test('a message found far back opens among its neighbours; older and newer ones follow without a gap, and one gesture comes back to the present', async () => {
  const id = await aLongConversation(240, 70)
  const julie = await site.signIn('referent', { at: `/echanges/${id}` })
  const log = julie.getByRole('log', { name: 'Messages' })
  const numbers = (): Promise<readonly number[]> => log.getByRole('article').evaluateAll((lines) => lines.map(({ id }) => Number(id.replace('message-', ''))))
  const fromTo = (from: number, to: number): readonly number[] => Array.from({ length: to - from + 1 }, (_, place) => from + place)
  await log.getByText('Point numéro 240').waitFor()
  expect(await log.getByText('Le chêne').count()).toBe(0)

  await julie.getByRole('searchbox', { name: 'Chercher dans mes échanges' }).fill('chêne')
  await julie
    .getByRole('list', { name: words('Messages trouvés') })
    .getByRole('link')
    .first()
    .press('Enter')
  const found = log.getByText('Le chêne penche vers la cour.')
  await found.waitFor()
  expect(await numbers()).toEqual(fromTo(45, 95))
  await julie.waitForFunction(() => document.activeElement?.id === 'message-70')
  expect(await found.isVisible()).toBe(true)
  await site.accessible(julie)
  await site.picture(julie, 'message-found-far-back')

  await log.getByRole('button', { name: 'Messages plus récents' }).press('Enter')
  await log.getByText('Point numéro 145').waitFor()
  await log.getByRole('button', { name: 'Messages plus anciens' }).press('Enter')
  await log.getByText('Point numéro 1', { exact: true }).waitFor()
  expect(await numbers()).toEqual(fromTo(1, 145))
  expect(await log.getByRole('button', { name: 'Messages plus anciens' }).count()).toBe(0)

  // What arrives meanwhile is not put after message 145.
  const karim = await site.signIn('co-referent', { at: `/echanges/${id}` })
  await karim.getByRole('textbox', { name: 'Écrire un message' }).fill('élagueur prévenu')
  await karim.getByRole('button', { name: /^Envoyer/ }).click()
  await karim.getByRole('log').getByText('élagueur prévenu').waitFor()
  await julie.getByRole('button', { name: words('Revenir au présent \\(96 messages plus récents\\)') }).waitFor()
  expect(await numbers()).toEqual(fromTo(1, 145))
  await julie.getByRole('button', { name: words('Revenir au présent') }).press('Enter')
  await log.getByText('élagueur prévenu').waitFor()
  expect(await numbers()).toEqual(fromTo(192, 241))
  expect(new URL(julie.url()).search).toBe('')

  // The same result again leads there again; answering from there comes back to the present.
  await julie
    .getByRole('list', { name: words('Messages trouvés') })
    .getByRole('link')
    .first()
    .press('Enter')
  await found.waitFor()
  await julie.getByRole('textbox', { name: 'Écrire un message' }).fill('Vu, merci')
  await julie.getByRole('button', { name: /^Envoyer/ }).click()
  await log.getByRole('article').getByText('Vu, merci').waitFor()
  await expect.poll(numbers, { timeout: 10_000 }).toEqual(fromTo(193, 242))
})
