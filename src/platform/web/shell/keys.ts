import { useEffect, useRef } from 'react'
import { createSignal, useSignal } from '../api/signal.ts'

const storageKey = 'jalon.single-keys'

/** WCAG 2.1.4: keys without Ctrl or Alt can be switched off, for those who dictate or whose hands tremble. */
const singleKeys = createSignal(typeof localStorage === 'undefined' || localStorage.getItem(storageKey) !== 'off')

export function useSingleKeys(): boolean {
  return useSignal(singleKeys)
}

export function setSingleKeys(on: boolean): void {
  localStorage.setItem(storageKey, on ? 'on' : 'off')
  singleKeys.set(on)
}

export interface Shortcut {
  readonly keys: string
  readonly title: string
}

const declared = createSignal<readonly Shortcut[]>([])

/** The keys that work on the page right now, for the help window. */
export function useDeclaredShortcuts(): readonly Shortcut[] {
  return useSignal(declared)
}

/**
 * Binds a key while the component is shown. `keys` is 'n', 'Ctrl+k', 'Alt+Enter'… A single key never fires while one types
 * and obeys the user's switch; a combination works in fields too. `title` is what the help window says.
 */
export function useKey(keys: string, run: () => void, title: string, enabled = true): void {
  const latest = useRef(run)
  latest.current = run
  useEffect(() => {
    if (!enabled) return
    const shortcut = { keys, title }
    declared.set([...declared.get(), shortcut])
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || !matches(keys, event)) return
      if (!keys.includes('+') && (!singleKeys.get() || isTyping(event.target) || document.querySelector('[role=dialog]'))) return
      event.preventDefault()
      latest.current()
    }
    window.addEventListener('keydown', listen)
    return () => {
      window.removeEventListener('keydown', listen)
      declared.set(declared.get().filter((one) => one !== shortcut))
    }
  }, [keys, title, enabled])
}

/** True if a keyboard event is this combination; Ctrl also stands for the Command key of a Mac. */
export function matches(keys: string, event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): boolean {
  const parts = keys.split('+')
  const key = parts[parts.length - 1] ?? ''
  const wants = (name: string): boolean => parts.slice(0, -1).includes(name)
  if (wants('Ctrl') !== (event.ctrlKey || event.metaKey) || wants('Alt') !== event.altKey) return false
  if (wants('Shift') !== event.shiftKey && key.length > 1) return false
  return event.key.toLowerCase() === key.toLowerCase()
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select')
}
