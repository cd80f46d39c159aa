import { afterAll, expect, it } from 'vitest'
import { joined, lastNumberOf } from '../src/conversations/web/message-order.ts'
import type { OpenMessages } from '../src/conversations/web/use-messages.ts'
import { newId } from '../src/platform/contract/ids.ts'
import { openSession } from '../src/platform/server/sessions.ts'
import { testDatabase } from '../src/platform/testing/test-database.ts'
import { aService, aUser, type BuiltUser } from '../src/territory/testing/builders.ts'
import { readStream, until } from './delivery/reader.ts'
import { aServingProcess } from './delivery/serving.ts'
import { ask, aWriter } from './delivery/writing.ts'

/** `MESSAGES=10000` for the whole measure; a size fit for every day otherwise. */
const many = Number(process.env['MESSAGES'] ?? 200)
const { db, appUrl, ownerUrl } = await testDatabase()
const now = new Date()
const dac = await aService(db, { name: 'DAC Hautes-Vallées' })
const tokenOf = async (user: BuiltUser): Promise<string> =>
  (await openSession(db, { userId: user.id, membershipId: user.membershipId, now, absoluteMinutes: 600 })).token
const julie = await aUser(db, { service: dac })
const karim = await aUser(db, { service: dac, givenName: 'Karim', familyName: 'Belkacem' })
// Two windows of the same author: each stays within what one session may ask in a minute.
const windows = [await tokenOf(julie), await tokenOf(julie)]
const hers = await tokenOf(karim)
const { url, stop } = await aServingProcess({ appUrl, ownerUrl }, now)
const reader = readStream([url], hers, { retryMs: 30 })
afterAll(async () => {
  reader.close()
  await stop()
})

const oneToCount = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1)

/** What the page does of an announcement: asks for what follows the last message that it holds. */
async function caughtUp(threadId: string, held: OpenMessages['rows']): Promise<OpenMessages['rows']> {
  let rows = held
  for (;;) {
    const page = await ask<{ rows: OpenMessages['rows']; more: boolean }>(url, hers, 'queries/conversations.messages', {
      threadId,
      after: lastNumberOf(rows),
      limit: 200,
    })
    rows = joined(rows, page.rows)
    if (!page.more) return rows
  }
}

it(`brings exactly what was missed, once, in order, whatever the moments at which the connection is cut (${many} messages)`, {
  timeout: 60_000 + many * 80,
}, async () => {
  await until('the stream opens', reader.connected, 10_000)
  const threadId = newId()
  await ask(url, String(windows[0]), 'actions/conversations.professionalThread.open', { id: threadId, subject: 'Tour de garde', participants: [karim.id] })
  const writers = windows.map((token) => aWriter([url], token))
  const announced = (): readonly number[] =>
    reader.told.filter((one) => one.type === 'conversations.message.sent' && one.threadId === threadId).map((one) => Number(one.number))
  let cuts = 0
  let held: OpenMessages['rows'] = []
  const start = performance.now()
  for (let n = 0; n < many; n += 1) {
    await writers[n % writers.length]?.write('conversations.message.send', { id: newId(), threadId, body: `n° ${n}` })
    // A cut about every twentieth message, at any moment of the life of the stream.
    if (Math.random() < 0.05) {
      cuts += 1
      setTimeout(reader.cut, Math.random() * 20)
    }
    if (n % 50 === 49) held = await caughtUp(threadId, held)
  }
  await until('everything was announced', () => announced().length >= many, 20_000)
  await new Promise((resolve) => setTimeout(resolve, 300))
  if (many > 1000) process.stdout.write(`${JSON.stringify({ messages: many, cuts, seconds: Math.round((performance.now() - start) / 1000) })}\n`)
  expect(cuts).toBeGreaterThan(0)
  expect(announced()).toEqual(oneToCount(many))
  const seqs = reader.told.map(({ seq }) => seq)
  expect(seqs).toEqual([...new Set(seqs)].toSorted((a, b) => a - b))
  held = await caughtUp(threadId, held)
  expect(held.map(({ number }) => number)).toEqual(oneToCount(many))
  expect(held.map(({ body }) => body)).toEqual(oneToCount(many).map((n) => `n° ${n - 1}`))
})
