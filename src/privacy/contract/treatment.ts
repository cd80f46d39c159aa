import { z } from 'zod'
import { type PersonTarget, personNameSchema } from '../../persons/contract/person.ts'
import { type ActionAudit, allowedIf, defineAction, defineQuery } from '../../platform/contract/action.ts'
import { type Actor, holds } from '../../platform/contract/actor.ts'
import { day, line, paragraph, seenVersion } from '../../platform/contract/fields.ts'
import { type Branded, idSchema, type PersonId, type UserId } from '../../platform/contract/ids.ts'
import { french } from '../../platform/contract/typography.ts'
import { answersForHerDac, answersForTheTreatment, fixesDurations } from './access.ts'
import { extractTables } from './extracts.ts'
import { processingCodes, processingSheet } from './processing-sheet.ts'
import { fileAnswer } from './queries.ts'
import { ruledClasses } from './retention.ts'

export type LegalHoldId = Branded<'LegalHoldId'>
export type ArchiveReaderId = Branded<'ArchiveReaderId'>
export type ProcessingId = Branded<'ProcessingId'>
export type ExtractId = Branded<'ExtractId'>

const personId = idSchema<PersonId>()
const reference = z.object({ id: z.string() })
const noPerson = { none: 'settings and proofs: no person is named', purpose: 'rights' } as const
const ofPerson = { persons: (_input, person) => [person.personId], purpose: 'rights' } satisfies ActionAudit<unknown, PersonTarget, unknown>

const rule = z.object({
  dataClass: z.enum(ruledClasses),
  version: z.number().int(),
  title: z.string(),
  countedFrom: z.string(),
  activeMonths: z.number().int(),
  archiveMonths: z.number().int(),
  afterDeathMonths: z.number().int().nullable(),
  fate: z.enum(['destroy', 'anonymise']),
  source: z.string(),
  decided: z.boolean(),
  reason: z.string(),
  decidedAt: z.string(),
  decidedByName: z.string(),
})
export type ShownRule = z.output<typeof rule>

/** Durations in force. */
export const retentionRules = defineQuery({
  name: 'privacy.retentionRules',
  title: 'Durées de conservation',
  input: z.object({}),
  output: z.object({ rules: z.array(rule), auditMonths: z.number().int().nullable() }),
  access: answersForTheTreatment,
  audit: noPerson,
})

const filesOfPersons: readonly string[] = ['accompaniment', 'request']
/** Base active : two years after the last contact (CNIL, délibération 2023-095); half of it is the floor of what may be decided. */
const leastMonths = 12

const months = (most: number) =>
  z
    .number({ error: 'À remplir, en mois.' })
    .int()
    .min(0)
    .max(most, { error: `${most} mois au plus.` })

export const decideRule = defineAction({
  name: 'privacy.rule.decide',
  title: 'Fixer une durée de conservation',
  reauthentication: 15,
  input: z
    .object({
      dataClass: z.enum(ruledClasses),
      baseVersion: seenVersion(0),
      activeMonths: months(600),
      archiveMonths: months(1200),
      afterDeathMonths: z.nullable(months(1200)).default(null),
      fate: z.enum(['destroy', 'anonymise']),
      source: line(600),
      reason: paragraph(1000),
    })
    // A slip of the keyboard would end the files of a region in one night.
    .refine(({ dataClass, activeMonths, archiveMonths }) => !filesOfPersons.includes(dataClass) || activeMonths + archiveMonths >= leastMonths, {
      path: ['activeMonths'],
      error: `Un dossier se garde au moins ${leastMonths} mois.`,
    }),
  output: z.object({ version: z.number().int() }),
  access: fixesDurations,
  audit: noPerson,
})

const execution = z.object({
  id: z.string(),
  at: z.string(),
  cause: z.enum(['retention', 'erasure']),
  dataClass: z.string(),
  title: z.string(),
  step: z.enum(['archived', 'restored', 'anonymised', 'destroyed']),
  ruleVersion: z.number().int().nullable(),
  units: z.number().int(),
  rows: z.number().int(),
})
export type ShownExecution = z.output<typeof execution>

export const stepWords: Readonly<Record<ShownExecution['step'], string>> = {
  archived: 'Archivé',
  restored: 'Revenu en base active',
  anonymised: 'Rendu anonyme',
  destroyed: 'Détruit',
}

