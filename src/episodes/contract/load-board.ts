import { z } from 'zod'
import { personNameSchema } from '../../persons/contract/person.ts'
import { allowedIf, defineAction, defineQuery } from '../../platform/contract/action.ts'
import { accompanies, holds } from '../../platform/contract/actor.ts'
import { addDays, type Day } from '../../platform/contract/dates.ts'
import { code, day, optional, paragraph } from '../../platform/contract/fields.ts'
import { type Branded, idSchema, type PersonId, type ServiceId, type UserId } from '../../platform/contract/ids.ts'
import type { EpisodeId } from './episode.ts'
import { type LoadContent, loadContent } from './practices.ts'
import type { Level } from './value-sets.ts'

export type HandoverProposalId = Branded<'HandoverProposalId'>

/** What a file weighs, by the points in use in the service: its level (or its sleep), what is late, a silence that lasts. `today`: a day. */
export function pointsOf(
  file: { readonly state: string; readonly level: Level; readonly lateTasks: number; readonly lastContactAt: string | null },
  points: LoadContent,
  today: Day,
): number {
  const base = file.state === 'dormant' ? points.dormant : points[file.level]
  const silentSince = file.lastContactAt === null ? null : file.lastContactAt.slice(0, 10)
  const silent = file.state !== 'dormant' && (silentSince === null || silentSince < addDays(today, -points.silenceDays))
  return base + points.lateTask * file.lateTasks + (silent ? points.silence : 0)
}

const id = idSchema<HandoverProposalId>()
const proposal = z.object({
  id,
  episodeId: idSchema<EpisodeId>(),
  fromUserId: idSchema<UserId>(),
  fromName: z.string(),
  toUserId: idSchema<UserId>(),
  toName: z.string(),
  reason: z.string(),
  words: z.string().nullable(),
  handoverUntil: z.string().nullable(),
  proposedByName: z.string(),
  proposedAt: z.string(),
})

/** What the rules of a proposal look at. */
export interface ProposedTarget {
  readonly personId: PersonId
  readonly holderOrg: ServiceId
  readonly referentId: UserId
}
export interface ProposalTarget extends ProposedTarget {
  readonly toUserId: UserId
  readonly proposedBy: UserId
}
const ofPerson = { persons: (_input: unknown, { personId }: ProposedTarget): readonly PersonId[] => [personId] }

export const proposeHandover = defineAction({
  name: 'episodes.handover.propose',
  title: 'Proposer de confier la situation',
  input: z.object({
    id,
    episodeId: idSchema<EpisodeId>(),
    toUserId: idSchema<UserId>(),
    reason: code(),
    words: optional(paragraph(600)),
    handoverUntil: optional(day()),
  }),
  output: z.object({ id }),
  access: (actor, episode: ProposedTarget) =>
    allowedIf(
      accompanies(actor) && actor.serviceId === episode.holderOrg && (holds(actor, 'team_lead') || actor.userId === episode.referentId),
      'Réservé au responsable d’équipe et au référent de la situation.',
    ),
  audit: ofPerson,
})

export const answerHandover = defineAction({
  name: 'episodes.handover.answer',
  title: 'Répondre à la proposition',
  input: z.object({ id, accept: z.boolean(), words: optional(paragraph(600)) }),
  output: z.object({ id, version: z.number().int().nullable() }),
  access: (actor, asked: ProposalTarget) => allowedIf(accompanies(actor) && actor.userId === asked.toUserId, 'Réservé à la personne à qui elle est proposée.'),
  audit: ofPerson,
})

export const withdrawHandover = defineAction({
  name: 'episodes.handover.withdraw',
  title: 'Retirer la proposition',
  input: z.object({ id }),
  output: z.object({ id }),
  access: (actor, asked: ProposalTarget) =>
    allowedIf(
      accompanies(actor) && actor.serviceId === asked.holderOrg && (holds(actor, 'team_lead') || actor.userId === asked.proposedBy),
      'Réservé à qui l’a faite et au responsable d’équipe.',
    ),
  audit: ofPerson,
})

/** The files of the team by référent, with what each weighs and what waits; counts and hours are those of teamLoad. */
export const loadBoard = defineQuery({
  name: 'episodes.loadBoard',
  title: 'Charge de l’équipe, situation par situation',
  input: z.object({}),
  output: z.object({
    /** What a file weighs here, by the practice in use. */
    points: loadContent,
    files: z.array(
      z.object({
        episodeId: idSchema<EpisodeId>(),
        person: personNameSchema,
        referentId: idSchema<UserId>(),
        level: z.enum(['brief', 'sustained', 'intensive']),
        state: z.enum(['open', 'dormant']),
        lastContactAt: z.string().nullable(),
        lateTasks: z.number().int(),
        proposal: proposal.nullable(),
      }),
    ),
  }),
  access: (actor) => allowedIf(accompanies(actor) && holds(actor, 'team_lead'), 'Réservé au responsable d’équipe.'),
  audit: { persons: (_input, _target, { files }) => files.map(({ person }) => person.personId) },
})
export type BoardFile = z.output<(typeof loadBoard)['output']>['files'][number]

/** What colleagues propose me to follow. */
export const handoversForMe = defineQuery({
  name: 'episodes.handoversForMe',
  title: 'Situations qui me sont proposées',
  input: z.object({}),
  output: z.object({
    rows: z.array(proposal.extend({ person: personNameSchema, level: z.enum(['brief', 'sustained', 'intensive']), holderOrg: idSchema<ServiceId>() })),
  }),
  access: (actor) => allowedIf(accompanies(actor), 'Réservé aux professionnels du DAC qui accompagnent.'),
  audit: { persons: (_input, _target, { rows }) => rows.map(({ person }) => person.personId) },
})
