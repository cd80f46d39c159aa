import { z } from 'zod'
import { episodeOpening } from '../../episodes/contract/opening.ts'
import { defineAction } from '../../platform/contract/action.ts'
import { code, line, optional, paragraph } from '../../platform/contract/fields.ts'
import { idSchema, type ServiceId, type UserId } from '../../platform/contract/ids.ts'
import { handlesRequest, sitsInTriage } from './access.ts'
import { ofRequest, reorientationFields, requestId, versioned } from './actions.ts'
import type { ReorientationId } from './sollicitation.ts'

export const enlistForTriage = defineAction({
  name: 'intake.triage.enlist',
  title: 'Inscrire à la commission d’orientation',
  input: z.object({ id: requestId, proposal: optional(paragraph(2_000)) }),
  output: versioned,
  access: handlesRequest,
  audit: ofRequest,
})

export const withdrawFromTriage = defineAction({
  name: 'intake.triage.withdraw',
  title: 'Retirer de la commission',
  input: z.object({ id: requestId }),
  output: versioned,
  access: handlesRequest,
  audit: ofRequest,
})

export const decideTriage = defineAction({
  name: 'intake.triage.decide',
  title: 'Décision de la commission',
  input: z.object({
    id: z.uuid(),
    sollicitationId: requestId,
    decision: code(),
    comment: optional(paragraph(4_000)),
    participants: optional(line(400)),
    /** Who makes the visit, or the punctual support. */
    givenTo: optional(idSchema<UserId>()),
    /** For « Accompagner »: level, référent, binôme, reason R9, problems, next step. */
    opening: episodeOpening.nullable().default(null),
    reorientation: z
      .object({ id: idSchema<ReorientationId>(), socialOutcome: optional(code()), ...reorientationFields })
      .nullable()
      .default(null),
    noFollowUpReason: optional(code()),
    dacId: optional(idSchema<ServiceId>()),
  }),
  output: z.object({ id: z.string(), sollicitationId: z.string(), episodeId: z.string().nullable() }),
  access: sitsInTriage,
  audit: ofRequest,
})
