import type { Envelope, Written } from './envelope.ts'
import type { Locked } from './read-key.ts'

/** What may be written without network. Each passes the gate as if it were made at that moment, under its own key. */
export const offlineActions = [
  'liaison.file.add',
  'liaison.note.write',
  'liaison.note.amend',
  'liaison.note.reply',
  'assessments.assessment.start',
  'assessments.section.save',
  'assessments.assessment.finish',
  'liaison.alert.take',
  'draft.save',
] as const
export type OfflineAction = (typeof offlineActions)[number]

/** One field that a colleague changed meanwhile, as the server tells it. */
export interface TwoAnswers {
  readonly field: string
  readonly base: unknown
  readonly theirs: unknown
  readonly mine: unknown
  readonly theirsBy: string | null
  readonly theirsAt: string
}

interface Refusal {
  readonly code: string
  readonly detail: string
  readonly other?: string | undefined
  readonly files?: readonly string[] | undefined
  readonly missing?: readonly string[] | undefined
}

/** What became of a gesture. `later`: nobody answered, or not now; the same envelope goes again. */
export type Delivery =
  | { readonly kind: 'done'; readonly output: Readonly<Record<string, unknown>> }
  | { readonly kind: 'conflict'; readonly version: number; readonly fields: readonly TwoAnswers[] }
  /** `other`: the record that stands in its place, by its id; `by`: whose it is; `files`: those that may not go with it, by their ids; `missing`: of these, what the server does not have. */
  | ({ readonly kind: 'refused'; readonly by?: string | undefined } & Refusal)
  | { readonly kind: 'later' }

/** What an answer of the server makes of a gesture. Takes problem+json; a status of 0 when nothing answered. */
export function deliveryOf(problem: { readonly status: number; readonly code: string; readonly detail: string; readonly details?: unknown }): Delivery {
  const { status, code, detail } = problem
  if ([0, 401, 429, 502, 503, 504].includes(status) || code === 'another_user') return { kind: 'later' }
  if (code !== 'stale_version') {
    const { id: other, by, files, missing } = (problem.details ?? {}) as Readonly<Record<string, unknown>>
    return {
      kind: 'refused',
      code,
      detail,
      ...(typeof other === 'string' ? { other } : {}),
      ...(typeof by === 'string' ? { by } : {}),
      ...(Array.isArray(files) ? { files: files.map(String) } : {}),
      ...(Array.isArray(missing) ? { missing: missing.map(String) } : {}),
    }
  }
  const { version = 0, fields = [] } = (problem.details ?? {}) as { readonly version?: number; readonly fields?: readonly TwoAnswers[] }
  return { kind: 'conflict', version, fields }
}

/** What a screen says of a gesture that waits; kept locked beside the envelope, and gone with the read key. */
export interface Words {
  readonly action: OfflineAction
  readonly input: Written['input']
  readonly own?: Written['own']
  /** Of whom, in words of the screen. */
  readonly person: { readonly personId: string; readonly name: string } | null
  readonly conflict?: { readonly version: number; readonly fields: readonly TwoAnswers[] }
  /** What it is about, where its input holds ids alone. */
  readonly title?: string
  /** Who was faster, where somebody was. */
  readonly by?: string
}

/** One gesture that waits on this device. */
export interface Waiting {
  /** Order of writing on this device. */
  readonly seq: number
  readonly id: string
  readonly userId: string
  readonly writtenAt: string
  readonly envelope: Envelope
  /** It left at least once: its content is what it is, since the server may have it. */
  readonly attempted: boolean
  readonly state: 'waiting' | 'refused' | 'conflict'
  /** Why it was refused, as its author reads it: no trait of anybody. */
  readonly refusal: Refusal | null
  readonly words: Locked | null
}

/** Where gestures wait. Injected: IndexedDB in a browser, memory in tests. Each call is one transaction. */
export interface WaitingStore {
  /** Those of one user, in the order of writing. */
  readonly list: (userId: string) => Promise<readonly Waiting[]>
  /** Adds at the end, and takes away what it replaces in the same transaction. */
  readonly append: (waiting: Omit<Waiting, 'seq'>, replaces?: string) => Promise<void>
  /** Changes one where it stands, unless it is gone or `change` gives null. Gives what now stands there, or null. */
  readonly change: (userId: string, id: string, change: (before: Waiting) => Waiting | null) => Promise<Waiting | null>
  readonly remove: (userId: string, id: string) => Promise<void>
  /** Takes the locked words away: the read key is dead. The envelopes stay. */
  readonly forgetWords: (userId: string) => Promise<void>
  readonly othersWait: (userId: string) => Promise<boolean>
}

/** In what order they are written and sent is what makes it right: a file before its note, a first answer before its correction. */
export function inOrder(waiting: readonly Waiting[]): readonly Waiting[] {
  return [...waiting].sort((one, other) => one.seq - other.seq)
}

/** The evaluation that a gesture begins, fills or ends. */
export function aboutOf({ action, input }: Pick<Words, 'action' | 'input'>): string | undefined {
  return action.startsWith('assessments.') && typeof input['id'] === 'string' ? input['id'] : undefined
}

/** What follows waits for what it follows: answers for the beginning of their evaluation, its end for everything that was written in it. */
export function isBehind(one: Waiting, all: readonly Waiting[]): boolean {
  const { about, action } = one.envelope
  if (about === undefined || action === 'assessments.assessment.start') return false
  return all.some(
    ({ id, envelope }) =>
      id !== one.id &&
      envelope.about === about &&
      (envelope.action === 'assessments.assessment.start' || (action === 'assessments.assessment.finish' && envelope.action !== action)),
  )
}

/** What cannot leave before its author has settled what it follows. */
export function isBehindStuck(one: Waiting, all: readonly Waiting[]): boolean {
  return isBehind(
    one,
    all.filter(({ id, state }) => id === one.id || state !== 'waiting'),
  )
}
