import { useEffect } from 'react'
import { confirm } from '../display/confirm.tsx'

/** Forms whose words are kept nowhere: closing their window would throw them away. */
const unsaved = new Set<HTMLFormElement>()

const roots = '.mantine-Modal-root, .mantine-Drawer-root'
const crosses = '.mantine-Modal-close, .mantine-Drawer-close'
const overlays = '.mantine-Modal-overlay, .mantine-Drawer-overlay'
/** The attribute by which a window of the library leaves Escape to whoever has it. */
const leaveIt = 'data-mantine-stop-propagation'

let closing = false

const holdsUnsaved = (root: Element): boolean => [...unsaved].some((form) => root.contains(form))

async function askThenClose(cross: HTMLElement): Promise<void> {
  const sure = await confirm({
    title: 'Fermer sans enregistrer ?',
    text: 'Ce que vous avez écrit dans cette fenêtre sera perdu.',
    action: 'Fermer sans enregistrer',
    danger: true,
  })
  if (!sure || !cross.isConnected) return
  closing = true
  cross.click()
  closing = false
}

function onClick(event: MouseEvent): void {
  if (closing || unsaved.size === 0 || !(event.target instanceof Element)) return
  const root = event.target.closest(roots)
  if (root === null || !holdsUnsaved(root)) return
  const cross = event.target.closest<HTMLElement>(crosses)
  // A click beside the window is too easily a slip: it closes nothing while words wait.
  if (cross === null && event.target.closest(overlays) === null) return
  event.stopPropagation()
  event.preventDefault()
  if (cross !== null) void askThenClose(cross)
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || event.isComposing || unsaved.size === 0 || !(event.target instanceof Element)) return
  const open = [...document.querySelectorAll(roots)].filter((root) => root.querySelector('[role="dialog"]') !== null)
  const top = open.at(-1)
  if (top === undefined || !open.some(holdsUnsaved)) return
  const cross = top.querySelector<HTMLElement>(crosses)
  if (cross === null) return
  const { target } = event
  if (!target.hasAttribute(leaveIt)) {
    target.setAttribute(leaveIt, 'true')
    setTimeout(() => target.removeAttribute(leaveIt), 0)
  }
  // An open list of suggestions closes first.
  if (target.getAttribute('aria-expanded') === 'true') return
  if (holdsUnsaved(top)) void askThenClose(cross)
  else cross.click()
}

if (typeof window !== 'undefined') {
  // Before any window listens: theirs come later, and are not asked.
  window.addEventListener('click', onClick, { capture: true })
  window.addEventListener('keydown', onKeyDown, { capture: true })
}

/** While `waits`, closing the window around the form by Escape or its cross asks first, and a click beside it does nothing. */
export function useUnsaved(element: { readonly current: HTMLFormElement | null }, waits: boolean): void {
  useEffect(() => {
    const form = element.current
    if (!waits || form === null) return
    unsaved.add(form)
    return () => void unsaved.delete(form)
  }, [element, waits])
}
