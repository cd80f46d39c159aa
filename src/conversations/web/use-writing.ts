import { useCallback, useEffect, useRef, useState } from 'react'
import type { UserId } from '../../platform/contract/ids.ts'
import { newId } from '../../platform/contract/ids.ts'
import { ApiError, errorDetail } from '../../platform/web/api/api-error.ts'
import { callAction, isNetworkError } from '../../platform/web/api/client.ts'
import { network } from '../../platform/web/api/network.ts'
import { type DraftKeeper, keepDraft } from '../../platform/web/drafts/draft-keeper.ts'
import { sendMessage } from '../contract/actions.ts'
import type { FileId, MessageId, ThreadId } from '../contract/thread.ts'

/** What is being written. */
export interface Typed {
  readonly body: string
  readonly replyTo: { readonly id: MessageId; readonly authorName: string; readonly excerpt: string } | null
  readonly mentions: readonly UserId[]
}

/** A message that has left the composer and not reached the server yet. */
export interface WaitingMessage {
  readonly id: MessageId
  readonly body: string
  readonly replyTo: MessageId | null
  readonly mentions: readonly UserId[]
  readonly files: readonly { readonly id: FileId; readonly name: string }[]
  readonly at: string
  readonly namesNobody: boolean
  /** `waiting`: for the network; `asks`: it seems to name somebody; `refused`: the server said why. */
  readonly state: 'sending' | 'waiting' | 'asks' | 'refused' | 'sent'
  readonly words?: string | undefined
}

export interface Writing {
  readonly typed: Typed
  readonly type: (more: Partial<Typed>) => void
  readonly waiting: readonly WaitingMessage[]
  readonly send: (files: WaitingMessage['files']) => void
  /** Tries again; with `namesNobody`, after she has read that a name seems to stand in it. */
  readonly retry: (id: MessageId, namesNobody?: boolean) => void
  /** Takes a message back into the composer. */
  readonly takeBack: (id: MessageId) => void
  /** Forgets those that the list of messages shows now. */
  readonly settle: (shown: ReadonlySet<string>) => void
}

const nothing: Typed = { body: '', replyTo: null, mentions: [] }
const retryEvery = 8_000

/**
 * What one writes in a conversation, kept as one types; and what was sent and did not arrive, kept too, sent again by itself when the network is back, under the
 * same id: it is written once, however often it leaves.
 */
export function useWriting(threadId: ThreadId, onSent: () => void): Writing {
  const [typed, setTyped] = useState<Typed>(nothing)
  const [waiting, setWaiting] = useState<readonly WaitingMessage[]>([])
  const keeper = useRef<DraftKeeper | null>(null)
  const now = useRef({ typed, waiting })
  const sending = useRef(false)
  const latest = useRef(onSent)
  latest.current = onSent

  const keep = useCallback((next: { readonly typed?: Typed; readonly waiting?: readonly WaitingMessage[] }) => {
    now.current = { ...now.current, ...next }
    if (next.typed) setTyped(next.typed)
    if (next.waiting) setWaiting(next.waiting)
    const left = now.current.waiting.filter(({ state }) => state !== 'sent')
    if (now.current.typed.body === '' && left.length === 0) void keeper.current?.discard()
    else keeper.current?.keep({ typed: now.current.typed, waiting: left })
  }, [])
  const change = useCallback(
    (id: MessageId, more: Partial<WaitingMessage>) => keep({ waiting: now.current.waiting.map((one) => (one.id === id ? { ...one, ...more } : one)) }),
    [keep],
  )

  /** One after the other: the order in which they were written is the order in which they leave. */
  const flush = useCallback(async (): Promise<void> => {
    if (sending.current) return
    sending.current = true
    try {
      for (;;) {
        const next = now.current.waiting.find(({ state }) => state === 'waiting' || state === 'sending')
        if (next === undefined) return
        change(next.id, { state: 'sending' })
        const outcome = await leave(threadId, next)
        change(next.id, outcome)
        if (outcome.state === 'waiting') return
        if (outcome.state === 'sent') latest.current()
      }
    } finally {
      sending.current = false
    }
  }, [threadId, change])

  useEffect(() => {
    const mine = keepDraft(`conversations.thread:${threadId}`, () => undefined)
    keeper.current = mine
    let gone = false
    void mine.load().then((found) => {
      const kept = found?.content as { typed?: Typed; waiting?: readonly WaitingMessage[] } | undefined
      if (gone || kept === undefined || now.current.typed.body !== '' || now.current.waiting.length > 0) return
      const before = (kept.waiting ?? []).map((one) => (one.state === 'sending' ? { ...one, state: 'waiting' as const } : one))
      now.current = { typed: kept.typed ?? nothing, waiting: before }
      setTyped(now.current.typed)
      setWaiting(before)
      void flush()
    })
    const stopWatching = network.subscribe(() => {
      if (network.get() === 'up') void flush()
    })
    const timer = setInterval(() => void flush(), retryEvery)
    return () => {
      gone = true
      stopWatching()
      clearInterval(timer)
      mine.close()
      keeper.current = null
    }
  }, [threadId, flush])

  return {
    typed,
    type: useCallback((more) => keep({ typed: { ...now.current.typed, ...more } }), [keep]),
    waiting,
    send: useCallback(
      (files) => {
        const { body, replyTo, mentions } = now.current.typed
        const message: WaitingMessage = {
          id: newId<MessageId>(),
          body: body.trim(),
          replyTo: replyTo?.id ?? null,
          mentions,
          files,
          at: new Date().toISOString(),
          namesNobody: false,
          state: 'waiting',
        }
        keep({ typed: nothing, waiting: [...now.current.waiting, message] })
        void flush()
      },
      [keep, flush],
    ),
    retry: useCallback(
      (id, namesNobody) => {
        change(id, { state: 'waiting', words: undefined, ...(namesNobody === undefined ? {} : { namesNobody }) })
        void flush()
      },
      [change, flush],
    ),
    takeBack: useCallback(
      (id) => {
        const message = now.current.waiting.find((one) => one.id === id)
        if (message === undefined) return
        const body = [now.current.typed.body, message.body].filter(Boolean).join('\n')
        keep({ typed: { ...now.current.typed, body, mentions: message.mentions }, waiting: now.current.waiting.filter((one) => one.id !== id) })
      },
      [keep],
    ),
    settle: useCallback(
      (shown) => {
        if (now.current.waiting.some(({ id }) => shown.has(id))) keep({ waiting: now.current.waiting.filter(({ id }) => !shown.has(id)) })
      },
      [keep],
    ),
  }
}

async function leave(threadId: ThreadId, message: WaitingMessage): Promise<Pick<WaitingMessage, 'state' | 'words'>> {
  const { id, body, replyTo, mentions, files, namesNobody } = message
  const input = { id, threadId, body, replyTo, mentions: [...mentions], files: files.map((file) => file.id), namesNobody }
  try {
    await callAction(sendMessage, input, { current: { input: JSON.stringify(input), key: id } })
    return { state: 'sent', words: undefined }
  } catch (error) {
    if (isNetworkError(error) || (error instanceof ApiError && (error.status === 401 || error.status >= 500))) return { state: 'waiting', words: undefined }
    // The answer to an earlier try was lost, and its words were changed since: it is written.
    if (error instanceof ApiError && error.code === 'id_taken') return { state: 'sent', words: undefined }
    const asks = error instanceof ApiError && error.code === 'conversations.names_somebody'
    return { state: asks ? 'asks' : 'refused', words: errorDetail(error) }
  }
}
