import type { ReactNode } from 'react'
import { useSingleKeys } from '../shell/keys.ts'

const drawn: Record<string, string> = { Enter: '↵', ArrowDown: '↓', ArrowUp: '↑', Escape: 'Échap', Shift: 'Maj' }

/** 'Ctrl+Enter' as it is drawn on a button: « Ctrl ↵ ». */
export function keysAsDrawn(combination: string): string {
  return combination
    .split('+')
    .map((key) => drawn[key] ?? (key.length === 1 ? key.toUpperCase() : key))
    .join(' ')
}

/** The key that does the same as what it stands beside. A single key disappears when the user switched single keys off. */
export function Keys(props: { readonly k: string }): ReactNode {
  const singleKeys = useSingleKeys()
  if (!singleKeys && props.k.length === 1) return null
  return <kbd>{keysAsDrawn(props.k)}</kbd>
}
