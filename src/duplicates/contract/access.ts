import { writesIdentities } from '../../persons/contract/access.ts'
import { type Access, allowedIf } from '../../platform/contract/action.ts'
import { type Actor, isDacStaff } from '../../platform/contract/actor.ts'
import { french } from '../../platform/contract/typography.ts'
import type { MergeTarget } from './pair.ts'

/** Identities are kept by the staff of a DAC, the front desk included. The pair itself opens to those who keep one of the two files: loading it is the right. */
export const comparesIdentities: Access<unknown, unknown> = writesIdentities

/** RNIV, ASVS 2.3.5: a merge takes two people. */
export const decidesAfterAnother: Access<MergeTarget, unknown> = (actor: Actor, merge: MergeTarget) =>
  allowedIf(
    isDacStaff(actor) && merge.proposedBy !== actor.userId,
    isDacStaff(actor) ? french('Vous avez proposé cette fusion : une autre personne doit la valider.') : french('Réservé aux professionnels des DAC.'),
  )
