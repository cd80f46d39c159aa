import { loadPerson, recordTimelineItem } from '../../persons/server/api.ts'
import { conflict, invalid } from '../../platform/contract/errors.ts'
import type { ServiceId } from '../../platform/contract/ids.ts'
import { implement } from '../../platform/server/implement.ts'
import { recordContact } from '../contract/contacts.ts'
import { assertColleague } from './assign-request.ts'
import { assertCodes } from './coded.ts'
import { insertContact } from './contact.sql.ts'
import { loadRequest } from './request-at-hand.ts'

/** What is on the other end of the line, for the Fil. */
const titles = { follow_up: 'Échange', message: 'Message transmis', mistake: 'Appel reçu par erreur' } as const

export const recordContactHandler = implement(recordContact, {
  load: async (context, { personId, sollicitationId }) => {
    if (personId !== null) await loadPerson(context, personId)
    return sollicitationId === null ? null : loadRequest(context, sollicitationId)
  },
  run: async (context, input, request) => {
    const { tx, actor, now } = context
    const holderOrg = actor.serviceId as ServiceId
    await assertCodes(tx, [['intake.channel', input.channel]])
    const personId = input.personId ?? (request as { readonly personId: typeof input.personId } | null)?.personId ?? null
    if (input.firstKey === 'follow_up' && personId === null && input.sollicitationId === null) throw invalid('follow_up_of_nothing')
    if (input.firstKey === 'message' && input.forUserId === null) throw invalid('message_for_nobody')
    if (input.firstKey !== 'mistake' && input.text === null) throw invalid('contact_without_words')
    if (input.forUserId !== null) await assertColleague(context, holderOrg, input.forUserId)
    const added = await insertContact(tx, { ...input, personId, at: now, recordedBy: actor.userId, recordedByName: actor.displayName, holderOrg })
    if (!added) throw conflict('request_already_recorded')
    if (personId !== null && input.firstKey !== 'mistake') {
      await recordTimelineItem(context, {
        personId,
        kind: 'call',
        title: [titles[input.firstKey], input.callerName].filter(Boolean).join(' : '),
        source: 'intake',
        sourceId: input.id,
        volet: 'administrative',
        protection: 'org_private',
      })
    }
    context.note({ firstKey: input.firstKey, channel: input.channel })
    context.emit({
      type: 'intake.contact.recorded',
      audience: [holderOrg, ...(input.forUserId === null ? [] : [input.forUserId])],
      payload: { id: input.id, firstKey: input.firstKey },
    })
    return { id: input.id }
  },
})
