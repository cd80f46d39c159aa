import type { ActionTemplate, ProblemTemplate } from '../../../care-plans/contract/thesaurus/tree.ts'
import { thesaurusProblems } from '../../../care-plans/contract/thesaurus.ts'
import { revisionCriteria } from '../../../care-plans/contract/value-sets.ts'
import { careRoles } from '../../../care-team/contract/value-sets.ts'
import { addDays, type Day } from '../../../platform/contract/dates.ts'
import { labelOf } from '../../../territory/contract/value-sets.ts'
import type { Bulk } from './bulk.ts'
import type { SeedCalendar } from './calendar.ts'
import type { SeededMember } from './circles.ts'
import type { SeededEpisode } from './episodes.ts'
import { wishes } from './note-texts.ts'
import {
  type ActionDraft,
  type AgreementDraft,
  type CriterionDraft,
  type PlanDraft,
  type PlanTables,
  type ProblemDraft,
  planTables,
  writePlan,
  writePlanTables,
} from './plan-writer.ts'
import type { Random } from './random.ts'
import type { Timeline } from './timeline.ts'

const batch = 2_000

/** The problems of the thesaurus that answer a difficulty of the accompaniment. */
const problemsOf: Readonly<Record<string, readonly string[]>> = {
  autonomy_loss: ['D3.washing', 'D3.home_support'],
  polypathology: ['D1.medication', 'D1.chronic'],
  cognitive: ['D2.cognitive'],
  psychic: ['D2.mood', 'D2.anxiety'],
  addiction: ['D2.addiction'],
  isolation: ['D4.isolation', 'D3.meaningful_days'],
  resources: ['D4.poverty'],
  housing: ['D4.housing_unfit', 'D4.housing_degraded'],
  rights: ['D4.rights'],
  caregiver: ['D5.exhaustion', 'D5.alone'],
  care_refusal: ['D6.care_refusal'],
  no_gp: ['D1.no_gp'],
  discharge: ['D6.discharge'],
  end_of_life: ['D1.end_of_life', 'D1.pain'],
  medication: ['D1.medication', 'D1.adherence'],
  malnutrition: ['D1.nutrition'],
  falls: ['D1.mobility'],
  language: ['D6.language'],
  missing_services: ['D6.missing_services'],
}
const templates = new Map(thesaurusProblems.map((one) => [one.code, one]))

/** PPCS of those who are followed closely enough to need one: most validated, some being written, some to revise soon or since a criterion was reached. */
export async function seedPlans(
  bulk: Bulk,
  random: Random,
  calendar: SeedCalendar,
  episodes: readonly SeededEpisode[],
  circles: ReadonlyMap<string, readonly SeededMember[]>,
  timeline: Timeline,
): Promise<void> {
  const live = episodes.filter((episode) => episode.state !== 'closed' && !episode.told?.byHand)
  for (let from = 0; from < live.length; from += batch) {
    const tables: PlanTables = planTables()
    for (const episode of live.slice(from, from + batch)) {
      const plan = draftPlan(random, calendar, episode, circles.get(episode.id) ?? [])
      if (plan !== null) writePlan(random, plan, tables, timeline)
    }
    await writePlanTables(bulk, tables)
    await timeline.flush()
  }
}

function draftPlan(random: Random, calendar: SeedCalendar, episode: SeededEpisode, circle: readonly SeededMember[]): PlanDraft | null {
  const { person, referent, dac } = episode
  const decidedOn = calendar.workingDayAfter(episode.openedOn, random.between(8, 14))
  const forced = episode.told?.reviewOn ?? null
  if (
    !person.informed ||
    decidedOn >= calendar.today ||
    (forced === null && !random.chance(episode.told !== undefined ? 0 : episode.level === 'brief' ? 0.25 : 0.8))
  )
    return null
  const firstOn = calendar.workingDayAfter(decidedOn, random.between(4, 9))
  const versions: { number: number; at: Date; on: Day; reviewOn: Day; dueOn: string | null }[] = []
  for (let on = firstOn; on < calendar.today && versions.length < 8; ) {
    const reviewOn = forced ?? calendar.workingDay(addDays(on, random.between(80, 110)))
    versions.push({ number: versions.length + 1, at: calendar.at(on, random.between(600, 1020)), on, reviewOn, dueOn: versions.at(-1)?.reviewOn ?? null })
    // Revised on time, a little late, or waiting for it since some days.
    on = calendar.workingDay(addDays(reviewOn, random.between(-6, 12)))
  }
  const last = versions.at(-1)
  const validated = last !== undefined
  const decidedAt = calendar.at(decidedOn, random.between(600, 1000))
  const reached = validated && forced === null && referent.persona === null && random.chance(0.06) && last.at < calendar.minutesAgo(5 * 24 * 60)
  const reachedAt = calendar.minutesAgo(random.between(60, 4 * 24 * 60))
  const codes = random.some(['fall', 'hospitalisation', 'weight_loss', 'caregiver_exhausted', 'service_stops', 'person_asks'] as const, random.between(2, 3))
  return {
    person,
    episodeId: episode.id,
    dac,
    referent,
    state: validated ? 'validated' : 'draft',
    draftNumber: validated ? null : 1,
    versions,
    reviewOn: last?.reviewOn ?? addDays(calendar.today, 90),
    decision: {
      code: random.weighted([
        ['yes_several_actors', 6],
        ['yes_risk', 3],
        ['yes_person', 1],
      ] as const),
      withWhom: 'Le médecin traitant et l’infirmier',
      on: decidedOn,
      at: decidedAt,
    },
    problems: problemsFor(random, calendar, episode, circle, last?.on ?? decidedOn),
    criteria: codes.map(
      (code, n): CriterionDraft => ({
        code,
        words: labelOf(revisionCriteria, code),
        volet: ['caregiver_exhausted', 'service_stops', 'person_asks'].includes(code) ? 'social' : 'health',
        ...(reached && n === 0
          ? {
              reached: {
                at: reachedAt,
                on: reachedAt.toISOString().slice(0, 10),
                by: circle.find((member) => member.sees && member.user !== null && member.roles.includes('nurse'))?.user ?? referent,
                words: null,
              },
            }
          : {}),
      }),
    ),
    wishes: { words: random.pick(wishes), on: decidedOn },
    alertPlan: random.chance(0.4) ? 'Appeler le DAC aux heures ouvrées, sinon le 15.' : null,
    agreements: last === undefined ? [] : agreementsFor(random, episode, circle, last),
  }
}

