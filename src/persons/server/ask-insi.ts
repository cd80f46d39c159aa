import { conflict, invalid } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { askInsi } from '../contract/identity-actions.ts'
import { insMayBeAsked } from '../contract/identity-status.ts'
import { type InsOid, insOidAllowed, parseNir } from '../contract/ins.ts'
import { missingTraits } from '../contract/traits.ts'
import { factsOf, traitsOf } from './identity-facts.ts'
import { insertInsiCall, insiConnected, traitsKeptBecause } from './insi.sql.ts'
import { insiCallJob } from './insi-jobs.ts'
import { holdsRealIdentities } from './person.sql.ts'
import { ofThePerson, personAtHand } from './person-at-hand.ts'

/** Records the question and leaves it to a job: the teleservice may be slow, and nobody's transaction waits for it. A second click asks nothing more. */
export const askInsiHandler = implement(askInsi, {
  load: ofThePerson,
  run: async (context, input) => {
    const { tx } = context
    if (!(await insiConnected(tx))) throw conflict('insi_not_connected')
    const kept = await traitsKeptBecause(tx, input.personId)
    if (kept !== null) throw conflict(`insi_${kept}`)
    const row = await personAtHand(context, input.personId)
    const facts = factsOf(row.fields)
    if (!insMayBeAsked(facts)) throw invalid('ins_blocked')
    if (missingTraits(traitsOf(row.fields)).length > 0) throw invalid('identity_incomplete')
    const production = await holdsRealIdentities(tx)
    if (input.read !== null) {
      const parsed = parseNir(input.read.matricule)
      if (!parsed.ok || (production && parsed.nir.keyValid !== true)) throw invalid('matricule_read_wrong')
      if (!insOidAllowed(input.read.oid, production)) throw invalid('ins_authority_refused')
    }
    const verifies = input.read !== null || (facts.insRetrieved && !facts.insContested)
    const call = await insertInsiCall(tx, {
      id: input.id,
      personId: input.personId,
      operation: verifies ? 'verification' : 'search',
      version: row.version,
      at: context.now,
      by: context.actor.userId,
      read: input.read === null ? null : { matricule: input.read.matricule, oid: input.read.oid as InsOid },
      holderOrg: String(context.actor.serviceId),
    })
    if (call.added) await context.enqueue(insiCallJob, { callId: call.id })
    return { id: call.id, operation: call.operation }
  },
})
