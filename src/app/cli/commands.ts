import { migrate } from '../../platform/server/migrate.ts'
import { withInstallation } from './database.ts'
import { importCommands } from './import.ts'

/** Something an operator does from a terminal: `npm run jalon -- NAME ARGS…`. What it says is French. */
export interface Command {
  /** One word or several: 'migrate', 'import rpps'. */
  readonly name: string
  /** Its arguments as the help shows them. */
  readonly usage?: string
  readonly summary: string
  /** Takes what follows the name; `say` writes a line. Throws CommandError to refuse. */
  readonly run: (args: readonly string[], say: (line: string) => void) => Promise<void>
}

/** A command that cannot be carried out as it was given; the message is French. */
export class CommandError extends Error {}

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
]
