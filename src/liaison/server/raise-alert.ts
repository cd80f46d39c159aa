import { liveEpisode } from '../../episodes/server/api.ts'
import type { Volet } from '../../platform/contract/actor.ts'
import { invalid } from '../../platform/contract/errors.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Context } from '../../platform/server/implement.ts'
import type { AlertRule } from '../contract/alert-rule.ts'
import type { AlertId } from '../contract/note.ts'
import { insertAlert } from './alert.sql.ts'
import { functionOf } from './load-note.ts'
import { leaveNotices } from './notices.ts'
import { climbsAt, type Followers, routeOf } from './route-alert.ts'

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
  /** What the note tells: a code of liaison.event. */
  readonly event?: string | null
  /** The rule that it set off; absent: the gesture of somebody. */
  readonly rule?: Pick<AlertRule, 'id' | 'version' | 'escalateAfter'> | null
}

/** The DAC that would take an alert about a person: the actor's own where it accompanies her, else the one that does; undefined where none does. */
export async function whoTakes({ tx, actor }: Pick<Context, 'tx' | 'actor'>, personId: PersonId): Promise<Followers | undefined> {
  return (await liveEpisode(tx, personId, actor.serviceKind === 'dac' ? actor.serviceId : null)) ?? (await liveEpisode(tx, personId))
}

/**
 * Asks the DAC in charge of a person to take something, in the caller's transaction: référent and binôme find it at once in « Ma journée », whoever it is
 * routed to is told the way she chose. Refuses (`liaison.nobody_to_alert`) when no accompaniment is in progress: nobody would take it.
 */
export async function raiseAlert(context: Context, alert: AlertToRaise, followers?: Followers): Promise<void> {
  const { tx, actor, now, timeZone } = context
  const episode = followers ?? (await whoTakes(context, alert.personId))
  if (episode === undefined) throw invalid('liaison.nobody_to_alert')
  const { rule = null, event = null, ...rest } = alert
  const route = await routeOf(tx, episode, now)
  const raised = await insertAlert(tx, {
    ...rest,
    id: alert.id as AlertId,
    raisedAt: now,
    raisedBy: actor.kind === 'job' ? null : actor.userId,
    raisedByName: actor.displayName,
    raisedByFunction: functionOf(context),
    holderOrg: episode.holderOrg,
    event,
    ruleId: rule?.id ?? null,
    ruleVersion: rule?.version ?? null,
    addressees: route.addressees,
    routedBecause: route.because,
    escalateAt: await climbsAt(tx, episode.holderOrg, now, timeZone, rule?.escalateAfter ?? null),
  })
  if (!raised) return
  // Whoever writes an alert to herself has no need to be told.
  await leaveNotices(context, {
    cause: 'liaison.alert',
    causeId: alert.id,
    rank: 0,
    to: route.addressees.filter((id) => id !== actor.userId),
    service: episode.holderOrg,
  })
  const payload = { alertId: alert.id, personId: alert.personId, event }
  const audience = [...new Set([episode.holderOrg, episode.referentId, ...(episode.binomeId === null ? [] : [episode.binomeId]), ...route.addressees])]
  context.emit({
    type: 'liaison.alert.raised',
    volet: alert.volet,
    audience,
    payload,
    ...(alert.protection === 'org_private' ? {} : { personId: alert.personId }),
  })
}
