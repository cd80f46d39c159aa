import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import axe from 'axe-core'
import pg from 'pg'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, expect, onTestFailed } from 'vitest'
import { startPscSimulator } from '../simulators/psc/main.ts'
import { seedDemoRegion } from '../src/app/seed/seed-demo.ts'
import { startServer } from '../src/app/server/main.ts'
import { readSettings } from '../src/platform/server/settings.ts'
import { createTestDatabase, dropTestDatabase, migrationsFingerprint, template } from '../src/platform/testing/test-server.ts'
import { findChromium, howToGetChromium } from './chromium.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const patience = 10_000

/** Screens of the journeys: the desk of an office, and a telephone. */
export const viewports = { desk: { width: 1366, height: 768 }, phone: { width: 390, height: 844 } } as const

export interface SignInOptions {
  readonly at?: string
  readonly viewport?: keyof typeof viewports
  /** She will be refused something: the browser writes each refusal of the server in its console, and that is no fault. */
  readonly refused?: boolean
}

export interface Site {
  readonly url: string
  /** As the owner of the database: to look at what a journey left there. */
  readonly owner: pg.Pool
  /** Logs a persona in, in a browser window of her own, on the page asked for. */
  signIn(persona: string, options?: SignInOptions): Promise<Page>
  /** Fails if axe finds anything on the page as it stands (WCAG 2.2 A and AA). */
  accessible(page: Page): Promise<void>
  /** Keeps a picture in screenshots/, to be looked at. */
  picture(page: Page, name: string): Promise<void>
}

/** What a site starts with, loaded once for each state of the code that loads it. */
export interface SiteWorld {
  /** Begins the name of its template. */
  readonly kind: string
  readonly load: (urls: { readonly ownerUrl: string; readonly appUrl: string }) => Promise<void>
}

const demoWorld: SiteWorld = { kind: 'demo', load: ({ ownerUrl, appUrl }) => seedDemoRegion({ ownerUrl, appUrl, log: () => undefined }) }

/**
 * Everything that a journey needs, for itself: a copy of the demo region (or of another world), a server, the stand-in of Pro Santé Connect and a browser.
 * Called at the top of a journey's file; all ends with it. A test fails too if its pages throw or write errors in the console.
 */
export async function openSite({ kind, load }: SiteWorld = demoWorld): Promise<Site> {
  const executablePath = findChromium()
  if (executablePath === null) throw new Error(howToGetChromium)
  const database = await createTestDatabase(await template(kind, await loadingFingerprint(), load))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const clients = { clientId: 'jalon-journeys', clientSecret: 'secret-of-no-one' }
  const psc = await startPscSimulator({ port: 0, redirectUris: [`${url}/login/callback`], postLogoutRedirectUris: [`${url}/login/bye`], ...clients })
  const settings = {
    JALON_MODE: 'demo',
    LOG_LEVEL: 'error',
    PORT: String(port),
    PUBLIC_URL: url,
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
  }
  const server = await startServer(readSettings({ ...psc.settings, ...settings }))
  const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 })
  const browser = await chromium.launch({ executablePath, args: ['--disable-gpu', '--disable-quic', '--no-first-run'] })
  const faults: string[] = []

  afterEach(() => {
    const found = faults.splice(0)
    expect(found, 'errors in the browser').toEqual([])
  })
  afterAll(async () => {
    await browser.close()
    await server.stop()
    await psc.stop()
    await owner.end()
    await dropTestDatabase(database.name)
  })
  return { url, owner, signIn: (persona, options = {}) => signIn(browser, url, faults, persona, options), accessible, picture }
}

async function signIn(
  browser: Browser,
  url: string,
  faults: string[],
  persona: string,
  { at = '/', viewport = 'desk', refused = false }: SignInOptions,
): Promise<Page> {
  const context = await browser.newContext({ locale: 'fr-FR', timezoneId: 'Europe/Paris', viewport: viewports[viewport], reducedMotion: 'reduce' })
  context.setDefaultTimeout(patience)
  const page = await context.newPage()
  page.on('pageerror', (error) => faults.push(`${persona}: ${error.message}`))
  page.on('console', (message) => {
    const refusal = /status of 40[34] .*\/api\//.test(`${message.text()} ${message.location().url}`)
    if (message.type() === 'error' && !(refused && refusal)) faults.push(`${persona}: ${message.text()} (${message.location().url})`)
  })
  onTestFailed(async () => picture(page, `failed-${persona}`).catch(() => undefined))
  await page.goto(`${url}/login?${new URLSearchParams({ login_hint: persona, returnTo: at })}`)
  await page.waitForLoadState('networkidle')
  return page
}

async function accessible(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor({ state: 'attached' })
  await page.evaluate(axe.source)
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const { violations } = await page.evaluate(
    (values) => (window as unknown as { axe: typeof axe }).axe.run(document, { runOnly: { type: 'tag', values } }),
    tags,
  )
  expect(
    violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.slice(0, 3).map(({ target, html }) => `${target.join(' ')} ${html.slice(0, 160)}`) })),
  ).toEqual([])
}

async function picture(page: Page, name: string): Promise<void> {
  const folder = join(root, 'screenshots')
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`) })
}

async function loadingFingerprint(): Promise<string> {
  const hash = createHash('sha256').update(await migrationsFingerprint())
  for (const folder of ['src', 'e2e/support']) {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true })
    const files = entries
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => /\.(ts|json|csv)$/.test(file) && !/\.test\.ts$|[/\\](web|embedded)[/\\]/.test(file))
      .sort()
    for (const file of files)
      hash
        .update(file.slice(root.length))
        .update('\0')
        .update(await readFile(file))
  }
  return hash.digest('hex')
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen({ port: 0, host: '127.0.0.1' }, () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
