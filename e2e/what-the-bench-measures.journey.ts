import type { Page, Request } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { screensOf } from '../bench/screens.ts'
import { openSite } from './site.ts'
import { personOf } from './support/story.ts'

const site = await openSite()

/** What every page asks once for itself, when it is loaded: the counts of the navigation, the lists of words, drafts. */
const ofTheShell = [
  'liaison.unreadCount',
  'intake.queueCounts',
  'intake.messagesForMe',
  'conversations.unread',
  'telephony.calls',
  'territory.valueSets',
  'draft.list',
]

/** Names of the queries that leave together when a page opens, in alphabetical order. */
async function firstAsked(page: Page, at: string): Promise<readonly string[]> {
  const together: (readonly string[])[] = []
  const listen = (request: Request): void => {
    const { pathname } = new URL(request.url())
    if (pathname !== '/api/batch') return
    together.push((request.postDataJSON() as { readonly queries: readonly { readonly name: string }[] }).queries.map(({ name }) => name))
  }
  page.on('request', listen)
  await page.goto(`${site.url}${at}`)
  await page.waitForLoadState('networkidle')
  page.off('request', listen)
  return (together[0] ?? []).filter((name) => !ofTheShell.includes(name)).sort()
}

describe('what the bench of screens measures is what the screens ask', () => {
  test('the desk, « Ma journée », a file and its pages', async () => {
    const screens = await screensOf(
      async <T>(text: string, values: readonly unknown[] = []) => (await site.owner.query(text, [...values])).rows as T[],
      1,
      new Date(),
    )
    const measured = (name: string): readonly string[] => (screens.find((screen) => screen.name === name)?.queries ?? []).map((one) => one.name).sort()
    const { file } = await personOf(site.owner, 'AUBRY', 'PAULETTE')
    const page = await site.signIn('referent', { at: '/aide' })
    const header = ['episodes.fileSynthesis', 'liaison.fileNews', 'persons.header']
    expect(await firstAsked(page, '/demandes')).toEqual(measured('desk queue'))
    expect(await firstAsked(page, '/ma-journee')).toEqual(measured('my day'))
    expect(await firstAsked(page, file)).toEqual(measured('file header and synthesis'))
    // Inside a file the head is there already: only the page itself is new.
    for (const [at, name] of [
      ['fil', 'timeline'],
      ['cercle', 'circle'],
      ['ppcs', 'care plan'],
    ] as const)
      expect((await firstAsked(page, `${file}/${at}`)).filter((one) => !header.includes(one))).toEqual(measured(name))
    expect(await firstAsked(page, '/mes-situations')).toEqual(measured('caseload'))
  })
})
