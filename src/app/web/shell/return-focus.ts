/**
 * Gives the keyboard back to what had it before a window or a drawer opened. Those of Jalon are taken off the page at once when they close, and
 * the browser then leaves the focus nowhere: one would tab again from the top. Falls back on the content. Gives what ends it.
 */
export function returnFocus(content: () => HTMLElement | null): () => void {
  let before: HTMLElement | null = null
  const remember = ({ target }: FocusEvent): void => {
    if (target instanceof HTMLElement && target.closest('[role=dialog]') === null) before = target
  }
  const removed = new MutationObserver((changes) => {
    const closed = changes.some(({ removedNodes }) =>
      [...removedNodes].some((node) => node instanceof HTMLElement && (node.matches('[role=dialog]') || node.querySelector('[role=dialog]') !== null)),
    )
    if (!closed) return
    requestAnimationFrame(() => {
      const lost = document.activeElement === null || document.activeElement === document.body
      if (!lost || document.querySelector('[role=dialog]') !== null) return
      const back = before?.isConnected ? before : content()
      back?.focus({ preventScroll: true })
    })
  })
  document.addEventListener('focusin', remember)
  removed.observe(document.body, { childList: true, subtree: true })
  return () => {
    document.removeEventListener('focusin', remember)
    removed.disconnect()
  }
}
