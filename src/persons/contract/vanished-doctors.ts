import { z } from 'zod'
import { defineQuery } from '../../platform/contract/action.ts'
import { cursor, optional } from '../../platform/contract/fields.ts'
import { idSchema, type PartyId } from '../../platform/contract/ids.ts'
import { writesIdentities } from './access.ts'
import { personNameSchema } from './person.ts'

/** What has been done since: nothing, the CPTS seized, or nothing that it could do. */
export const vanishedDoctorStates = ['todo', 'asked', 'no_cpts'] as const
export type VanishedDoctorState = (typeof vanishedDoctorStates)[number]

export const vanishedDoctorLabels: Readonly<Record<VanishedDoctorState, string>> = {
  todo: 'Rien d’engagé',
  asked: 'CPTS saisie',
  no_cpts: 'Aucune CPTS sur la commune',
}

const vanishedDoctorRow = z.object({
  person: personNameSchema,
  communeCode: z.string().nullable(),
  /** As the file keeps her, since the national directory no longer names her. */
  doctorId: z.string(),
  doctorName: z.string(),
  doctorCommune: z.string().nullable(),
  vanishedAt: z.string(),
  /** The last time that somebody checked who the médecin traitant is. */
  verifiedOn: z.string().nullable(),
  accompanied: z.boolean(),
  state: z.enum(vanishedDoctorStates),
  cptsName: z.string().nullable(),
  askedAt: z.string().nullable(),
})
export type VanishedDoctorRow = z.output<typeof vanishedDoctorRow>

/** Persons of the service whose médecin traitant left the national directory: retired, moved abroad, struck off, or gone by her own wish. */
export const vanishedDoctors = defineQuery({
  name: 'persons.vanishedDoctors',
  title: 'Médecins traitants disparus du répertoire',
  input: z.object({
    state: optional(z.enum(vanishedDoctorStates)),
    doctorId: optional(idSchema<PartyId>()),
    accompaniedOnly: z.boolean().default(false),
    limit: z.number().int().min(1).max(200).default(60),
    cursor,
  }),
  output: z.object({
    rows: z.array(vanishedDoctorRow),
    next: z.string().nullable(),
    total: z.number().int(),
    /** Whatever the filters. */
    counts: z.array(z.object({ state: z.enum(vanishedDoctorStates), count: z.number().int() })),
    doctors: z.array(z.object({ doctorId: z.string(), name: z.string(), count: z.number().int() })),
  }),
  access: writesIdentities,
  audit: { persons: (_input, _target, output) => output.rows.map((row) => row.person.personId), volets: ['administrative'] },
  csv: {
    file: 'medecins-traitants-disparus',
    columns: [
      'Nom de naissance',
      'Nom utilisé',
      'Prénom',
      'Date de naissance',
      'Commune',
      'Médecin traitant',
      'Sa commune',
      'Disparu depuis',
      'Suivi',
      'CPTS',
      'Saisie le',
    ],
    rows: ({ rows }) =>
      rows.map(({ person, doctorName, doctorCommune, vanishedAt, state, cptsName, askedAt }) => [
        person.birthName,
        person.usedName,
        person.firstName,
        person.birthDay,
        person.commune,
        doctorName,
        doctorCommune,
        vanishedAt.slice(0, 10),
        vanishedDoctorLabels[state],
        cptsName,
        askedAt?.slice(0, 10) ?? null,
      ]),
  },
})
export type VanishedDoctorsData = z.output<typeof vanishedDoctors.output>
