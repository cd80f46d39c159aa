import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openSite } from './site.ts'
import { words } from './support/hand.ts'
import { personOf, today } from './support/story.ts'

// Working without network is offered once the installation has a key to seal with.
const site = await openSite(undefined, { environment: { SEALING_KEY: 'a key of the journeys, of no installation' } })

/** The page and its bar: the bar hides what overflows it. */
const fitsTheWidth =
  "document.documentElement.scrollWidth <= window.innerWidth && document.querySelector('.topbar').scrollWidth <= document.querySelector('.topbar').clientWidth"
const code = 'tournée 2026'

/** One gesture through the gate, as the pages of this user do it. */
async function act<T>(page: Page, name: string, input: object): Promise<T> {
  return page.evaluate(
    async ([action, body]) => {
      const headers = { 'Content-Type': 'application/json', 'X-Jalon': '1', 'Idempotency-Key': crypto.randomUUID() }
      const answer = await fetch(`/api/actions/${action}`, { method: 'POST', headers, body: body ?? '' })
      if (!answer.ok) throw new Error(await answer.text())
      return answer.json()
    },
    [name, JSON.stringify(input)],
  ) as Promise<T>
}

test('a home visit without network: the files open with a code, what is written waits sealed, then a colleague reads it and both values are shown', async () => {
  const { personId, file } = await personOf(site.owner, 'PERRIN', 'ODILE')
  const julie = await site.signIn('referent', { at: '/tournee', viewport: 'phone', cut: true, refusals: [409] })
  const karim = await site.signIn('co-referent', { at: file, refusals: [] })
  const assessmentId = await julie.evaluate(() => crypto.randomUUID())
  await act(julie, 'assessments.assessment.start', { id: assessmentId, personId, form: 'multidimensional' })
  const me = await julie.evaluate(
    async () => ((await (await fetch('/api/me', { headers: { 'X-Jalon': '1' } })).json()) as { actor: { userId: string } }).actor.userId,
  )
  await act(julie, 'agenda.appointment.book', {
    id: await julie.evaluate(() => crypto.randomUUID()),
    personId,
    kind: 'visit',
    startsAt: `${today()}T23:00`,
    minutes: 45,
    placeKind: 'home',
    participants: [{ id: await julie.evaluate(() => crypto.randomUUID()), kind: 'colleague', partyId: me }],
  })

  // Before leaving: the tour comes on the telephone.
  await julie.getByRole('textbox', { name: 'Code de tournée' }).fill(code)
  await site.accessible(julie)
  await julie.getByRole('button', { name: 'Emporter ma tournée' }).click()
  await julie.getByRole('heading', { name: 'Sur cet appareil' }).waitFor()
  expect(await julie.evaluate(fitsTheWidth)).toBe(true)
  await site.picture(julie, 'phone-tour')
  const kept = await julie.evaluate(async () => {
    const names = await caches.keys()
    const urls = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))
    return urls.flat()
  })
  expect(kept.length).toBeGreaterThan(20)
  expect(kept.filter((path) => path.startsWith('/api'))).toEqual([])

  // In the stairwell: no network, and the telephone has closed the browser.
  const context = julie.context()
  await context.setOffline(true)
  await julie.close()
  const visit = await context.newPage()
  await visit.goto(`${site.url}/tournee`)
  await visit.getByRole('heading', { name: 'Sans réseau' }).waitFor()
  await site.picture(visit, 'phone-offline-start')
  await visit.getByLabel('Code de tournée').fill('un mauvais code 1')
  await visit.getByRole('button', { name: 'Ouvrir ma tournée' }).click()
  await visit.getByText(words('Encore 4 essais')).waitFor()
  await visit.getByLabel('Code de tournée').fill(code)
  await visit.getByRole('button', { name: 'Ouvrir ma tournée' }).click()
  await visit
    .getByRole('link', { name: words('Perrin') })
    .first()
    .click()
  await visit.getByRole('heading', { level: 1, name: words('Perrin') }).waitFor()
  await visit.getByText(words('Hors ligne depuis')).first().waitFor()
  await site.accessible(visit)

  const note = 'Vue à domicile sans réseau. Marche avec le déambulateur, repas livré non ouvert.'
  await visit.getByLabel('Note de visite').fill(note)
  await visit.getByRole('button', { name: 'Garder la note' }).click()
  await visit.getByText(words('à envoyer')).first().waitFor()
  await visit.getByText('Ce que dit la personne').click()
  await visit.getByLabel(words('Ce qui compte pour elle')).first().fill('Rester chez elle avec son chat.')
  await visit.getByText(words('2 éléments à envoyer')).first().waitFor()
  expect(await visit.evaluate(fitsTheWidth)).toBe(true)
  await site.picture(visit, 'phone-bedside-offline')

  // Meanwhile a colleague answers the same question at the office.
  await act(karim, 'assessments.section.save', { id: assessmentId, section: 'words', baseVersion: 1, answers: { matters: 'Revoir sa sœur.' } })

  await context.setOffline(false)
  await visit.getByText(words('1 élément à régler')).first().waitFor({ timeout: 40_000 })
  await visit.getByRole('link', { name: 'Voir' }).first().click()
  await visit.getByText('Revoir sa sœur.').waitFor()
  await site.accessible(visit)
  await site.picture(visit, 'phone-waiting-conflict')
  await visit.getByRole('radio', { name: words('Rester chez elle') }).check()
  await visit.getByRole('button', { name: 'Enregistrer ces choix' }).click()
  await visit.getByText('Tout est envoyé').first().waitFor()

  // Read on another browser: once, whole.
  await karim.goto(`${site.url}${file}/fil`)
  await karim.getByText(words('Marche avec le déambulateur')).first().waitFor()
  const { rows } = await site.owner.query<{ n: number }>(`select count(*)::int as n from liaison.note where body = $1`, [note])
  expect(rows[0]?.n).toBe(1)
  const { rows: answers } = await site.owner.query<{ matters: string }>(
    `select answers ->> 'matters' as matters from assessments.section_answers where assessment_id = $1 and section = 'words'`,
    [assessmentId],
  )
  expect(answers[0]?.matters).toBe('Rester chez elle avec son chat.')
})
