import type { Context } from '../../platform/server/implement.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import { type AlertRule, noteMatches } from '../contract/alert-rule.ts'
import { noteHeading } from '../contract/note.ts'
import { type NoteType, noteTypes } from '../contract/value-sets.ts'
import { mutedRules, rulesInForce } from './alert-rule.sql.ts'
import type { NoteRow } from './note.sql.ts'
import { raiseAlert, whoTakes } from './raise-alert.ts'

/** What names the alert when several rules are set off: the gesture of the author, else what happened, else the words. */
const weight: Readonly<Record<string, number>> = { event: 1, note: 2 }

/**
 * Raises the one alert that a note just written asks for: because its author asked (never muted, refused when nobody would take it), or because it sets a
 * rule off. Gives the rule, null where nothing was raised by one.
 */
export async function applyRules(context: Context, note: NoteRow): Promise<AlertRule | null> {
  const { tx } = context
  const followers = await whoTakes(context, note.personId)
  const rules = followers === undefined ? [] : await rulesInForce(tx, followers.holderOrg)
  const set = rules.filter((rule) => noteMatches(rule.when, note)).sort((a, b) => (weight[a.when.trigger] ?? 9) - (weight[b.when.trigger] ?? 9))
  const asked = note.urgent ? (set.find((rule) => rule.when.trigger === 'note' && rule.when.urgent) ?? null) : null
  const muted = set.length === 0 || followers === undefined ? new Set() : await mutedRules(tx, note.personId, followers.holderOrg)
  const rule = asked ?? set.find((one) => !muted.has(one.id)) ?? null
  if (!note.urgent && (rule === null || followers === undefined)) return null
  const heading = noteHeading(note.type as NoteType, note.title, note.body)
  await raiseAlert(
    context,
    {
      id: note.id,
      personId: note.personId,
      title: rule !== null && heading.title === labelOf(noteTypes, note.type) ? rule.title : heading.title,
      summary: heading.summary,
      source: 'liaison.note',
      sourceId: note.id,
      volet: note.volet,
      protection: note.protection,
      event: note.event,
      rule,
    },
    followers,
  )
  return rule
}
