import { useRef, useState } from 'react'
import type { TimelineLine } from '../contract/queries.ts'

type Line = Pick<TimelineLine, 'id' | 'at' | 'unread'>

/** Lines as the page goes on showing them: those just read again, and those shown before that the list holds no more, which are read now. Newest first. */
export function keepLines<L extends Line>(before: readonly L[], rows: readonly L[]): readonly L[] {
  const now = new Set(rows.map(({ id }) => id))
  const gone = before.filter(({ id }) => !now.has(id)).map((line) => (line.unread ? { ...line, unread: false } : line))
  if (gone.length === 0) return rows
  return [...rows, ...gone].sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || (a.id < b.id ? 1 : -1))
}

/**
 * Opening a novelty marks it as read, and the list of novelties no longer holds it: what is open on screen (a note, an answer half written) stays
 * until another list is asked for (`scope`) or `clear` is called. A volet that closed meanwhile takes its lines with it.
 */
export function useKeptLines<L extends TimelineLine>(
  rows: readonly L[] | undefined,
  scope: string,
  openVolets: readonly string[] | undefined,
): { readonly lines: readonly L[]; readonly clear: () => void } {
  const [clears, setClears] = useState(0)
  const name = `${scope} ${clears}`
  const kept = useRef<{ readonly name: string; readonly lines: readonly L[] }>({ name, lines: [] })
  const before = kept.current.name === name ? kept.current.lines : []
  const readable = openVolets === undefined ? before : before.filter(({ volet }) => openVolets.includes(volet))
  const lines = keepLines(readable, rows ?? [])
  kept.current = { name, lines }
  return { lines, clear: () => setClears((count) => count + 1) }
}
