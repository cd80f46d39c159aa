import { conflict } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { linkPerson } from '../contract/actions.ts'
import { createToldPerson, linkKnownPerson } from './link.ts'
import { updateRequest } from './request.sql.ts'
import { assertNotBlocked, holdRequest, loadById, tell } from './request-at-hand.ts'

export const linkPersonHandler = implement(linkPerson, {
  load: loadById,
  run: async (context, { id, person }) => {
    const request = await holdRequest(context, id)
    assertNotBlocked('name_person', request)
    if (person.kind === 'known' && person.personId === request.personId) return { id, version: request.version, personId: person.personId }
    if (request.personId !== null) throw conflict('person_already_linked')
    const personId =
      person.kind === 'known' ? await linkKnownPerson(context, request, person.personId) : await createToldPerson(context, request, person.person)
    const version = await updateRequest(context.tx, id, { person_id: personId, concerns: 'person' })
    tell(context, 'intake.sollicitation.changed', request)
    return { id, version, personId }
  },
})
