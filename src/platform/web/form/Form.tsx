import './form.css'
import { IconCloudCheck } from '@tabler/icons-react'
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useId, useLayoutEffect, useRef } from 'react'
import type { AnyAction } from '../../contract/action.ts'
import { Button } from '../display/Button.tsx'
import { Ic, type Icon } from '../display/Ic.tsx'
import { formatHour } from '../text/dates.ts'
import { ConflictModal } from './ConflictModal.tsx'
import { useUnsaved } from './unsaved.ts'
import type { ActionForm, DraftState } from './use-action-form.ts'

/** The twelve columns of a form. Ctrl ↵ sends from anywhere in it, and in its window; ↵ sends from a single line. */
export function Form<C extends AnyAction, V extends object>(props: {
  readonly form: ActionForm<C, V>
  readonly id?: string | undefined
  readonly label?: string | undefined
  readonly children: ReactNode
}): ReactNode {
  const { form } = props
  const element = useRef<HTMLFormElement>(null)
  const send = (event: FormEvent | KeyboardEvent): void => {
    event.preventDefault()
    if (form.action.allowed && !form.pending) void form.submit()
  }
  useFirstField(element)
  useSentFromItsWindow(element)
  // What is kept as a draft is found again; the rest would be lost.
  useUnsaved(element, form.touched && form.draft.savedAt === null)
  return (
    <>
      <form
        ref={element}
        id={props.id}
        className="form"
        aria-label={props.label ?? form.action.contract.title}
        noValidate
        onSubmit={send}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send(event)
        }}
      >
        {props.children}
      </form>
      {form.conflict ? <ConflictModal conflict={form.conflict} pending={form.pending} /> : null}
    </>
  )
}

/** The window of a form opens with the focus on its first field, unless another was chosen: on its cross, the first key typed would go nowhere. */
function useFirstField(element: { readonly current: HTMLFormElement | null }): void {
  // Before the library looks for what takes the focus of the window.
  useLayoutEffect(() => {
    const form = element.current
    if (form?.closest('[role="dialog"]')?.querySelector('[data-autofocus]') !== null) return
    const first = form.querySelector<HTMLElement>('input:enabled:not([type="hidden"]), select:enabled, textarea:enabled')
    const group = first instanceof HTMLInputElement && first.type === 'radio' ? form.querySelector(`[name="${CSS.escape(first.name)}"]:checked`) : null
    const chosen = group ?? first
    chosen?.setAttribute('data-autofocus', '')
  }, [element])
}

/** The cross of a window is outside its form: Ctrl ↵ sends from there too. A window with two forms sends neither. */
function useSentFromItsWindow(element: { readonly current: HTMLFormElement | null }): void {
  useEffect(() => {
    const form = element.current
    const window = form?.closest<HTMLElement>('[role="dialog"]')
    if (!form || !window) return
    const onKeyDown = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return
      if (!form.contains(event.target as Node) && window.querySelectorAll('form').length === 1) form.requestSubmit()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [element])
}

/**
 * The end of a form: the draft in words, why it is refused or what went wrong, other gestures, the next gesture.
 * Put it inside Form, or in the foot of a CenterColumn with `formId`.
 */
export function FormFoot<C extends AnyAction, V extends object>(props: {
  readonly form: ActionForm<C, V>
  /** The verb; the title of the action by default. */
  readonly submit?: string | undefined
  readonly icon?: Icon | undefined
  readonly formId?: string | undefined
  readonly secondary?: ReactNode
  /** Not the next gesture of the screen: outlined, because another button is filled. */
  readonly plain?: boolean | undefined
}): ReactNode {
  const { form } = props
  const whyId = useId()
  const why = form.reason ?? form.error
  return (
    <div className="formfoot">
      <DraftWords draft={form.draft} />
      {why ? (
        <span id={whyId} className={form.reason ? 'formfoot__why' : 'formfoot__why formfoot__why--error'} role={form.reason ? undefined : 'alert'}>
          {why}
        </span>
      ) : null}
      <span className="end row">
        {props.secondary}
        <Button
          main={!props.plain}
          type="submit"
          form={props.formId}
          icon={props.icon}
          keys="Ctrl+Enter"
          blocked={!form.action.allowed || form.pending}
          describedBy={why ? whyId : undefined}
        >
          {props.submit ?? form.action.contract.title}
        </Button>
      </span>
    </div>
  )
}

/** « Brouillon gardé à 9 h 42 », and the way to start again when it came back from an earlier sitting. */
export function DraftWords(props: { readonly draft: DraftState }): ReactNode {
  const { draft } = props
  return (
    <span className="small mut row" style={{ gap: 5 }} role="status">
      {draft.savedAt ? (
        <>
          <Ic of={IconCloudCheck} size="s" />
          {draft.restored ? 'Brouillon retrouvé, gardé à' : 'Brouillon gardé à'} {formatHour(draft.savedAt)}
          {draft.restored ? (
            <button type="button" className="linklike" onClick={draft.discard}>
              Repartir de zéro
            </button>
          ) : null}
        </>
      ) : null}
    </span>
  )
}
