import type { Page, Request } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { personas } from '../src/app/seed/personas.ts'
import { openSite, type Scheme, viewports } from './site.ts'
import { focusFaults, keyboardFaults } from './support/keyboard.ts'
import { addressOf, type Places, routesWithoutScreen, type Screen, screens } from './support/screens.ts'
import { personOf } from './support/story.ts'
import { openedHere } from './support/windows.ts'

/** The whole walk (`npm run test:walk`, and CI): every screen by all who come to it. Else each screen once, as the first of them finds it at a desk. */
const whole = process.env['JALON_WALK'] === 'whole'
const site = await openSite()
let places: Places
let file: string

beforeAll(async () => {
  const perrin = await personOf(site.owner, 'PERRIN', 'ODILE')
  file = perrin.file
  const requests = await site.owner.query<{ id: string; national_id: string | null }>(
    `select distinct on (u.national_id) s.id, u.national_id from intake.sollicitation s left join territory.user_account u on u.id = s.requester_user_id
     where s.holder_org = (select id from territory.service where name = 'DAC Hautes-Vallées') and s.status in ('in_progress', 'closed') order by u.national_id, s.received_at desc`,
  )
  const filedBy = new Map(requests.rows.map(({ id, national_id }) => [personas.find((one) => one.nationalId === national_id)?.id ?? '', id]))
  places = {
    personId: perrin.personId,
    requestOf: (persona) => filedBy.get(persona) ?? filedBy.get('') ?? '',
    reportId: await aReport(),
    conferenceId: await aConference(perrin.personId),
    threadId: await aThread(perrin.personId),
    taskId: await aTaskByLetter(),
    partyId: await aCardOfTheCircle(perrin.personId),
    notice: await aNotice(),
  }
})

/** A report of which the référente is a reader; none of the demo’s need be one. */
async function aReport(): Promise<string> {
  const { rows } = await site.owner.query<{ id: string }>('select id from safeguarding.report order by id limit 1')
  return rows[0]?.id ?? '01999999-0000-7000-8000-000000000000'
}

/** A notice that waits to be handed over. */
async function aNotice(): Promise<Places['notice']> {
  const { rows } = await site.owner.query<Places['notice']>(
    `select id, person_id as "personId" from persons.person_notice where state = 'to_hand' order by happened_at limit 1`,
  )
  return rows[0] ?? { id: '01999999-0000-7000-8000-000000000000', personId: '01999999-0000-7000-8000-000000000000' }
}

/** A task that somebody outside was asked by letter. */
async function aTaskByLetter(): Promise<string> {
  const { rows } = await site.owner.query<{ id: string }>('select id from episodes.task where outside_name is not null order by id limit 1')
  return rows[0]?.id ?? '01999999-0000-7000-8000-000000000000'
}

/** Her concertation of the day. */
async function aConference(personId: string): Promise<string> {
  const { rows } = await site.owner.query<{ id: string }>('select id from case_conferences.conference where person_id = $1 order by state limit 1', [personId])
  return rows[0]?.id ?? '01999999-0000-7000-8000-000000000000'
}

/** A card that stands in her circle today. */
async function aCardOfTheCircle(personId: string): Promise<string> {
  const { rows } = await site.owner.query<{ id: string }>(
    `select m.party_id as id from care_team.member m join directory.entry e on e.party_id = m.party_id where m.person_id = $1
       and exists (select from care_team.role r where r.member_id = m.id and r.ends_on is null) order by m.created_at limit 1`,
    [personId],
  )
  return rows[0]?.id ?? '01999999-0000-7000-8000-000000000000'
}

/** The conversation about her with most messages. */
async function aThread(personId: string): Promise<string> {
  const { rows } = await site.owner.query<{ id: string }>('select id from conversations.thread where person_id = $1 order by last_number desc limit 1', [
    personId,
  ])
  return rows[0]?.id ?? '01999999-0000-7000-8000-000000000000'
}

const stage = { desk: { viewport: viewports.desk, scheme: 'light' }, phone: { viewport: viewports.phone, scheme: 'light' } } as const

async function setStage(page: Page, size: keyof typeof stage, scheme: Scheme): Promise<void> {
  await page.setViewportSize(stage[size].viewport)
  await page.emulateMedia({ colorScheme: scheme })
  await page.waitForFunction((wanted) => document.documentElement.getAttribute('data-mantine-color-scheme') === wanted, scheme)
}

/** What is wrong with a page as it stands: at both sizes, in both schemes; in the dark only colours change. In the short walk, axe at a desk, its contrasts in the dark and the width of a telephone. */
async function faultsEverywhere(page: Page): Promise<readonly string[]> {
  const found: string[] = []
  if (!whole) {
    found.push(...(await site.faultsOf(page)).map((fault) => `desk: ${fault}`))
    await setStage(page, 'desk', 'dark')
    found.push(...(await site.faultsOf(page, 'contrast')).map((fault) => `desk, dark: ${fault}`))
    await setStage(page, 'desk', 'light')
    await page.setViewportSize(viewports.phone)
    if (await overflows(page)) found.push('phone: it overflows to the side')
    await page.setViewportSize(viewports.desk)
    return found
  }
  for (const size of ['desk', 'phone'] as const) {
    await setStage(page, size, 'light')
    found.push(...(await site.faultsOf(page)).map((fault) => `${size}: ${fault}`))
    if (await overflows(page)) found.push(`${size}: it overflows to the side`)
    await setStage(page, size, 'dark')
    found.push(...(await site.faultsOf(page, 'contrast')).map((fault) => `${size}, dark: ${fault}`))
  }
  await setStage(page, 'desk', 'light')
  return found
}

