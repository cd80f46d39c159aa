import type { Page } from 'playwright-core'
import { type FileTabTitle, fileTabs, openTab, tabLink } from './file-tabs.ts'
import { words } from './hand.ts'

/** A page for each tab of the file: each has read every tab once, and stands away from the one that it will be asked. */
export type OpenTabs = ReadonlyMap<FileTabTitle, Page>

/**
 * Opens the file once for each of its tabs, or of those given, in the window of whoever is logged in on `page`. These pages hear no live event: what they meet is
 * what the next click meets, with all that they already hold.
 */
export async function openEachTab(
  page: Page,
  file: string,
  name: string,
  { tabs = fileTabs, look }: { readonly tabs?: readonly FileTabTitle[]; readonly look?: (page: Page) => Promise<void> } = {},
): Promise<OpenTabs> {
  const context = page.context()
  const open = new Map<FileTabTitle, Page>()
  for (const title of tabs) {
    const own = await context.newPage()
    await own.addInitScript(deafen)
    await own.goto(new URL(file, page.url()).href)
    await own.getByRole('heading', { level: 1, name: words(name) }).waitFor()
    await openTab(own, title)
    await own.waitForLoadState('networkidle')
    await look?.(own)
    await openTab(own, title === 'Synthèse' ? 'Fil' : 'Synthèse')
    await own.waitForLoadState('networkidle')
    open.set(title, own)
  }
  return open
}

/** Clicks the tab of each page: the file is refused there, and nothing of it stays on the screen. */
export async function closesAtEachTab(open: OpenTabs, name: RegExp): Promise<void> {
  const still: string[] = []
  for (const [title, page] of open) {
    await tabLink(page, title).click()
    const refused = page.getByText(words('n’existe pas, ou il ne vous est pas ouvert')).first()
    const gone = await Promise.all([refused.waitFor(), page.getByText(name).first().waitFor({ state: 'detached' })]).then(
      () => true,
      () => false,
    )
    if (!gone) still.push(title)
    else await page.close()
  }
  if (still.length > 0) throw new Error(`the file is still on the screen after a click on ${still.join(', ')}`)
}

/** No live connection: neither its own, nor what another page of the browser would tell it. */
function deafen(): void {
  class Mute {
    postMessage(): void {}
    addEventListener(): void {}
    close(): void {}
  }
  Object.assign(window, { EventSource: Mute, BroadcastChannel: Mute })
  Object.defineProperty(Navigator.prototype, 'locks', { get: () => undefined })
}
