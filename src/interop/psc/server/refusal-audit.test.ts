import { expect, test } from 'vitest'
import { testClock } from '../../../platform/testing/gate.ts'
import type { LoginLine } from './admission.ts'
import { boundRefusals } from './refusal-audit.ts'

const refusal: LoginLine = { name: 'session.open', outcome: 'refused', code: 'cancelled', userId: null, details: { cause: 'access_denied' }, requestId: 'r' }

const followed = (): { written: LoginLine[]; clock: ReturnType<typeof testClock>; refusals: ReturnType<typeof boundRefusals> } => {
  const written: LoginLine[] = []
  const clock = testClock('2026-11-23T08:00:00Z')
  return { written, clock, refusals: boundRefusals(async (line) => void written.push(line), clock) }
}

test('ten refusals of an address in a minute are written, the others are counted in one line', async () => {
  const { written, clock, refusals } = followed()
  for (let i = 0; i < 300; i += 1) await refusals.refused('192.0.2.1', refusal)
  await refusals.settle()
  expect(written).toHaveLength(10)
  expect(written[0]).toEqual({ ...refusal, address: '192.0.2.1' })
  clock.advance(60_000)
  await refusals.settle()
  expect(written.slice(10)).toEqual([{ ...refusal, code: 'many_refusals', details: { cause: 'many_refusals', count: 290 }, address: '192.0.2.1' }])
})

test('another address is written for itself, and the next minute begins anew', async () => {
  const { written, clock, refusals } = followed()
  for (let i = 0; i < 11; i += 1) await refusals.refused('192.0.2.1', refusal)
  await refusals.refused('192.0.2.2', refusal)
  expect(written.map(({ address }) => address)).toEqual([...Array.from({ length: 10 }, () => '192.0.2.1'), '192.0.2.2'])
  clock.advance(60_000)
  await refusals.refused('192.0.2.1', refusal)
  expect(written.slice(11).map(({ code }) => code)).toEqual(['many_refusals', 'cancelled'])
})

test('what is counted is written before a stop, and an attack from many addresses fills neither the memory nor forgets what it counted', async () => {
  const { written, refusals } = followed()
  for (let i = 0; i < 12; i += 1) await refusals.refused('192.0.2.1', refusal)
  for (let i = 0; i < 5_000; i += 1) await refusals.refused(`198.51.100.${i}`, refusal)
  expect(written.filter(({ code }) => code === 'many_refusals').map(({ details }) => details['count'])).toEqual([2])
  for (let i = 0; i < 11; i += 1) await refusals.refused('192.0.2.9', refusal)
  await refusals.settle(true)
  expect(written.at(-1)).toMatchObject({ code: 'many_refusals', details: { count: 1 }, address: '192.0.2.9' })
})

test('all addresses of one network of IPv6 count as one; another network, and IPv4 written as IPv6, for themselves', async () => {
  const { written, refusals } = followed()
  for (let i = 0; i < 40; i += 1) await refusals.refused(`2001:db8:0:7:${i.toString(16)}::1`, refusal)
  for (let i = 0; i < 40; i += 1) await refusals.refused(`2001:0db8::7:0:0:0:${i.toString(16)}`, refusal)
  expect(written, 'one network, however it is written').toHaveLength(10)
  await refusals.refused('2001:db8:0:8::1', refusal)
  await refusals.refused('::1', refusal)
  for (let i = 0; i < 12; i += 1) await refusals.refused(i % 2 === 0 ? '192.0.2.1' : '::ffff:192.0.2.1', refusal)
  await refusals.refused('::ffff:192.0.2.2', refusal)
  expect(written).toHaveLength(10 + 2 + 10 + 1)
  await refusals.settle(true)
  expect(written.filter(({ code }) => code === 'many_refusals').map(({ address, details }) => [address, details['count']])).toEqual([
    ['2001:db8:0:7::/64', 70],
    ['192.0.2.1', 2],
  ])
})
