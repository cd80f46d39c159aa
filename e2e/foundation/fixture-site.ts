import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import type { Actor } from '../../src/platform/contract/actor.ts'
import { findChromium, howToGetChromium } from '../chromium.ts'

const dist = fileURLToPath(new URL('../../dist/web-foundation/', import.meta.url))
const root = fileURLToPath(new URL('../..', import.meta.url))
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
}

export const referent: Actor = {
  kind: 'user',
  userId: '019a0000-0000-7000-8000-000000000001' as Actor['userId'],
  displayName: 'Julie Marchal',
  serviceId: '019a0000-0000-7000-8000-000000000002' as Actor['serviceId'],
  serviceKind: 'dac',
  serviceName: 'DAC Hautes-Vallées',
  functions: ['referent'],
  category: 'coordination',
  professionalId: null,
  parties: [],
  volets: ['administrative', 'social', 'health'],
}

/** What a server would hold, and what a test may break. */
export interface FixtureWorld {
  actor: Actor | null
  drafts: Map<string, { content: unknown; version: number; savedAt: string }>
  /** What the browser refused in the name of the security policy. */
  readonly violations: string[]
  /** Every request under /api, in order. */
  readonly calls: { readonly path: string; readonly body: unknown; readonly key: string | undefined }[]
}

export interface FixtureSite {
  readonly url: string
  readonly browser: Browser
  readonly open: (world: FixtureWorld, at: string, look?: { readonly width?: number; readonly height?: number; readonly dark?: boolean }) => Promise<Page>
  readonly close: () => Promise<void>
}

export function newWorld(actor: Actor | null = referent): FixtureWorld {
  return { actor, drafts: new Map(), violations: [], calls: [] }
}

/**
 * The built application behind the headers that the server sends, without the server: answers come from the world of the test. For what the
 * foundation promises by itself (drafts, lost session, policy of security, accessibility); journeys have the real server.
 */
export async function openFixtureSite(): Promise<FixtureSite> {
  const executablePath = findChromium()
  if (executablePath === null) throw new Error(howToGetChromium)
  // The page of components stands in no production build.
  process.env.JALON_GALLERY = 'on'
  await build({ root, logLevel: 'error', build: { outDir: dist, emptyOutDir: true, reportCompressedSize: false } })
  const server = await serve()
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
  })
  return {
    url,
    browser,
    open: async (world, at, look = {}) => {
      const context = await browser.newContext({
        locale: 'fr-FR',
        timezoneId: 'Europe/Paris',
        viewport: { width: look.width ?? 1366, height: look.height ?? 768 },
        colorScheme: look.dark ? 'dark' : 'light',
        reducedMotion: 'reduce',
      })
      await answerFrom(context, world)
      const page = await context.newPage()
      page.on('console', (message) => message.text().includes('Content Security Policy') && world.violations.push(message.text()))
      await page.goto(`${url}${at}`)
      await page.locator('h1').first().waitFor({ state: 'attached' })
      return page
    },
    close: async () => {
      await browser.close()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function answerFrom(context: BrowserContext, world: FixtureWorld): Promise<void> {
  const problem = (status: number, code: string, detail: string): { status: number; contentType: string; body: string } => ({
    status,
    contentType: 'application/problem+json',
    body: JSON.stringify({ status, code, detail }),
  })
  await context.route('**/api/**', async (route) => {
    const request = route.request()
    const path = new URL(request.url()).pathname
    const body = request.postDataJSON() as { key?: string; prefix?: string; content?: unknown } | null
    world.calls.push({ path, body, key: request.headers()['idempotency-key'] })
    if (!world.actor) return route.fulfill(problem(401, 'signed_out', 'Votre session est terminée.'))
    if (path === '/api/me')
      return route.fulfill({ json: { actor: world.actor, draftSecret: 'c2VjcmV0', settings: { mode: 'demo', timeZone: 'Europe/Paris' } } })
    if (path === '/api/stream') return route.fulfill({ contentType: 'text/event-stream', body: 'retry: 60000\nevent: ready\nid: 1\ndata: {}\n\n' })
    const drafts = (prefix = ''): unknown => ({
      drafts: [...world.drafts].filter(([key]) => key.startsWith(prefix)).map(([key, draft]) => ({ key, ...draft })),
    })
    if (path === '/api/queries/draft.list') return route.fulfill({ json: drafts(body?.prefix) })
    if (path === '/api/batch') {
      const { queries } = request.postDataJSON() as { queries: readonly { name: string; input: { prefix?: string } }[] }
      const absent = { status: 404, problem: { status: 404, code: 'not_found', detail: 'Cet élément n’existe pas, ou il ne vous est pas ouvert.' } }
      return route.fulfill({
        json: { answers: queries.map(({ name, input }) => (name === 'draft.list' ? { status: 200, output: drafts(input.prefix) } : absent)) },
      })
    }
    if (path === '/api/actions/draft.save') {
      const version = (world.drafts.get(body?.key ?? '')?.version ?? 0) + 1
      world.drafts.set(body?.key ?? '', { content: body?.content, version, savedAt: new Date().toISOString() })
      return route.fulfill({ json: { version } })
    }
    if (path === '/api/actions/draft.discard') {
      world.drafts.delete(body?.key ?? '')
      return route.fulfill({ json: {} })
    }
    return route.fulfill(problem(404, 'not_found', 'Cet élément n’existe pas, ou il ne vous est pas ouvert.'))
  })
}

async function serve(): Promise<Server> {
  const index = await readFile(join(dist, 'index.html'), 'utf8')
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const nonce = 'bm9uY2Utb2YtdGhlLXRlc3Q='
    // The same policy as platform/server/headers.ts.
    response.setHeader(
      'content-security-policy',
      `default-src 'self'; script-src 'self' 'nonce-${nonce}'; style-src 'self' 'nonce-${nonce}'; style-src-attr 'none'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'`,
    )
    const type = types[extname(pathname)]
    if (type && pathname !== '/index.html') {
      const file = await readFile(join(dist, pathname.replaceAll('..', ''))).catch(() => null)
      if (!file) response.writeHead(404).end()
      else response.writeHead(200, { 'content-type': type }).end(file)
      return
    }
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(index.replaceAll('__CSP_NONCE__', nonce))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}
