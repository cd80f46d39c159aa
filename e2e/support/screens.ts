import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type Page } from 'playwright-core'
import { findChromium, howToGetChromium } from '../chromium.ts'

/**
 * Takes a picture of every main screen of a Jalon that is running, into screenshots/: `node e2e/support/screens.ts [http://127.0.0.1:8000]`.
 * To be looked at beside the pictures of the visual language.
 */
const site = process.argv[2] ?? 'http://127.0.0.1:8000'
const folder = fileURLToPath(new URL('../../screenshots/', import.meta.url))
const desk = { width: 1366, height: 768 }
const phone = { width: 390, height: 844 }

const tabs = ['', '/fil', '/cercle', '/evaluations', '/ppcs', '/agenda', '/documents', '/echanges', '/information']
const screens: readonly (readonly [persona: string, name: string, path: string])[] = [
  ['front-desk', 'demandes', '/demandes'],
  ['front-desk', 'reorientations', '/demandes/reorientations'],
  ['front-desk', 'personnes', '/personnes'],
  ['referent', 'ma-journee', '/ma-journee'],
  ...tabs.map((tab) => ['referent', `dossier${tab.replace('/', '-')}`, `/personnes/:person${tab}`] as const),
  ['referent', 'annuaire', '/annuaire'],
  ['team-lead', 'commission', '/commission'],
  ['team-lead', 'equipe', '/equipe'],
  ['director', 'pilotage', '/pilotage'],
  ['director', 'pilotage-moyens', '/pilotage/moyens'],
  ['home-nurse', 'patients', '/patients'],
  ['home-nurse', 'mes-demandes', '/demandes'],
  ['home-nurse', 'nouvelle-demande', '/demandes/nouvelle'],
  ['regional-admin', 'administration', '/administration'],
]

const executablePath = findChromium()
if (executablePath === null) throw new Error(howToGetChromium)
mkdirSync(folder, { recursive: true })
const browser = await chromium.launch({ executablePath, args: ['--disable-gpu', '--no-first-run'] })
try {
  for (const [size, viewport] of Object.entries({ bureau: desk, telephone: phone }))
    for (const colorScheme of ['light', 'dark'] as const)
      for (const persona of new Set(screens.map(([one]) => one))) {
        const context = await browser.newContext({ locale: 'fr-FR', timezoneId: 'Europe/Paris', viewport, colorScheme, reducedMotion: 'reduce' })
        const page = await context.newPage()
        await page.goto(`${site}/login?${new URLSearchParams({ login_hint: persona, returnTo: '/aide' })}`)
        const person = await anyPersonOf(page)
        for (const [who, name, path] of screens) {
          if (who !== persona) continue
          await page.goto(site + path.replace(':person', person))
          await page.waitForLoadState('networkidle')
          await page.screenshot({ path: join(folder, `${name}-${size}${colorScheme === 'dark' ? '-sombre' : ''}.png`) })
        }
        await context.close()
      }
} finally {
  await browser.close()
}

/** The first person of the caseload, to open her file. */
async function anyPersonOf(page: Page): Promise<string> {
  const answer = await page.request.post(`${site}/api/queries/episodes.caseload`, { headers: { 'x-jalon': '1' }, data: {} })
  if (!answer.ok()) return ''
  const { rows } = (await answer.json()) as { rows: { person: { personId: string } }[] }
  return rows[0]?.person.personId ?? ''
}
