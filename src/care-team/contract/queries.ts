import { z } from 'zod'
import { type PersonTarget, personNameSchema, silenceSchema } from '../../persons/contract/person.ts'
import { type ActionAudit, defineQuery } from '../../platform/contract/action.ts'
import { cursor } from '../../platform/contract/fields.ts'
import { idSchema, type PersonId } from '../../platform/contract/ids.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import { followsFromOutside, whoeverIsAround } from './access.ts'
import { memberSchema } from './member.ts'
import { careRoles } from './value-sets.ts'

const personId = idSchema<PersonId>()
const ofPerson: ActionAudit<unknown, PersonTarget, unknown> = { persons: (_input, target) => [target.personId] }

export const circle = defineQuery({
  name: 'careTeam.circle',
  title: 'Cercle de la personne',
  input: z.object({ personId }),
  output: z.object({
    person: personNameSchema,
    /** Relatives first, then the équipe de soins, then the others; those who left last. */
    members: z.array(memberSchema),
    /** The services that accompany: whom to call for the rest. */
    services: z.array(z.object({ id: z.string(), name: z.string(), phone: z.string().nullable(), opening: z.string().nullable() })),
    silences: z.array(silenceSchema),
    /** Nothing is opened before the non-oppositions 1 and 2, nor against them. */
    sharing: z.enum(['open', 'opposed', 'uncollected']),
    /** The Monday of the current week, 'YYYY-MM-DD', and today. */
    monday: z.string(),
    today: z.string(),
    canCompose: z.boolean(),
  }),
  access: whoeverIsAround,
  audit: ofPerson,
})
export type CircleData = z.output<typeof circle.output>

/** The persons whom an outside professional follows: where she has sight, and what changed since she last opened each. */
export const followedPatients = defineQuery({
  name: 'careTeam.followedPatients',
  title: 'Mes patients suivis',
  input: z.object({ cursor, limit: z.number().int().min(1).max(100).default(50) }),
  output: z.object({
    rows: z.array(
      z.object({
        person: personNameSchema,
        memberId: z.string().nullable(),
        roles: z.array(z.string()),
        since: z.string(),
        basis: z.enum(['care_team', 'consent']),
        referent: z.object({ name: z.string(), phone: z.string().nullable() }).nullable(),
        services: z.array(z.string()),
        openedAt: z.string().nullable(),
        changes: z.number().int(),
        last: z.object({ title: z.string(), at: z.string(), volet: z.enum(['administrative', 'social', 'health']), authorName: z.string() }).nullable(),
      }),
    ),
    next: z.string().nullable(),
    total: z.number().int(),
  }),
  access: followsFromOutside,
  audit: { persons: (_input, _target, output) => output.rows.map((row) => row.person.personId) },
  csv: {
    file: 'mes-patients-suivis',
    columns: ['Nom', 'Prénom', 'Née ou né le', 'Commune', 'Mon rôle', 'Depuis le', 'Référent du DAC', 'Téléphone du référent', 'Nouveautés'],
    rows: ({ rows }) =>
      rows.map((row) => [
        row.person.usedName ?? row.person.birthName,
        row.person.usedFirstName ?? row.person.firstName,
        row.person.birthDay,
        row.person.commune,
        row.roles.map((code) => labelOf(careRoles, code)).join(', '),
        row.since,
        row.referent?.name ?? null,
        row.referent?.phone ?? null,
        row.changes,
      ]),
  },
})
export type FollowedPatient = z.output<typeof followedPatients.output>['rows'][number]
