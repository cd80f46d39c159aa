import { assertSharingAllowed, loadPerson, recordTimelineItem } from '../../persons/server/api.ts'
import { dayOf } from '../../platform/contract/dates.ts'
import { conflict, invalid } from '../../platform/contract/errors.ts'
import type { ServiceId } from '../../platform/contract/ids.ts'
import { implement } from '../../platform/server/implement.ts'
import { assertValue } from '../../territory/server/api.ts'
import { decideHealthSpace, healthSpace, retryHealthSpace } from '../contract/health-space.ts'
import { insertHealthSpaceDecision, retryLines, selectHealthSpace } from './health-space.sql.ts'

export const decideHealthSpaceImplementation = implement(decideHealthSpace, {
  load: (context, { personId }) => loadPerson(context, personId),
  run: async (context, { id, personId, decision, detail, on, mode }) => {
    const { tx, actor, now } = context
    await assertValue(tx, 'agenda.answer_mode', mode)
    if (on > dayOf(now, context.timeZone)) throw invalid('agenda.decided_in_future')
    if (decision === 'given') await assertSharingAllowed(tx, personId)
    const { decision: before } = await selectHealthSpace(tx, personId, now)
    const same = before?.decision === decision && (decision === 'withdrawn' || before.detail === detail)
    if (same || (before === null && decision === 'withdrawn')) throw conflict('agenda.decided_already')
    await insertHealthSpaceDecision(tx, {
      id,
      personId,
      decision,
      detail,
      on,
      mode,
      by: actor.userId,
      byName: actor.displayName,
      holderOrg: actor.serviceId as ServiceId,
      at: now,
    })
    await recordTimelineItem(context, {
      personId,
      kind: 'information',
      title:
        decision === 'given'
          ? 'D’accord pour que ses rendez-vous s’inscrivent dans Mon espace santé'
          : 'Ne veut plus que ses rendez-vous s’inscrivent dans Mon espace santé',
      source: 'agenda.health_space_decision',
      sourceId: id,
      volet: 'administrative',
    })
    context.emit({ type: 'agenda.healthSpace.decided', personId, volet: 'administrative', payload: { personId, decision } })
    return { id }
  },
})

export const retryHealthSpaceImplementation = implement(retryHealthSpace, {
  load: (context, { personId }) => loadPerson(context, personId),
  run: async (context, { personId }) => {
    const tried = await retryLines(context.tx, personId, context.now)
    if (tried > 0) context.emit({ type: 'agenda.healthSpace.answered', personId, volet: 'administrative', payload: { personId, state: 'to_send' } })
    return { tried }
  },
})

export const healthSpaceImplementation = implement(healthSpace, {
  load: (context, { personId }) => loadPerson(context, personId),
  run: ({ tx, now }, { personId }) => selectHealthSpace(tx, personId, now),
})
