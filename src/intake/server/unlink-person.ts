import { endSight, markMistaken } from '../../persons/server/api.ts'
import { conflict } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { unlinkPerson } from '../contract/actions.ts'
import { detachFollowUps, updateRequest } from './request.sql.ts'
import { holdRequest, loadById, tell } from './request-at-hand.ts'

/** The wrong person was linked: what the request opened closes at once, and what it wrote in her Fil says that it was a mistake. */
export const unlinkPersonHandler = implement(unlinkPerson, {
  load: loadById,
  run: async (context, { id }) => {
    const request = await holdRequest(context, id)
    if (request.personId === null) throw conflict('person_not_linked')
    const version = await updateRequest(context.tx, id, { person_id: null, concerns: request.personName === null ? 'unnamed' : 'person' })
    await markMistaken(context, request.personId, [id, ...(await detachFollowUps(context.tx, id))])
    await endSight(context, { personId: request.personId, sourceId: id, partyId: request.holderOrg })
    tell(context, 'intake.sollicitation.changed', request)
    return { id, version }
  },
})
