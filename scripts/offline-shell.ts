import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Plugin } from 'vite'

const source = new URL('../src/offline/web/service-worker.js', import.meta.url)
/** The screens that work without network, and what they open. */
const screens = /\/src\/app\/web\/(tour|session)\//

/**
 * Writes service-worker.js with the files that a browser keeps to open Jalon without network: the entry of the application, the screens of the tour, all that
 * they import, their styles and fonts. Its bytes change with any of them, so that browsers take the new version.
 */
export function offlineShell(): Plugin {
  return {
    name: 'offline-shell',
    apply: 'build',
    // After Vite has taken away the chunks that held styles only.
    enforce: 'post',
    async generateBundle(_options, bundle) {
      const kept = new Set<string>()
      const keep = (name: string): void => {
        const one = bundle[name]
        if (one?.type !== 'chunk' || kept.has(name)) return
        kept.add(name)
        for (const style of one.viteMetadata?.importedCss ?? []) kept.add(style)
        for (const imported of one.imports) keep(imported)
      }
      for (const [name, one] of Object.entries(bundle))
        if (one.type === 'chunk' && (one.isEntry || Object.keys(one.modules).some((module) => screens.test(module)))) keep(name)
      for (const name of Object.keys(bundle)) if (/source-sans[\w-]*latin[\w-]*normal[\w-]*\.woff2$/.test(name) && !/ext/.test(name)) kept.add(name)
      const files = [...kept].toSorted().map((name) => `/${name}`)
      const all = [...files, '/jalon.svg', '/manifest.webmanifest']
      const text = await readFile(source, 'utf8')
      const version = createHash('sha256')
        .update(JSON.stringify([all, text]))
        .digest('hex')
        .slice(0, 16)
      this.emitFile({ type: 'asset', fileName: 'service-worker.js', source: text.replace('__SHELL__', JSON.stringify({ version, files: all })) })
    },
  }
}
