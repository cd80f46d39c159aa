import { type ReactNode, useId } from 'react'
import type { AnyAction, RawInputOf } from '../../contract/action.ts'
import type { UseAction } from '../api/use-action.ts'
import { Button, type ButtonLook } from './Button.tsx'

export interface ActionButtonProps<C extends AnyAction> extends ButtonLook {
  readonly action: UseAction<C>
  /** What is sent; a function when it is known only at the click. */
  readonly input: RawInputOf<C> | (() => RawInputOf<C>)
  /** Asked before sending: `() => confirm({ … })`. */
  readonly ask?: (() => Promise<boolean>) | undefined
}

/** The button of an action: it obeys the same rule as the server, and its reason or its error stands beside it. */
export function ActionButton<C extends AnyAction>(props: ActionButtonProps<C>): ReactNode {
  const { action, input, ask, ...look } = props
  const whyId = useId()
  if (!action.visible) return null
  const why = action.reason ?? action.error?.detail ?? null
  const send = async (): Promise<void> => {
    if (ask && !(await ask())) return
    await action.run(typeof input === 'function' ? (input as () => RawInputOf<C>)() : input)
  }
  return (
    <span className="act">
      <Button {...look} blocked={!action.allowed || action.pending} describedBy={why ? whyId : undefined} onClick={() => void send()}>
        {look.children ?? action.contract.title}
      </Button>
      {why ? (
        <span id={whyId} className={action.reason ? 'act__why' : 'act__why act__why--error'} role={action.reason ? undefined : 'alert'}>
          {why}
        </span>
      ) : null}
    </span>
  )
}
