import { z } from 'zod'
import { type ActionAudit, defineAction } from '../../platform/contract/action.ts'
import { line } from '../../platform/contract/fields.ts'
import { type Branded, idSchema, type PersonId } from '../../platform/contract/ids.ts'
import { keptByHerDac } from './access.ts'
import { insAuthorities } from './ins.ts'
import type { PersonTarget } from './person.ts'

const personId = idSchema<PersonId>()
const ofPerson: ActionAudit<unknown, PersonTarget, unknown> = { persons: (_input, person) => [person.personId] }

export type InsiCallId = Branded<'InsiCallId'>

/** The answer comes by event (`persons.insi.answered`): the teleservice is called once this is recorded, never while the user waits in a transaction. */
export const askInsi = defineAction({
  name: 'persons.insi.ask',
  title: 'Interroger le téléservice INSi',
  input: z.object({
    id: idSchema<InsiCallId>(),
    personId,
    /** The matricule of a DataMatrix that was just read: it is verified, not searched. */
    read: z
      .object({
        matricule: z.string().max(15),
        oid: z.enum(insAuthorities.map((one) => one.oid) as [string, ...string[]], { error: 'Cette origine d’INS est inconnue.' }),
      })
      .nullable()
      .default(null),
  }),
  output: z.object({ id: z.string(), operation: z.enum(['search', 'verification']) }),
  access: keptByHerDac,
  audit: ofPerson,
})

export const decideInsi = defineAction({
  name: 'persons.insi.decide',
  title: 'Reprendre ou écarter l’identité retrouvée',
  input: z.object({
    id: idSchema<InsiCallId>(),
    personId,
    decision: z.enum(['accepted', 'set_aside']),
    /** The version of the identity that stood beside the answer. */
    seenVersion: z.number().int().min(1),
  }),
  output: z.object({ id: z.string(), version: z.number().int(), identityStatus: z.string(), checkLost: z.boolean() }),
  access: keptByHerDac,
  audit: ofPerson,
})

export const withdrawIns = defineAction({
  name: 'persons.insi.withdraw',
  title: 'Retirer l’INS',
  input: z.object({ personId, reason: line(300) }),
  output: z.object({ id: z.string(), version: z.number().int(), identityStatus: z.string() }),
  access: keptByHerDac,
  audit: ofPerson,
})
