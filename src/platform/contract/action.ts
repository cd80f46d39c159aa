import type { z } from 'zod'
import type { Actor, Volet } from './actor.ts'
import type { AuditManner, AuditPurpose } from './audit.ts'
import type { PersonId } from './ids.ts'

/** The answer of an access rule; a refusal carries the French reason that the screen shows. */
export type Verdict = { readonly allowed: true } | { readonly allowed: false; readonly reason: string }

export const allowed: Verdict = { allowed: true }

/** Refuses, with the reason as the user will read it. */
export function refused(reason: string): Verdict {
  return { allowed: false, reason }
}

/** Allowed if the condition holds, else refused with the reason. */
export function allowedIf(condition: boolean, reason: string): Verdict {
  return condition ? allowed : refused(reason)
}

/** A pure rule, run by the server before the effect and by the browser to show, hide or explain a button. */
export interface Access<Target, Input> {
  (actor: Actor, target: Target, input: Input): Verdict
  /** Set for the two declared ways of being open: to everyone, or to whoever is signed in. */
  readonly openTo?: { readonly whom: 'everyone' | 'signed_in'; readonly because: string }
}

/** Open to whoever asks, even without a session; `because` is listed by the access-matrix test. */
export function everyone(because: string): Access<unknown, unknown> {
  return Object.assign(() => allowed, { openTo: { whom: 'everyone' as const, because } })
}

/** Open to every user with a session; what she receives is hers or belongs to nobody. */
export function signedIn(because: string): Access<unknown, unknown> {
  return Object.assign((actor: Actor) => allowedIf(actor.kind === 'user', 'Connectez-vous.'), {
    openTo: { whom: 'signed_in' as const, because },
  })
}

/** Whom an action or a query concerns: the audit line holds these ids, so that a person can read who saw her. */
export type ActionAudit<Input, Target, Output> =
  | {
      readonly persons: (input: Input, target: Target, output: Output) => readonly PersonId[]
      /** What it can show or touch, where that is less than all that is open to her. */
      readonly volets?: readonly Volet[] | ((input: Input, target: Target, output: Output) => readonly Volet[])
      /** Why, where it does not follow from who she is. */
      readonly purpose?: AuditPurpose
      /** How it leaves, where that is never a screen. */
      readonly manner?: AuditManner
    }
  | {
      readonly none: string
      /** Fields of the input that no line ever names, not even that of an attempt that failed. */
      readonly redact?: readonly string[]
      readonly purpose?: AuditPurpose
      readonly manner?: AuditManner
    }

export interface ActionContract<In extends z.ZodType = z.ZodType, Out extends z.ZodType = z.ZodType, Target = unknown> {
  readonly kind: 'action'
  /** 'carePlan.sign': the capability, then the verb. It names the route, the audit line and the metric. */
  readonly name: string
  /** French, as on the button and in the history. */
  readonly title: string
  readonly input: In
  /** References only (ids, versions, codes): it is kept to answer a replay, so it never holds a trait. */
  readonly output: Out
  readonly access: Access<Target, z.output<In>>
  readonly audit: ActionAudit<z.output<In>, Target, z.output<Out>>
  /**
   * Minutes since she last proved who she is (login, or the window that asks again) beyond which she must do so first: refused with
   * `reauthentication_required`, which the browser answers by asking and sending the same gesture again. For what cannot be taken back, or leaves with data.
   */
  readonly reauthentication?: number
  /** The largest body of its request, in bytes, for what carries a file; 1 MiB otherwise. */
  readonly mostBytes?: number
}

export interface QueryContract<In extends z.ZodType = z.ZodType, Out extends z.ZodType = z.ZodType, Target = unknown> {
  readonly kind: 'query'
  /** 'intake.queue': a noun phrase. */
  readonly name: string
  readonly title: string
  readonly input: In
  readonly output: Out
  readonly access: Access<Target, z.output<In>>
  readonly audit: ActionAudit<z.output<In>, Target, z.output<Out>>
  /** As for an action. */
  readonly reauthentication?: number
  /** It may last: a page asks it alone, so that nothing else of the screen waits for it. */
  readonly alone?: true
  /** How the list prints as CSV; `rows` picks the lines out of the answer. A query without it has no export. */
  readonly csv?: CsvShape<z.output<Out>>
}

/** Minutes, for exports that hold accompanied persons. */
export const exportReauthentication = 60

export interface CsvShape<Output> {
  /** File name without extension, in French. */
  readonly file: string
  readonly columns: readonly string[]
  /** As for an action, for the export alone; an export that names accompanied persons asks after `exportReauthentication` minutes unless it says otherwise. */
  readonly reauthentication?: number
  readonly rows: (output: Output) => readonly (readonly (string | number | null)[])[]
}

/** Asked for as this type, an export gives its cells instead of their CSV: numbers stay numbers. */
export const exportedRowsType = 'application/vnd.jalon.rows+json'

export interface ExportedRows {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number | null)[])[]
}

// biome-ignore lint/suspicious/noExplicitAny: the registry holds contracts of every shape; each is checked where it is declared.
export type AnyAction = ActionContract<any, any, any>
// biome-ignore lint/suspicious/noExplicitAny: as above.
export type AnyQuery = QueryContract<any, any, any>
export type AnyContract = AnyAction | AnyQuery

export type InputOf<C extends AnyContract> = z.output<C['input']>
export type RawInputOf<C extends AnyContract> = z.input<C['input']>
export type OutputOf<C extends AnyContract> = z.output<C['output']>
export type TargetOf<C extends AnyContract> =
  C extends ActionContract<z.ZodType, z.ZodType, infer T> ? T : C extends QueryContract<z.ZodType, z.ZodType, infer T> ? T : never

/** Declares something one can do. Without an access rule and an audit rule it does not compile. */
export function defineAction<In extends z.ZodType, Out extends z.ZodType, Target = unknown>(
  contract: Omit<ActionContract<In, Out, Target>, 'kind'>,
): ActionContract<In, Out, Target> {
  return { kind: 'action', ...contract }
}

/** Declares something one can read. Same obligations as an action; it never has an effect but its audit line. */
export function defineQuery<In extends z.ZodType, Out extends z.ZodType, Target = unknown>(
  contract: Omit<QueryContract<In, Out, Target>, 'kind'>,
): QueryContract<In, Out, Target> {
  return { kind: 'query', ...contract }
}
