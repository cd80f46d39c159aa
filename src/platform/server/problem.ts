import { DomainError, type ErrorKind, errorText } from '../contract/errors.ts'

/** RFC 9457. `code` is stable; `detail` is French; `fields` are the faults of a form by path. */
export interface Problem {
  readonly type: 'about:blank'
  readonly title: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly instance: string
  readonly fields?: Readonly<Record<string, string>>
  readonly details?: unknown
}

const statusOf: Readonly<Record<ErrorKind, number>> = { not_found: 404, forbidden: 403, invalid: 422, conflict: 409, unavailable: 503 }
const titleOf: Readonly<Record<ErrorKind, string>> = {
  not_found: 'Introuvable',
  forbidden: 'Refusé',
  invalid: 'À corriger',
  conflict: 'Déjà modifié',
  unavailable: 'Indisponible',
}

/** The one mapping from errors to HTTP. What is not a DomainError says nothing of itself. */
export function problemOf(error: unknown, requestId: string): Problem {
  if (error instanceof DomainError) {
    const details = (error.details ?? {}) as { reason?: string; fields?: Readonly<Record<string, string>> }
    const status = error.code === 'signed_out' ? 401 : error.code === 'too_many_requests' ? 429 : statusOf[error.kind]
    const fields = error.code === 'input_invalid' ? details.fields : undefined
    return {
      type: 'about:blank',
      title: titleOf[error.kind],
      status,
      code: error.code,
      detail: details.reason ?? errorText(error.code, error.params),
      instance: requestId,
      ...(fields ? { fields } : {}),
      ...(error.kind === 'conflict' && error.details !== undefined ? { details: error.details } : {}),
    }
  }
  if (isTakenId(error))
    return { type: 'about:blank', title: titleOf.conflict, status: 409, code: 'id_taken', detail: errorText('id_taken'), instance: requestId }
  const status = (error as { statusCode?: number }).statusCode
  if (status === 413)
    return { type: 'about:blank', title: 'Trop volumineux', status, code: 'payload_too_large', detail: errorText('payload_too_large'), instance: requestId }
  if (status !== undefined && status >= 400 && status < 500) {
    return { type: 'about:blank', title: 'Requête illisible', status, code: 'input_invalid', detail: 'La requête n’a pas pu être lue.', instance: requestId }
  }
  if (isUnreachable(error) || isCrossing(error))
    return { type: 'about:blank', title: titleOf.unavailable, status: 503, code: 'unavailable', detail: errorText('unavailable'), instance: requestId }
  return { type: 'about:blank', title: 'Erreur', status: 500, code: 'unexpected', detail: errorText('unexpected'), instance: requestId }
}

/** A record sent under an id that another record bears: two clients made the same, or one sent it twice under two keys. */
function isTakenId(error: unknown): boolean {
  const { code, constraint } = error as { code?: string; constraint?: string }
  return code === '23505' && constraint?.endsWith('_pkey') === true
}

/** Two transactions crossed and PostgreSQL ended one of them: worth trying again. */
export function isCrossing(error: unknown): boolean {
  return ['40P01', '40001'].includes((error as { code?: string }).code ?? '')
}

/** PostgreSQL away, starting, stopping or full: worth trying again. */
function isUnreachable(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? ''
  return (
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03', '53300', '08006', '08003', '08001'].includes(code) ||
    /Connection terminated|timeout exceeded when trying to connect/.test(String((error as Error).message))
  )
}
