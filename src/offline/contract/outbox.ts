import { type Envelope, type SealKey, sealEnvelope } from './envelope.ts'
import type { ReadKey } from './read-key.ts'
import { aboutOf, type Delivery, inOrder, isBehind, isBehindStuck, type OfflineAction, type Waiting, type WaitingStore, type Words } from './waiting.ts'

/** What a live session gave, and what writing needs; all of it survives the network, none of it the session. */
export interface OutboxKeys {
  readonly seal: SealKey
  readonly token: string
  readonly read: ReadKey
}

export interface OutboxOptions {
  readonly userId: string
  readonly store: WaitingStore
  /** Null once the session and its keys are gone: what waits can still leave, nothing can be read nor added. */
  readonly keys: OutboxKeys | null
  readonly deliver: (envelope: Envelope) => Promise<Delivery>
  readonly now: () => Date
  readonly newId: () => string
  /** What must not leave yet: a note that is still being typed here. */
  readonly holds?: (waiting: Waiting) => boolean
  /** Called after each gesture that arrived. */
  readonly onDone?: (envelope: Envelope, output: Readonly<Record<string, unknown>>) => void
}

/** A gesture that waits, with its words where the read key still opens them. */
export interface ReadableWaiting extends Waiting {
  readonly told: Words | null
}

export interface Outbox {
  /** Everything that waits, in order. */
  readonly all: () => Promise<readonly ReadableWaiting[]>
  readonly write: (words: Words) => Promise<string>
  /** Changes what has not left yet. False when it may have left: it is then what it is. */
  readonly rewrite: (id: string, words: Words) => Promise<boolean>
  /** Sends in order what can be sent. Gives how many still wait for a network. */
  readonly flush: () => Promise<{ readonly done: number; readonly left: number }>
  /** A refused gesture, or one in conflict, done otherwise: a new gesture takes its place in one transaction. */
  readonly replace: (id: string, words: Words) => Promise<void>
  /** Once more as it is: what refused it may have changed. */
  readonly retry: (id: string) => Promise<void>
  readonly discard: (id: string) => Promise<void>
  /** Words whose lock died with a session, given again by the server to their author: readable under the key of now. A conflict is asked again. */
  readonly readAgain: (id: string, words: Words) => Promise<void>
}

