import { french } from '../../contract/typography.ts'

/** A reason why the embedded PostgreSQL cannot start, as the operator reads it; there is nothing to look for in a stack trace. */
export class EmbeddedPostgresError extends Error {
  constructor(message: string) {
    super(french(message))
    this.name = 'EmbeddedPostgresError'
  }
}
