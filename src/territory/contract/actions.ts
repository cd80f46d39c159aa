import { z } from 'zod'
import { type Access, allowedIf, defineAction } from '../../platform/contract/action.ts'
import { type Actor, actorFunctions, professionalCategories, serviceKinds } from '../../platform/contract/actor.ts'
import { code, communeCode, day, line, optional, seenVersion } from '../../platform/contract/fields.ts'
import { idSchema, type ServiceId, type UserId } from '../../platform/contract/ids.ts'
import { regionalAdminOnly } from './access.ts'

const organisations = { none: 'organisations: no person is concerned' } as const
const accounts = { none: 'accounts of professionals: the audit names who acted and what, no accompanied person is concerned' } as const

const versioned = { id: z.uuid(), baseVersion: seenVersion() }
const edited = z.object({ id: z.string(), version: z.number().int() })

const phone = z
  .string()
  .trim()
  .regex(/^\+?[\d .\-/()]{4,24}$/, { error: 'Numéro de téléphone à revoir : chiffres et espaces seulement.' })
const email = z.email({ error: 'Courriel à revoir.' }).max(200)
const postalCode = z
  .string()
  .trim()
  .regex(/^\d{5}$/, { error: 'Un code postal a cinq chiffres.' })
const siren = z
  .string()
  .trim()
  .regex(/^[\d ]{9,11}$/, { error: 'Un numéro SIREN a neuf chiffres.' })
const finess = z
  .string()
  .trim()
  .regex(/^[\dABab ]{9,11}$/, { error: 'Un numéro FINESS a neuf caractères.' })

const legalPersonFields = { name: line(200), legalForm: optional(code()), siren: optional(siren), finessLegal: optional(finess) }

export const createLegalPerson = defineAction({
  name: 'territory.legalPerson.create',
  title: 'Ajouter un organisme',
  access: regionalAdminOnly,
  audit: organisations,
  input: z.object({ id: z.uuid(), ...legalPersonFields }),
  output: edited,
})
export const editLegalPerson = defineAction({
  name: 'territory.legalPerson.edit',
  title: 'Modifier un organisme',
  access: regionalAdminOnly,
  audit: organisations,
  input: z.object({ ...versioned, changes: z.object(legalPersonFields).partial() }),
  output: edited,
})

const serviceFields = {
  name: line(160),
  shortName: optional(line(60)),
  legalPersonId: optional(z.uuid()),
  phone: optional(phone),
  email: optional(email),
  address: optional(line(200)),
  postalCode: optional(postalCode),
  communeCode: optional(communeCode()),
  finess: optional(finess),
  cptsStatus: optional(code()),
  openToPublic: z.boolean().default(false),
}

/** A DAC, a CLIC, a CPTS… of a legal person: what acts, what holds data, what one is a member of (R80, R90). */
export const createService = defineAction({
  name: 'territory.service.create',
  title: 'Ajouter un service',
  access: regionalAdminOnly,
  audit: organisations,
  input: z.object({ id: idSchema<ServiceId>(), kind: z.enum(serviceKinds, { error: 'À choisir.' }), ...serviceFields, startsOn: optional(day()) }),
  output: edited,
})
export const editService = defineAction({
  name: 'territory.service.edit',
  title: 'Modifier un service',
  access: regionalAdminOnly,
  audit: organisations,
  input: z.object({ ...versioned, changes: z.object({ ...serviceFields, openToPublic: z.boolean() }).partial() }),
  output: edited,
})
/** Closes a service after a day; refused while communes or users still depend on it. */
export const closeService = defineAction({
  name: 'territory.service.close',
  title: 'Fermer un service',
  access: regionalAdminOnly,
  audit: organisations,
  input: z.object({ id: z.uuid(), endsOn: day() }),
  output: edited,
})

const siteFields = {
  kind: code(),
  name: line(160),
  address: optional(line(200)),
  postalCode: optional(postalCode),
  communeCode: optional(communeCode()),
  phone: optional(phone),
}

export const createSite = defineAction({
  name: 'territory.site.create',
  title: 'Ajouter un lieu',
  access: regionalAdminOnly,
  audit: organisations,
  input: z.object({ id: z.uuid(), serviceId: idSchema<ServiceId>(), ...siteFields }),
  output: edited,
})
export const editSite = defineAction({
  name: 'territory.site.edit',
  title: 'Modifier un lieu',
  access: regionalAdminOnly,
  audit: organisations,
  input: z.object({ ...versioned, changes: z.object({ ...siteFields, endsOn: optional(day()) }).partial() }),
  output: edited,
})

const communeList = z
  .array(communeCode())
  .min(1, { error: 'Choisissez au moins une commune.' })
  .max(3000, { error: 'Trop de communes à la fois : 3 000 au plus.' })

