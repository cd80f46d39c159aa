import { french } from '../../platform/contract/typography.ts'
import { EmbeddedPostgresError } from '../../platform/server/embedded/embedded-error.ts'
import { MigrationMismatch } from '../../platform/server/migrate.ts'
import { type Command, CommandError } from './command.ts'
import { commands } from './commands.ts'

const args = process.argv.slice(2)
const say = (line: string): void => {
  process.stdout.write(`${french(line)}\n`)
}

const command = findCommand(args)
if (command === undefined) {
  say(help())
  process.exitCode = args.length === 0 || args[0] === 'help' ? 0 : 1
} else {
  try {
    await command.run(args.slice(command.name.split(' ').length), say)
  } catch (error) {
    const expected = error instanceof CommandError || error instanceof MigrationMismatch || error instanceof EmbeddedPostgresError
    process.stderr.write(`${expected ? french(error.message) : `La commande a échoué : ${error instanceof Error ? error.stack : String(error)}`}\n`)
    process.exitCode = 1
  }
}

function findCommand(given: readonly string[]): Command | undefined {
  return commands.find(({ name }) => name.split(' ').every((word, index) => given[index] === word))
}

function help(): string {
  const lines = commands.map(({ name, usage, summary }) => `  ${[name, usage].filter(Boolean).join(' ')}\n      ${summary}`)
  return `Usage : npm run jalon -- COMMANDE\n\n${lines.join('\n')}`
}
