const waiting = new Map<string, object>()

/** A client-made id this young was made for the form itself: the same form, opened again, has another. */
const freshMs = 60_000

/**
 * Names a form without a draft by what it is about: its action, the address of its page, what it begins with. Ids made for it and the version
 * that it saw do not count; the record that it changes does.
 */
export function formName(action: string, address: string, initialValues: object, now: number = Date.now()): string {
  const about = JSON.stringify(initialValues, (name, value: unknown) => (name === 'baseVersion' || isFresh(value, now) ? undefined : value))
  return `${action} ${address} ${about}`
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
