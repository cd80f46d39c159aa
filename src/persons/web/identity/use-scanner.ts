import { useEffect, useRef } from 'react'
import { startsInsDatamatrix } from '../../contract/ins-datamatrix.ts'

/** A scanner that is a keyboard writes a sign every few milliseconds; nobody types so fast. */
const betweenKeys = 60
const afterTheLast = 180

/**
 * Listens to a scanner (« keyboard wedge ») wherever the focus is: a fast sequence that begins as a DataMatrix INS is kept apart, the signs that had already
 * gone into a field are taken back, and the whole is given once the scanner falls silent or types ↵. GS comes as Ctrl+] from most of them.
 */
export function useScanner(onScan: (text: string) => void, enabled = true): void {
  const latest = useRef(onScan)
  latest.current = onScan
  useEffect(() => {
    if (!enabled) return
    let typed = ''
    let last = 0
    let capturing = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const end = (): void => {
      clearTimeout(timer)
      const text = typed
      typed = ''
      if (!capturing) return
      capturing = false
      latest.current(text)
    }
    const onKey = (event: KeyboardEvent): void => {
      const now = event.timeStamp
      if (now - last > betweenKeys && !capturing) typed = ''
      last = now
      const sign = signOf(event)
      if (sign === null) return
      if (sign === '\n') {
        if (!capturing) return
        swallow(event)
        end()
        return
      }
      typed += sign
      if (capturing) swallow(event)
      else if (startsInsDatamatrix(typed)) {
        capturing = true
        swallow(event)
        takeBack(typed.slice(0, -1))
      }
      if (capturing) {
        clearTimeout(timer)
        timer = setTimeout(end, afterTheLast)
      }
    }
    window.addEventListener('keydown', onKey, true)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('keydown', onKey, true)
    }
  }, [enabled])
}

function swallow(event: KeyboardEvent): void {
  event.preventDefault()
  event.stopPropagation()
}

/** What a key writes; null for what writes nothing. The group separator has no key: scanners send Ctrl+], or F8 for some. */
function signOf(event: KeyboardEvent): string | null {
  if (event.key === 'Enter') return '\n'
  if ((event.ctrlKey && (event.key === ']' || event.code === 'BracketRight')) || event.key === 'F8' || event.key === '\u001d') return '\u001d'
  return event.key.length === 1 && !event.ctrlKey && !event.metaKey ? event.key : null
}

/** Removes from the field that has the focus the first signs of the scan, as a user would: the form that holds it hears of it. */
function takeBack(signs: string): void {
  const field = document.activeElement
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) || !field.value.endsWith(signs)) return
  const prototype = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, field.value.slice(0, -signs.length))
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
