import { z } from 'zod'
import type { PersonTarget } from '../../persons/contract/person.ts'
import { type ActionAudit, allowedIf, defineAction, defineQuery } from '../../platform/contract/action.ts'
import { isDacStaff } from '../../platform/contract/actor.ts'
import { code, day, line, optional, paragraph } from '../../platform/contract/fields.ts'
import { type Branded, idSchema, type PersonId } from '../../platform/contract/ids.ts'
import { keepsTheCircle } from './access.ts'

export type ProviderCallId = Branded<'ProviderCallId'>

/** What a provider answers to « pouvez-vous intervenir ? ». */
export const callOutcomes = ['yes', 'call_back', 'full', 'refused', 'no_answer'] as const
export type CallOutcome = (typeof callOutcomes)[number]
export const callOutcomeLabels: Readonly<Record<CallOutcome, string>> = {
  yes: 'Oui',
  call_back: 'À rappeler',
  full: 'Complet',
  refused: 'Refuse',
  no_answer: 'Sans réponse',
}

/** What a colleague learned is worth as long as this. */
export const wordKeptDays = 30
/** As many providers who cannot, none who can: the search fails, and a rupture is proposed. */
export const failedAfter = 3

const call = z.object({
  id: idSchema<ProviderCallId>(),
  need: z.string(),
  partyId: z.string().nullable(),
  name: z.string(),
  outcome: z.enum(callOutcomes),
  callBackOn: z.string().nullable(),
  words: z.string().nullable(),
  calledAt: z.string(),
  calledByName: z.string(),
})
export type ProviderCall = z.output<typeof call>

export const recordProviderCall = defineAction({
  name: 'careTeam.providerCall.record',
  title: 'Noter l’appel à un intervenant',
  input: z.object({
    id: idSchema<ProviderCallId>(),
    personId: idSchema<PersonId>(),
    need: code(),
    partyId: optional(z.uuid()),
    name: line(160),
    outcome: z.enum(callOutcomes, { error: 'À choisir.' }),
    callBackOn: optional(day()),
    words: optional(paragraph(500)),
  }),
  /** `failed`: the search for this need now looks lost. */
  output: z.object({ id: idSchema<ProviderCallId>(), failed: z.boolean() }),
  access: keepsTheCircle,
  audit: { persons: (_input, person: PersonTarget) => [person.personId] },
})

const ofPerson: ActionAudit<unknown, PersonTarget, unknown> = { persons: (_input, person) => [person.personId] }

export const providerCalls = defineQuery({
  name: 'careTeam.providerCalls',
  title: 'Recherche d’intervenant',
  input: z.object({ personId: idSchema<PersonId>() }),
  output: z.object({
    /** By need, the one whose last call is the latest first. */
    searches: z.array(z.object({ need: z.string(), failed: z.boolean(), found: z.boolean(), calls: z.array(call) })),
  }),
  access: keepsTheCircle,
  audit: ofPerson,
})

/** What the providers answered to the colleagues of my service, these 30 days: about nobody. */
export const providerWords = defineQuery({
  name: 'careTeam.providerWords',
  title: 'Ce que les intervenants ont répondu à l’équipe',
  input: z.object({}),
  output: z.object({
    rows: z.array(
      z.object({
        partyId: z.string(),
        need: z.string(),
        outcome: z.enum(callOutcomes),
        callBackOn: z.string().nullable(),
        calledAt: z.string(),
        calledByName: z.string(),
      }),
    ),
  }),
  access: (actor) => allowedIf(isDacStaff(actor), 'Réservé aux professionnels d’un DAC.'),
  audit: { none: 'what providers answered to the service: no person' },
})

/** The searches of a person from her calls, the latest first; a need is lost when enough providers cannot and none can. */
export function searchesOf(calls: readonly ProviderCall[]): z.output<(typeof providerCalls)['output']>['searches'] {
  const needs = [...new Set(calls.map(({ need }) => need))]
  return needs.map((need) => {
    const ofNeed = calls.filter((one) => one.need === need)
    const last = new Map<string, ProviderCall>()
    for (const one of ofNeed) if (!last.has(one.partyId ?? one.name)) last.set(one.partyId ?? one.name, one)
    const answers = [...last.values()].map(({ outcome }) => outcome)
    const found = answers.includes('yes')
    return { need, found, failed: !found && answers.filter((one) => one === 'full' || one === 'refused').length >= failedAfter, calls: ofNeed }
  })
}
