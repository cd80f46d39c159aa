import { conflict, notFound } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { handleMessage } from '../contract/contacts.ts'
import { findContact, markHandled } from './contact.sql.ts'

export const handleMessageHandler = implement(handleMessage, {
  load: async ({ tx }, { id }) => {
    const contact = await findContact(tx, id)
    if (contact === undefined) throw notFound('contact')
    return contact
  },
  run: async (context, { id }) => {
    if (!(await markHandled(context.tx, id, context.now, context.actor.userId))) throw conflict('contact_already_handled')
    context.emit({ type: 'intake.contact.handled', audience: [String(context.actor.serviceId)], payload: { id } })
    return { id }
  },
})
