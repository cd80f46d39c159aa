import { isAsked, missingItems } from '../../../assessments/contract/answers.ts'
import type { Answer, Answers, FormDefinition, FormItem } from '../../../assessments/contract/form-definition.ts'
import { currentForm, headerVolet, resultVolet } from '../../../assessments/contract/library.ts'
import { score } from '../../../assessments/contract/scoring.ts'
import { addDays, ageOn, type Day, formatDay } from '../../../platform/contract/dates.ts'
import type { Bulk, Row } from './bulk.ts'
import type { SeedCalendar } from './calendar.ts'
import type { SeededEpisode } from './episodes.ts'
import { evaluationTexts } from './evaluation-texts.ts'
import type { Random } from './random.ts'
import type { SeededUser } from './staff.ts'
import type { Timeline } from './timeline.ts'
import { said } from './words.ts'

/** Files written together. */
const batch = 2_000

export interface EvaluationTables {
  readonly assessment: Row[]
  readonly section_answers: Row[]
  readonly result: Row[]
  readonly opinion: Row[]
}
export const evaluationTables = (): EvaluationTables => ({ assessment: [], section_answers: [], result: [], opinion: [] })

export async function writeEvaluationTables(bulk: Bulk, tables: EvaluationTables): Promise<void> {
  for (const [table, rows] of Object.entries(tables)) await bulk.write(`assessments.${table}`, rows)
}

/** Evaluations of the files: the multidimensional one with its grids for those who are followed now, AGGIR for many of those who were. */
export async function seedEvaluations(
  bulk: Bulk,
  random: Random,
  calendar: SeedCalendar,
  episodes: readonly SeededEpisode[],
  timeline: Timeline,
): Promise<void> {
  for (let from = 0; from < episodes.length; from += batch) {
    const tables = evaluationTables()
    for (const episode of episodes.slice(from, from + batch)) evaluate(random, calendar, episode, tables, timeline)
    await writeEvaluationTables(bulk, tables)
    await timeline.flush()
  }
}

function evaluate(random: Random, calendar: SeedCalendar, episode: SeededEpisode, tables: EvaluationTables, timeline: Timeline): void {
  if (episode.told?.byHand) return
  const last = episode.closedOn ?? calendar.today
  const first = calendar.workingDayAfter(episode.openedOn, random.between(4, 10))
  if (first >= last || !random.chance(episode.state === 'closed' ? 0.4 : 0.8)) return
  const frailty = random.next()
  if (episode.state !== 'closed') {
    const evaluation = assess(random, calendar, episode, 'multidimensional', first, frailty, tables, timeline)
    for (const grid of gridsFor(episode.person.age))
      if (random.chance(0.85)) assess(random, calendar, episode, grid, first, frailty, tables, timeline, evaluation)
  } else if (episode.person.age >= 60) assess(random, calendar, episode, 'aggir', first, frailty, tables, timeline)
  const again = calendar.workingDay(addDays(first, 120))
  if (again < last && episode.person.age >= 60 && random.chance(0.5))
    assess(random, calendar, episode, 'aggir', again, Math.min(1, frailty + 0.15), tables, timeline)
}

const gridsFor = (age: number): readonly string[] => [...(age >= 60 ? ['aggir'] : []), ...(age >= 65 ? ['sega_a'] : []), ...(age >= 16 ? ['epices'] : [])]

function assess(
  random: Random,
  calendar: SeedCalendar,
  episode: SeededEpisode,
  code: string,
  on: Day,
  frailty: number,
  tables: EvaluationTables,
  timeline: Timeline,
  partOf: string | null = null,
): string {
  const form = currentForm(code) as FormDefinition
  const answers: Record<string, Answer> = {}
  for (const section of form.sections) {
    for (const item of section.items) {
      const answer = isAsked(form, answers, item) ? answerTo(random, episode, item, frailty) : null
      if (answer !== null) answers[item.code] = answer
    }
  }
  return writeAssessment(
    random,
    { person: episode.person, dac: episode.dac, form, answers, on, at: calendar.at(on, random.between(840, 1060)), author: episode.referent, partOf },
    tables,
    timeline,
  )
}