function problemsFor(random: Random, calendar: SeedCalendar, episode: SeededEpisode, circle: readonly SeededMember[], since: string): readonly ProblemDraft[] {
  const codes = [...new Set(episode.difficulties.slice(0, 3).map((difficulty) => random.pick(problemsOf[difficulty] ?? ['D6.follow_up'])))]
  return codes.map((code): ProblemDraft => {
    const template = templates.get(code) as ProblemTemplate
    return {
      code,
      title: template.label,
      volet: template.volet,
      objectives: random.some(template.objectives, random.between(1, 2)).map((objective) => {
        const pursued = !random.chance(0.04)
        return {
          code: objective.code,
          title: objective.label,
          status: pursued
            ? random.weighted([
                ['in_progress', 7],
                ['reached', 2],
                ['partly_reached', 1],
              ] as const)
            : 'not_pursued',
          statusReason: pursued ? null : random.pick(['person_refuses', 'no_resource', 'not_priority']),
          actions: random.some(objective.actions, random.between(1, 3)).map((action) => actionFor(random, calendar, episode, circle, action, since)),
        }
      }),
    }
  })
}

function actionFor(
  random: Random,
  calendar: SeedCalendar,
  episode: SeededEpisode,
  circle: readonly SeededMember[],
  template: ActionTemplate,
  since: string,
): ActionDraft {
  const dueOn = calendar.workingDay(addDays(since, template.days + random.between(-5, 20)))
  const past = dueOn < calendar.today
  const status = past
    ? random.weighted([
        ['done', 14],
        ['in_progress', 3],
        ['refused', 1],
        ['not_feasible', 1],
      ] as const)
    : random.weighted([
        ['accepted', 4],
        ['planned', 3],
        ['in_progress', 4],
        ['proposed', 1],
      ] as const)
  const accepted = status !== 'proposed' && random.chance(0.8)
  return {
    code: template.code,
    title: template.label,
    actor: actorFor(episode, circle, template),
    dueOn,
    status,
    statusOn: status === 'proposed' ? null : since,
    statusWords: status === 'not_feasible' ? 'Aucun service disponible.' : null,
    answer: accepted ? 'accepted' : null,
    answerOn: accepted ? since : null,
  }
}

function actorFor({ person, referent }: SeededEpisode, circle: readonly SeededMember[], { actor }: ActionTemplate): ActionDraft['actor'] {
  if (actor === 'person') return { kind: 'person', partyId: null, name: person.civil, role: null }
  if (actor === 'referent') return { kind: 'professional', partyId: referent.id, name: referent.name, role: 'Référent de parcours' }
  const member = circle.find((one) => (one.roles as readonly string[]).includes(actor))
  const role = labelOf(careRoles, actor)
  if (member === undefined) return { kind: 'free', partyId: null, name: role, role: null }
  return {
    kind: member.kind === 'structure' ? 'service' : member.kind === 'relative' ? 'relative' : 'professional',
    partyId: member.partyId,
    name: member.name,
    role,
  }
}

function agreementsFor(
  random: Random,
  { person }: SeededEpisode,
  circle: readonly SeededMember[],
  { number, at, on }: { readonly number: number; readonly at: Date; readonly on: string },
): readonly AgreementDraft[] {
  const noted = { number, on, at: new Date(at.getTime() - 3_600_000) }
  const found: AgreementDraft[] = [
    {
      ...noted,
      party: 'person',
      partyId: null,
      partyName: person.civil,
      state: random.weighted([
        ['agrees', 9],
        ['agrees_partly', 2],
        ['unable', 1],
      ] as const),
      mode: 'oral',
    },
  ]
  const doctor = circle.find((member) => member.roles.includes('gp'))
  if (doctor !== undefined) {
    const state = random.weighted([
      ['agrees', 7],
      ['no_answer', 2],
      ['asked', 1],
    ] as const)
    found.push({
      ...noted,
      party: 'gp',
      partyId: doctor.partyId,
      partyName: doctor.name,
      state,
      mode: state === 'agrees' ? random.pick(['phone', 'mssante', 'online']) : null,
    })
  }
  return found
}
