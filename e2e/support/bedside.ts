import type { BrowserContext, Page } from 'playwright-core'
import { words } from './hand.ts'
import { today } from './story.ts'

/** The code under which the tours of the journeys are taken along. */
export const code = 'tournée 2026'

/** One gesture through the gate, as the pages of this user do it. */
export async function act<T>(page: Page, name: string, input: object): Promise<T> {
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
/** An id made by the page, as its forms make theirs. */
export const uuid = (page: Page): Promise<string> => page.evaluate(() => crypto.randomUUID())

/** What lies in this browser: copies, envelopes with or without readable words, and whether a code still opens anything. */
export const lying = (page: Page): Promise<{ copies: number; waiting: number; readable: number; coded: number; stored: string }> =>
  page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((done, failed) => {
      const request = indexedDB.open('jalon-offline', 1)
      request.onsuccess = () => done(request.result)
      request.onerror = () => failed(request.error)
    })
    const all = (name: string): Promise<Record<string, unknown>[]> =>
      new Promise((done) => {
        const request = db.transaction(name).objectStore(name).getAll()
        request.onsuccess = () => done(request.result)
      })
    const [copies, waiting, places] = [await all('copies'), await all('waiting'), await all('places')]
    db.close()
    return {
      copies: copies.length,
      waiting: waiting.length,
      readable: waiting.filter((one) => one['words'] !== null).length,
      coded: places.filter((one) => one['coded'] !== null).length,
      stored: JSON.stringify({ ...localStorage, ...sessionStorage }),
    }
  })

/** A visit of today at this person's, and the tour taken along with it. */
export async function prepared(page: Page, personId: string): Promise<void> {
  const me = await page.evaluate(
    async () => ((await (await fetch('/api/me', { headers: { 'X-Jalon': '1' } })).json()) as { actor: { userId: string } }).actor.userId,
  )
  await act(page, 'agenda.appointment.book', {
    id: await uuid(page),
    personId,
    kind: 'visit',
    startsAt: `${today()}T23:00`,
    minutes: 45,
    placeKind: 'home',
    participants: [{ id: await uuid(page), kind: 'colleague', partyId: me }],
  })
  await carry(page)
}

/** Takes the tour along, under the code of the journeys. */
export async function carry(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Code de tournée' }).fill(code)
  await page.getByRole('button', { name: 'Emporter ma tournée' }).click()
  await page.getByRole('heading', { name: 'Sur cet appareil' }).waitFor({ timeout: 30_000 })
}

/** Opens the file of a visit, from the tour. */
export async function atTheBedside(page: Page, name: string): Promise<void> {
  await page
    .getByRole('link', { name: words(name) })
    .first()
    .click()
  await page.getByRole('heading', { level: 1, name: words(name) }).waitFor()
}

/** No network any more, and the page knows it. */
export async function cut(context: BrowserContext, page: Page): Promise<void> {
  await context.setOffline(true)
  await page.getByText(words('Hors ligne depuis')).first().waitFor({ timeout: 40_000 })
}
