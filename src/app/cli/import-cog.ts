import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { openDatabase } from '../../platform/server/db.ts'
import { importCog } from '../../territory/server/api.ts'
import { type Command, CommandError } from './command.ts'
import { withInstallation } from './database.ts'

/** `import cog FILES`: the histories of communes and countries of a newer official geographic code than the one shipped. */
export const importCogCommand: Command = {
  name: 'import cog',
  usage: 'COMMUNES.csv PAYS.csv',
  summary: 'Charge les lieux de naissance depuis 1943 : « v_commune_depuis_1943 » et « v_pays_et_territoire_depuis_1943 » de l’INSEE. Tout, ou rien.',
  run: async (args, say) => {
    if (args.length !== 2) throw new CommandError('Usage : npm run jalon -- import cog COMMUNES.csv PAYS.csv')
    const missing = args.find((path) => statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
    if (missing !== undefined) throw new CommandError(`Fichier introuvable : ${missing}`)
    await withInstallation(say, async ({ appUrl }) => {
      const db = openDatabase(appUrl, { max: 1, name: 'jalon-cog' })
      try {
        const outcome = await importCog(
          db,
          args.map((path) => readFileSync(path, 'utf8')),
          args.map((path) => basename(path)).join(', '),
        )
        if (!outcome.ok) throw new CommandError(outcome.fault)
        say(`${outcome.communes.toLocaleString('fr-FR')} périodes de communes et ${outcome.countries.toLocaleString('fr-FR')} de pays, à leur date.`)
      } finally {
        await db.close()
      }
    })
  },
}
