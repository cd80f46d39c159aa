import pg from 'pg'

/** What the driver keeps of a connection, as far as it is used here. */
interface Wire {
  readonly stream: { cork?: () => void; uncork?: () => void }
  /** Statements that this connection has prepared, and those sent to be prepared: text by name. */
  readonly parsedStatements: Record<string, string>
  readonly submittedNamedStatements: Record<string, string>
  parse(message: { readonly text: string; readonly name: string | undefined }): void
  bind(message: {
    readonly portal: string
    readonly statement: string | undefined
    readonly values: readonly unknown[]
    readonly valueMapper: (value: unknown) => unknown
  }): void
  execute(message: { readonly portal: string }): void
  on(event: 'parseComplete', heard: () => void): void
  off(event: 'parseComplete', heard: () => void): void
}

/** The methods of the driver's query, which its types leave out. */
interface DriverQuery {
  name: string | undefined
  submit(wire: Wire): Error | null
  handleRowDescription(message: unknown): void
  handleDataRow(message: unknown): void
  handleCommandComplete(message: unknown, wire: Wire): void
  handleError(error: unknown, wire: Wire): void
  handleReadyForQuery(wire: Wire): void
}
type Callback = (error: Error | null, result: unknown) => void
const DriverQuery = pg.Query as unknown as new (config: object, values: undefined, callback: Callback) => DriverQuery

/** What leaves ahead is ours: ids, codes, texts and arrays already written as texts. */
const asText = (value: unknown): unknown => {
  if (value === null || value === undefined) return null
  if (Buffer.isBuffer(value)) return value
  return value instanceof Date ? value.toISOString() : String(value)
}

/**
 * Several statements in one message with one Sync at its end: the answer is that of the last. PostgreSQL runs them in order and, at the first that fails,
 * leaves out all that follow it up to the Sync. One round trip, whatever their number.
 */
export class TrainQuery extends DriverQuery {
  readonly #first: readonly pg.QueryConfig[]
  readonly #last: pg.QueryConfig
  /** Sent to be prepared and not yet confirmed, in their order. A statement stays prepared even if it then fails, or is rolled back. */
  readonly #preparing: pg.QueryConfig[] = []
  #answered = 0

  constructor(first: readonly pg.QueryConfig[], last: pg.QueryConfig, callback: Callback) {
    super({ ...last, queryMode: 'extended' }, undefined, callback)
    this.#first = first
    this.#last = last
  }

  override submit(wire: Wire): Error | null {
    const confirmed = (): void => {
      const { name, text } = this.#preparing.shift() as pg.QueryConfig
      if (name === undefined) return
      wire.parsedStatements[name] = text
      delete wire.submittedNamedStatements[name]
    }
    wire.on('parseComplete', confirmed)
    this.#over = () => {
      wire.off('parseComplete', confirmed)
      for (const { name } of this.#preparing) if (name !== undefined) delete wire.submittedNamedStatements[name]
    }
    wire.stream.cork?.()
    try {
      for (const statement of this.#first) {
        const { text, name, values } = statement
        if (!isPrepared(wire, name)) {
          this.#preparing.push(statement)
          wire.parse({ text, name })
          if (name !== undefined) wire.submittedNamedStatements[name] = text
        }
        wire.bind({ portal: '', statement: name, values: values ?? [], valueMapper: asText })
        wire.execute({ portal: '' })
      }
      if (!isPrepared(wire, this.#last.name)) this.#preparing.push(this.#last)
      return super.submit(wire)
    } finally {
      // Several are prepared in one message: the driver, which would note the name of the last at the first confirmation, has none to note.
      this.name = undefined
      wire.stream.uncork?.()
    }
  }

  #over: () => void = () => undefined

  get #waitsForFirst(): boolean {
    return this.#answered < this.#first.length
  }

  override handleRowDescription(message: unknown): void {
    if (!this.#waitsForFirst) super.handleRowDescription(message)
  }

  override handleDataRow(message: unknown): void {
    if (!this.#waitsForFirst) super.handleDataRow(message)
  }

  override handleCommandComplete(message: unknown, wire: Wire): void {
    if (this.#waitsForFirst) this.#answered += 1
    else super.handleCommandComplete(message, wire)
  }

  override handleError(error: unknown, wire: Wire): void {
    this.#over()
    super.handleError(error, wire)
  }

  override handleReadyForQuery(wire: Wire): void {
    this.#over()
    super.handleReadyForQuery(wire)
  }
}

function isPrepared({ parsedStatements, submittedNamedStatements }: Wire, name: string | undefined): boolean {
  return name !== undefined && (parsedStatements[name] !== undefined || submittedNamedStatements[name] !== undefined)
}