/** The proofs of what was archived or destroyed. */
export const executions = defineQuery({
  name: 'privacy.executions',
  title: 'Preuves d’exécution',
  input: z.object({ cursor: z.string().max(100).nullable().default(null) }),
  output: z.object({ rows: z.array(execution), next: z.string().nullable() }),
  access: answersForTheTreatment,
  audit: noPerson,
  csv: {
    file: 'preuves-d-execution',
    columns: ['Le', 'Cause', 'Classe de données', 'Ce qui a été fait', 'Version de la règle', 'Dossiers ou éléments', 'Enregistrements', 'Preuve'],
    rows: ({ rows }) =>
      rows.map((row) => [
        row.at,
        row.cause === 'retention' ? 'Durée de conservation' : 'Demande d’effacement',
        row.title,
        stepWords[row.step],
        row.ruleVersion,
        row.units,
        row.rows,
        row.id,
      ]),
  },
})

export const holdForProcedure = defineAction({
  name: 'privacy.hold.set',
  title: 'Conserver pour une procédure',
  input: z.object({ id: idSchema<LegalHoldId>(), personId, reason: paragraph(1000) }),
  output: reference,
  access: answersForHerDac,
  audit: ofPerson,
})

export const liftHold = defineAction({
  name: 'privacy.hold.lift',
  title: 'Lever la conservation',
  input: z.object({ holdId: idSchema<LegalHoldId>(), reason: paragraph(1000) }),
  output: reference,
  access: answersForHerDac,
  audit: ofPerson,
})

/** Who reads archived files in this service. */
export const archiveReaders = defineQuery({
  name: 'privacy.archiveReaders',
  title: 'Lecteurs de l’archive',
  input: z.object({}),
  output: z.object({
    rows: z.array(z.object({ id: z.string(), userId: z.string(), name: z.string(), reason: z.string(), since: z.string(), namedByName: z.string() })),
    members: z.array(z.object({ userId: z.string(), name: z.string() })),
    archived: z.number().int(),
  }),
  access: (actor: Actor) =>
    allowedIf(actor.serviceKind === 'dac' && holds(actor, 'director', 'team_lead'), french('Réservé à la direction et aux responsables d’équipe du DAC.')),
  audit: noPerson,
})

const named = (actor: Actor) =>
  allowedIf(actor.serviceKind === 'dac' && holds(actor, 'director'), french('Les lecteurs de l’archive sont désignés par la direction du DAC.'))

export const nameArchiveReader = defineAction({
  name: 'privacy.archiveReader.name',
  title: 'Désigner un lecteur de l’archive',
  input: z.object({ id: idSchema<ArchiveReaderId>(), userId: idSchema<UserId>(), reason: line(300) }),
  output: reference,
  access: named,
  audit: noPerson,
})

export const endArchiveReader = defineAction({
  name: 'privacy.archiveReader.end',
  title: 'Ne plus lire l’archive',
  input: z.object({ readerId: idSchema<ArchiveReaderId>() }),
  output: reference,
  access: named,
  audit: noPerson,
})

/** What an archive rule looks at: is this user one of the named readers of her service? */
export interface ArchiveTarget {
  readonly reader: boolean
}
const readsArchive = (_actor: Actor, target: ArchiveTarget) => allowedIf(target.reader, french('Réservé aux lecteurs de l’archive, désignés par la direction.'))

/** Looks an archived person up, by her whole name and birth day: no browsing through the archive. */
export const findArchived = defineQuery({
  name: 'privacy.findArchived',
  title: 'Chercher dans l’archive',
  input: z.object({ name: line(100), birthDay: day() }),
  output: z.object({ rows: z.array(z.object({ person: personNameSchema, archivedOn: z.string(), lastSignOn: z.string() })) }),
  access: readsArchive,
  audit: { persons: (_input, _target, output) => output?.rows.map((row) => row.person.personId) ?? [], purpose: 'rights' },
})

/** Why an archived file is read; the code stays in the audit. */
export const archiveReasons = ['person_asks', 'comes_back', 'procedure', 'authority'] as const
export const archiveReasonWords: Readonly<Record<(typeof archiveReasons)[number], string>> = {
  person_asks: 'La personne, ou qui la représente, demande ses données',
  comes_back: 'La personne revient vers le DAC',
  procedure: 'Constater, exercer ou défendre un droit en justice',
  authority: 'Réquisition ou contrôle d’une autorité',
}

