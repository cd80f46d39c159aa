import { z } from 'zod'
import { allowedIf, defineAction } from '../../platform/contract/action.ts'
import { line } from '../../platform/contract/fields.ts'
import { told, toldIdentity } from './told.ts'

/** From a hospital, through a certificate or a key that proved which. No user may: the port of the hospital makes the actor. */
export const receiveMessage = defineAction({
  name: 'hospitalEvents.message.receive',
  title: 'Recevoir un événement hospitalier',
  input: z.object({
    /** MSH-10, the number of the notification: once for ever, within one sender. */
    controlId: line(199),
    /** SHA-256 of the message, in hexadecimal: another one under the same number is refused. */
    digest: z.string().regex(/^[0-9a-f]{64}$/),
    visitNumber: line(160),
    identity: toldIdentity,
    told,
  }),
  output: z.object({ messageId: z.string(), receivedAt: z.string() }),
  access: (actor) => allowedIf(actor.kind === 'job', 'Réservé aux établissements émetteurs.'),
  audit: { none: 'what a hospital tells, before anybody knows of whom: what is then written in a file is in its Fil' },
})
