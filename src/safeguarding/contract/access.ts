import { type Access, allowed, allowedIf } from '../../platform/contract/action.ts'
import { type Actor, accompanies, holds } from '../../platform/contract/actor.ts'
import { french } from '../../platform/contract/typography.ts'
import type { ReportTarget } from './report.ts'

/** Those who may ever be readers: whoever accompanies in a DAC, and whoever directs it. */
export const mayHoldReports = (actor: Actor): boolean => accompanies(actor) || (actor.serviceKind === 'dac' && holds(actor, 'director'))

/** The same answer whatever exists: a list that is empty for want of a report, or for want of a right, is the same list. */
export const holdsReports: Access<unknown, unknown> = (actor: Actor) =>
  allowedIf(mayHoldReports(actor), french('Réservé aux professionnels du DAC qui accompagnent, et à sa direction.'))

/** Loading it is the right: row-level security gives a report to its readers only. */
export const readsIt: Access<ReportTarget, unknown> = () => allowed

/** The list of readers is kept by the author and by the direction. */
export const keepsReaders: Access<ReportTarget, unknown> = (actor: Actor, report: ReportTarget) =>
  allowedIf(
    actor.userId === report.authorId || holds(actor, 'director'),
    french('La liste des lecteurs est tenue par l’auteur du signalement et par la direction. Demandez-leur.'),
  )
