import { observationPrefix } from './outbox.ts'
import { sameValue } from './same-value.ts'
import type { TwoAnswers, Words } from './waiting.ts'

/** An evaluation begun on this device: the server does not have it yet. */
export interface Begun {
  readonly id: string
  readonly personId: string
  readonly formCode: string
  /** The version that was taken along: the answers are those to its questions. */
  readonly formVersion: string
  readonly day: string
  /** The evaluation of the server within which this grid is filled. */
  readonly partOf?: string | undefined
}

/** The gesture that begins it. The server refuses it where somebody began the same form for her that day, so that her author chooses. */
export function beginning({ id, personId, formCode, formVersion, day, partOf }: Begun, person: Words['person']): Words {
  const within = partOf === undefined ? {} : { partOf }
  return { action: 'assessments.assessment.start', input: { id, personId, form: formCode, formVersion, performedOn: day, alone: true, ...within }, person }
}

/** Both are kept, knowingly. */
export function keptApart(words: Words): Words {
  return { ...words, input: { ...words.input, alone: false } }
}

/** A grid whose evaluation is gone stands by itself. */
export function standingAlone(words: Words): Words {
  const { partOf: _gone, ...input } = words.input
  return { ...words, input }
}

/** One section of the evaluation that a colleague began the same day, as its reader has it before her eyes. */
export interface TheirSection {
  readonly id: string
  readonly section: string
  readonly version: number
  readonly answers: Readonly<Record<string, unknown>>
  readonly observations: Readonly<Record<string, unknown>>
  readonly savedBy: string | null
  readonly savedAt: string
}

/**
 * Answers written here, poured into the evaluation of a colleague. What she left empty is filled, what both say alike is said once, and what differs is a
 * conflict to be settled. Gives null when nothing is left to send.
 */
export function pouredInto(theirs: TheirSection, words: Words): Words | null {
  const { own: _own, conflict: _conflict, ...rest } = words
  const fields: TwoAnswers[] = []
  const kept = (mine: unknown, hers: Readonly<Record<string, unknown>>, prefix: string): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries((mine ?? {}) as Record<string, unknown>).filter(([field, value]) => {
        const their = hers[field] ?? null
        if (sameValue(their, value ?? null)) return false
        if (their !== null)
          fields.push({ field: `${prefix}${field}`, base: null, theirs: their, mine: value, theirsBy: theirs.savedBy, theirsAt: theirs.savedAt })
        return true
      }),
    )
  const answers = kept(words.input['answers'], theirs.answers, '')
  const observations = kept(words.input['observations'], theirs.observations, observationPrefix)
  if (Object.keys(answers).length + Object.keys(observations).length === 0) return null
  const input = { id: theirs.id, section: theirs.section, baseVersion: theirs.version, answers, observations }
  return { ...rest, input, ...(fields.length === 0 ? {} : { conflict: { version: theirs.version, fields } }) }
}
