import { readFileSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { loadRegionalForm } from '../../assessments/server/api.ts'
import { openDatabase } from '../../platform/server/db.ts'
import { type Command, CommandError } from './command.ts'
import { withInstallation } from './database.ts'

/** `import form FILE`: an evaluation or a grid of the region, beside those that come with Jalon. */
export const importFormCommand: Command = {
  name: 'import form',
  usage: 'FICHIER',
  summary: 'Charge un formulaire d’évaluation de la région (JSON, une version par fichier). Refusé en entier s’il a une faute.',
  run: async (args, say) => {
    const [path, ...others] = args
    if (path === undefined || others.length > 0) throw new CommandError('Usage : npm run jalon -- import form FICHIER')
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) throw new CommandError(`Fichier introuvable : ${path}`)
    await withInstallation(say, async ({ appUrl }) => {
      const db = openDatabase(appUrl, { max: 1, name: 'jalon-form' })
      try {
        const loaded = await loadRegionalForm(db, readFileSync(path, 'utf8'), `${userInfo().username}, ligne de commande`)
        if (!loaded.ok) throw new CommandError(`Formulaire refusé, rien n’est changé :\n${loaded.faults.map((fault) => `  · ${fault}`).join('\n')}`)
        const { title, version, sections } = loaded.form
        const questions = sections.reduce((sum, section) => sum + section.items.length, 0)
        say(
          loaded.already
            ? `« ${title} », version ${version} : déjà chargé, rien à faire.`
            : `« ${title} », version ${version} : chargé (${sections.length} rubriques, ${questions} questions).`,
        )
      } finally {
        await db.close()
      }
    })
  },
}
