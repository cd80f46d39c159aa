import { personNames } from '../../persons/server/api.ts'
import { addDays, dayOf } from '../../platform/contract/dates.ts'
import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import { type Context, implement, noTarget } from '../../platform/server/implement.ts'
import type { WorkingCalendar } from '../../territory/contract/working-time.ts'
import { setServiceWeek, workingCalendar } from '../../territory/server/api.ts'
import { muteAlertRule, setOpeningHours, unmuteAlertRule, writeAlertRule } from '../contract/actions.ts'
import { noteMatches, type RuleTrigger } from '../contract/alert-rule.ts'
import { noteHeading } from '../contract/note.ts'
import { alertRulePreview, alertRules, alertRuleVersions, type ReadingCalendar } from '../contract/queries.ts'
import type { NoteType } from '../contract/value-sets.ts'
import { endMuteRow, findAlert, findMute, insertMute } from './alert.sql.ts'
import { insertRule, insertRuleVersion, lockRule, selectMutes, selectPastNotes, selectRules, selectRuleVersions, selectSilentFiles } from './alert-rule.sql.ts'

export const writeAlertRuleImplementation = implement(writeAlertRule, {
  load: async ({ tx, actor }, { id, baseVersion, ofRegion }) => {
    if (baseVersion === 0) return { serviceId: ofRegion ? null : (actor.serviceId ?? (actor.userId as never)) }
    const rule = await lockRule(tx, id)
    if (rule === undefined) throw notFound('alert rule')
    return { serviceId: rule.serviceId }
  },
  run: async (context, { id, baseVersion, title, when, escalateAfter, active, reason, replaces }, { serviceId }) => {
    const { tx, actor, now } = context
    const known = await lockRule(tx, id)
    if ((known?.version ?? 0) !== baseVersion) throw conflict('liaison.rule_changed', {}, { version: known?.version ?? 0 })
    if (known === undefined) {
      if (replaces !== null) {
        const rules = await selectRules(tx, serviceId)
        if (serviceId === null || !rules.some((rule) => rule.id === replaces && rule.serviceId === null)) throw invalid('liaison.rule_unknown')
        if (rules.some((rule) => rule.replaces === replaces)) throw conflict('liaison.rule_already_adapted')
      }
      await insertRule(tx, { id, serviceId, replaces })
    }
    const version = baseVersion + 1
    await insertRuleVersion(tx, {
      id,
      version,
      title,
      when,
      escalateAfter,
      active,
      reason,
      decidedBy: actor.userId,
      decidedByName: actor.displayName,
      decidedAt: now,
    })
    context.note({ ruleId: id, version, trigger: when.trigger, active })
    context.emit({ type: 'liaison.alertRule.written', audience: serviceId === null ? [] : [serviceId], payload: { ruleId: id, version } })
    return { id, version }
  },
})

export const muteAlertRuleImplementation = implement(muteAlertRule, {
  load: async ({ tx }, { alertId }) => {
    const alert = await findAlert(tx, alertId)
    if (alert === undefined) throw notFound('alert')
    return alert
  },
  run: async (context, { id, until, reason }, { id: alertId }) => {
    const { tx, actor, now, timeZone } = context
    const alert = await findAlert(tx, alertId)
    if (alert === undefined) throw notFound('alert')
    if (alert.ruleId === null) throw invalid('liaison.alert_without_rule')
    const today = dayOf(now, timeZone)
    if (until <= today || until > addDays(today, 366)) throw invalid('liaison.mute_too_long')
    await insertMute(tx, {
      id,
      personId: alert.personId,
      ruleId: alert.ruleId,
      until,
      reason,
      by: actor.userId,
      byName: actor.displayName,
      at: now,
      holderOrg: alert.holderOrg,
    })
    context.emit({ type: 'liaison.alertRule.muted', audience: [alert.holderOrg], payload: { personId: alert.personId, ruleId: alert.ruleId } })
    return { id }
  },
})

