import { z } from 'zod'
import { allowedIf, defineAction, type Verdict } from '../../platform/contract/action.ts'
import { type Actor, holds } from '../../platform/contract/actor.ts'
import { code, day, line, optional, seenVersion } from '../../platform/contract/fields.ts'
import { idSchema, type ServiceId } from '../../platform/contract/ids.ts'

/** What a staff or funding line needs to be judged: whose it is. */
export interface SteeringTarget {
  readonly serviceId: ServiceId
}

const directorOnly = (actor: Actor, target: SteeringTarget): Verdict =>
  allowedIf(holds(actor, 'director') && actor.serviceId === target.serviceId, 'Seule la direction du service tient l’effectif et le financement.')

const noPerson = { none: 'posts and accounts of a service, no person' } as const
const reference = z.object({ id: z.string(), version: z.number().int() })

const post = z.object({
  job: code(),
  employment: code(),
  label: optional(line(80)),
  quotity: z
    .number({ error: 'Entre 0,01 et 1.' })
    .min(0.01, { error: 'Entre 0,01 et 1.' })
    .max(1, { error: 'Entre 0,01 et 1 : une personne à plein temps vaut 1.' }),
  startsOn: day(),
  endsOn: optional(day()),
})
const inOrder = (value: { startsOn: string; endsOn: string | null }): boolean => value.endsOn === null || value.endsOn >= value.startsOn
const orderFault = { error: 'La fin vient avant le début.', path: ['endsOn'] }

export const savePost = defineAction({
  name: 'steering.post.save',
  title: 'Enregistrer un poste',
  input: post.safeExtend({ id: idSchema(), serviceId: idSchema<ServiceId>(), baseVersion: seenVersion(0) }).refine(inOrder, orderFault),
  output: reference,
  access: directorOnly,
  audit: noPerson,
})
export const removePost = defineAction({
  name: 'steering.post.remove',
  title: 'Retirer un poste',
  input: z.object({ id: idSchema(), serviceId: idSchema<ServiceId>() }),
  output: reference,
  access: directorOnly,
  audit: noPerson,
})
export const saveFunding = defineAction({
  name: 'steering.funding.save',
  title: 'Enregistrer un financement',
  input: z.object({
    id: idSchema(),
    serviceId: idSchema<ServiceId>(),
    baseVersion: seenVersion(0),
    year: z
      .number({ error: 'Année à quatre chiffres.' })
      .int()
      .min(2000, { error: 'Année entre 2000 et 2100.' })
      .max(2100, { error: 'Année entre 2000 et 2100.' }),
    funder: code(),
    amount: z.number({ error: 'Montant en euros.' }).min(0, { error: 'Un montant ne peut être négatif.' }).max(999_999_999, { error: 'Montant trop grand.' }),
    provisional: z.boolean(),
    note: optional(line(200)),
  }),
  output: reference,
  access: directorOnly,
  audit: noPerson,
})
export const removeFunding = defineAction({
  name: 'steering.funding.remove',
  title: 'Retirer un financement',
  input: z.object({ id: idSchema(), serviceId: idSchema<ServiceId>() }),
  output: reference,
  access: directorOnly,
  audit: noPerson,
})
