/** Milliseconds between two keys of somebody who is typing. */
const pause = 1500

const typed = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean => (key.length === 1 || key === 'Backspace') && !ctrlKey && !metaKey && !altKey

/** What one writes in, unlike a box to tick. */
export const isWritten = (element: Element | null): boolean =>
  element?.matches('textarea, input:not([type="checkbox"], [type="radio"], [type="button"], [type="file"])') === true

/**
 * A field goes while somebody is typing in it (a colleague settled the alert, a right ended): the end of her sentence would press the shortcuts of the page, or the
 * button that has the focus now. It goes nowhere until she pauses, or does something else. `broken` says that the field is gone; gives what ends it too.
 */
export function heedTyping(): { readonly broken: () => void; readonly stop: () => void } {
  let last = Number.NEGATIVE_INFINITY
  let astray = false
  const heed = (event: KeyboardEvent): void => {
    if (!typed(event) || performance.now() - last > pause || isWritten(document.activeElement)) astray = false
    last = typed(event) ? performance.now() : Number.NEGATIVE_INFINITY
    if (!astray) return
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  window.addEventListener('keydown', heed, { capture: true })
  return {
    broken: () => {
      astray = performance.now() - last <= pause
    },
    stop: () => window.removeEventListener('keydown', heed, { capture: true }),
  }
}
