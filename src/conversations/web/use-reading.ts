import { useEffect, useRef, useState } from 'react'
import { useAction } from '../../platform/web/api/use-action.ts'
import { readThread } from '../contract/actions.ts'
import type { ThreadHead } from '../contract/queries.ts'
import { threadTarget } from './thread-target.ts'

/** The first message that was unread when the conversation was opened: the line stays where it was while one reads. */
export function useFirstUnread(head: ThreadHead, loaded: boolean): number | null {
  const [first, setFirst] = useState<number | null | undefined>(undefined)
  useEffect(() => {
    if (first === undefined && loaded)
      setFirst(head.mine !== null && head.mine.seenNumber < head.lastNumber && head.mine.seenNumber > 0 ? head.mine.seenNumber + 1 : null)
  }, [first, loaded, head])
  return first ?? null
}

/** Read is what stood on the screen, its end in view, the window in front. */
export function useMarkRead(head: ThreadHead, last: number, atEnd: boolean): void {
  const mark = useAction(readThread, threadTarget(head))
  const { run } = mark
  const told = useRef(head.mine?.seenNumber ?? 0)
  const [visible, setVisible] = useState(document.visibilityState === 'visible')
  useEffect(() => {
    const look = (): void => setVisible(document.visibilityState === 'visible')
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [])
  const present = head.mine !== null
  useEffect(() => {
    if (!present || !atEnd || !visible || last <= told.current) return
    const timer = setTimeout(() => {
      told.current = last
      void run({ threadId: head.id, number: last })
    }, 400)
    return () => clearTimeout(timer)
  }, [present, atEnd, visible, last, head.id, run])
}
