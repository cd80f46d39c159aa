import { z } from 'zod'
import { type ActionAudit, defineAction, defineQuery } from '../../platform/contract/action.ts'
import { code, day, line, optional, paragraph } from '../../platform/contract/fields.ts'
import { type Branded, idSchema, type PersonId } from '../../platform/contract/ids.ts'
import { answersForTheFile, doneByThoseWhoAccompany, keptByHerDac, writesIdentities } from './access.ts'
import { type PersonTarget, personNameSchema, silenceSchema } from './person.ts'
import { noticeKinds, noticeObstacles, noticeStates } from './person-notices.ts'

export type PersonNoticeId = Branded<'PersonNoticeId'>
export type NoticeWishId = Branded<'NoticeWishId'>

const personId = idSchema<PersonId>()
const noticeId = idSchema<PersonNoticeId>()
const ofPerson: ActionAudit<unknown, PersonTarget, unknown> = { persons: (_input, person) => [person.personId], purpose: 'rights' }

export const noticeWays = ['in_hand', 'post'] as const
export const noticeWishes = ['health_space', 'by_hand'] as const

/** « Remis le, par »: given to the person, or to whoever represents her. Also for what was sent and came back. */
export const handNotice = defineAction({
  name: 'persons.personNotice.hand',
  title: 'Noter un avis remis à la personne',
  input: z.object({
    id: noticeId,
    personId,
    way: z.enum(noticeWays, { error: 'À choisir.' }),
    to: z.enum(['person', 'representative'], { error: 'À choisir.' }),
    /** Who, when it is not the person. */
    toName: optional(line(120)),
    on: day(),
    /** Why by post although it may put her in danger; otherwise free. */
    words: optional(paragraph(500)),
  }),
  output: z.object({ id: z.string() }),
  access: doneByThoseWhoAccompany,
  audit: ofPerson,
})

/** Decided by those who accompany her, with a reason: kept, and read by whoever reviews. */
export const withholdNotice = defineAction({
  name: 'persons.personNotice.withhold',
  title: 'Ne pas remettre un avis à la personne',
  input: z.object({
    id: noticeId,
    personId,
    /** Code of persons.notice_withheld_reason. */
    reason: code(),
    words: paragraph(500).refine((text) => text.length >= 10, { error: 'Expliquez en quelques mots : 10 caractères au moins.' }),
  }),
  output: z.object({ id: z.string() }),
  access: doneByThoseWhoAccompany,
  audit: ofPerson,
})

export const recordNoticeWish = defineAction({
  name: 'persons.noticeWish.record',
  title: 'Noter comment la personne veut être prévenue',
  input: z.object({
    id: idSchema<NoticeWishId>(),
    personId,
    wish: z.enum(noticeWishes, { error: 'À choisir.' }),
    saidOn: day(),
    /** Code of persons.information_mode. */
    mode: code(),
    /** Code of persons.right_exercised_by. */
    givenBy: code(),
  }),
  output: z.object({ id: z.string() }),
  access: keptByHerDac,
  audit: ofPerson,
})

const notice = z.object({
  id: z.string(),
  kind: z.enum(noticeKinds),
  happenedAt: z.string(),
  /** Why the file was opened, in words. */
  reasonLabel: z.string(),
  byProfession: z.string().nullable(),
  byServiceName: z.string().nullable(),
  state: z.enum(noticeStates),
  obstacle: z.enum(noticeObstacles).nullable(),
  sentAt: z.string().nullable(),
  way: z.enum(noticeWays).nullable(),
  givenTo: z.enum(['person', 'representative']).nullable(),
  givenToName: z.string().nullable(),
  settledOn: z.string().nullable(),
  settledByName: z.string().nullable(),
  withheldReason: z.string().nullable(),
  words: z.string().nullable(),
})
export type PersonNotice = z.output<typeof notice>

/** What the person was told of her file, or is to be told, and how she wants it. Her own space asks the same. */
export const personNotices = defineQuery({
  name: 'persons.personNotices',
  title: 'Avis à la personne',
  input: z.object({ personId }),
  output: z.object({
    rows: z.array(notice),
    wish: z.object({ wish: z.enum(noticeWishes), saidOn: z.string(), mode: z.string(), givenBy: z.string(), byName: z.string() }).nullable(),
    /** Somebody answers for her: a minor, or a measure over her person. */
    represented: z.boolean(),
    representatives: z.array(z.string()),
    atRisk: z.boolean(),
    deceased: z.boolean(),
  }),
  access: answersForTheFile,
  audit: ofPerson,
})
export type PersonNotices = z.output<typeof personNotices.output>

const toHand = notice.extend({
  person: personNameSchema,
  represented: z.boolean(),
  representatives: z.array(z.string()),
  /** What she wants not said, read before anything is handed over. */
  silences: z.array(silenceSchema),
})
export type NoticeToHand = z.output<typeof toHand>

/** Those that the persons of the service wait for, the oldest first. */
export const noticesToHand = defineQuery({
  name: 'persons.noticesToHand',
  title: 'Avis à remettre',
  input: z.object({ limit: z.number().int().min(1).max(200).default(100) }),
  output: z.object({ rows: z.array(toHand), total: z.number().int() }),
  access: writesIdentities,
  audit: { persons: (_input, _target, output) => output.rows.map((row) => row.person.personId), purpose: 'rights' },
})

/** The letter that is handed over: the same words as the message, on paper. */
export const noticeLetter = defineQuery({
  name: 'persons.noticeLetter',
  title: 'Lettre d’un avis à la personne',
  input: z.object({ id: noticeId, personId }),
  output: z.object({
    person: personNameSchema,
    subject: z.string(),
    body: z.string(),
    /** Null while she hides it, or when she may be in danger: nothing that could be posted without thinking. */
    address: z.array(z.string()).nullable(),
    /** Whoever represents her, named under her own name. */
    representatives: z.array(z.string()),
    serviceName: z.string(),
  }),
  access: keptByHerDac,
  audit: ofPerson,
})
export type NoticeLetterData = z.output<typeof noticeLetter.output>
