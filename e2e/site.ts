import { mkdirSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import axe from 'axe-core'
import pg from 'pg'
import { type Browser, type BrowserContext, type ConsoleMessage, chromium, type Page, type Response } from 'playwright-core'
import { afterAll, afterEach, beforeEach, expect, onTestFailed } from 'vitest'
import { startPscSimulator } from '../simulators/psc/main.ts'
import { createTestDatabase, dropTestDatabase, template } from '../src/platform/testing/test-server.ts'
import { findChromium, howToGetChromium } from './chromium.ts'
import { worldFingerprint } from './support/fingerprint.ts'
import { startServerProcess } from './support/server-process.ts'
import { keepTraces, leaksIn, traitsTouched } from './support/traces.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const patience = 10_000

/** Screens of the journeys: the desk of an office, and a telephone. */
export const viewports = { desk: { width: 1366, height: 768 }, phone: { width: 390, height: 844 } } as const
export type Viewport = keyof typeof viewports
export type Scheme = 'light' | 'dark'

export interface SignInOptions {
  readonly at?: string
  readonly viewport?: Viewport
  readonly scheme?: Scheme
  /** Refusals of the server that she is to meet: the browser writes each in its console, and that is no fault. */
  readonly refusals?: readonly number[]
  /** Her network will be cut: what cannot be loaded meanwhile is no fault. */
  readonly cut?: boolean
}

export interface Site {
  readonly url: string
  /** As the owner of the database: to look at what a journey left there. */
  readonly owner: pg.Pool
  /** Logs a persona in, in a browser window of her own, on the page asked for. */
  signIn(persona: string, options?: SignInOptions): Promise<Page>
  /** Opens an address in a browser window of its own, where nobody is logged in. */
  visit(address: string, options?: Pick<SignInOptions, 'viewport' | 'scheme' | 'refusals'>): Promise<Page>
  /** Fails if axe finds anything on the page as it stands (WCAG 2.2 A and AA, good practice). */
  accessible(page: Page): Promise<void>
  /** What axe finds, in words. */
  faultsOf(page: Page, only?: 'contrast'): Promise<readonly string[]>
  /** Keeps a picture in screenshots/, to be looked at. */
  picture(page: Page, name: string): Promise<void>
}

/** What a site starts with, loaded once for each state of the code that loads it and for each day. */
export interface SiteWorld {
  /** Begins the name of its template. */
  readonly kind: string
  /** The module that loads it: its path from the root, from which its template is known to be up to date. */
  readonly module: string
  readonly load: (urls: { readonly ownerUrl: string; readonly appUrl: string }) => Promise<void>
}

/** The region of `npm run demo`. */
const demoWorld: SiteWorld = {
  kind: 'demo',
  module: 'src/app/seed/seed-demo.ts',
  load: async ({ ownerUrl, appUrl }) => {
    const { seedDemoRegion } = await import('../src/app/seed/seed-demo.ts')
    await seedDemoRegion({ ownerUrl, appUrl, log: () => undefined })
  },
}

export interface SiteOptions {
  /** The name under which the browser knows the server: passkeys exist under « localhost », not under an address in numbers. */
  readonly host?: string
  /** Further settings of the server. */
  readonly environment?: Readonly<Record<string, string>>
}

/**
 * Everything that a journey needs, for itself: a copy of the demo region (or of another world), a server, the stand-in of Pro Santé Connect and
 * a browser. Called at the top of a journey's file; all ends with it. A test fails too if its pages throw, write errors in their console, break
 * the security policy or meet a refusal that it did not announce; a file fails if an identity trait of those whom it touched is found in what
 * the server wrote, in an address, a referrer, the body of a failure or the metrics.
 */
export async function openSite(world: SiteWorld = demoWorld, { host = '127.0.0.1', environment = {} }: SiteOptions = {}): Promise<Site> {
  const executablePath = findChromium()
  if (executablePath === null) throw new Error(howToGetChromium)
  const database = await createTestDatabase(await template(world.kind, await worldFingerprint(world.module), world.load))
  const port = await freePort()
  const url = `http://${host}:${port}`
  const clients = { clientId: 'jalon-journeys', clientSecret: 'secret-of-no-one' }
  const psc = await startPscSimulator({ port: 0, redirectUris: [`${url}/login/callback`], postLogoutRedirectUris: [`${url}/login/bye`], ...clients })
  const since = new Date()
  const server = await startServerProcess({
    ...psc.settings,
    JALON_MODE: 'demo',
    PORT: String(port),
    PUBLIC_URL: url,
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    ...environment,
  })
  const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 })
  const browser = await chromium.launch({ executablePath, args: ['--disable-gpu', '--disable-quic', '--no-first-run'] })
  const traces = keepTraces()
  const windows = new Windows()
  let serverFaults = 0

  beforeEach(() => onTestFailed(({ task }) => windows.explain(task.name)))
  afterEach(() => {
    const written = server.faults()
    const news = written.slice(serverFaults)
    serverFaults = written.length
    expect([...windows.takeFaults(), ...news], 'errors in the browser or in the server').toEqual([])
  })
  afterAll(async () => {
    try {
      const places = { ...(await traces.read()), metrics: await (await fetch(`${url}/metrics`)).text(), server: server.written() }
      await expectNoTrait(places, await traitsTouched(owner, since))
    } finally {
      await browser.close()
      await server.stop()
      await psc.stop()
      await owner.end()
      await dropTestDatabase(database.name)
    }
  })

  /** A browser window of her own, whose faults are looked at. */
  const aWindow = async (persona: string, { viewport, scheme, refusals, cut }: Required<Omit<SignInOptions, 'at'>>): Promise<Page> => {
    const context = await openContext(browser, viewport, scheme)
    traces.watch(context)
    windows.watch(
      context,
      persona,
      (message) => isRefusal(message, refusals) || (cut && message.text().includes('ERR_INTERNET_DISCONNECTED')) || message.location().url.startsWith(psc.url),
      refusals,
    )
    await windows.watchPolicy(context, persona)
    const page = await context.newPage()
    return page
  }

  return {
    url,
    owner,
    accessible: async (page) => expect(await faultsOf(page)).toEqual([]),
    faultsOf,
    picture: async (page, name) => void (await picture(page, name)),
    visit: async (address, { viewport = 'desk', scheme = 'light', refusals = [] } = {}) => {
      // Who she is is asked first, and nobody is known yet.
      const page = await aWindow('visitor', { viewport, scheme, refusals: [401, ...refusals], cut: false })
      await page.goto(address)
      return page
    },
    signIn: async (persona, { at = '/', viewport = 'desk', scheme = 'light', refusals = [], cut = false } = {}) => {
      const page = await aWindow(persona, { viewport, scheme, refusals, cut })
      await page.goto(`${url}/login?${new URLSearchParams({ login_hint: persona, returnTo: at })}`)
      await page.waitForLoadState('networkidle')
      return page
    },
  }
}

