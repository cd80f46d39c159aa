/** One field of a record that two people changed: what it was, what they wrote, what I wrote. */
export interface FieldConflict {
  readonly field: string
  readonly base: unknown
  readonly theirs: unknown
  readonly mine: unknown
  /** Name of whoever wrote what is kept now; null where no one did (an import). */
  readonly theirsBy: string | null
  /** ISO instant. */
  readonly theirsAt: string
}

export interface Problem {
  readonly status: number
  readonly code: string
  /** French, as the user reads it. */
  readonly detail: string
  /** Message by path of the input: 'caller.phone', 'actions.2.term'. */
  readonly fields?: Readonly<Record<string, string>> | undefined
  readonly details?: unknown
}

/**
 * What the server (or its absence) answered instead of a result. `status` is 0 when nothing answered.
 * Codes that the foundation handles itself: `signed_out`, `network`, `stale_version`.
 */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly fields: Readonly<Record<string, string>>
  readonly details: unknown

  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}`)
    this.name = 'ApiError'
    this.status = problem.status
    this.code = problem.code
    this.detail = problem.detail
    this.fields = problem.fields ?? {}
    this.details = problem.details
  }

  /** The fields in conflict, when the refusal is about two versions of one record; else null. */
  get conflicts(): readonly FieldConflict[] | null {
    if (this.code !== 'stale_version') return null
    const found = (this.details as { fields?: unknown } | null)?.fields
    return Array.isArray(found) ? (found as FieldConflict[]) : []
  }
}

/** Reads an answer of type application/problem+json. Takes what the server sent, however poor; gives an error in French. */
export async function readProblem(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => ({}))) as Partial<Problem> & { title?: string }
  return new ApiError({
    status: response.status,
    code: body.code ?? (response.status === 401 ? 'signed_out' : 'unexpected'),
    detail: body.detail ?? body.title ?? 'Une erreur inattendue est survenue. Ce que vous avez saisi est gardé.',
    fields: body.fields ?? fieldsOf(body.details),
    details: body.details,
  })
}

function fieldsOf(details: unknown): Record<string, string> | undefined {
  const fields = (details as { fields?: unknown } | null | undefined)?.fields
  if (!fields || typeof fields !== 'object' || Array.isArray(fields)) return undefined
  return fields as Record<string, string>
}

/** Nothing answered: the network, or the server, is away. */
export function networkError(): ApiError {
  return new ApiError({ status: 0, code: 'network', detail: 'Réseau perdu. Ce que vous avez saisi est gardé : réessayez dès qu’il revient.' })
}

/** Something answered, but not what was agreed (a proxy, a page of another server). */
export function unexpectedError(): ApiError {
  return new ApiError({ status: 0, code: 'unexpected', detail: 'Une erreur inattendue est survenue. Ce que vous avez saisi est gardé.' })
}

/** What the user reads for anything thrown. */
export function errorDetail(error: unknown): string {
  return error instanceof ApiError ? error.detail : 'Une erreur inattendue est survenue. Ce que vous avez saisi est gardé.'
}