/** What a user wrote without network on one device, until the server has it. Pure: where it lies and how it leaves are given. */
export function openOutbox({ userId, store, keys, deliver, now, newId, onDone, holds = () => false }: OutboxOptions): Outbox {
  const needKeys = (): OutboxKeys => {
    if (keys === null) throw new Error('nothing is written without the keys of a session')
    return keys
  }
  const wordsName = (id: string): string => `words:${userId}:${id}`

  const sealed = async (id: string, key: string, words: Words): Promise<Pick<Waiting, 'envelope' | 'words' | 'writtenAt'>> => {
    const { seal, token, read } = needKeys()
    const writtenAt = now().toISOString()
    const own = words.own === undefined || Object.keys(words.own).length === 0 ? {} : { own: words.own }
    const about = aboutOf(words)
    const head = { id, userId, action: words.action, writtenAt, ...(about === undefined ? {} : { about }) }
    const envelope = await sealEnvelope(seal, head, { input: words.input, key, token, ...own })
    return { envelope, writtenAt, words: await read.lock(wordsName(id), { ...words, key }) }
  }
  const toldBy = async (waiting: Waiting): Promise<(Words & { readonly key: string }) | null> =>
    keys === null || waiting.words === null ? null : ((await keys.read.open(wordsName(waiting.id), waiting.words)) as (Words & { key: string }) | null)

  const append = async (words: Words, replaces?: string): Promise<string> => {
    const id = newId()
    const parts = await sealed(id, newId(), words)
    await store.append({ id, userId, attempted: false, state: words.conflict === undefined ? 'waiting' : 'conflict', refusal: null, ...parts }, replaces)
    return id
  }
  const rewrite = async (id: string, words: Words): Promise<boolean> => {
    const before = (await store.list(userId)).find((one) => one.id === id)
    const told = before === undefined ? null : await toldBy(before)
    if (before === undefined || told === null) return false
    const parts = await sealed(id, told.key, words)
    // It may have left while the words were being sealed: then it is what it is.
    const after = await store.change(userId, id, (one) => (one.attempted || one.state !== 'waiting' ? null : { ...one, ...parts }))
    return after !== null
  }
  /** Answers of one section typed one after the other leave as one gesture, as long as none has left. */
  const joinAnswers = async (words: Words): Promise<string | null> => {
    if (words.action !== 'assessments.section.save') return null
    const waiting = await store.list(userId)
    const last = waiting.filter(({ envelope }) => envelope.action === words.action).at(-1)
    const told = last === undefined || last.attempted || last.state !== 'waiting' ? null : await toldBy(last)
    if (last === undefined || told === null || !sameSection(told.input, words.input)) return null
    const both = {
      ...told,
      input: {
        ...told.input,
        answers: { ...(told.input['answers'] as object), ...(words.input['answers'] as object) },
        observations: { ...(told.input['observations'] as object), ...(words.input['observations'] as object) },
      },
    }
    return (await rewrite(last.id, both)) ? last.id : null
  }

  return {
    all: async () => Promise.all(inOrder(await store.list(userId)).map(async (waiting) => ({ ...waiting, told: await toldBy(waiting) }))),
    write: async (words) => (await joinAnswers(words)) ?? append(words),
    rewrite,
    replace: async (id, words) => {
      await append(words, id)
    },
    retry: async (id) => {
      await store.change(userId, id, (one) => ({ ...one, state: 'waiting', refusal: null }))
    },
    discard: (id) => store.remove(userId, id),
    readAgain: async (id, words) => {
      const locked = await needKeys().read.lock(wordsName(id), words)
      await store.change(userId, id, (one) => ({ ...one, words: locked, state: one.state === 'conflict' ? 'waiting' : one.state }))
    },
    flush: async () => {
      let done = 0
      // Once more when something arrived: what was behind it may leave now.
      for (let before = -1; before < done; ) {
        before = done
        if (!(await pass())) break
      }
      const all = await store.list(userId)
      return { done, left: all.filter((one) => one.state === 'waiting' && !holds(one) && !isBehindStuck(one, all)).length }

      async function pass(): Promise<boolean> {
        for (const { id, ...waiting } of inOrder(await store.list(userId))) {
          if (holds({ id, ...waiting })) continue
          if (waiting.envelope.about !== undefined && isBehind({ id, ...waiting }, await store.list(userId))) continue
          const claimed = await store.change(userId, id, (one) => (one.state === 'waiting' ? { ...one, attempted: true } : null))
          if (claimed === null) continue
          const delivery = await deliver(claimed.envelope)
          if (delivery.kind === 'later') return false
          if (delivery.kind === 'done') {
            await store.remove(userId, id)
            done += 1
            onDone?.(claimed.envelope, delivery.output)
          } else await stays(claimed, delivery)
        }
        return true
      }
    },
  }

  /** Keeps what the server answered beside the words; without the read key it is asked again once she is back. */
  async function stays(waiting: Waiting, delivery: Exclude<Delivery, { readonly kind: 'done' | 'later' }>): Promise<void> {
    const told = await toldBy(waiting)
    const refusal = delivery.kind === 'refused' ? refusalOf(delivery) : null
    const by = delivery.kind === 'refused' && delivery.by !== undefined ? { by: delivery.by } : {}
    const { version, fields } = delivery.kind === 'conflict' ? delivery : { version: 0, fields: [] }
    const words =
      told === null || keys === null || (delivery.kind === 'refused' && delivery.by === undefined)
        ? waiting.words
        : await keys.read.lock(wordsName(waiting.id), { ...told, ...by, ...(delivery.kind === 'conflict' ? { conflict: { version, fields } } : {}) })
    await store.change(userId, waiting.id, (one) => ({ ...one, state: delivery.kind, refusal, words }))
  }
}

function refusalOf({ code, detail, other, files, missing }: Extract<Delivery, { readonly kind: 'refused' }>): Waiting['refusal'] {
  return { code, detail, other, files, missing }
}

function sameSection(one: Words['input'], other: Words['input']): boolean {
  return one['id'] === other['id'] && one['section'] === other['section'] && one['baseVersion'] === other['baseVersion']
}

/**
 * The same answers once she chose between hers and a colleague's: what she keeps goes again from the version that she was shown, the rest is left to the
 * colleague. Takes the fields under which she keeps her own value. Gives null when nothing of hers is left to send.
 */
export function settledAnswers(words: Words, mine: ReadonlySet<string>): Words | null {
  const { conflict, own: _own, ...rest } = words
  if (conflict === undefined) return words
  const given = new Set(conflict.fields.map(({ field }) => field).filter((field) => !mine.has(field)))
  const kept = (values: unknown, prefix: string): Record<string, unknown> =>
    Object.fromEntries(Object.entries((values ?? {}) as Record<string, unknown>).filter(([field]) => !given.has(`${prefix}${field}`)))
  const answers = kept(words.input['answers'], '')
  const observations = kept(words.input['observations'], observationPrefix)
  if (Object.keys(answers).length + Object.keys(observations).length === 0) return null
  return { ...rest, action: words.action as OfflineAction, input: { ...words.input, baseVersion: conflict.version, answers, observations } }
}

/** How conflicts name an observation, apart from the answer of the same item. */
export const observationPrefix = 'note.'
