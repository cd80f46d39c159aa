import { useForm } from '@mantine/form'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { AnyAction, AnyQuery, OutputOf, RawInputOf, TargetOf } from '../../contract/action.ts'
import type { FieldConflict } from '../api/api-error.ts'
import { anotherUser, sessionLost } from '../api/network.ts'
import { type UseAction, useAction } from '../api/use-action.ts'
import { toast } from '../display/toast.tsx'
import { type DraftKeeper, keepDraft } from '../drafts/draft-keeper.ts'
import { formName, keepForm, takeForm } from '../drafts/waiting-forms.ts'
import type { FieldProps } from './FieldFrame.tsx'
import { valueAt, withValueAt } from './paths.ts'

type Values = Record<string, unknown>

export interface ActionFormOptions<C extends AnyAction, V extends object> {
  /** What the form begins with; a client-made id belongs here, so that the draft keeps it. Read once, and at each reset. */
  readonly initialValues: V | (() => V)
  /** What the access rule looks at; null while it loads. Leave out for an action that has no target. */
  readonly target?: TargetOf<C> | null | undefined
  /** Codes and ids only: 'intake.answer:<id>'. Without it, nothing is kept. Letters, digits and . : _ - , 120 at most. */
  readonly draftKey?: string | undefined
  /**
   * Without a draft: the record that it changes (ids and codes), where it begins with that record's contents. What was typed when the session ended is then found
   * again whatever a colleague changed meanwhile; `baseVersion` must be among the values, so that the server shows both versions.
   */
  readonly record?: string | undefined
  /** What it shows besides its fields is still being read: it is not sent before. */
  readonly waiting?: boolean | undefined
  /** Begins without the draft of last time, and throws it away. */
  readonly fresh?: boolean | undefined
  /** Makes the input of the action from the values, where they differ. */
  readonly toInput?: ((values: V) => RawInputOf<C>) | undefined
  /** Where a fault of the input shows, when its path is not that of a value. */
  readonly fieldOf?: ((path: string) => string) | undefined
  /** Toast once done. */
  readonly done?: string | ((output: OutputOf<C>, values: V) => string) | undefined
  readonly onDone?: ((output: OutputOf<C>, values: V) => void) | undefined
  readonly invalidates?: readonly (string | AnyQuery)[] | undefined
  /** What fields are called in the comparison of two versions. */
  readonly labels?: Readonly<Record<string, string>> | undefined
  /** How the value of a field reads there: the label of a code, never the code. */
  readonly words?: ((field: string, value: unknown) => unknown) | undefined
  /** Puts the kept sides into the values, where these are neither the fields themselves nor under `changes`. */
  readonly resolve?: ((values: V, kept: Readonly<Record<string, unknown>>, version: number | null) => V) | undefined
}

export interface ActionForm<C extends AnyAction, V extends object> {
  readonly action: UseAction<C>
  readonly values: V
  readonly set: <P extends keyof V & string>(path: P | (string & {}), value: P extends keyof V ? V[P] : unknown) => void
  readonly setAll: (values: Partial<V>) => void
  readonly field: FieldOf<V>
  /** Validates, sends. Gives the output, or null when something is to correct. */
  readonly submit: () => Promise<OutputOf<C> | null>
  /** Begins again from `initialValues` (made anew when it is a function) and forgets the draft: after a sending, for the next one. */
  readonly reset: () => void
  readonly pending: boolean
  /** Why the action is refused to this user, in French. */
  readonly reason: string | null
  /** What went wrong at the last sending and belongs to no field. */
  readonly error: string | null
  readonly errors: Readonly<Record<string, string>>
  readonly touched: boolean
  readonly draft: DraftState
  readonly conflict: FormConflict | null
}

export interface FieldOf<V extends object> {
  <P extends keyof V & string>(path: P): FieldProps<V[P]>
  // biome-ignore lint/suspicious/noExplicitAny: a nested path ('actions.2.term') is typed by the field that takes it.
  (path: string): FieldProps<any>
}