/** Gives communes to a service from a day on. For a DAC, refused where another DAC has one of them at these dates, which are all named (R6). */
export const addToPerimeter = defineAction({
  name: 'territory.perimeter.add',
  title: 'Ajouter des communes au périmètre',
  access: regionalAdminOnly,
  audit: organisations,
  input: z.object({ serviceId: idSchema<ServiceId>(), communeCodes: communeList, startsOn: day(), endsOn: optional(day()), source: code().default('service') }),
  output: z.object({ serviceId: z.string(), added: z.number().int(), already: z.number().int() }),
})
/** The communes leave the perimeter after their last day. */
export const endPerimeter = defineAction({
  name: 'territory.perimeter.end',
  title: 'Retirer des communes du périmètre',
  access: regionalAdminOnly,
  audit: organisations,
  input: z.object({ serviceId: idSchema<ServiceId>(), communeCodes: communeList, lastDay: day() }),
  output: z.object({ serviceId: z.string(), ended: z.number().int() }),
})

const functions = z.array(z.enum(actorFunctions)).min(1, { error: 'Choisissez au moins une fonction.' }).max(actorFunctions.length)
const accountFields = {
  givenName: line(80),
  familyName: line(80),
  professionLabel: optional(line(120)),
  category: z.enum(professionalCategories, { error: 'À choisir.' }),
  email: optional(email),
  phone: optional(phone),
}
/** As identity providers tell it: the type of identifier (8 = RPPS) then the number. */
const nationalId = z
  .string()
  .trim()
  .regex(/^[0-9A-Za-z/ ]{4,40}$/, { error: 'Numéro national à revoir.' })
const membershipFields = { serviceId: idSchema<ServiceId>(), functions, jobTitle: optional(line(120)), startsOn: day() }

/** Minutes: who enters, and with which rights, is changed only by whoever has just proved who she is. Closing asks nothing: it must be quick. */
const recent = 15

/** An account with its first place of work. She logs in with her national identifier; nobody chooses a password. */
export const createUser = defineAction({
  name: 'territory.user.create',
  title: 'Ouvrir un compte',
  reauthentication: recent,
  access: regionalAdminOnly,
  audit: accounts,
  input: z.object({ id: idSchema<UserId>(), nationalId: optional(nationalId), ...accountFields, membership: z.object({ id: z.uuid(), ...membershipFields }) }),
  output: edited,
})
export const editUser = defineAction({
  name: 'territory.user.edit',
  title: 'Modifier un compte',
  reauthentication: recent,
  access: regionalAdminOnly,
  audit: accounts,
  input: z.object({ ...versioned, changes: z.object({ ...accountFields, nationalId: optional(nationalId) }).partial() }),
  output: edited,
})

export interface AccountTarget {
  readonly userId: UserId
  readonly version: number
}
const notOneself: Access<AccountTarget, unknown> = (actor: Actor, target) => {
  const verdict = regionalAdminOnly(actor, null, null)
  return verdict.allowed ? allowedIf(actor.userId !== target.userId, 'On ne ferme pas son propre compte : demandez à un autre administrateur.') : verdict
}

/** Closes an account at once: every session of hers ends on the server. */
export const closeAccount = defineAction({
  name: 'territory.user.close',
  title: 'Fermer un compte',
  access: notOneself,
  audit: accounts,
  input: z.object({ id: idSchema<UserId>() }),
  output: edited,
})
export const reopenAccount = defineAction({
  name: 'territory.user.reopen',
  title: 'Rouvrir un compte',
  reauthentication: recent,
  access: regionalAdminOnly,
  audit: accounts,
  input: z.object({ id: idSchema<UserId>() }),
  output: edited,
})

export const addMembership = defineAction({
  name: 'territory.membership.add',
  title: 'Ajouter un service à un compte',
  reauthentication: recent,
  access: regionalAdminOnly,
  audit: accounts,
  input: z.object({ id: z.uuid(), userId: idSchema<UserId>(), ...membershipFields }),
  output: edited,
})
export const editMembership = defineAction({
  name: 'territory.membership.edit',
  title: 'Modifier les fonctions',
  reauthentication: recent,
  access: regionalAdminOnly,
  audit: accounts,
  input: z.object({ ...versioned, changes: z.object({ functions, jobTitle: optional(line(120)) }).partial() }),
  output: edited,
})
/** The last day she works there; a day already past ends her sessions there at once. */
export const endMembership = defineAction({
  name: 'territory.membership.end',
  title: 'Mettre fin à un exercice',
  access: regionalAdminOnly,
  audit: accounts,
  input: z.object({ id: z.uuid(), endsOn: day() }),
  output: edited,
})

const valueKey = { setCode: code(), code: code() }
const oneValue = z.object({ setCode: z.string(), code: z.string() })

/** The region adds a value of its own to a list. */
export const addValue = defineAction({
  name: 'territory.value.add',
  title: 'Ajouter une valeur à une liste',
  access: regionalAdminOnly,
  audit: organisations,
  input: z.object({ setCode: code(), code: code(), label: line(200), definition: optional(line(500)), parent: optional(code()) }),
  output: oneValue,
})
/** What the region may say of any value: shown or hidden, its national code; of its own ones, also their words. Nothing is ever deleted. */
export const editValue = defineAction({
  name: 'territory.value.edit',
  title: 'Modifier une valeur',
  access: regionalAdminOnly,
  audit: organisations,
  input: z.object({
    ...valueKey,
    changes: z.object({ hidden: z.boolean(), nationalMapping: optional(line(100)), label: line(200), definition: optional(line(500)) }).partial(),
  }),
  output: oneValue,
})
