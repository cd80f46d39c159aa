import { heedTyping, isWritten } from './broken-off-typing.ts'

const focusable = 'a[href], button:enabled, input:enabled:not([type="hidden"]), select:enabled, textarea:enabled, summary, [tabindex="0"]'

/** What had the keyboard last, and all that held it then. */
interface Place {
  readonly element: HTMLElement
  readonly around: readonly HTMLElement[]
}

/**
 * Gives the keyboard back when what had it leaves the page, for the browser then leaves the focus nowhere: one would tab again from the top. After a window or a
 * drawer, to what had it before; after a line or a control that is gone, to the first control of what held it; from page to page, to the content. Gives what ends it.
 */
export function returnFocus(content: () => HTMLElement | null): () => void {
  let before: Place | null = null
  const typing = heedTyping()
  const remember = ({ target }: FocusEvent): void => {
    if (target instanceof HTMLElement && target.closest('[role=dialog]') === null) before = { element: target, around: ancestorsOf(target) }
  }
  const removed = new MutationObserver((changes) => {
    const gone = changes.flatMap(({ removedNodes }) => [...removedNodes])
    if (!gone.some((node) => node instanceof HTMLElement && (holdsWindow(node) || before?.element.isConnected === false))) return
    if (before?.element.isConnected === false && isWritten(before.element)) typing.broken()
    requestAnimationFrame(() => {
      const lost = document.activeElement === null || document.activeElement === document.body
      if (!lost || document.querySelector('[role=dialog]') !== null) return
      const back = before?.element.isConnected ? before.element : (nearest(before, content()) ?? content())
      back?.focus({ preventScroll: true })
    })
  })
  document.addEventListener('focusin', remember)
  removed.observe(document.body, { childList: true, subtree: true })
  return () => {
    document.removeEventListener('focusin', remember)
    removed.disconnect()
    typing.stop()
  }
}

const holdsWindow = (node: HTMLElement): boolean => node.matches('[role=dialog]') || node.querySelector('[role=dialog]') !== null

function ancestorsOf(element: HTMLElement): readonly HTMLElement[] {
  const around: HTMLElement[] = []
  for (let at = element.parentElement; at !== null; at = at.parentElement) around.push(at)
  return around
}

/** The first control of the closest part that is still there; null where that part is the content itself. */
function nearest(before: Place | null, content: HTMLElement | null): HTMLElement | null {
  const part = before?.around.find((one) => one.isConnected)
  if (part === undefined || content === null || part === content || !content.contains(part)) return null
  const controls = [...part.querySelectorAll<HTMLElement>(focusable)].filter((one) => one.checkVisibility())
  return controls.find((one) => one.matches('input[type="radio"]:checked')) ?? controls[0] ?? null
}
