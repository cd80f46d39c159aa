import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { bindPageTo, send } from './client.ts'
import { watchGestures } from './gesture.ts'
import { anotherUser } from './network.ts'

const sent: Record<string, string>[] = []
let answer = (): Response => new Response('{}')

beforeEach(() => {
  vi.useFakeTimers()
  sent.length = 0
  answer = () => new Response('{}')
  vi.stubGlobal('fetch', async (_path: string, init: RequestInit) => {
    sent.push(init.headers as Record<string, string>)
    return answer()
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A page that a test touches. */
function aPage(): { touch: (event?: { isTrusted: boolean }) => void; document: Pick<Document, 'addEventListener' | 'removeEventListener'> } {
  const listeners = new Set<(event: { isTrusted: boolean }) => void>()
  return {
    touch: (event = { isTrusted: true }) => {
      for (const listener of listeners) listener(event)
    },
    document: { addEventListener: (_kind: string, listener: never) => void listeners.add(listener), removeEventListener: () => undefined } as never,
  }
}

test('a request that follows no gesture says so; what a script imitates is no gesture', async () => {
  const { touch, document } = aPage()
  watchGestures(document)
  touch()
  await send('/api/queries/x', '{}')
  vi.advanceTimersByTime(60_000)
  await send('/api/queries/x', '{}')
  touch({ isTrusted: false })
  await send('/api/queries/x', '{}')
  touch()
  await send('/api/queries/x', '{}')
  expect(sent.map((headers) => headers['X-Jalon-Background'])).toEqual([undefined, '1', '1', undefined])
})

test('every request says whose page it is, but the question of who is signed in', async () => {
  bindPageTo('julie')
  await send('/api/me', null)
  await send('/api/actions/x', '{}', { 'Idempotency-Key': 'k' })
  expect(sent.map((headers) => headers['X-Jalon-User'])).toEqual([undefined, 'julie'])
})

test('the refusal of another user’s session closes the page', async () => {
  answer = () => new Response(JSON.stringify({ code: 'another_user', detail: 'Une autre personne…' }), { status: 409 })
  await expect(send('/api/actions/x', '{}')).rejects.toMatchObject({ code: 'another_user' })
  expect(anotherUser.get()).toBe(true)
})
