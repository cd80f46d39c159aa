import { useCallback, useRef, useState } from 'react'
import type { AnyAction, AnyQuery, InputOf, OutputOf, RawInputOf, TargetOf, Verdict } from '../../contract/action.ts'
import type { Actor } from '../../contract/actor.ts'
import { ApiError, unexpectedError } from './api-error.ts'
import { callAction, type Submission } from './client.ts'
import { useActor } from './SessionProvider.tsx'
import { capabilityOf, useInvalidate } from './use-query.ts'

export interface ActionOptions<C extends AnyAction> {
  /** Part of the input already known, for rules that look at it. */
  readonly input?: Partial<RawInputOf<C>> | undefined
  /** Capabilities or queries to read again besides the action's own: ['episode', openRequests]. */
  readonly invalidates?: readonly (string | AnyQuery)[] | undefined
  readonly onDone?: ((output: OutputOf<C>, input: RawInputOf<C>) => void) | undefined
}

export interface UseAction<C extends AnyAction> {
  readonly contract: C
  /** False while the target is not known yet. A refused action stays visible, with its reason. */
  readonly visible: boolean
  readonly allowed: boolean
  /** Why it is refused, in French; null when it is allowed. To be written beside the disabled control. */
  readonly reason: string | null
  /** Sends. Gives the output, or null when refused or failed: `error` then says why. Never throws. */
  readonly run: (input: RawInputOf<C>) => Promise<OutputOf<C> | null>
  readonly pending: boolean
  readonly error: ApiError | null
  /** Message by path of the input: {} when there is none. */
  readonly fieldErrors: Readonly<Record<string, string>>
  readonly reset: () => void
}

/** Binds an action to a button. `target` is what its access rule looks at; null while it loads, undefined for an action without one. */
export function useAction<C extends AnyAction>(contract: C, target: TargetOf<C> | null | undefined, options: ActionOptions<C> = {}): UseAction<C> {
  const actor = useActor()
  const invalidate = useInvalidate()
  const submission = useRef<Submission | null>(null)
  const latest = useRef(options)
  latest.current = options
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<ApiError | null>(null)
  const verdict = verdictOf(contract, actor, target, options.input)

  const run = useCallback(
    async (input: RawInputOf<C>): Promise<OutputOf<C> | null> => {
      setPending(true)
      setError(null)
      let output: OutputOf<C>
      try {
        output = await callAction(contract, input, submission)
      } catch (thrown) {
        setError(thrown instanceof ApiError ? thrown : unexpectedError())
        return null
      } finally {
        setPending(false)
      }
      void invalidate(capabilityOf(contract.name), ...(latest.current.invalidates ?? []))
      latest.current.onDone?.(output, input)
      return output
    },
    [contract, invalidate],
  )

  return {
    contract,
    visible: verdict !== null,
    allowed: verdict?.allowed ?? false,
    reason: verdict && !verdict.allowed ? verdict.reason : null,
    run,
    pending,
    error,
    fieldErrors: error?.fields ?? {},
    reset: useCallback(() => setError(null), []),
  }
}

/**
 * Runs the access rule in the browser. Null (nothing to show yet) while the target is null, or undefined for a rule that looks at it;
 * a rule that needs more of the input than is known is left to the server.
 */
export function verdictOf<C extends AnyAction | AnyQuery>(contract: C, actor: Actor, target: TargetOf<C> | null | undefined, input?: unknown): Verdict | null {
  if (target === null) return null
  try {
    return contract.access(actor, target as never, (input ?? {}) as InputOf<C> as never) as Verdict
  } catch {
    return target === undefined ? null : { allowed: true }
  }
}
