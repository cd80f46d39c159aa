import { type Access, allowed, allowedIf, refused, type Verdict } from '../../platform/contract/action.ts'
import { type Actor, accompanies, holds } from '../../platform/contract/actor.ts'
import { french } from '../../platform/contract/typography.ts'
import type { ThreadTarget } from './thread.ts'

/** Professionals who work with one another: those of a DAC who accompany, lead or direct, and those around the person; not the front desk alone. */
export const mayConverse = (actor: Actor): boolean =>
  accompanies(actor) || holds(actor, 'outside_professional', 'expert_team', 'cpts_coordinator') || (actor.serviceKind === 'dac' && holds(actor, 'director'))

const professionals = french('Réservé aux professionnels qui accompagnent des personnes.')

export const converses: Access<unknown, unknown> = (actor: Actor) => allowedIf(mayConverse(actor), professionals)

/** Loading it is the right: row-level security gives a conversation to those who take or took part. */
export const readsIt: Access<unknown, unknown> = () => allowed

/** Who takes part now may write; who left keeps what was said before, and adds nothing. */
export const writesIn = (actor: Actor, thread: ThreadTarget): Verdict => {
  if (!mayConverse(actor)) return refused(professionals)
  return allowedIf(thread.mine !== null, french('Vous ne prenez plus part à cette conversation.'))
}

/** Who keeps the list: whoever opened the conversation, and in a file those of the DAC who accompany. */
export const editsParticipants = (actor: Actor, thread: ThreadTarget): Verdict => {
  const written = writesIn(actor, thread)
  if (!written.allowed) return written
  return allowedIf(
    thread.createdBy === actor.userId || (thread.personId !== null && accompanies(actor)),
    thread.personId === null
      ? french('Seule la personne qui a ouvert la conversation change les participants.')
      : french('Les participants sont changés par le DAC, ou par qui a ouvert la conversation.'),
  )
}
