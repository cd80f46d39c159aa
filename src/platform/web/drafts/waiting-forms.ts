import { today } from '../text/dates.ts'

const waiting = new Map<string, object>()

/** A client-made id this young was made for the form itself: the same form, opened again, has another. */
const freshMs = 60_000

/**
 * Names a form without a draft: its action, the address of its page, and what it is about. `about` is the record that it changes, said by the form where it
 * begins with that record's own contents, which a colleague may change while the session is lost; else what it begins with, without the ids made for it, the
 * day of today, and the version that it saw.
 */
export function formName(action: string, address: string, about: string | object, now: number = Date.now()): string {
  if (typeof about === 'string') return `${action} ${address} ${about}`
  const begins = JSON.stringify(about, (name, value: unknown) =>
    name === 'baseVersion' || isFresh(value, now) || value === today(new Date(now)) ? undefined : value,
  )
  return `${action} ${address} ${begins}`
}

/** Keeps what was typed in a form when the session ended under it: in the memory of the page only, for the same user coming back. */
export function keepForm(name: string, values: object): void {
  waiting.set(name, values)
}

/** Gives it back, once. */
export function takeForm(name: string): object | null {
  const found = waiting.get(name) ?? null
  waiting.delete(name)
  return found
}

/** Somebody else is there, or the user has left. */
export function forgetForms(): void {
  waiting.clear()
}

function isFresh(value: unknown, now: number): boolean {
  if (typeof value !== 'string' || !/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value)) return false
  const madeAt = Number.parseInt(value.replaceAll('-', '').slice(0, 12), 16)
  return Math.abs(now - madeAt) < freshMs
}
