import { statSync } from 'node:fs'
import { type FileSource, fileHelp, fileSources, importSources } from '../../directory/contract/import-sources.ts'
import { importFile, importProgressOf } from '../../directory/server/api.ts'
import { errorText } from '../../platform/contract/errors.ts'
import { openDatabase } from '../../platform/server/db.ts'
import { type Command, CommandError } from './command.ts'
import { withInstallation } from './database.ts'

const acceptShrink = '--accepter-la-baisse'
const count = (n: number): string => n.toLocaleString('fr-FR')
const plural = (n: number, one: string): string => `${count(n)} ${one}${n > 1 ? 's' : ''}`

/** `import rpps FILE`, `import finess FILE`…: the same import as the administrator's screen, with its report on the terminal. */
export const importCommands: readonly Command[] = fileSources.map((source) => ({
  name: `import ${source}`,
  usage: `FICHIER [${acceptShrink}]`,
  summary: `${importSources[source]} : ${fileHelp[source]} L’annuaire change en une fois, ou pas du tout.`,
  run: async (args, say) => {
    const [path, ...options] = args
    if (path === undefined || options.some((option) => option !== acceptShrink))
      throw new CommandError(`Usage : npm run jalon -- import ${source} FICHIER [${acceptShrink}]`)
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) throw new CommandError(`Fichier introuvable : ${path}`)
    await withInstallation(say, ({ appUrl }) => runImport(appUrl, source, path, options.includes(acceptShrink), say))
  },
}))

async function runImport(appUrl: string, source: FileSource, path: string, allowShrink: boolean, say: (line: string) => void): Promise<void> {
  const db = openDatabase(appUrl, { max: 4, name: 'jalon-import' })
  const started = Date.now()
  let told = 0
  const tell = async (): Promise<void> => {
    const share = await importProgressOf(db)
    if (share === null || share < told + 10) return
    told = share - (share % 10)
    say(`${told} % du fichier lu`)
  }
  const timer = setInterval(() => void tell().catch(() => undefined), 500)
  try {
    const { importId, outcome } = await importFile(db, { source, path, allowShrink })
    if (outcome.state !== 'done') throw new CommandError(`${errorText(outcome.code, outcome.params)} Rapport : Administration › Imports, ${importId}.`)
    const { lines, added, changed, removed, rejected } = outcome.counts
    say(`${plural(lines, source === 'finess' ? 'site' : 'ligne')} en ${count(Math.ceil((Date.now() - started) / 1000))} s.`)
    say(`Fiches : ${plural(added, 'ajoutée')}, ${plural(changed, 'modifiée')}, ${plural(removed, 'retirée')}.`)
    say(
      rejected === 0 ? 'Aucune ligne refusée.' : `${plural(rejected, 'ligne')} refusée${rejected > 1 ? 's' : ''} : voir Administration › Imports, ${importId}.`,
    )
  } finally {
    clearInterval(timer)
    await db.close()
  }
}
