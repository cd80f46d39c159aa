import { type Dispatch, type SetStateAction, useEffect } from 'react'

/**
 * Whoever types fast is ahead of the palette: until its field has the cursor, what is typed is kept for it, instead of pressing the shortcuts of the page or
 * going into the field that one left.
 */
export function useTypedAhead(searching: boolean, setQuery: Dispatch<SetStateAction<string>>): void {
  useEffect(() => {
    if (!searching) return
    const keep = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.activeElement?.closest('[role="dialog"]')) return
      if (event.key !== 'Backspace' && event.key.length !== 1) return
      event.preventDefault()
      event.stopPropagation()
      setQuery((before) => (event.key === 'Backspace' ? before.slice(0, -1) : before + event.key))
    }
    window.addEventListener('keydown', keep, { capture: true })
    return () => window.removeEventListener('keydown', keep, { capture: true })
  }, [searching, setQuery])
}
