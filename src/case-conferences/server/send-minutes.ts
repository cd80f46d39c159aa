import { assertMayTell, assertSharingAllowed, speaksAsHer, voletsForRecipient } from '../../persons/server/api.ts'
import { volets as allVolets, type Volet } from '../../platform/contract/actor.ts'
import { dayOf } from '../../platform/contract/dates.ts'
import { conflict, invalid } from '../../platform/contract/errors.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import { sendMinutes } from '../contract/actions.ts'
import type { ConferenceTarget } from '../contract/conference.ts'
import { findConference, insertSending } from './conference.sql.ts'
import { loadConference, rowOf } from './load.ts'

interface MinutesRecipient {
  readonly partyId: string | null
  readonly name: string
  readonly means: 'shared' | 'printed' | 'handed'
  readonly volets: readonly Volet[]
}

/** The volets that may be written to somebody outside Jalon: those of her category; without a card, all to the person or who represents her, never the volet santé otherwise. */
export async function voletsOpenTo(
  tx: Tx,
  personId: PersonId,
  { partyId, name }: { readonly partyId: string | null; readonly name: string },
): Promise<readonly Volet[]> {
  if (partyId !== null) return voletsForRecipient(tx, personId, partyId)
  return (await speaksAsHer(tx, personId, name)) ? allVolets : ['administrative', 'social']
}

/**
 * What of the minutes this recipient receives (L.1110-4, R.1110-2 CSP). Shared in Jalon, it is what she reads there; on paper, what was chosen, or a refusal:
 * of a volet that the sender or the recipient may not have, of the volet santé to a name without a card that is neither the person nor who represents her.
 */
async function voletsToSend(
  { tx }: Context,
  { personId, person }: ConferenceTarget,
  { partyId, name, means, volets }: MinutesRecipient,
): Promise<readonly Volet[]> {
  const chosen = [...new Set(volets)]
  const open = await voletsOpenTo(tx, personId, { partyId, name })
  const received = chosen.filter((volet) => open.includes(volet))
  if (received.length === 0 || (means !== 'shared' && received.length < chosen.length)) throw invalid('caseConferences.volet_closed_to_her')
  if (means !== 'shared' && chosen.some((volet) => !person.volets.includes(volet))) throw invalid('caseConferences.volet_closed_to_you')
  return received
}

/** Kept: to whom, how, with which volets. A silence, an opposition or the person's refusal stops it. */
export const sendMinutesImplementation = implement(sendMinutes, {
  load: (context, { id }) => loadConference(context, id),
  run: async (context, { id, recipients }, target) => {
    const { tx, actor, now, timeZone } = context
    const row = await findConference(tx, id, { lock: true })
    if (row?.state !== 'signed') throw conflict('caseConferences.not_signed')
    if (row.agreement === 'refused') throw conflict('caseConferences.agreement_refused')
    await assertSharingAllowed(tx, row.personId)
    for (const one of recipients) {
      await assertMayTell(tx, row.personId, { partyIds: one.partyId === null ? [] : [one.partyId], name: one.name })
      const volets = await voletsToSend(context, target, one)
      await insertSending(tx, rowOf(row), { ...one, volets, on: dayOf(now, timeZone), byName: actor.displayName, at: now })
    }
    context.emit({
      type: 'caseConferences.minutes.sent',
      personId: target.personId,
      volet: 'administrative',
      audience: recipients.flatMap(({ partyId }) => (partyId === null ? [] : [partyId])),
      payload: { conferenceId: id },
    })
    return { id, sent: recipients.length }
  },
})
