import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { joinUsers, takeFileLock } from '../../platform/server/embedded/file-lock.ts'
import { createDatabase, databaseUrl, dropDatabase, renameDatabase, withClient } from '../../platform/server/embedded/prepare-database.ts'
import { mainDatabase, startEmbeddedPostgres, usersLock } from '../../platform/server/embedded/start-embedded-postgres.ts'
import { migrate } from '../../platform/server/migrate.ts'
import { demoPersons, seedDemoRegion } from '../seed/seed-demo.ts'
import { type Command, CommandError } from './command.ts'

const usage = '[--persons N]'
const least = 40
const most = 1_000_000

/**
 * `seed --persons N`: an invented region of any size. In the database of DATABASE_URL when it holds no person yet; else in the data folder, where it
 * takes the place of the demo region once it is whole.
 */
export const seedCommand: Command = {
  name: 'seed',
  usage,
  summary: `Écrit une région fictive de N personnes (${demoPersons} par défaut) : dans la base de DATABASE_URL si elle est vide, sinon à la place de la démonstration.`,
  run: async (args, say) => {
    const persons = personsOf(args)
    const started = Date.now()
    const log = (line: string): void => say(`${String(Math.round((Date.now() - started) / 1000)).padStart(4)} s  ${line}`)
    const { DATABASE_URL: appUrl, DATABASE_OWNER_URL: ownerUrl } = process.env
    if (appUrl && ownerUrl) await seedGiven({ appUrl, ownerUrl, persons, log })
    else await seedEmbedded(persons, log)
    say(`Région de ${persons.toLocaleString('fr-FR')} personnes écrite en ${Math.ceil((Date.now() - started) / 1000).toLocaleString('fr-FR')} s.`)
  },
}

function personsOf(args: readonly string[]): number {
  if (args.length === 0) return demoPersons
  const [option, told, ...others] = args
  const persons = Number(told)
  if (option !== '--persons' || others.length > 0) throw new CommandError(`Usage : npm run jalon -- seed ${usage}`)
  if (!Number.isInteger(persons) || persons < least || persons > most)
    throw new CommandError(`--persons attend un nombre entre ${least} et ${most.toLocaleString('fr-FR')}.`)
  return persons
}

interface Region {
  readonly appUrl: string
  readonly ownerUrl: string
  readonly persons: number
  readonly log: (line: string) => void
}

async function seedGiven({ appUrl, ownerUrl, persons, log }: Region): Promise<void> {
  await migrate({ ownerUrl, log })
  const used = await withClient(appUrl, async (client) => {
    await client.query('set role jalon_system')
    return (
      (await client.query<{ used: boolean }>('select exists (select from persons.person) or exists (select from territory.user_account) as used')).rows[0]
        ?.used ?? true
    )
  })
  if (used) throw new CommandError('Cette base contient déjà des personnes ou des comptes : une région fictive ne s’y ajoute pas. Utilisez une base neuve.')
  await seedDemoRegion({ ownerUrl, appUrl, persons, log })
}

/** Loaded under another name, which is changed at the end: the earlier region stays until the new one is whole. */
async function seedEmbedded(persons: number, log: (line: string) => void): Promise<void> {
  const dataDir = resolve(process.env['JALON_DATA'] ?? fileURLToPath(new URL('../../../data', import.meta.url)))
  if (!existsSync(dataDir))
    throw new CommandError(`Aucune base : renseignez DATABASE_URL et DATABASE_OWNER_URL, ou lancez d’abord « npm run demo » (dossier ${dataDir}).`)
  const demo = await takeFileLock(join(dataDir, 'demo.lock'), 'exclusive', 1_000)
  if (demo === null) throw new CommandError('La démonstration tourne sur ce dossier : arrêtez-la d’abord par Ctrl C.')
  const users = await joinUsers(join(dataDir, usersLock))
  try {
    const postgres = await startEmbeddedPostgres({ dataDir, log })
    try {
      const loading = `${mainDatabase}_loading`
      await dropDatabase(postgres.superUrl, loading)
      await createDatabase(postgres.superUrl, loading)
      const ownerUrl = databaseUrl(postgres.ownerUrl, loading)
      await migrate({ ownerUrl, appPassword: postgres.appPassword, log })
      await seedDemoRegion({ ownerUrl, appUrl: databaseUrl(postgres.appUrl, loading), persons, log })
      await dropDatabase(postgres.superUrl, mainDatabase)
      await renameDatabase(postgres.superUrl, loading, mainDatabase)
    } finally {
      await users.leave(() => postgres.stop())
    }
  } finally {
    demo.release()
  }
}
