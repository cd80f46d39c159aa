import { nameKey } from '../../persons/contract/names.ts'
import type { CodedValue, ValueSetDefinition } from '../../territory/contract/value-sets.ts'
import { motives } from './value-sets.ts'

export interface MotiveProposal {
  readonly code: string
  readonly label: string
  /** The words of the text for which it is proposed. */
  readonly because: string
  readonly weight: number
}

/** Words that say nothing of the motive: a keyword and a text are compared without them. */
const empty = new Set(
  'LE LA LES L DE DU DES D UN UNE AU AUX A ET EN SON SA SES MON MA MES LEUR LEURS IL ELLE ILS ELLES ON CE CET CETTE Y QUI QUE QU EST SUIS SONT ETE AVAIT AVEC POUR PAR SUR DANS C J S SE LUI ME NOUS VOUS TRES BIEN DONC ALORS DEPUIS'.split(
    ' ',
  ),
)

/** How many other words may stand between two words of a keyword: « sort lundi matin de l'hôpital » is « sort* hopital ». */
const widestGap = 3

interface Word {
  readonly key: string
  readonly written: string
}

type Token = (word: string) => boolean

/** A keyword as it is matched: each of its words, in order. `*` stands for any ending; a plural is read as its singular. */
function tokensOf(keyword: string): readonly Token[] {
  return keyword
    .split(/[\s’'-]+/)
    .map((part) => ({ open: part.endsWith('*'), key: nameKey(part) }))
    .filter(({ key, open }) => key !== '' && (open || !empty.has(key)))
    .map(
      ({ key, open }) =>
        (word) =>
          open ? word.startsWith(key) : word === key || word === `${key}S` || word === `${key}X`,
    )
}

/** The words of each sentence, the empty ones left out, with what was written for each. */
function sentencesOf(text: string): readonly (readonly Word[])[] {
  return text.split(/[.!?;\n]+/).map((sentence) =>
    sentence
      .split(/[\s,:()«»"’'/-]+/)
      .map((written) => ({ written, key: nameKey(written) }))
      .filter(({ key }) => key !== '' && !empty.has(key)),
  )
}

/** The words of a sentence that answer a keyword, or null: its words in order, with at most `widestGap` others between two of them. */
function findIn(sentence: readonly Word[], tokens: readonly Token[]): readonly Word[] | null {
  for (let start = 0; start < sentence.length; start++) {
    const found: number[] = []
    for (const token of tokens) {
      const from = found.length === 0 ? start : (found.at(-1) as number) + 1
      const until = found.length === 0 ? start : from + widestGap
      const at = sentence.findIndex((word, index) => index >= from && index <= until && token(word.key))
      if (at < 0) break
      found.push(at)
    }
    if (found.length === tokens.length && tokens.length > 0) return found.map((index) => sentence[index] as Word)
  }
  return null
}

const tokensByKeyword = new Map<string, readonly Token[]>()

function remembered(keyword: string): readonly Token[] {
  const known = tokensByKeyword.get(keyword) ?? tokensOf(keyword)
  tokensByKeyword.set(keyword, known)
  return known
}

/**
 * The motives that a typed text suggests, the most telling first; at most `most`. Nothing is chosen: whoever takes the call picks.
 * A keyword of several words weighs more than a single one, and several keywords more than one.
 * Takes the list of the region; without it, the starter list.
 */
export function proposeMotives(text: string, list: ValueSetDefinition = motives, most = 5): readonly MotiveProposal[] {
  const sentences = sentencesOf(text.slice(0, 8_000))
  return list.values
    .flatMap((value) => proposalOf(value, sentences))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, most)
}

function proposalOf(value: CodedValue, sentences: readonly (readonly Word[])[]): readonly MotiveProposal[] {
  const found = (value.keywords ?? []).flatMap((keyword) => {
    const tokens = remembered(keyword)
    const words = sentences.map((sentence) => findIn(sentence, tokens)).find((match) => match !== null)
    return words ? [words] : []
  })
  const longest = found.reduce<readonly Word[]>((best, words) => (words.length > best.length ? words : best), [])
  if (longest.length === 0) return []
  const distinct = new Set(found.flat().map((word) => word.key)).size
  return [{ code: value.code, label: value.label, because: longest.map((word) => word.written).join(' '), weight: longest.length * 2 + distinct }]
}
