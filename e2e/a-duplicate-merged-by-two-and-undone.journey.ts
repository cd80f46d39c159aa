import { expect, test } from 'vitest'
import { newId } from '../src/platform/contract/ids.ts'
import { openSite, viewports } from './site.ts'
import { openTab } from './support/file-tabs.ts'
import { words } from './support/hand.ts'
import { personOf } from './support/story.ts'

const site = await openSite()

test('Mme Perrin, typed a second time at the desk, is found, proposed by one, validated by another, read under both addresses, and given back', async () => {
  const perrin = await personOf(site.owner, 'PERRIN', 'ODILE')
  const items = async (personId: string): Promise<number> =>
    (await site.owner.query<{ n: number }>('select count(*)::int as n from persons.timeline_item where person_id = $1', [personId])).rows[0]?.n ?? 0

  // In the hurry of a call, the desk writes her again: another spelling, two digits of the day swapped.
  const nadia = await site.signIn('front-desk', { at: '/personnes' })
  const twin = newId()
  const status = await nadia.evaluate(
    async ({ id, key }) => {
      const answer = await fetch('/api/actions/persons.person.create', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Jalon': '1', 'Idempotency-Key': key },
        body: JSON.stringify({ id, usedName: 'PERIN', birthGivenNames: ['ODILE'], birthDate: '1941-03-21', sex: 'F', lookAlikesSeen: true }),
      })
      return answer.status
    },
    { id: twin, key: newId() },
  )
  expect(status).toBe(200)

  // The list finds the pair by itself, and says why.
  await expect
    .poll(async () => (await site.owner.query('select 1 from duplicates.pair where $1 in (person_id, other_person_id)', [twin])).rows.length, {
      timeout: 20_000,
    })
    .toBeGreaterThan(0)
  await nadia.goto(`${site.url}/doublons`)
  const line = nadia.getByRole('link').filter({ hasText: 'PERIN' }).filter({ hasText: 'PERRIN' }).first()
  await line.waitFor()
  await nadia.getByText(words('deux chiffres de la date inversés')).first().waitFor()
  await site.accessible(nadia)
  await site.picture(nadia, 'journey-duplicates-list')
  await line.click()
  await nadia.getByRole('button', { name: 'Proposer la fusion' }).waitFor()
  await site.accessible(nadia)
  await site.picture(nadia, 'journey-duplicates-compare')
  await nadia.emulateMedia({ colorScheme: 'dark' })
  await site.picture(nadia, 'journey-duplicates-compare-dark')
  await nadia.setViewportSize(viewports.phone)
  await site.picture(nadia, 'journey-duplicates-compare-phone')
  await nadia.emulateMedia({ colorScheme: 'light' })
  await nadia.setViewportSize(viewports.desk)
  await nadia.getByRole('button', { name: 'Proposer la fusion' }).click()
  await nadia.getByText(words('Vous avez proposé cette fusion')).waitFor()
  const address = nadia.url()
  const before = [await items(perrin.personId), await items(twin)]

  // Somebody else decides.
  const julie = await site.signIn('referent', { at: '/doublons?etat=valider' })
  await julie.getByRole('link').filter({ hasText: 'PERIN' }).first().click()
  await julie.getByRole('button', { name: 'Valider la fusion' }).click()
  await julie.getByRole('dialog').getByRole('button', { name: 'Réunir' }).click()
  await julie.getByRole('heading', { name: 'Dossiers réunis' }).waitFor()
  await site.accessible(julie)
  await site.picture(julie, 'journey-duplicates-merged')
  expect(julie.url()).toBe(address)
  const keptIsPerrin = (await items(twin)) === 0
  const kept = keptIsPerrin ? perrin.personId : twin
  const gone = keptIsPerrin ? twin : perrin.personId
  expect(await items(gone)).toBe(0)

  // The old address leads to the file.
  await julie.goto(`${site.url}/personnes/${gone}`)
  await julie.waitForURL(`**/personnes/${kept}`)
  await julie.getByRole('heading', { level: 1, name: /PERR?IN/ }).waitFor()
  await openTab(julie, 'Information et accès')
  await julie.getByRole('heading', { name: 'Dossiers réunis' }).waitFor()
  await site.picture(julie, 'journey-duplicates-history')

  // And back.
  await julie.getByRole('button', { name: 'Défaire la fusion' }).click()
  await julie.getByLabel('Pourquoi défaire').fill('Deux personnes différentes, vues ensemble.')
  await julie.getByRole('button', { name: 'Défaire', exact: true }).click()
  await julie.getByText(words('Défait le')).waitFor()
  await site.accessible(julie)
  expect([await items(perrin.personId), await items(twin)].toSorted()).toEqual(
    (keptIsPerrin ? [before[0] as number, before[1] as number] : before).map((n, at) => n + (at === (keptIsPerrin ? 0 : 1) ? 2 : 0)).toSorted(),
  )
})
