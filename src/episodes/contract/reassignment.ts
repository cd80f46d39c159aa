import { z } from 'zod'
import { allowedIf, defineAction } from '../../platform/contract/action.ts'
import { holds } from '../../platform/contract/actor.ts'
import { code, day, optional } from '../../platform/contract/fields.ts'
import { idSchema, type PersonId, type UserId } from '../../platform/contract/ids.ts'
import type { EpisodeId } from './episode.ts'

/** The persons whose files change hands, for the audit. */
export interface ReassignmentTarget {
  readonly personIds: readonly PersonId[]
}

export const reassignCaseload = defineAction({
  name: 'episodes.caseload.reassign',
  title: 'Confier des accompagnements',
  /** `episodeIds` empty: everything that `fromUserId` follows as référent in this DAC. All change hands, or none. */
  input: z.object({
    fromUserId: idSchema<UserId>(),
    toUserId: idSchema<UserId>(),
    reason: code(),
    episodeIds: z.array(idSchema<EpisodeId>()).max(200).default([]),
    handoverUntil: optional(day()),
  }),
  output: z.object({ count: z.number().int() }),
  access: (actor, _target: ReassignmentTarget) => allowedIf(actor.serviceKind === 'dac' && holds(actor, 'team_lead'), 'Réservé au responsable d’équipe.'),
  audit: { persons: (_input, target) => target.personIds },
})
