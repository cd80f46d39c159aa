import { liveEpisode } from '../../episodes/server/api.ts'
import type { Volet } from '../../platform/contract/actor.ts'
import { invalid } from '../../platform/contract/errors.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Context } from '../../platform/server/implement.ts'
import type { AlertId } from '../contract/note.ts'
import { insertAlert } from './alert.sql.ts'
import { functionOf } from './load-note.ts'

export interface AlertToRaise {
  readonly id: string
  readonly personId: PersonId
  readonly title: string
  readonly summary: string | null
  /** What raised it: 'liaison.note', 'care-plans.criterion'… and its row. */
  readonly source: string
  readonly sourceId: string
  readonly volet: Volet
  readonly protection: 'shared' | 'org_private'
}

/**
 * Asks the DAC in charge of a person to take something, in the caller's transaction: référent and binôme find it at once in « Ma journée ».
 * Refuses (`liaison.nobody_to_alert`) when no accompaniment is in progress: nobody would take it.
 */
export async function raiseAlert(context: Context, alert: AlertToRaise): Promise<void> {
  const { tx, actor, now } = context
  const episode = (await liveEpisode(tx, alert.personId, actor.serviceKind === 'dac' ? actor.serviceId : null)) ?? (await liveEpisode(tx, alert.personId))
  if (episode === undefined) throw invalid('liaison.nobody_to_alert')
  await insertAlert(tx, {
    ...alert,
    id: alert.id as AlertId,
    raisedAt: now,
    raisedBy: actor.userId,
    raisedByName: actor.displayName,
    raisedByFunction: functionOf(context),
    holderOrg: episode.holderOrg,
  })
  const payload = { alertId: alert.id, personId: alert.personId }
  const audience = [episode.holderOrg, episode.referentId, ...(episode.binomeId === null ? [] : [episode.binomeId])]
  context.emit({
    type: 'liaison.alert.raised',
    volet: alert.volet,
    audience,
    payload,
    ...(alert.protection === 'org_private' ? {} : { personId: alert.personId }),
  })
}
