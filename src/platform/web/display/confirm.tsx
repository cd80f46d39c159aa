import { Modal } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { createSignal, useSignal } from '../api/signal.ts'
import { typo } from '../text/typography.ts'
import { Button } from './Button.tsx'

export interface Question {
  readonly title: string
  /** What will happen, and whether it can be taken back. */
  readonly text?: ReactNode
  /** The verb of the gesture: « Clore la situation ». */
  readonly action: string
  readonly danger?: boolean | undefined
}

const asked = createSignal<(Question & { readonly answer: (yes: boolean) => void }) | null>(null)

/** Asks before what cannot be undone. Gives true when the user goes on. */
export function confirm(question: Question): Promise<boolean> {
  return new Promise((resolve) => asked.set({ ...question, answer: resolve }))
}

/** Mounted once by the shell. */
export function ConfirmHost(): ReactNode {
  const current = useSignal(asked)
  const [last, setLast] = useState(current)
  if (current && current !== last) setLast(current)
  const close = (yes: boolean): void => {
    asked.get()?.answer(yes)
    asked.set(null)
  }
  const shownQuestion = current ?? last
  return (
    // Above the window that asks: it stands in the page before any of them.
    <Modal opened={current !== null} onClose={() => close(false)} title={shownQuestion ? typo(shownQuestion.title) : ''} centered size="md" zIndex={250}>
      {shownQuestion?.text ? <p className="mut">{shownQuestion.text}</p> : null}
      <div className="row" style={{ marginTop: 20, justifyContent: 'flex-end' }}>
        <Button onClick={() => close(false)}>Annuler</Button>
        <Button main alert={shownQuestion?.danger} onClick={() => close(true)}>
          {shownQuestion?.action}
        </Button>
      </div>
    </Modal>
  )
}
