import { liveEpisode } from '../../episodes/server/api.ts'
import type { Volet } from '../../platform/contract/actor.ts'
import type { PersonId, ServiceId } from '../../platform/contract/ids.ts'
import type { Context } from '../../platform/server/implement.ts'
import type { AlertRule, RuleTrigger } from '../contract/alert-rule.ts'
import { mutedRules, rulesInForce, wasTold } from './alert-rule.sql.ts'
import { raiseAlert } from './raise-alert.ts'

export interface WhatHappened {
  readonly personId: PersonId
  /** The DAC that would take it. */
  readonly service: ServiceId
  /** True for the conditions that it fulfils. */
  readonly fulfils: (when: RuleTrigger) => boolean
  /** The title of the rule when left out. */
  readonly title?: string
  readonly summary: string | null
  readonly source: string
  readonly sourceId: string
  readonly volet: Volet
  readonly event?: string | null
  /** A day: told since then by the same rule, it is not told again, even once settled. */
  readonly onceSince?: string
}

/**
 * Raises one alert for what happened if a rule in force of the DAC asks for it, is not muted for the person and does not ask for it already; in the
 * caller's transaction, as an actor or as a job. Gives the rule; null where nothing was raised.
 */
export async function raiseByRule(context: Context, happened: WhatHappened): Promise<AlertRule | null> {
  const { tx } = context
  const set = (await rulesInForce(tx, happened.service)).filter((rule) => happened.fulfils(rule.when))
  if (set.length === 0) return null
  const episode = await liveEpisode(tx, happened.personId, happened.service)
  if (episode === undefined) return null
  const muted = await mutedRules(tx, happened.personId, happened.service)
  const rule = set.find(({ id }) => !muted.has(id))
  if (rule === undefined) return null
  const { service, fulfils, title = rule.title, onceSince, ...told } = happened
  if (onceSince !== undefined && (await wasTold(tx, rule.id, happened.sourceId, onceSince))) return null
  await raiseAlert(context, { id: context.newId<never>(), ...told, title, protection: 'shared', rule }, episode)
  return rule
}
