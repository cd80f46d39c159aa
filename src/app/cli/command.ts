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