export const unmuteAlertRuleImplementation = implement(unmuteAlertRule, {
  load: async ({ tx }, { id }) => {
    const mute = await findMute(tx, id)
    if (mute === undefined) throw notFound('alert mute')
    return { ...mute, id }
  },
  run: async (context, { id }) => {
    await endMuteRow(context.tx, id, context.actor.userId, context.now)
    return { id }
  },
})

export const setOpeningHoursImplementation = implement(setOpeningHours, {
  load: noTarget,
  run: async (context, { week }) => {
    const { tx, actor } = context
    if (actor.serviceId === null) throw notFound('service')
    await setServiceWeek(tx, actor.serviceId, week as never)
    context.emit({ type: 'liaison.openingHours.set', audience: [actor.serviceId], payload: { serviceId: actor.serviceId } })
    return {}
  },
})

/** The calendar of a DAC as the composer and the screen of rules use it. */
export function readingCalendar(serviceName: string, { timeZone, holidays, week }: WorkingCalendar): ReadingCalendar {
  return { serviceName, timeZone, holidays, week: week.map((hours) => hours.map(([opens, closes]): [number, number] => [opens, closes])) }
}

export const alertRulesImplementation = implement(alertRules, {
  load: noTarget,
  run: async (context) => {
    const { tx, timeZone, actor } = context
    const service = actor.serviceKind === 'dac' ? actor.serviceId : null
    return {
      rows: [...(await selectRules(tx, service))],
      mutes: service === null ? [] : [...(await selectMutes(tx, service))],
      calendar: service === null ? null : readingCalendar(actor.serviceName, await workingCalendar(tx, timeZone, service)),
    }
  },
})

export const alertRuleVersionsImplementation = implement(alertRuleVersions, {
  load: noTarget,
  run: async ({ tx, actor }, { id }) => ({
    rows: (await selectRuleVersions(tx, id)).filter((rule) => rule.serviceId === null || rule.serviceId === actor.serviceId),
  }),
})

const shownExamples = 5

export const alertRulePreviewImplementation = implement(alertRulePreview, {
  load: noTarget,
  run: async (context, { when, days }) => {
    const { tx } = context
    const found = await whatWouldAlert(context, when, days)
    if (found === null) return { times: null, files: 0, examples: [] }
    const last = found.slice(0, shownExamples)
    const names = await personNames(tx, [...new Set(last.map(({ personId }) => personId))])
    return {
      times: found.length,
      files: new Set(found.map(({ personId }) => personId)).size,
      examples: last.flatMap(({ personId, at, title }) => {
        const person = names.get(personId)
        return person === undefined ? [] : [{ person, at, title }]
      }),
    }
  },
})

interface WouldAlert {
  readonly personId: Parameters<typeof personNames>[1][number]
  readonly at: string
  readonly title: string
}

/** What the files that the actor's DAC follows now hold that would have set the condition off, the latest first; null for what has no past to try. */
async function whatWouldAlert({ tx, actor, now }: Context, when: RuleTrigger, days: number): Promise<readonly WouldAlert[] | null> {
  const service = String(actor.serviceId)
  if (when.trigger === 'note' || when.trigger === 'event') {
    const only = when.trigger === 'event' ? { urgent: false, events: when.events, types: [] } : { urgent: when.urgent, events: [], types: when.types }
    const notes = await selectPastNotes(tx, service, new Date(now.getTime() - days * 86_400_000), only)
    return notes
      .filter((note) => noteMatches(when, note))
      .map((note) => ({ personId: note.personId, at: note.at, title: noteHeading(note.type as NoteType, note.title, note.body).title }))
  }
  if (when.trigger === 'silence') {
    const files = await selectSilentFiles(tx, service, when.days, when.levels)
    return files.map(({ personId, at }) => ({ personId, at, title: 'Dernier contact' }))
  }
  return null
}
