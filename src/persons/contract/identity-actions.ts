import { z } from 'zod'
import { type ActionAudit, defineAction } from '../../platform/contract/action.ts'
import { line } from '../../platform/contract/fields.ts'
import { type Branded, idSchema, type PersonId } from '../../platform/contract/ids.ts'
import { keptByHerDac, writesIdentities } from './access.ts'
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

type InsiTurnId = Branded<'InsiTurnId'>

/** All the files of the service at once: those whose INS nobody verified today, or those complete enough for one to be found. */
export const askInsiForMany = defineAction({
  name: 'persons.insi.askForMany',
  title: 'Interroger INSi pour tous les dossiers',
  input: z.object({
    id: idSchema<InsiTurnId>(),
    operation: z.enum(['search', 'verification']),
    /** Those of the list alone; all those of the service where it is left out. */
    personIds: z.array(personId).min(1).max(500).nullable().default(null),
  }),
  output: z.object({ id: z.string(), personIds: z.array(personId) }),
  access: writesIdentities,
  // Before it has run, whom it concerns is what was chosen: those who oppose are left out by its own statement.
  audit: { persons: (input, _target, output) => [...(output?.personIds ?? input.personIds ?? [])] },
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
