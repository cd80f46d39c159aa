import { loadPerson, personNames } from '../../persons/server/api.ts'
import type { InputOf } from '../../platform/contract/action.ts'
import { invalid, notFound } from '../../platform/contract/errors.ts'
import type { ServiceId } from '../../platform/contract/ids.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { assertValue, membersOfService } from '../../territory/server/api.ts'
import { openReport } from '../contract/actions.ts'
import { tellReaders } from './load-report.ts'
import { addEntry, type Line } from './record-entry.ts'
import { insertReport } from './report.sql.ts'

/** « référente de parcours »: what the author is, as the authority will read it. */
async function functionOf({ tx, actor }: Context, serviceId: ServiceId): Promise<string | null> {
  const members = await membersOfService(tx, serviceId)
  return members.find(({ userId }) => userId === actor.userId)?.jobTitle ?? null
}

export const openReportImplementation = implement(openReport, {
  load: (context, { personId }) => loadPerson(context, personId),
  run: async (context, input) => {
    const { tx, actor, now } = context
    const holderOrg = actor.serviceId as ServiceId
    const person = (await personNames(tx, [input.personId])).get(input.personId)
    if (person === undefined) throw notFound('person')
    await checkCodes(context, input)
    context.note({ reportId: input.id })
    await insertReport(tx, {
      ...input,
      person,
      openedAt: now,
      authorId: actor.userId,
      authorName: actor.displayName,
      authorFunction: await functionOf(context, holderOrg),
      holderOrg,
    })
    const report = { id: input.id, personId: input.personId, holderOrg, authorId: actor.userId, state: 'open' as const, version: 1 }
    for (const line of linesOf(input)) await addEntry(context, report, context.newId(), line)
    await tellReaders(context, 'safeguarding.report.opened', report)
    return { id: input.id, version: 1 }
  },
})

type Opening = InputOf<typeof openReport>

function linesOf(input: Opening): readonly Line[] {
  return [
    ...input.facts.map((one): Line => ({ kind: 'fact', on: one.observedOn, name: one.observedBy, body: one.words })),
    ...input.concerned.map((one): Line => ({ kind: 'concerned', code: one.role, name: one.name, body: one.words })),
    ...input.notices.map((one): Line => ({ kind: 'notice', code: one.whom, told: one.told, on: one.on, name: one.by, body: one.words })),
  ]
}

async function checkCodes({ tx }: Context, input: Opening): Promise<void> {
  if (new Set(input.notices.map(({ whom }) => whom)).size < input.notices.length) throw invalid('value_unknown', { set: 'safeguarding.told' })
  for (const kind of input.kinds) await assertValue(tx, 'safeguarding.maltreatment', kind)
  await assertValue(tx, 'safeguarding.danger_level', input.dangerLevel)
}
