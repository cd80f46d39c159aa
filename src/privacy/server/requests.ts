import { applyOpposition, loadPerson, recordTimelineItem } from '../../persons/server/api.ts'
import { addMonths, dayOf } from '../../platform/contract/dates.ts'
import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import type { ServiceId } from '../../platform/contract/ids.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { assertValue } from '../../territory/server/api.ts'
import { addAddendum, answerRequest, extendRequestTerm, liftLimitation, limitUse, type RequestTarget, recordRequest } from '../contract/actions.ts'
import '../contract/errors.ts'
import { dueOn, type LimitationId, limitationReasonWords, type RequestId, requestKindWords } from '../contract/requests.ts'
import {
  answerRequestRow,
  extendRequest,
  findItem,
  findLimitation,
  findRequest,
  insertAddendum,
  insertLimitation,
  insertRequest,
  liftLimitationRow,
  type RequestRow,
} from './request.sql.ts'

/** The person of a request, for access rules; absent and invisible answer alike. */
export async function loadRequest(context: Context, requestId: RequestId): Promise<RequestTarget> {
  const request = await findRequest(context.tx, requestId)
  if (request === undefined) throw notFound('request')
  return { ...(await loadPerson(context, request.personId)), requestId }
}

/** The request as it is now, locked; refuses one that is answered. */
export async function openRequest(context: Context, requestId: RequestId): Promise<RequestRow> {
  const request = await findRequest(context.tx, requestId, { lock: true })
  if (request === undefined) throw notFound('request')
  if (request.state === 'answered') throw conflict('request_already_answered')
  return request
}

export const ownService = ({ actor }: Context): ServiceId => (actor.serviceId ?? actor.userId) as ServiceId

export const recordRequestImplementation = implement(recordRequest, {
  load: (context, { personId }) => loadPerson(context, personId),
  run: async (context, input, { personId }) => {
    const { tx, actor, now, timeZone } = context
    if (input.receivedOn > dayOf(now, timeZone)) throw invalid('right_request_in_future')
    await assertValue(tx, 'persons.information_mode', input.mode)
    await assertValue(tx, 'persons.right_exercised_by', input.askedBy)
    if (input.askedBy !== 'person' && input.askedByName === null) throw invalid('asker_needs_name')
    await insertRequest(tx, {
      id: input.id,
      personId,
      kind: input.kind,
      receivedOn: input.receivedOn,
      mode: input.mode,
      askedBy: input.askedBy,
      askedByName: input.askedByName,
      identityChecked: input.identityChecked,
      words: input.words,
      dueOn: dueOn(input.receivedOn),
      holderOrg: ownService(context),
      recordedAt: now,
      recordedBy: actor.userId,
      recordedByName: actor.displayName,
    })
    await tellTheDac(context, personId, input.id, `Demande de la personne\u00a0: ${requestKindWords[input.kind].toLowerCase()}`)
    context.note({ kind: input.kind })
    return { id: input.id, version: 1 }
  },
})

export const extendRequestImplementation = implement(extendRequestTerm, {
  load: (context, { requestId }) => loadRequest(context, requestId),
  run: async (context, { requestId, reason }) => {
    const today = dayOf(context.now, context.timeZone)
    const request = await openRequest(context, requestId)
    if (request.extendedOn !== null) throw conflict('request_already_extended')
    if (today > addMonths(request.receivedOn, 1)) throw conflict('extension_too_late')
    return { id: requestId, version: await extendRequest(context.tx, requestId, { on: today, reason, dueOn: dueOn(request.receivedOn, { extended: true }) }) }
  },
})

export const answerRequestImplementation = implement(answerRequest, {
  load: (context, { requestId }) => loadRequest(context, requestId),
  run: async (context, { requestId, outcome, words }) => {
    const { tx, actor, now, timeZone } = context
    const request = await openRequest(context, requestId)
    if ((outcome === 'refused' || outcome === 'partly') && words === null) throw invalid('refusal_needs_words')
    const version = await answerRequestRow(tx, requestId, { outcome, words, on: dayOf(now, timeZone), by: actor.userId, byName: actor.displayName })
    await tellTheDac(context, request.personId, requestId, `Réponse à la demande de la personne\u00a0: ${requestKindWords[request.kind].toLowerCase()}`)
    context.note({ kind: request.kind, outcome })
    return { id: requestId, version }
  },
})