export interface DraftState {
  /** Instant at which what is typed was last safe; null before the first. */
  readonly savedAt: string | null
  /** What the form shows comes back from an earlier sitting. */
  readonly restored: boolean
  /** Starts again from the initial values. */
  readonly discard: () => void
}

export interface FormConflict {
  readonly fields: readonly FieldConflict[]
  readonly labels: Readonly<Record<string, string>>
  readonly words?: ((field: string, value: unknown) => unknown) | undefined
  /** Sends again with the side kept for each field. */
  readonly keep: (sides: Readonly<Record<string, 'mine' | 'theirs'>>) => void
  readonly close: () => void
}

/** A form from an action: its schema validates, its rule explains, drafts are kept, the server's faults land under their fields. */
export function useActionForm<C extends AnyAction, V extends object = RawInputOf<C> & object>(contract: C, options: ActionFormOptions<C, V>): ActionForm<C, V> {
  const latest = useRef(options)
  latest.current = options
  const makeInitial = (): V => (typeof latest.current.initialValues === 'function' ? (latest.current.initialValues as () => V)() : latest.current.initialValues)
  const [initialValues] = useState<V>(makeInitial)
  const form = useForm<Values>({ mode: 'controlled', initialValues: initialValues as Values })
  const values = form.values as V
  const action = useAction(contract, 'target' in options ? options.target : (undefined as never), { input: values as never, invalidates: options.invalidates })
  const draft = useFormDraft(
    options.draftKey,
    options.fresh ?? false,
    values,
    (kept) => form.setValues({ ...initialValues, ...kept }),
    () => form.setValues(makeInitial() as Values),
  )
  useWhatWasTyped(
    options.draftKey === undefined ? formName(contract.name, addressOf(), options.record ?? initialValues) : null,
    values,
    draft.touched,
    (kept) => {
      form.setValues(kept)
      draft.touch()
    },
  )
  const [conflict, setConflict] = useState<{ readonly fields: readonly FieldConflict[]; readonly version: number | null } | null>(null)

  const send = async (sent: V): Promise<OutputOf<C> | null> => {
    const { toInput, fieldOf = same } = latest.current
    const input = toInput ? toInput(sent) : (sent as unknown as RawInputOf<C>)
    const faults = faultsOf(contract, input, fieldOf)
    form.setErrors(faults)
    if (Object.keys(faults).length > 0) {
      focusFirstFault()
      return null
    }
    return action.run(input)
  }
  const submit = async (sent: V = values): Promise<OutputOf<C> | null> => {
    setConflict(null)
    const output = await send(sent)
    if (output === null) return null
    draft.forget()
    const { done, onDone } = latest.current
    if (done) toast({ text: typeof done === 'string' ? done : done(output, sent) })
    onDone?.(output, sent)
    return output
  }

  const { error } = action
  const seen = useRef(error)
  useEffect(() => {
    if (error === seen.current) return
    seen.current = error
    if (!error) return
    const conflicts = error.conflicts
    if (conflicts) setConflict({ fields: conflicts, version: (error.details as { version?: number } | null)?.version ?? null })
    const { fieldOf = same } = latest.current
    if (Object.keys(error.fields).length > 0) {
      form.setErrors(Object.fromEntries(Object.entries(error.fields).map(([path, message]) => [fieldOf(path), message])))
      focusFirstFault()
    }
  })

  const keep = (sides: Readonly<Record<string, 'mine' | 'theirs'>>): void => {
    if (!conflict) return
    const kept = Object.fromEntries(conflict.fields.map((one) => [one.field, sides[one.field] === 'theirs' ? one.theirs : one.mine]))
    const merged = latest.current.resolve?.(values, kept, conflict.version) ?? mergeKept(values, kept, conflict.version)
    form.setValues(merged as Values)
    void submit(merged)
  }

  const errors = form.errors as Record<string, string>
  const field = ((path: string) => ({
    name: path,
    value: valueAt(values, path),
    error: errors[path] as string | undefined,
    onChange: (value: unknown) => {
      form.clearFieldError(path)
      draft.touch()
      form.setFieldValue(path, value as never)
    },
  })) as FieldOf<V>

  return {
    action,
    values,
    set: (path, value) => {
      draft.touch()
      form.clearFieldError(path)
      form.setFieldValue(path, value as never)
    },
    setAll: (some) => {
      draft.touch()
      form.setValues(some as Values)
    },
    field,
    submit: () => submit(),
    reset: draft.state.discard,
    pending: action.pending || options.waiting === true,
    reason: action.reason,
    error: error && !error.conflicts && (Object.keys(error.fields).length === 0 || error.detail) ? error.detail : null,
    errors,
    touched: draft.touched,
    draft: draft.state,
    conflict: conflict ? { fields: conflict.fields, labels: options.labels ?? {}, words: options.words, keep, close: () => setConflict(null) } : null,
  }
}

