import { z } from 'zod'
import { type ActionAudit, defineQuery } from '../../platform/contract/action.ts'
import { idSchema, type PersonId } from '../../platform/contract/ids.ts'
import { keptByHerDac, writesIdentities } from './access.ts'
import { identityStatuses, type PersonTarget, personNameSchema } from './person.ts'

const personId = idSchema<PersonId>()
const ofPerson: ActionAudit<unknown, PersonTarget, unknown> = { persons: (_input, person) => [person.personId] }

export const insiStates = ['waiting', 'found', 'none', 'several', 'confirmed', 'denied', 'refused', 'unreachable', 'outdated'] as const
export type InsiState = (typeof insiStates)[number]

/** Why the traits of a person may not leave: she opposes being taken in charge or the shared file (n° 1 and 2), the use of her file is limited, it is archived. */
export const keptBecause = ['opposition', 'limitation', 'archived'] as const
export type KeptBecause = (typeof keptBecause)[number]

const comparison = z.object({
  trait: z.enum(['birthName', 'birthGivenNames', 'birthDate', 'sex', 'birthPlaceCode']),
  here: z.string().nullable(),
  there: z.string(),
  same: z.boolean(),
})

/** The last call of the teleservice about her. */
export const insiCallSchema = z.object({
  id: z.string(),
  operation: z.enum(['search', 'verification']),
  state: z.enum(insiStates),
  code: z.string().nullable(),
  askedAt: z.string(),
  /** Null: the periodical verification. */
  askedByName: z.string().nullable(),
  attempts: z.number().int(),
  nextAttemptAt: z.string().nullable(),
  answeredAt: z.string().nullable(),
  decision: z.enum(['accepted', 'set_aside']).nullable(),
  /** Present while an answer waits for a decision: the five traits, here and there; birthplaces by their names. */
  compared: z.array(comparison).nullable(),
  matricule: z.string().nullable(),
})
export type InsiCall = z.output<typeof insiCallSchema>

export const insiState = defineQuery({
  name: 'persons.insi',
  title: 'Téléservice INSi : dernière réponse',
  input: z.object({ personId }),
  output: z.object({
    /** False where the operator has not connected the teleservice. */
    connected: z.boolean(),
    version: z.number().int(),
    /** The teleservice denied the matricule on that instant: it does not leave any more. */
    contestedAt: z.string().nullable(),
    verifiedAt: z.string().nullable(),
    /** Null where the teleservice may be asked. */
    kept: z.enum(keptBecause).nullable(),
    last: insiCallSchema.nullable(),
  }),
  access: keptByHerDac,
  audit: ofPerson,
})
export type InsiStateData = z.output<typeof insiState.output>

/** The last turns of the service, and how far they are. */
export const insiTurns = defineQuery({
  name: 'persons.insiTurns',
  title: 'Interrogations INSi par lots',
  input: z.object({}),
  output: z.object({
    connected: z.boolean(),
    /** How many files a new turn would ask about, by operation. */
    due: z.object({ search: z.number().int(), verification: z.number().int() }),
    turns: z.array(
      z.object({
        id: z.string(),
        operation: z.enum(['search', 'verification']),
        askedAt: z.string(),
        askedByName: z.string(),
        total: z.number().int(),
        counts: z.array(z.object({ state: z.enum(insiStates), count: z.number().int() })),
      }),
    ),
  }),
  access: writesIdentities,
  audit: { none: 'counts of calls of the own service, no person' },
})
export type InsiTurn = z.output<typeof insiTurns.output>['turns'][number]

/** A4, to be shown or kept on paper: her traits, what they are worth and, once they are qualified, the INS and its DataMatrix. */
export const identitySheet = defineQuery({
  name: 'persons.identitySheet',
  title: 'Fiche d’identité en PDF',
  input: z.object({ personId }),
  output: z.object({ fileName: z.string(), contentType: z.literal('application/pdf'), base64: z.string() }),
  access: keptByHerDac,
  audit: ofPerson,
})

/** Why an identity is on the work list; the gravest first. */
export const identityWorks = ['contested', 'answer', 'doubtful', 'several', 'document', 'ins', 'incomplete', 'fictitious'] as const
export type IdentityWork = (typeof identityWorks)[number]

export const identityWorkLabels: Readonly<Record<IdentityWork, string>> = {
  contested: 'INS refusée par INSi',
  answer: 'Réponse INSi à comparer',
  doubtful: 'Identité douteuse',
  several: 'INSi : aucune ou plusieurs',
  document: 'Pièce à vérifier',
  ins: 'INS à retrouver',
  incomplete: 'Traits à compléter',
  fictitious: 'Identité fictive',
}

const workRow = z.object({
  person: personNameSchema,
  works: z.array(z.enum(identityWorks)),
  /** French, what is missing: « lieu de naissance, prénoms ». */
  missing: z.array(z.string()),
  identityStatus: z.enum(identityStatuses),
  /** When what the list tells happened; null for what was never done. */
  since: z.string().nullable(),
  accompanied: z.boolean(),
})
export type IdentityWorkRow = z.output<typeof workRow>

export const identityWorkList = defineQuery({
  name: 'persons.identityWork',
  title: 'Identités à vérifier',
  input: z.object({
    work: z.enum(identityWorks).nullish(),
    /** Those accompanied now, without those whose request alone is known. */
    accompaniedOnly: z.boolean().default(false),
    limit: z.number().int().min(1).max(5000).default(200),
  }),
  output: z.object({
    rows: z.array(workRow),
    total: z.number().int(),
    counts: z.array(z.object({ work: z.enum(identityWorks), count: z.number().int() })),
  }),
  access: writesIdentities,
  audit: { persons: (_input, _target, output) => output.rows.map((row) => row.person.personId), volets: ['administrative'] },
  csv: {
    file: 'identites-a-verifier',
    columns: ['Nom de naissance', 'Nom utilisé', 'Prénom', 'Date de naissance', 'Statut', 'À faire', 'Traits manquants', 'Depuis'],
    rows: (output) =>
      output.rows.map(({ person, works, missing, identityStatus, since }) => [
        person.birthName,
        person.usedName,
        person.firstName,
        person.birthDay,
        statusWords[identityStatus],
        works.map((work) => identityWorkLabels[work]).join(', '),
        missing.join(', '),
        since?.slice(0, 10) ?? null,
      ]),
  },
})
const statusWords = { PROV: 'provisoire', VALI: 'validée', RECUP: 'récupérée', QUAL: 'qualifiée' } as const
export type IdentityWorkData = z.output<typeof identityWorkList.output>