/** The archived file as a document, with the reason why it is read. */
export const readArchive = defineQuery({
  name: 'privacy.archivedFile',
  title: 'Lire un dossier archivé',
  reauthentication: 15,
  input: z.object({ personId, reason: z.enum(archiveReasons, { error: 'Dites pourquoi.' }) }),
  output: fileAnswer,
  access: readsArchive,
  audit: { persons: ({ personId: id }) => [id], purpose: 'rights' },
})

const sheet = processingSheet.extend({
  id: z.string().nullable(),
  code: z.enum(processingCodes),
  version: z.number().int(),
  /** Where the words come from: the software, the region, or this service. */
  origin: z.enum(['starter', 'region', 'own']),
  updatedAt: z.string().nullable(),
  updatedByName: z.string().nullable(),
})
export type ShownSheet = z.output<typeof sheet>

/** Register of processing (art. 30), with the roles of each (R29). */
export const processingRegister = defineQuery({
  name: 'privacy.register',
  title: 'Registre des traitements',
  input: z.object({}),
  output: z.object({ serviceName: z.string(), today: z.string(), sheets: z.array(sheet) }),
  access: answersForTheTreatment,
  audit: noPerson,
})

export const processingDocument = defineQuery({
  name: 'privacy.registerDocument',
  title: 'Registre des traitements en PDF',
  input: z.object({}),
  output: fileAnswer,
  access: answersForTheTreatment,
  audit: noPerson,
})

export const writeProcessing = defineAction({
  name: 'privacy.processing.write',
  title: 'Modifier une fiche du registre',
  input: z.object({ id: idSchema<ProcessingId>(), code: z.enum(processingCodes), baseVersion: seenVersion(0), content: processingSheet }),
  output: z.object({ id: z.string(), version: z.number().int() }),
  access: answersForTheTreatment,
  audit: noPerson,
})

const cell = z.number().int().nullable()
const extract = z.object({
  id: z.string(),
  year: z.number().int(),
  table: z.enum(extractTables),
  serviceName: z.string(),
  madeAt: z.string(),
  madeByName: z.string(),
  rows: z.array(z.object({ label: z.string(), cells: z.array(cell), total: cell })),
  columns: z.array(z.string()),
  columnTotals: z.array(cell),
  total: z.number().int(),
})
export type ShownExtract = z.output<typeof extract>

const mayExtract = (actor: Actor) => allowedIf(holds(actor, 'director', 'regional_admin'), french('Réservé à la direction et à l’administration régionale.'))

/** Extracts that left, and those that may. */
export const extractList = defineQuery({
  name: 'privacy.extracts',
  title: 'Extraits désidentifiés',
  input: z.object({}),
  output: z.object({
    lastYear: z.number().int(),
    rows: z.array(z.object({ id: z.string(), year: z.number().int(), table: z.enum(extractTables), madeAt: z.string(), madeByName: z.string() })),
  }),
  access: mayExtract,
  audit: noPerson,
})

export const makeExtract = defineAction({
  name: 'privacy.extract.make',
  title: 'Produire un extrait désidentifié',
  reauthentication: 30,
  input: z.object({ id: idSchema<ExtractId>(), year: z.number().int().min(2015).max(2100), table: z.enum(extractTables) }),
  output: reference,
  access: mayExtract,
  audit: noPerson,
})

export const readExtract = defineQuery({
  name: 'privacy.extract',
  title: 'Extrait désidentifié',
  input: z.object({ id: idSchema<ExtractId>() }),
  output: extract,
  access: mayExtract,
  audit: noPerson,
  csv: {
    file: 'extrait-desidentifie',
    columns: ['Année', 'Ligne', 'Colonne', 'Personnes'],
    rows: (one) => [
      ...one.rows.flatMap((row) => [
        ...row.cells.map((value, index) => [one.year, row.label, one.columns[index] ?? '', value ?? 's']),
        [one.year, row.label, 'Total', row.total ?? 's'],
      ]),
      ...one.columnTotals.map((value, index) => [one.year, 'Total', one.columns[index] ?? '', value ?? 's']),
      [one.year, 'Total', 'Total', one.total],
    ],
  },
})
