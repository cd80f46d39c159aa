import { implement } from '../../platform/server/implement.ts'
import { setAttributes } from '../contract/actions.ts'
import { identityStatus } from '../contract/identity-status.ts'
import { recordTimelineItem } from './api.ts'
import { factsOf } from './identity-facts.ts'
import { ofThePerson, personAtHand, writePerson } from './person-at-hand.ts'

/** A doubt or a fiction brings the identity back to provisional; lifting it gives back what was established. */
export const setAttributesHandler = implement(setAttributes, {
  load: ofThePerson,
  run: async (context, input) => {
    const row = await personAtHand(context, input.personId)
    const attributes = [...new Set(input.attributes)].sort()
    const after = await writePerson(context, row, { identityAttributes: attributes, identityStatus: identityStatus({ ...factsOf(row.fields), attributes }) })
    if (after.changed.length > 0) {
      await recordTimelineItem(context, {
        personId: input.personId,
        kind: 'identity',
        title: attributes.length > 0 ? 'Identité signalée' : 'Signalement d’identité levé',
        summary: input.reason,
        source: 'persons',
        sourceId: input.personId,
        volet: 'administrative',
      })
      context.emit({
        type: 'persons.identity.changed',
        personId: input.personId,
        volet: 'administrative',
        payload: { personId: input.personId, version: after.version },
      })
    }
    return { id: input.personId, version: after.version, identityStatus: after.fields.identityStatus }
  },
})