const same = (path: string): string => path

/** Faults of an input by path, as the schema of the action words them; the first of each path. */
function faultsOf<C extends AnyAction>(contract: C, input: unknown, fieldOf: (path: string) => string): Record<string, string> {
  const parsed = contract.input.safeParse(input)
  const faults: Record<string, string> = {}
  for (const issue of parsed.error?.issues ?? []) faults[fieldOf(issue.path.join('.'))] ??= issue.message
  return faults
}

/** `{ id, baseVersion, changes }` is how editing actions are shaped; a flat form holds the fields themselves. */
function mergeKept<V extends object>(values: V, kept: Readonly<Record<string, unknown>>, version: number | null): V {
  let merged = values
  for (const [field, value] of Object.entries(kept)) merged = withValueAt(merged, 'changes' in values ? `changes.${field}` : field, value)
  return version === null ? merged : { ...merged, baseVersion: version }
}

function focusFirstFault(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
}

const addressOf = (): string => (typeof window === 'undefined' ? '' : window.location.pathname)

/** A form without a draft: what is typed when the session ends comes back with the same user, if she opens the form again. */
function useWhatWasTyped(name: string | null, values: object, touched: boolean, restore: (kept: Values) => void): void {
  const [its] = useState(name)
  const latest = useRef({ values, touched, restore })
  latest.current = { values, touched, restore }
  useEffect(() => {
    if (its === null) return
    const kept = takeForm(its)
    if (kept !== null) latest.current.restore(kept as Values)
    return () => {
      const over = sessionLost.get() || anotherUser.get()
      if (over && latest.current.touched) keepForm(its, latest.current.values)
    }
  }, [its])
}

interface FormDraft {
  readonly state: DraftState
  readonly touched: boolean
  readonly touch: () => void
  readonly forget: () => void
}

function useFormDraft<V extends object>(key: string | undefined, fresh: boolean, values: V, restore: (kept: Partial<V>) => void, reset: () => void): FormDraft {
  const [savedAt, setSavedAt] = useState<string | null>(null)
  const [restored, setRestored] = useState(false)
  const [touched, setTouched] = useState(false)
  const keeper = useRef<DraftKeeper | null>(null)
  const isTouched = useRef(false)
  const restoring = useRef(restore)
  restoring.current = restore

  useEffect(() => {
    if (!key) return
    const mine = keepDraft(key, setSavedAt)
    keeper.current = mine
    let gone = false
    if (fresh) void mine.discard()
    else
      void mine.load().then((found) => {
        if (gone || !found || isTouched.current) return
        restoring.current(found.content as Partial<V>)
        setSavedAt(found.savedAt)
        setRestored(true)
      })
    return () => {
      gone = true
      mine.close()
      keeper.current = null
    }
  }, [key, fresh])

  useEffect(() => {
    if (isTouched.current) keeper.current?.keep(values)
  }, [values])

  const touch = useCallback(() => {
    isTouched.current = true
    setTouched(true)
  }, [])
  const forget = useCallback(() => {
    isTouched.current = false
    setTouched(false)
    setSavedAt(null)
    setRestored(false)
    void keeper.current?.discard()
  }, [])
  return {
    touched,
    touch,
    forget,
    state: {
      savedAt,
      restored,
      discard: () => {
        forget()
        reset()
      },
    },
  }
}
