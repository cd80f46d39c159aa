import { z } from 'zod'
import type { PersonTarget } from '../../persons/contract/person.ts'
import { type ActionAudit, allowedIf, defineAction } from '../../platform/contract/action.ts'
import { accompanies } from '../../platform/contract/actor.ts'
import { code, day, line, optional, paragraph } from '../../platform/contract/fields.ts'
import { idSchema, type PersonId, type UserId } from '../../platform/contract/ids.ts'
import { keepsReaders, readsIt } from './access.ts'
import { type EntryId, endangeredOnes, type ReaderId, type ReportId, type ReportTarget } from './report.ts'

/**
 * Every line of the audit names the report in its details, never the person: the list of accesses to a file is read by colleagues and by the person
 * herself, and must not tell that a report exists. `safeguarding.accesses` reads them back for the report's own readers.
 */
export const restricted: ActionAudit<unknown, unknown, unknown> = {
  none: 'restricted: the line names the report, its readers find it there',
  redact: ['personId'],
}

const reportId = idSchema<ReportId>()
const id = idSchema<EntryId>()
const reference = z.object({ id: reportId, version: z.number().int() })
const entryReference = z.object({ id: z.string() })

const fact = z.object({
  /** « Julie Marchal, infirmière », « la voisine du dessous, Mme R. » */
  observedBy: line(160),
  observedOn: day(),
  /** What was seen or said, word for word; no opinion. */
  words: paragraph(10_000),
})
const concerned = z.object({ role: code(), name: line(160), words: optional(line(300)) })

/** One notice: told, when and by whom; or not told, and why. */
const notice = z
  .object({ whom: code(), told: z.boolean({ error: 'À choisir.' }), on: optional(day()), by: optional(line(160)), words: optional(paragraph(1_000)) })
  .refine((one) => !one.told || one.on !== null, { path: ['on'], error: 'À remplir.' })
  .refine((one) => one.told || one.words !== null, { path: ['words'], error: 'Dites pourquoi.' })

export const openReport = defineAction({
  name: 'safeguarding.report.open',
  title: 'Ouvrir un signalement',
  input: z
    .object({
      id: reportId,
      personId: idSchema<PersonId>(),
      endangered: z.enum(endangeredOnes, { error: 'À choisir.' }),
      endangeredName: optional(line(160)),
      /** Where the person is found. */
      whereabouts: optional(line(200)),
      facts: z.array(fact).min(1).max(20),
      kinds: z.array(code()).min(1, { error: 'Au moins une.' }).max(7),
      dangerLevel: code(),
      danger: paragraph(4_000),
      concerned: z.array(concerned).max(20).default([]),
      notices: z.array(notice).min(1).max(6),
    })
    .refine((one) => one.endangered === 'person' || one.endangeredName !== null, { path: ['endangeredName'], error: 'À remplir.' }),
  output: reference,
  access: (actor, _person: PersonTarget) => allowedIf(accompanies(actor), 'Réservé aux professionnels du DAC qui accompagnent la personne.'),
  audit: restricted,
})

export const recordFact = defineAction({
  name: 'safeguarding.fact.record',
  title: 'Ajouter un fait',
  input: fact.extend({ id, reportId }),
  output: entryReference,
  access: readsIt,
  audit: restricted,
})

export const recordConcerned = defineAction({
  name: 'safeguarding.concerned.record',
  title: 'Ajouter une personne concernée',
  input: concerned.extend({ id, reportId }),
  output: entryReference,
  access: readsIt,
  audit: restricted,
})

export const recordNotice = defineAction({
  name: 'safeguarding.notice.record',
  title: 'Noter qui est prévenu',
  input: notice.and(z.object({ id, reportId })),
  output: entryReference,
  access: readsIt,
  audit: restricted,
})

export const recordSending = defineAction({
  name: 'safeguarding.sending.record',
  title: 'Noter une saisine',
  input: z.object({
    id,
    reportId,
    authority: code(),
    /** « Parquet d’Épinal, permanence ». */
    to: optional(line(160)),
    on: day(),
    means: code(),
    reference: optional(line(80)),
    words: optional(paragraph(2_000)),
  }),
  output: entryReference,
  access: readsIt,
  audit: restricted,
})

export const recordStep = defineAction({
  name: 'safeguarding.step.record',
  title: 'Noter une suite',
  input: z.object({ id, reportId, kind: code(), on: day(), words: paragraph(4_000) }),
  output: entryReference,
  access: readsIt,
  audit: restricted,
})

export const closeReport = defineAction({
  name: 'safeguarding.report.close',
  title: 'Clore le signalement',
  input: z.object({ id: reportId, outcome: code(), words: paragraph(4_000) }),
  output: reference,
  access: readsIt,
  audit: restricted,
})

export const reopenReport = defineAction({
  name: 'safeguarding.report.reopen',
  title: 'Rouvrir le signalement',
  input: z.object({ id: reportId, reason: paragraph(1_000) }),
  output: reference,
  access: readsIt,
  audit: restricted,
})

export const addReader = defineAction({
  name: 'safeguarding.reader.add',
  title: 'Nommer un lecteur',
  input: z.object({ id: idSchema<ReaderId>(), reportId, userId: idSchema<UserId>(), reason: line(200) }),
  output: z.object({ id: z.string() }),
  access: (actor, report: ReportTarget, input) => keepsReaders(actor, report, input),
  audit: restricted,
})

export const removeReader = defineAction({
  name: 'safeguarding.reader.remove',
  title: 'Retirer un lecteur',
  input: z.object({ id: idSchema<ReaderId>(), reportId, reason: line(200) }),
  output: z.object({ id: z.string() }),
  access: (actor, report: ReportTarget, input) => keepsReaders(actor, report, input),
  audit: restricted,
})
