import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asideBreakages, gestureBreakages, registryBreakages, tellsAbsence } from './breakages.ts'
import { playDirected } from './directed.ts'
import { leakReport } from './report.ts'
import { compareAbsent, emptyLeakTally, openSite, type Site, sendRequests } from './requests.ts'
import { openStage, type Stage } from './stage.ts'

/** Rooms where a name may stand beside the file, or of somebody who has none: a table that loses its canaries proves nothing any more. */
const planted = [
  'agenda.appointment',
  'agenda.occurrence',
  'agenda.participant',
  'agenda.stay',
  'hospital_events.stay',
  'hospital_events.candidate',
  'hospital_events.visit',
  'telephony.call',
  'offline.device',
  'offline.deposit',
  'persons.person_notice',
  'care_team.invitation',
  'agenda.health_space_decision',
  'agenda.health_space_line',
]
const print = (text: string): void => void process.stdout.write(`${text}\n`)
let stage: Stage
let site: Site

beforeAll(async () => {
  stage = await openStage({ persons: 12 })
  site = await openSite(stage.world)
}, 120_000)
afterAll(async () => {
  await site?.close()
  await stage?.close()
})

/** One twentieth of `npm run bench -- access`: strings of others looked for in whatever leaves the server. ACCESS_SEED plays a run again. */
describe('what leaves the server', () => {
  test('no generated request, of any declared query or action, shows a string of somebody else’s file', { timeout: 180_000 }, async () => {
    const tally = emptyLeakTally()
    await sendRequests(stage.world, site, stage.random, 5_000, tally)
    print(leakReport(tally, stage.random.seed))
    expect(tally.leaks).toEqual([])
    expect(tally.withCanary).toBeGreaterThan(100)
    const places = new Set(stage.world.canaries.all.map(({ table }) => table))
    expect(planted.filter((place) => !places.has(place))).toEqual([])
    expect(stage.world.canaries.in(site.openApi()).size).toBe(0)
  })

  test('what exists and is closed answers as what does not exist, in status, in words and in time', { timeout: 120_000 }, async () => {
    const twin = await compareAbsent(stage.world, site, stage.random, 400)
    print(`${twin.pairs} pairs, ${twin.different.length} different; median ${twin.invisible.toFixed(2)} ms closed, ${twin.absent.toFixed(2)} ms absent`)
    expect(twin.different).toEqual([])
    expect(twin.pairs).toBe(400)
  })

  test.each([...registryBreakages, ...asideBreakages].map((breakage) => [breakage.name, breakage] as const))(
    'a broken build is caught: %s',
    { timeout: 60_000 },
    async (name, { registry, query }) => {
      const broken = await openSite(stage.world, new Map([...registry].filter(([key]) => key === query)))
      const tally = emptyLeakTally()
      for (let round = 0; round < 30 && tally.leaks.length === 0; round++) await sendRequests(stage.world, broken, stage.random, 30, tally)
      await broken.close()
      print(`${name}: caught after ${tally.requests} requests`)
      expect(tally.leaks.length).toBeGreaterThan(0)
    },
  )

  test(`a broken build is caught: ${tellsAbsence.name}`, { timeout: 60_000 }, async () => {
    const broken = await openSite(stage.world, new Map([...tellsAbsence.registry].filter(([key]) => key === tellsAbsence.query)))
    const twin = await compareAbsent(stage.world, broken, stage.random, 40)
    await broken.close()
    print(`${tellsAbsence.name}: ${twin.different.length} of ${twin.pairs} pairs told apart`)
    expect(twin.different.length).toBeGreaterThan(0)
  })

  // In a world of its own each: what it leaves in the database stays wrong. The same case on a whole build first, else a catch would prove nothing.
  test.each(gestureBreakages.map((breakage) => [breakage.name, breakage] as const))(
    'a broken build is caught: %s',
    { timeout: 120_000 },
    async (name, breakage) => {
      const [whole, broken] = [await openStage({ persons: 8 }), await openStage({ persons: 8 })]
      try {
        const fine = await playDirected(whole.world, breakage.loses, whole.random)
        expect([...fine.before.disagreements, ...fine.after.disagreements]).toEqual([])
        expect(fine.lost).toBeGreaterThan(0)
        await breakage.apply(broken.superuser)
        const { before, after } = await playDirected(broken.world, breakage.loses, broken.random)
        expect(before.disagreements).toEqual([])
        const shown = after.disagreements.filter(({ kind }) => kind === 'shown, and should not be')
        print(`${name}: ${shown.length} rows still shown of the ${fine.lost} that the gesture takes away`)
        expect(shown.length).toBeGreaterThan(0)
      } finally {
        await Promise.all([whole.close(), broken.close()])
      }
    },
  )
})
