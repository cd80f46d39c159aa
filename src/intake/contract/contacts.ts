import { z } from 'zod'
import { defineAction } from '../../platform/contract/action.ts'
import { code, optional, paragraph } from '../../platform/contract/fields.ts'
import { idSchema, type PartyId, type PersonId, type UserId } from '../../platform/contract/ids.ts'
import { worksAtDesk } from './access.ts'
import { requestId } from './actions.ts'
import { type ContactId, partyFields, textLimit } from './sollicitation.ts'

/** The other three first keys: what is not a new request goes to the contact log, and is not counted as one. */
export const recordContact = defineAction({
  name: 'intake.contact.record',
  title: 'Noter un échange',
  input: z.object({
    id: idSchema<ContactId>(),
    firstKey: z.enum(['follow_up', 'message', 'mistake']),
    channel: code(),
    outgoing: z.boolean().default(false),
    callerName: partyFields.callerName,
    callerQuality: partyFields.callerQuality,
    callerPhone: partyFields.callerPhone,
    partyId: optional(idSchema<PartyId>()),
    personId: optional(idSchema<PersonId>()),
    sollicitationId: optional(requestId),
    forUserId: optional(idSchema<UserId>()),
    text: optional(paragraph(textLimit)),
  }),
  output: z.object({ id: z.string() }),
  access: (actor) => worksAtDesk(actor),
  audit: { persons: ({ personId }) => (personId === null ? [] : [personId]) },
})

export const handleMessage = defineAction({
  name: 'intake.contact.handle',
  title: 'Message traité',
  input: z.object({ id: idSchema<ContactId>() }),
  output: z.object({ id: z.string() }),
  access: (actor) => worksAtDesk(actor),
  audit: { none: 'a mark of the reader' },
})