const overflows = (page: Page): Promise<boolean> => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)

async function arrive(page: Page, address: string): Promise<void> {
  askedBy(page)
  await page.goto(`${site.url}${address}`)
  await page.locator('h1').first().waitFor({ state: 'attached' })
  if (whole) await page.waitForLoadState('networkidle')
  else await answered(page)
}

/** Until all that the page asks is answered and nothing was asked for 150 ms; `networkidle` waits half a second for each of a hundred screens. */
async function answered(page: Page): Promise<void> {
  const asked = askedBy(page)
  const patience = Date.now() + 10_000
  for (let quietSince = Date.now(); Date.now() - quietSince < 150 && Date.now() < patience; ) {
    await new Promise((resume) => setTimeout(resume, 25))
    if (asked.size > 0) quietSince = Date.now()
  }
}

const unanswered = new WeakMap<Page, Set<Request>>()

/** The requests of a page on their way, but the stream of events, which stays open. Followed from the first time it is asked for. */
function askedBy(page: Page): ReadonlySet<Request> {
  const known = unanswered.get(page)
  if (known !== undefined) return known
  const asked = new Set<Request>()
  unanswered.set(page, asked)
  page.on('request', (request) => {
    if (!request.url().includes('/api/stream')) asked.add(request)
  })
  page.on('requestfinished', (request) => void asked.delete(request))
  page.on('requestfailed', (request) => void asked.delete(request))
  return asked
}

test('every route of the router is walked', async () => {
  const page = await site.signIn('regional-admin')
  const routes = await page.evaluate(() => {
    const { __TSR_ROUTER__: router } = window as unknown as { __TSR_ROUTER__: { routesByPath: Record<string, unknown> } }
    return Object.keys(router.routesByPath)
  })
  const known = routes.map((route) => (route === '/' ? route : route.replace(/\/$/, ''))).filter((route) => !routesWithoutScreen.includes(route))
  expect([...new Set(known)].sort()).toEqual(Object.keys(screens).sort())
  await page.context().close()
})

interface Visit {
  readonly route: string
  readonly screen: Screen
  readonly first: boolean
}
const visitsOf = (persona: string): readonly Visit[] =>
  Object.entries(screens).flatMap(([route, all]) =>
    all.filter(({ seenBy }) => seenBy.includes(persona)).map((screen) => ({ route, screen, first: screen.seenBy[0] === persona })),
  )

describe('axe, the console, the security policy and a lap of the Tab key find nothing', () => {
  for (const { id, label } of personas.filter(
    (one) => (one.account === 'active' || one.id === 'newcomer') && (whole || visitsOf(one.id).some(({ first }) => first)),
  ))
    test(`${label} (${id})`, { timeout: 420_000 }, async () => {
      const page = await site.signIn(id, { at: '/aide', refusals: [404] })
      await enter(page)
      const found: string[] = []
      const walked = visitsOf(id).filter(({ first }) => whole || first)
      // Every place of her rail, wherever it leads, and the screens that the table says she comes to.
      const rail = await page
        .getByRole('navigation', { name: 'Principal', exact: true })
        .getByRole('link')
        .evaluateAll((links) => links.map((link) => new URL((link as HTMLAnchorElement).href).pathname))
      const others = rail.filter((place) => !walked.some(({ route }) => route === place)).map((route) => ({ route, screen: { seenBy: [id] }, first: false }))
      const visits: readonly Visit[] = whole ? [...walked, ...others] : walked
      for (const { route, screen, first } of visits) {
        const faults = await arrive(page, addressOf(route, screen, id, places)).then(
          async () => (first ? [...(await faultsEverywhere(page)), ...(await keyboardFaults(page))] : site.faultsOf(page)),
          (error: Error) => [`no heading came: ${error.message.split('\n')[0]}`],
        )
        found.push(...faults.map((fault) => `${route}${screen.search ?? ''} ${fault}`))
      }
      await page.context().close()
      expect(found).toEqual([])
    })

  test('the refused ones: no situation, a closed account, nobody', async () => {
    for (const persona of ['no-situation', 'account-closed']) {
      const page = await site.signIn(persona, { refusals: [403] })
      await page.locator('h1').first().waitFor({ state: 'attached' })
      const found = await site.faultsOf(page)
      await page.context().close()
      expect([persona, found]).toEqual([persona, []])
    }
  })

  test('what opens above a screen', { timeout: 240_000 }, async () => {
    const found: string[] = []
    const pages = new Map<string, Page>()
    for (const { persona, at, title, gesture, shown } of openedHere) {
      const page = pages.get(persona) ?? (await site.signIn(persona, { at: '/aide' }))
      pages.set(persona, page)
      await arrive(page, at.replace(':file', file))
      const faults = await gesture(page)
        .then(() => shown(page).first().waitFor())
        .then(
          async () => [...(await focusFaults(page)), ...(await faultsEverywhere(page))],
          () => ['it did not open'],
        )
      found.push(...faults.map((fault) => `${at} ${title} ${fault}`))
    }
    for (const page of pages.values()) await page.context().close()
    expect(found).toEqual([])
  })
})

/** Who practises in several places chooses one first. */
async function enter(page: Page): Promise<void> {
  const choice = page.getByRole('radio').first()
  const inside = page.getByRole('navigation', { name: 'Principal', exact: true })
  await choice.or(inside).first().waitFor()
  if (await inside.isVisible()) return
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await inside.waitFor()
}