/** An answer that a visit may give: worse as the person is frailer, on average. */
function answerTo(random: Random, episode: SeededEpisode, item: FormItem, frailty: number): Answer | null {
  switch (item.type) {
    case 'grid':
      return null
    case 'boolean':
      return random.chance(item.code === 'could_not_speak' || item.code === 'visitor_danger' ? 0.05 : 0.5)
    case 'number':
      return item.code === 'weight'
        ? 45 + random.below(40)
        : item.code === 'height'
          ? 150 + random.below(35)
          : Math.round(Math.min(item.max, item.min + frailty * 8 * random.next()))
    case 'text': {
      const texts = evaluationTexts[item.code]
      return texts === undefined ? null : said(random.pick(texts), episode.person.sex)
    }
    case 'multiple':
      return random
        .some(
          item.options.filter((one) => one.code !== 'none'),
          random.between(0, 3),
        )
        .map((one) => one.code)
    case 'choice': {
      const wanted = item.code === 'danger' ? frailty * frailty : (frailty + random.next()) / 2
      return item.options[Math.min(item.options.length - 1, Math.floor(wanted * item.options.length))]?.code ?? null
    }
  }
}

export interface AssessmentToWrite {
  readonly person: { readonly id: string; readonly birthDate: string }
  readonly dac: { readonly id: string }
  readonly form: FormDefinition
  readonly answers: Answers
  readonly on: string
  readonly at: Date
  readonly author: SeededUser
  readonly partOf: string | null
  readonly summary?: string
  /** Whose work it is, when the author only typed it. */
  readonly partner?: { readonly name: string; readonly role: string }
}

/** A finished assessment: its header, its sections under their volets, what the scoring of its form makes of it, its line of the Fil. */
export function writeAssessment(
  random: Random,
  { person, dac, form, answers, on, at, author, partOf, summary, partner }: AssessmentToWrite,
  tables: EvaluationTables,
  timeline: Timeline,
): string {
  const id = random.idAt(at)
  const of = { person_id: person.id, holder_org: dac.id, protection: 'shared' }
  const missing = new Set(missingItems(form, answers))
  tables.assessment.push({
    id,
    ...of,
    form_code: form.code,
    form_version: form.version,
    form_kind: form.kind,
    state: 'finished',
    performed_on: on,
    author_kind: partner === undefined ? 'self' : 'partner',
    author_name: partner?.name ?? author.name,
    author_role: partner?.role ?? author.presentedAs,
    part_of: partOf,
    incomplete_reason: missing.size > 0 ? 'La personne était fatiguée : à compléter.' : null,
    finished_at: at,
    finished_by: author.id,
    volet: headerVolet(form),
    version: 2,
    created_at: at,
    created_by: author.id,
  })
  for (const section of form.sections) {
    const codes = section.items.map((item) => item.code)
    tables.section_answers.push({
      id: random.idAt(at),
      assessment_id: id,
      ...of,
      section: section.code,
      answers: { json: Object.fromEntries(codes.filter((one) => one in answers).map((one) => [one, answers[one]])) },
      complete: !codes.some((one) => missing.has(one)),
      closed: true,
      volet: section.volet,
      version: 2,
      saved_at: at,
      saved_by: author.id,
    })
  }
  const age = ageOn(person.birthDate, on)
  const scored = score(form, answers, { age })
  const volet = scored.score === null ? headerVolet(form) : resultVolet(form)
  if (scored.score !== null && scored.printed !== null)
    tables.result.push({
      assessment_id: id,
      ...of,
      form_code: form.code,
      form_version: form.version,
      performed_on: on,
      score: scored.score,
      max_score: scored.max,
      band: scored.band,
      label: scored.label,
      severity: scored.severity,
      printed: scored.printed,
      readings: { json: scored.readings },
      details: { json: scored.details },
      age,
      computed_at: at,
      volet,
    })
  const reading =
    scored.printed === null ? null : scored.label === null || scored.label === scored.printed ? scored.printed : `${scored.printed}, ${scored.label}`
  timeline.add({
    personId: person.id,
    holderOrg: dac.id,
    at,
    kind: 'assessment',
    title: reading === null ? form.shortTitle : `${form.shortTitle}\u00a0: ${reading}`,
    summary: summary ?? null,
    author,
    source: 'assessments',
    sourceId: id,
    volet,
  })
  if (form.kind === 'evaluation' && random.chance(0.7))
    tables.opinion.push({
      id: random.idAt(at),
      assessment_id: id,
      ...of,
      given_by: 'person',
      explained_on: on,
      agrees: random.weighted([
        ['agrees', 7],
        ['partly', 2],
        ['disagrees', 1],
      ] as const),
      words: null,
      recorded_by: author.id,
      recorded_by_name: author.name,
      recorded_at: at,
      volet: headerVolet(form),
    })
  return id
}

/** « GIR 4 le 18/03/2026 », beside a later result. */
export const formerly = (printed: string, on: string): string => `${printed} le ${formatDay(on)}`