function openContext(browser: Browser, viewport: Viewport, scheme: Scheme): Promise<BrowserContext> {
  return browser
    .newContext({ locale: 'fr-FR', timezoneId: 'Europe/Paris', viewport: viewports[viewport], colorScheme: scheme, reducedMotion: 'reduce' })
    .then((context) => {
      context.setDefaultTimeout(patience)
      return context
    })
}

/** Runs in the page: the console says a violation too, but not everywhere. */
function tellViolations(): void {
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    ;(window as unknown as { policyBroken: (what: string) => void }).policyBroken(`${effectiveDirective} ${blockedURI}`)
  })
}

/** The pages open in the tests of a file: their faults, and what is shown of them when a test fails. */
class Windows {
  readonly #open: { readonly page: Page; readonly persona: string; readonly said: string[] }[] = []
  #faults: string[] = []

  watch(context: BrowserContext, persona: string, expected: (message: ConsoleMessage) => boolean, refusals: readonly number[]): void {
    context.on('page', (page) => {
      const said: string[] = []
      this.#open.push({ page, persona, said })
      page.on('pageerror', (error) => this.#fault(said, `${persona}: ${error.message}`))
      page.on('console', (message) => {
        said.push(`${message.type()} ${message.text()} (${message.location().url})`)
        if (message.type() === 'error' && !expected(message)) this.#fault([], `${persona}: ${message.text()} (${message.location().url})`)
      })
      page.on('response', (response) => {
        if (response.status() >= 400) said.push(`${response.status()} ${response.url()}`)
        if (response.status() >= 400 && !isApiRefusal(response, refusals)) this.#fault([], `${persona}: ${response.status()} ${response.url()}`)
      })
    })
  }

  async watchPolicy(context: BrowserContext, persona: string): Promise<void> {
    await context.exposeFunction('policyBroken', (what: string) => this.#faults.push(`${persona}: securitypolicyviolation ${what}`))
    await context.addInitScript(tellViolations)
  }

  takeFaults(): readonly string[] {
    const found = this.#faults
    this.#faults = []
    return [...new Set(found)]
  }

  /** Writes where the pictures are and what the pages said, for whoever reads the failure. */
  async explain(test: string): Promise<void> {
    for (const [index, { page, persona, said }] of this.#open.entries()) {
      if (page.isClosed()) continue
      const name = `failed-${`${index} ${persona} ${test}`.replace(/[^\p{L}\d]+/gu, '-').slice(0, 70)}`
      const file = await picture(page, name).catch(() => 'no picture')
      process.stderr.write(
        `\n${persona}, ${page.url()}\n  picture: ${file}\n${said
          .slice(-12)
          .map((line) => `  ${line}\n`)
          .join('')}`,
      )
    }
  }

  #fault(said: string[], line: string): void {
    said.push(line)
    this.#faults.push(line)
  }
}

function isRefusal(message: ConsoleMessage, refusals: readonly number[]): boolean {
  const [, status] = /status of (\d{3})/.exec(message.text()) ?? []
  return status !== undefined && refusals.includes(Number(status)) && isDoor(message.location().url)
}

function isApiRefusal(response: Response, refusals: readonly number[]): boolean {
  return refusals.includes(response.status()) && isDoor(response.url())
}

/** What may refuse: the doors of the API and of the login. A file of the application is never refused. */
const isDoor = (address: string): boolean => /^\/(api|login)\//.test(new URL(address).pathname)

async function faultsOf(page: Page, only?: 'contrast'): Promise<readonly string[]> {
  await page.locator('h1').first().waitFor({ state: 'attached' })
  // A window takes its name from its title, once that is drawn; axe says which one never does.
  const unnamed = page.locator('[role="dialog"]:not([aria-label]):not([aria-labelledby])')
  await unnamed.waitFor({ state: 'detached', timeout: 2_000 }).catch(() => undefined)
  await page.evaluate('window.axe?.version').then((version) => version ?? page.evaluate(axe.source))
  const violations = await page.evaluate(async (contrastOnly) => {
    const run = (window as unknown as { axe: typeof axe }).axe.run
    const found = await run(document, {
      resultTypes: ['violations'],
      runOnly: contrastOnly
        ? { type: 'rule', values: ['color-contrast'] }
        : { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
    })
    // What stays at the foot of a telephone may lie half over a target: it is judged where the thumb brings it, in the middle of the screen.
    const sizes = found.violations.find(({ id }) => id === 'target-size')
    if (sizes !== undefined) {
      const from = window.scrollY
      const still: typeof sizes.nodes = []
      for (const node of sizes.nodes) {
        const target = document.querySelector(String(node.target[0]))
        target?.scrollIntoView({ block: 'center', behavior: 'instant' })
        const again = await run(document, { resultTypes: ['violations'], runOnly: { type: 'rule', values: ['target-size'] } })
        if (target === null || again.violations.some(({ nodes }) => nodes.some((one) => String(one.target[0]) === String(node.target[0])))) still.push(node)
      }
      sizes.nodes = still
      window.scrollTo({ top: from, behavior: 'instant' })
    }
    return found.violations
      .filter(({ nodes }) => nodes.length > 0)
      .map(({ id, help, nodes }) => ({
        id,
        help,
        where: nodes.slice(0, 3).map(({ target, html }) => `${target.join(' ')} ${html.slice(0, 160)}`),
      }))
  }, only === 'contrast')
  return violations.map(({ id, help, where }) => `${id} (${help}): ${where.join(' | ')}`)
}

async function picture(page: Page, name: string): Promise<string> {
  const folder = join(root, 'screenshots')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${name}.png`)
  await page.screenshot({ path })
  return path
}

/** None of the traits is anywhere; and the search would have found one that was. */
async function expectNoTrait(places: Readonly<Record<string, string>>, traits: readonly string[]): Promise<void> {
  const found = Object.entries(places).flatMap(([place, text]) => leaksIn(text, traits).map((trait) => `« ${trait} » in ${place}`))
  expect(found, 'identity traits where none may be').toEqual([])
  const searched = Object.values(places).reduce((sum, text) => sum + text.length, 0)
  process.stdout.write(`  identity traits in logs, addresses, referrers, failures and metrics: 0 of ${traits.length}, in ${Math.round(searched / 1024)} kB\n`)
  for (const trait of traits) expect(leaksIn(`{"msg":"${trait.toUpperCase()}"}`, traits), 'the search finds what is planted').toContain(trait)
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
