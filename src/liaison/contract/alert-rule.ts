import { z } from 'zod'
import { line, paragraph } from '../../platform/contract/fields.ts'
import { type Branded, idSchema, type ServiceId } from '../../platform/contract/ids.ts'
import { french, lowerFirst } from '../../platform/contract/typography.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import { measureWords } from './measure-kinds.ts'
import { noteType } from './note.ts'
import { noteEvents, noteTypes } from './value-sets.ts'

export type AlertRuleId = Branded<'AlertRuleId'>

const days = (most: number): z.ZodType<number, number> =>
  z
    .number({ error: 'Nombre de jours à écrire.' })
    .int()
    .min(0)
    .max(most, { error: `${most} jours au plus.` })
const bound = z.number({ error: 'Un nombre seul, comme 45 ou 52,5.' }).min(-1000).max(10_000).nullable().default(null)

/** What a rule listens to, with its condition: data that a team leader writes on a screen. */
export const ruleTrigger = z.discriminatedUnion('trigger', [
  z.object({
    trigger: z.literal('note'),
    /** « Demande une réponse rapide ». */
    urgent: z.boolean().default(false),
    types: z.array(noteType).max(5).default([]),
    /** Words, or beginnings of words: one of them is enough; accents and capitals do not count. */
    words: z.array(line(40)).max(12).default([]),
  }),
  z.object({
    trigger: z.literal('event'),
    events: z
      .array(z.enum(noteEvents.values.map((value) => value.code) as [string, ...string[]]))
      .min(1, { error: 'Un événement au moins.' })
      .max(8),
  }),
  z.object({
    trigger: z.literal('measure'),
    /** True: the threshold that was set for each person. */
    personal: z.boolean().default(false),
    kind: z
      .string()
      .regex(/^[a-z_]{2,30}$/)
      .nullable()
      .default(null),
    below: bound,
    above: bound,
    /** A loss of so many percent within `days` days. */
    lossPercent: z
      .number({ error: 'Un nombre seul, comme 5.' })
      .min(1, { error: '1 % au moins.' })
      .max(50, { error: '50 % au plus.' })
      .nullable()
      .default(null),
    days: days(366).nullable().default(null),
  }),
  z.object({
    trigger: z.literal('silence'),
    days: days(366),
    levels: z
      .array(z.enum(['brief', 'sustained', 'intensive']))
      .min(1, { error: 'Un niveau au moins.' })
      .max(3),
  }),
  z.object({ trigger: z.literal('plan_term'), days: days(90) }),
])
export type RuleTrigger = z.output<typeof ruleTrigger>

/** A rule as it stands. */
export const alertRule = z.object({
  id: idSchema<AlertRuleId>(),
  version: z.number().int(),
  /** Null: of the region. */
  serviceId: idSchema<ServiceId>().nullable(),
  replaces: idSchema<AlertRuleId>().nullable(),
  title: z.string(),
  when: ruleTrigger,
  escalateAfter: z.number().int().nullable(),
  active: z.boolean(),
  decidedByName: z.string(),
  decidedAt: z.string(),
  reason: z.string().nullable(),
})
export type AlertRule = z.output<typeof alertRule>

/** What one decides of a rule. */
export const ruleDecision = z.object({
  title: line(120),
  when: ruleTrigger,
  escalateAfter: z.number().int().min(5, { error: '5 minutes au moins.' }).max(10_000).nullable(),
  active: z.boolean(),
  reason: paragraph(500).nullable().default(null),
})

/** Why a condition could never raise anything; null when it is sound. */
export function emptyCondition(when: RuleTrigger): string | null {
  if (when.trigger === 'note' && !when.urgent && when.types.length === 0 && when.words.length === 0)
    return french('Dites ce qui alerte : des mots, un type de note, ou la réponse rapide demandée.')
  if (when.trigger === 'measure' && !when.personal) {
    if (when.kind === null) return 'Choisissez la mesure.'
    if (when.below === null && when.above === null && when.lossPercent === null) return french('Dites à partir de quelle valeur alerter.')
    if (when.lossPercent !== null && when.days === null) return french('Dites en combien de jours.')
  }
  return null
}

export interface NoteToMatch {
  readonly type: string
  readonly title: string | null
  readonly body: string
  readonly urgent: boolean
  readonly event: string | null
}

/** True if a note sets the rule off. The same function decides for today's notes and for the preview on those of the past. */
export function noteMatches(when: RuleTrigger, note: NoteToMatch): boolean {
  if (when.trigger === 'event') return note.event !== null && when.events.includes(note.event)
  if (when.trigger !== 'note') return false
  if (when.urgent && !note.urgent) return false
  if (when.types.length > 0 && !when.types.includes(note.type as never)) return false
  if (when.words.length > 0) {
    const text = ` ${plainWords(`${note.title ?? ''} ${note.body}`)}`
    if (!when.words.some((word) => plainWords(word) !== '' && text.includes(` ${plainWords(word)}`))) return false
  }
  return emptyCondition(when) === null
}

/** Without accents, capitals nor punctuation: « N’est pas tombée » gives « n est pas tombee ». */
function plainWords(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

const list = (words: readonly string[], last: string): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} ${last} ${words[words.length - 1]}`

export const levelWords: Readonly<Record<'brief' | 'sustained' | 'intensive', string>> = { brief: 'ponctuel', sustained: 'soutenu', intensive: 'intensif' }

/** « une note dit « chute » ou « tombé » » : the condition, as the screen says it. `measureName` gives the French name of a measure. */
export function ruleWords(when: RuleTrigger, measureName: (kind: string) => string): string {
  switch (when.trigger) {
    case 'note':
      return french(
        [
          `une note${
            when.types.length > 0
              ? ` (${list(
                  when.types.map((type) => lowerFirst(labelOf(noteTypes, type))),
                  'ou',
                )})`
              : ''
          }`,
          when.urgent ? 'demande une réponse rapide' : '',
          when.words.length > 0
            ? `${when.urgent ? 'et ' : ''}contient ${list(
                when.words.map((word) => `« ${word} »`),
                'ou',
              )}`
            : '',
          !when.urgent && when.words.length === 0 ? 'est écrite' : '',
        ]
          .filter(Boolean)
          .join(' '),
      )
    case 'event':
      return french(
        `une note rapporte : ${list(
          when.events.map((event) => lowerFirst(labelOf(noteEvents, event))),
          'ou',
        )}`,
      )
    case 'measure': {
      if (when.personal) return french('une mesure sort du seuil fixé pour la personne')
      const name = lowerFirst(measureName(when.kind ?? ''))
      const bounded = (value: number): string => measureWords(when.kind ?? '', value, null)
      if (when.lossPercent !== null) return french(`${name} : perte de ${String(when.lossPercent).replace('.', ',')} % ou plus en ${when.days ?? 0} jours`)
      return french(
        `${name} ${[when.below === null ? '' : `sous ${bounded(when.below)}`, when.above === null ? '' : `au-dessus de ${bounded(when.above)}`].filter(Boolean).join(' ou ')}`,
      )
    }
    case 'silence':
      return french(
        `aucune visite ni contact depuis ${when.days} jours, suivi ${list(
          when.levels.map((level) => levelWords[level]),
          'ou',
        )}`,
      )
    case 'plan_term':
      return when.days === 0 ? french('le terme d’un PPCS est passé') : french(`le terme d’un PPCS est passé depuis ${when.days} jours`)
  }
}