/** In the Fil, for the DAC alone: that she asks for her rights is no news for her circle. */
async function tellTheDac(context: Context, personId: RequestRow['personId'], sourceId: string, title: string): Promise<void> {
  await recordTimelineItem(context, {
    personId,
    kind: 'information',
    title,
    source: 'privacy',
    sourceId,
    volet: 'administrative',
    protection: 'org_private',
  })
  context.emit({ type: 'privacy.request.changed', audience: [ownService(context)], payload: { personId } })
}

/** The request that a gesture answers is one of hers; unknown and somebody else's answer alike. */
async function assertHerRequest({ tx }: Context, personId: RequestRow['personId'], requestId: RequestId | null): Promise<void> {
  if (requestId !== null && (await findRequest(tx, requestId))?.personId !== personId) throw notFound('request')
}

/** Rectification of what a professional wrote: his words stay, hers stand beside them, under the same volet and protection. */
export const addAddendumImplementation = implement(addAddendum, {
  load: (context, { personId }) => loadPerson(context, personId),
  run: async (context, { id, itemId, words, requestId }, { personId }) => {
    const { tx, actor, now } = context
    const item = await findItem(tx, personId, itemId)
    if (item === undefined) throw notFound('item')
    await assertHerRequest(context, personId, requestId)
    await insertAddendum(tx, { id, personId, requestId, item, words, at: now, by: actor.userId, byName: actor.displayName })
    const added = await recordTimelineItem(context, {
      personId,
      kind: 'information',
      title: `Complément de la personne · ${item.title}`,
      summary: words.length > 280 ? `${words.slice(0, 279)}…` : words,
      source: 'privacy',
      sourceId: id,
      volet: item.volet,
      protection: item.protection,
    })
    return { id, itemId: added }
  },
})

export const limitUseImplementation = implement(limitUse, {
  load: (context, { personId }) => loadPerson(context, personId),
  run: async (context, { id, reason, requestId }, { personId }) => {
    const { tx, actor, now } = context
    await assertHerRequest(context, personId, requestId)
    const set = await insertLimitation(tx, {
      id,
      personId,
      requestId,
      reason,
      at: now,
      by: actor.userId,
      byName: actor.displayName,
      holderOrg: ownService(context),
    })
    if (!set) throw conflict('limitation_already_set')
    await applyOpposition(context, personId, 'limitation')
    await tellEveryone(context, personId, id, 'Usage du dossier limité à la demande de la personne', limitationReasonWords[reason])
    context.note({ reason })
    return { id }
  },
})

export const liftLimitationImplementation = implement(liftLimitation, {
  load: async (context, { limitationId }) => {
    const limitation = await findLimitation(context.tx, limitationId)
    if (limitation === undefined) throw notFound('limitation')
    return loadPerson(context, limitation.personId)
  },
  run: async (context, { limitationId, reason }, { personId }) => {
    const limitation = await findLimitation(context.tx, limitationId)
    if (limitation === undefined) throw notFound('limitation')
    if (limitation.liftedAt !== null) throw conflict('limitation_already_lifted')
    await liftLimitationRow(context.tx, limitationId, { at: context.now, by: context.actor.userId, byName: context.actor.displayName, reason })
    await applyOpposition(context, personId, 'limitation_lifted')
    await tellEveryone(context, personId, limitationId, 'Limitation du dossier levée', reason)
    return { id: limitationId }
  },
})

/** In the Fil of all, and live: every open page shows the mark, or loses it. */
async function tellEveryone(context: Context, personId: RequestRow['personId'], sourceId: LimitationId, title: string, summary: string): Promise<void> {
  await recordTimelineItem(context, { personId, kind: 'information', title, summary, source: 'privacy', sourceId, volet: 'administrative' })
  context.emit({ type: 'privacy.limitation.changed', personId, volet: 'administrative', payload: { personId } })
}
