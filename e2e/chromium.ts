import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge']
const applications = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium']

/** The browser of this machine: the one named by JALON_CHROMIUM, else a Chromium or a Chrome that is installed. Null where there is none. */
export function findChromium(): string | null {
  const given = process.env['JALON_CHROMIUM']
  if (given) return existsSync(given) ? given : null
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean)
  return [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...applications].find((file) => existsSync(file)) ?? null
}

/** What to do where there is no browser, in French. */
export const howToGetChromium = `Aucun Chromium n’a été trouvé sur cette machine : les parcours dans le navigateur ne peuvent pas être joués.
  Debian, Ubuntu : sudo apt-get install chromium
  Fedora : sudo dnf install chromium
  macOS : installez Google Chrome, ou brew install --cask chromium
Ailleurs, donnez son chemin : JALON_CHROMIUM=/chemin/vers/chromium npm test`
