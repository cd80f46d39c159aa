import type { Occurrence } from '../../agenda/contract/queries.ts'
import { agendaDay, safetyNoteQuery } from '../../agenda/contract/queries.ts'
import { assesses } from '../../assessments/contract/access.ts'
import { currentForms, formVersion } from '../../assessments/contract/library.ts'
import { assessmentDetail, assessmentsOfPerson, latestScores } from '../../assessments/contract/queries.ts'
import { planOfPerson } from '../../care-plans/contract/queries.ts'
import { circle } from '../../care-team/contract/queries.ts'
import { fileNews, timeline } from '../../liaison/contract/queries.ts'
import { personHeader } from '../../persons/contract/queries.ts'
import type { AnyQuery, OutputOf, RawInputOf } from '../../platform/contract/action.ts'
import { dayOf } from '../../platform/contract/dates.ts'
import { DomainError } from '../../platform/contract/errors.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { type Context, type Implementation, implement, noTarget } from '../../platform/server/implement.ts'
import { type CarriedFile, mostFiles, tour } from '../contract/queries.ts'

type Registry = () => ReadonlyMap<string, Implementation>

/** Notes of the Fil that go along. */
const notesTaken = 20
/** Evaluations being written that go along. */
const assessmentsTaken = 3

/** One file by the very queries that a screen would ask, each with its own rule: what one refuses is left out. */
export function tourImplementation(registry: Registry): Implementation {
  return implement(tour, {
    load: noTarget,
    run: async (context) => {
      const today = dayOf(context.now, context.timeZone)
      const { rows } = (await ask(context, registry, agendaDay, {})) ?? { rows: [] }
      const visits = rows.filter(({ state, startsAt }) => state !== 'cancelled' && dayOf(new Date(startsAt), context.timeZone) === today)
      const first = new Map<PersonId, Occurrence>()
      for (const visit of visits) if (visit.person !== null && !first.has(visit.person.personId)) first.set(visit.person.personId, visit)
      const files: CarriedFile[] = []
      for (const [personId, visit] of [...first].slice(0, mostFiles)) {
        const file = await fileOf(context, registry, personId, visit)
        if (file !== null) files.push(file)
      }
      context.note({ because: 'visits_of_the_day', occurrences: [...first.values()].map(({ id }) => id), offline: true })
      const begun = new Set(files.flatMap(({ begins }) => begins))
      const forms = currentForms().filter(({ code }) => begun.has(code))
      return { day: today, takenAt: context.now.toISOString(), visits, files, forms, left: first.size - files.length }
    },
  })
}

async function fileOf(context: Context, registry: Registry, personId: PersonId, visit: Occurrence): Promise<CarriedFile | null> {
  const header = await ask(context, registry, personHeader, { personId })
  if (header === null) return null
  const list = await ask(context, registry, assessmentsOfPerson, { personId })
  const assessments: CarriedFile['assessments'] = []
  for (const { id, formCode, formVersion: version } of (list?.rows ?? []).filter(({ state }) => state === 'draft').slice(0, assessmentsTaken)) {
    const detail = await ask(context, registry, assessmentDetail, { id })
    const form = formVersion(formCode, version)
    if (detail !== null && form !== undefined) assessments.push({ detail, form })
  }
  const assessed = list?.person
  const begins = assessed === undefined || assessed.deceased ? [] : currentForms().filter((form) => assesses(context.actor, assessed, form).allowed)
  return {
    personId,
    header,
    circle: await ask(context, registry, circle, { personId }),
    safety: await ask(context, registry, safetyNoteQuery, { personId, occurrenceId: visit.id }),
    plan: await ask(context, registry, planOfPerson, { personId }),
    notes: await ask(context, registry, timeline, { personId, limit: notesTaken }),
    scores: await ask(context, registry, latestScores, { personId }),
    alerts: (await ask(context, registry, fileNews, { personId }))?.alerts ?? [],
    assessments,
    begins: begins.map(({ code }) => code),
  }
}

/** One reading inside this one: its own load, its own rule, its own shape; null where it is refused or nothing is there. */
async function ask<C extends AnyQuery>(context: Context, registry: Registry, contract: C, input: RawInputOf<C>): Promise<OutputOf<C> | null> {
  const implementation = registry().get(`query:${contract.name}`)
  if (implementation === undefined) throw new Error(`no implementation of ${contract.name}`)
  const parsed = contract.input.parse(input) as never
  try {
    const target = await implementation.handler.load(context, parsed)
    if (!implementation.contract.access(context.actor, target as never, parsed).allowed) return null
    return contract.output.parse(await implementation.handler.run(context, parsed, target)) as OutputOf<C>
  } catch (error) {
    if (error instanceof DomainError && (error.kind === 'forbidden' || error.kind === 'not_found')) return null
    throw error
  }
}
