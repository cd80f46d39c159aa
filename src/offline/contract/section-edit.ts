import { observationPrefix } from './outbox.ts'
import type { Words } from './waiting.ts'

/** One section of an evaluation as this device last read it, with what was written here since. */
export interface KnownSection {
  readonly version: number
  readonly answers: Readonly<Record<string, unknown>>
  readonly observations: Readonly<Record<string, unknown>>
  /** By field, as conflicts name them: the last value written on this device since that reading. */
  readonly own: Readonly<Record<string, unknown>>
}

export interface SectionAnswer {
  readonly assessmentId: string
  readonly section: string
  readonly answers: Readonly<Record<string, unknown>>
  readonly observations: Readonly<Record<string, unknown>>
}

/** The gesture that keeps these answers, and the section as the device knows it afterwards. */
export function answerSection(
  known: KnownSection,
  { assessmentId, section, answers, observations }: SectionAnswer,
  person: Words['person'],
): { readonly words: Words; readonly known: KnownSection } {
  const words: Words = {
    action: 'assessments.section.save',
    input: { id: assessmentId, section, baseVersion: known.version, answers, observations },
    own: known.own,
    person,
  }
  return { words, known: { ...known, own: { ...known.own, ...fieldsOf(answers, observations) } } }
}

/** A section read again while some of this device's answers still wait: those stay its own. */
export function readAgain(
  read: Omit<KnownSection, 'own'>,
  assessmentId: string,
  section: string,
  waiting: readonly (Pick<Words, 'action' | 'input'> | null)[],
): KnownSection {
  const own = waiting
    .filter((one) => one?.action === 'assessments.section.save' && one.input['id'] === assessmentId && one.input['section'] === section)
    .map((one) => fieldsOf(one?.input['answers'], one?.input['observations']))
  return { ...read, own: Object.assign({}, ...own) as Record<string, unknown> }
}

/** What the screen shows: what was read, under what was written here. */
export function shownAnswers({ answers, observations, own }: KnownSection): Pick<KnownSection, 'answers' | 'observations'> {
  const mine = Object.entries(own)
  return {
    answers: { ...answers, ...Object.fromEntries(mine.filter(([field]) => !field.startsWith(observationPrefix))) },
    observations: {
      ...observations,
      ...Object.fromEntries(
        mine.filter(([field]) => field.startsWith(observationPrefix)).map(([field, value]) => [field.slice(observationPrefix.length), value]),
      ),
    },
  }
}

function fieldsOf(answers: unknown, observations: unknown): Record<string, unknown> {
  return {
    ...((answers ?? {}) as object),
    ...Object.fromEntries(Object.entries((observations ?? {}) as object).map(([item, value]) => [`${observationPrefix}${item}`, value])),
  }
}
