import { DomainError, type ErrorParams } from '../../../platform/contract/errors.ts'
import '../../contract/errors.ts'

/** Stops an import for a reason that its report tells in French; nothing of the file has shown. `code` is one of contract/errors.ts. */
export function importStopped(code: string, params: ErrorParams = {}): DomainError {
  return new DomainError('invalid', code, params)
}
