import { migrate } from '../../platform/server/migrate.ts'
import { auditCommands } from './audit.ts'
import type { Command } from './command.ts'
import { communesCommand } from './communes.ts'
import { withInstallation } from './database.ts'
import { feedCommands } from './feeds.ts'
import { importCommands } from './import.ts'
import { importCogCommand } from './import-cog.ts'
import { importFormCommand } from './import-form.ts'
import { noticeKeysCommand } from './notices.ts'
import { seedCommand } from './seed.ts'

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  {
    name: 'migrate',
    summary: 'Met la base de données au niveau de cette version de Jalon.',
    run: (_args, say) =>
      withInstallation(say, async ({ ownerUrl, appPassword }) => {
        const count = await migrate({ ownerUrl, log: say, ...(appPassword === undefined ? {} : { appPassword }) })
        say(count === 0 ? 'La base est déjà à jour.' : `${count} migration${count > 1 ? 's' : ''} appliquée${count > 1 ? 's' : ''}.`)
      }),
  },
  ...importCommands,
  ...feedCommands,
  importCogCommand,
  communesCommand,
  importFormCommand,
  ...auditCommands,
  noticeKeysCommand,
  seedCommand,
]
