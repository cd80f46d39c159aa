import { readFileSync, statSync } from 'node:fs'
import { asSystem, openDatabase } from '../../platform/server/db.ts'
import { placeCommunes } from '../../territory/server/commune-middles.sql.ts'
import { parseMiddles } from '../seed/reference/commune-middles.ts'
import { type Command, CommandError } from './command.ts'
import { withInstallation } from './database.ts'

/** `communes FILE`: the operator's middles of communes; nothing but another file moves them afterwards. */
export const communesCommand: Command = {
  name: 'communes',
  usage: 'FICHIER',
  summary:
    'Place les communes sur la carte d’après un fichier « code INSEE ; latitude ; longitude ». Les autres communes sont estimées d’après leurs voisines.',
  run: async (args, say) => {
    const [path, ...others] = args
    if (path === undefined || others.length > 0) throw new CommandError('Usage : npm run jalon -- communes FICHIER')
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) throw new CommandError(`Fichier introuvable : ${path}`)
    const { middles, rejected } = parseMiddles(readFileSync(path, 'utf8'))
    if (middles.length === 0) throw new CommandError('Aucune ligne « code INSEE ; latitude ; longitude » dans ce fichier : rien n’est changé.')
    await withInstallation(say, async ({ appUrl }) => {
      const db = openDatabase(appUrl, { max: 1, name: 'jalon-communes' })
      try {
        const { placed, unknown } = await asSystem(db, 'middles of communes of the operator', (tx) => placeCommunes(tx, middles))
        say(`${placed} communes placées.`)
        if (rejected.length > 0) say(`Lignes illisibles : ${rejected.slice(0, 20).join(', ')}${rejected.length > 20 ? '…' : ''}.`)
        if (unknown.length > 0) say(`Codes inconnus : ${unknown.slice(0, 20).join(', ')}${unknown.length > 20 ? '…' : ''}.`)
      } finally {
        await db.close()
      }
    })
  },
}
