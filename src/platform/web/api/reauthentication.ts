import { createSignal } from './signal.ts'

interface Asking {
  readonly answer: (proved: boolean) => void
}

/** Set while a gesture waits for a new proof of identity; the window of the session watches it. */
export const askingIdentity = createSignal<Asking | null>(null)

let waiting: Promise<boolean> | null = null

/** Asks her to prove again who she is. Gives true once she has, false if she gives up. Gestures of the same moment share one question. */
export function proveIdentity(): Promise<boolean> {
  waiting ??= new Promise<boolean>((resolve) => {
    askingIdentity.set({
      answer: (proved) => {
        waiting = null
        askingIdentity.set(null)
        resolve(proved)
      },
    })
  })
  return waiting
}
