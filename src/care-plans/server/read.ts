import type { PersonTarget } from '../../persons/contract/person.ts'
import { familyDoctorOf, loadPerson, unnamedParties } from '../../persons/server/api.ts'
import { volets } from '../../platform/contract/actor.ts'
import { addDays } from '../../platform/contract/dates.ts'
import { notFound } from '../../platform/contract/errors.ts'
import { type Context, implement, noTarget } from '../../platform/server/implement.ts'
import { decidesPlan, writesPlan } from '../contract/access.ts'
import type { PlanContent, PlanPerson } from '../contract/plan.ts'
import { askedOfMe, type PlanHead, planOfPerson, planSummary, plansToRevise, planVersionContent } from '../contract/queries.ts'
import { withoutNames } from '../contract/recipients.ts'
import { selectAgreements } from './agreement.sql.ts'
import { selectContent, selectRemoved, selectVersionContent } from './content.sql.ts'
import { selectAskedActions, selectAskedAgreements, selectSummary, selectToRevise } from './lists.sql.ts'
import { loadPlan, todayOf } from './load.ts'
import { selectDecisions, selectHandovers, selectHead, selectHeadOfPerson, selectVersions } from './plan.sql.ts'

/** A plan comes up for revision this many days before its date. */
const daysBeforeReview = 30

const seen = (person: PlanPerson) => {
  const { personId, bases, volets: open, inCharge } = person as PersonTarget
  return { personId, bases: [...bases], volets: [...open], inCharge }
}
const closedTo = (person: PlanPerson) => volets.filter((volet) => !person.volets.includes(volet))

export const planOfPersonImplementation = implement(planOfPerson, {
  load: (context, { personId }) => loadPerson(context, personId),
  run: async (context, { personId }, person) => {
    const { tx } = context
    const head = await selectHeadOfPerson(tx, personId)
    const doctor = await familyDoctorOf(tx, personId)
    const common = {
      person: seen(person),
      decisions: await selectDecisions(tx, personId),
      familyDoctor: doctor === null ? null : { state: doctor.state, name: doctor.name, partyId: doctor.professionalId },
    }
    if (head === undefined) return { ...common, plan: null }
    const shown = await shownContent(context, head, person)
    if (shown === null) return { ...common, plan: null }
    const writes = writesPlan(context.actor, { ...head, person }).allowed
    return {
      ...common,
      plan: {
        ...head,
        ...shown,
        removed: writes && head.state === 'draft' ? await selectRemoved(tx, head.id) : [],
        versions: await selectVersions(tx, head.id),
        agreements: await selectAgreements(tx, head.id, (shown.shows === 'living' ? head.draftNumber : null) ?? head.validatedNumber ?? 1),
        handovers: writes ? await selectHandovers(tx, head.id) : [],
        closedVolets: closedTo(person),
      },
    }
  },
})

/**
 * What a reader sees of a plan: the living copy for the DAC that writes it, and for everyone once it is proposed; until then, for the others,
 * the last validated version with the statuses of today. Null when nothing was ever proposed to her.
 */
async function shownContent(
  { tx, actor }: Context,
  head: PlanHead,
  person: PlanPerson,
): Promise<{ readonly content: PlanContent; readonly shows: 'living' | 'validated'; readonly validated: PlanContent | null } | null> {
  const unnamed = await unnamedParties(tx, person.personId, { toActor: true })
  const living = withoutNames(await selectContent(tx, head.id), unnamed)
  const validated = head.validatedNumber === null ? null : withoutNames(await selectVersionContent(tx, head.id, head.validatedNumber), unnamed)
  const open = head.state !== 'draft' || decidesPlan(actor, person).allowed
  if (open) return { content: living, shows: 'living', validated }
  return validated === null ? null : { content: withStatuses(validated, living), shows: 'validated', validated }
}

/** The words of a version with the statuses that its lines have today. */
function withStatuses(version: PlanContent, living: PlanContent): PlanContent {
  const objectives = new Map(living.problems.flatMap((problem) => problem.objectives).map((one) => [one.id, one]))
  const actions = new Map([...objectives.values()].flatMap((objective) => objective.actions).map((one) => [one.id, one]))
  const criteria = new Map(living.criteria.map((one) => [one.id, one]))
  return {
    ...version,
    problems: version.problems.map((problem) => ({
      ...problem,
      objectives: problem.objectives.map((objective) => {
        const { status, statusReason, statusWords, statusOn, version: row } = objectives.get(objective.id) ?? objective
        return {
          ...objective,
          status,
          statusReason,
          statusWords,
          statusOn,
          version: row,
          actions: objective.actions.map((action) => {
            const now = actions.get(action.id) ?? action
            return {
              ...action,
              status: now.status,
              statusOn: now.statusOn,
              statusWords: now.statusWords,
              answer: now.answer,
              answerOn: now.answerOn,
              answerMode: now.answerMode,
              answerWords: now.answerWords,
              answerNotedBy: now.answerNotedBy,
              version: now.version,
            }
          }),
        }
      }),
    })),
    criteria: version.criteria.map((criterion) => ({ ...criterion, ...(criteria.get(criterion.id) ?? {}) })),
  }
}

export const planVersionImplementation = implement(planVersionContent, {
  load: (context, { id }) => loadPlan(context, id),
  run: async ({ tx }, { id, number }, plan) => {
    const head = await selectHead(tx, id)
    const version = (await selectVersions(tx, id)).find((one) => one.number === number)
    if (head === undefined || version === undefined) throw notFound('version')
    return {
      head,
      version,
      content: withoutNames(await selectVersionContent(tx, id, number), await unnamedParties(tx, plan.personId, { toActor: true })),
      agreements: await selectAgreements(tx, id, number),
      closedVolets: closedTo(plan.person),
    }
  },
})

export const plansToReviseImplementation = implement(plansToRevise, {
  sharedPlans: true,
  load: noTarget,
  run: async (context) => {
    const today = todayOf(context)
    const rows = await selectToRevise(context.tx, context.actor.userId, today, addDays(today, daysBeforeReview))
    return { rows, next: null, total: rows.length }
  },
})

export const askedOfMeImplementation = implement(askedOfMe, {
  load: noTarget,
  run: async ({ tx, actor }) => {
    // Her own parties only: what is given to the whole service is on the plans themselves.
    const own = [actor.userId as string, ...(actor.professionalId === null ? [] : [actor.professionalId as string])]
    return { actions: await selectAskedActions(tx, own), agreements: await selectAskedAgreements(tx, own) }
  },
})

export const planSummaryImplementation = implement(planSummary, {
  load: (context, { personId }) => loadPerson(context, personId),
  run: async ({ tx, actor }, { personId }, person) => {
    const living = decidesPlan(actor, person).allowed
    const plan = await selectSummary(tx, personId, living, await unnamedParties(tx, personId, { toActor: true }))
    return { plan: plan !== null && !living && plan.state === 'draft' && plan.validatedNumber === null ? null : plan }
  },
})
