import type { SealedLine } from '../lines.sql.ts'

/** What BALP tells apart: a reading shows one person, a query several or none; an action creates, changes or takes away. */
export type Gesture = 'create' | 'read' | 'update' | 'delete' | 'query'

/** Verbs of the actions of Jalon that make something new, and that take something away; every other action changes what is. */
const making = new Set([
  'add',
  'answer',
  'call',
  'create',
  'declare',
  'give',
  'invite',
  'keep',
  'note',
  'open',
  'order',
  'plan',
  'raise',
  'receive',
  'record',
  'register',
  'report',
  'request',
  'save',
  'seize',
  'send',
  'start',
  'submit',
  'write',
])
const takingAway = new Set(['cancel', 'close', 'delete', 'destroy', 'discard', 'drop', 'end', 'erase', 'remove', 'revoke', 'withdraw'])

export function gestureOf({ kind, name, personIds }: Pick<SealedLine, 'kind' | 'name' | 'personIds'>): Gesture {
  if (kind === 'query') return personIds.length === 1 ? 'read' : 'query'
  const verb = (name.split('.').at(-1) ?? '').split(/(?=[A-Z])|-/)[0]?.toLowerCase() ?? ''
  if (making.has(verb)) return 'create'
  return takingAway.has(verb) ? 'delete' : 'update'
}
