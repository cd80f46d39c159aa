import { useCallback, useEffect, useRef, useState } from 'react'
import type { TargetOf } from '../../platform/contract/action.ts'
import { network } from '../../platform/web/api/network.ts'
import { type UseAction, useAction } from '../../platform/web/api/use-action.ts'
import { type DraftKeeper, keepDraft } from '../../platform/web/drafts/draft-keeper.ts'
import { takeBlock, writeBlock } from '../contract/actions.ts'
import type { Block } from '../contract/conference.ts'
import { type KeptText, openingText } from './pen-text.ts'

/** Kept at most this long between two keystrokes that are saved by themselves. */
const savedAfter = 1_500
/** A sign of life well before the pen would be free again. */
const signEvery = 25_000

/** What a colleague wrote in the passage while one was typing. */
interface TheirText {
  readonly body: string
  readonly by: string | null
  readonly version: number
}

interface Pen {
  readonly body: string
  readonly type: (body: string) => void
  readonly theirs: TheirText | null
  /** Goes on from the colleague’s version with this text. */
  readonly settle: (body: string) => void
  /** What was typed in an earlier sitting is on screen. */
  readonly found: boolean
  readonly isSaved: boolean
  readonly pending: boolean
  readonly error: string | null
  /** Saves and gives the pen back; false when it could not leave. */
  readonly release: () => Promise<boolean>
}

/** The pen of one passage: kept as one types, saved by itself, again when the network is back, and given back when one leaves the page. */
export function usePen(block: Block, target: TargetOf<typeof writeBlock> | null): Pen {
  const [body, setBody] = useState(block.body)
  const [theirs, setTheirs] = useState<TheirText | null>(null)
  const [found, setFound] = useState(false)
  const first = useRef(block)
  const now = useRef({ body: block.body, version: block.version, saved: block.body, conflict: false, released: false })
  const keeper = useRef<DraftKeeper | null>(null)
  const busy = useRef<Promise<unknown>>(Promise.resolve())
  const mounts = useRef(0)
  const write: UseAction<typeof writeBlock> = useAction(writeBlock, target)
  const keep = useAction(takeBlock, target)
  const { run } = write
  const { run: sign } = keep
  const { id } = block

  const save = useCallback(
    (release: boolean): Promise<boolean> => {
      const turn = busy.current.then(async () => {
        const mine = now.current
        const text = mine.body
        if (mine.conflict || mine.released) return mine.released
        if (!release && text.trim() === mine.saved.trim()) return true
        const output = await run({ id, baseVersion: mine.version, body: text, release })
        if (output === null) return false
        now.current = { ...now.current, version: output.version, saved: text, released: release }
        if (now.current.body === text) void keeper.current?.discard()
        return true
      })
      busy.current = turn
      return turn
    },
    [run, id],
  )

  const { error } = write
  useEffect(() => {
    if (error === null || error.conflicts === null) return
    const version = (error.details as { readonly version?: number } | null)?.version
    const field = error.conflicts.find((one) => one.field === 'body')
    if (version === undefined || field === undefined) return
    now.current = { ...now.current, conflict: true }
    setTheirs({ body: String(field.theirs ?? ''), by: field.theirsBy, version })
  }, [error])

  useEffect(() => {
    const mine = keepDraft(`caseConferences.block:${id}`, () => undefined)
    keeper.current = mine
    mounts.current += 1
    const mount = mounts.current
    let gone = false
    void mine.load().then((draft) => {
      const begun = first.current
      if (gone || now.current.body !== begun.body) return
      const opening = openingText(begun, (draft?.content as KeptText | undefined) ?? null)
      if (opening.state === 'same') return
      const conflict = opening.state === 'both'
      now.current = { ...now.current, body: opening.body, conflict }
      setBody(opening.body)
      setFound(true)
      if (conflict) setTheirs({ body: begun.body, by: begun.writtenByName, version: begun.version })
    })
    const stopWatching = network.subscribe(() => {
      if (network.get() === 'up') void save(false)
    })
    const timer = setInterval(() => void sign({ id }), signEvery)
    return () => {
      gone = true
      stopWatching()
      clearInterval(timer)
      // A development build mounts twice: the pen is given back only by the last. The draft is closed once the last words have arrived.
      setTimeout(() => void (mounts.current === mount ? save(true) : Promise.resolve()).finally(() => mine.close()), 0)
    }
  }, [id, save, sign])

  useEffect(() => {
    now.current = { ...now.current, body }
    const timer = setTimeout(() => void save(false), savedAfter)
    return () => clearTimeout(timer)
  }, [body, save])

  return {
    body,
    type: (text) => {
      now.current = { ...now.current, body: text }
      setBody(text)
      keeper.current?.keep({ body: text, version: now.current.version })
    },
    theirs,
    settle: (text) => {
      if (theirs === null) return
      now.current = { ...now.current, body: text, version: theirs.version, saved: theirs.body, conflict: false }
      setTheirs(null)
      setBody(text)
      keeper.current?.keep({ body: text, version: theirs.version })
      void save(false)
    },
    found,
    isSaved: body.trim() === now.current.saved.trim(),
    pending: write.pending,
    error: theirs === null ? ((error?.conflicts ? null : error?.detail) ?? keep.error?.detail ?? null) : null,
    release: () => save(true),
  }
}
