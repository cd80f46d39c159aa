import type { Subscriber } from '../../platform/server/subscribers.ts'
import { sequenceProposedBy } from '../contract/critical-sequences.ts'
import { resumeEverything, stopEverything } from './death.sql.ts'
import { dayOfEvent, proposeSequence, tellProposed, withdrawProposal } from './sequence.sql.ts'

/**
 * A death recorded once stops what is still to be done for the person and ends the dormancy of her file; her référent is left one thing to do:
 * close. A death recorded by mistake gives the tasks back. Runs once per event.
 */
export const stopAfterDeath: Subscriber = {
  name: 'episodes.stopAfterDeath',
  types: ['persons.person.died', 'persons.person.deathWithdrawn'],
  react: async (tx, event) => {
    if (event.personId === null) return
    if (event.type === 'persons.person.died') await stopEverything(tx, event.personId, event.at, event.seq)
    else await resumeEverything(tx, event.personId, event.at)
  },
}

/**
 * An alert that tells of a critical moment (hospital, fall of the aidant, refusal of care…) proposes its sequence to the DAC in charge; the référent accepts
 * or declines. The payload says what happened (`event`, `cause` or `sequenceKind`) and the row that says it (`alertId`).
 */
export const proposeSequenceOnAlert: Subscriber = {
  name: 'episodes.proposeSequence',
  types: ['liaison.alert.raised'],
  react: async (tx, event) => {
    // What a DAC says to itself alone names nobody: a sequence is shared with the circle, it is not proposed from there.
    const { payload, personId } = event
    const told = [payload.sequenceKind, payload.event, payload.cause, payload.eventKind].find((one): one is string => typeof one === 'string')
    const kind = told === undefined ? undefined : (sequenceProposedBy[told] ?? (told === payload.sequenceKind ? told : undefined))
    const { alertId: sourceId } = payload
    if (personId === null || kind === undefined || typeof sourceId !== 'string') return
    const startsOn = await dayOfEvent(tx, event.at)
    const services = await proposeSequence(tx, { personId, kind, startsOn, source: 'liaison.alert', sourceId, reason: null })
    await tellProposed(tx, personId, services)
  },
}

/** A sequence that an alert proposed, and nobody accepted yet, goes with the alert when what raised it is cancelled. */
export const withdrawSequenceWithAlert: Subscriber = {
  name: 'episodes.withdrawSequence',
  types: ['liaison.alert.withdrawn'],
  react: async (tx, event) => {
    const { personId, payload } = event
    if (personId === null || typeof payload.alertId !== 'string') return
    await tellProposed(tx, personId, await withdrawProposal(tx, personId, payload.alertId, await dayOfEvent(tx, event.at)))
  },
}
