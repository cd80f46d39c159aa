import { conflict, invalid } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { recordIns } from '../contract/actions.ts'
import { identityStatus, insMayBeAsked } from '../contract/identity-status.ts'
import { checkMatricule, insOidAllowed, nirDisagreements, parseNir } from '../contract/ins.ts'
import { missingTraits } from '../contract/traits.ts'
import { recordTimelineItem } from './api.ts'
import { factsOf, traitsOf } from './identity-facts.ts'
import { holdsRealIdentities } from './person.sql.ts'
import { ofThePerson, personAtHand, writePerson } from './person-at-hand.ts'

const uniqueViolation = '23505'

/** The INS read elsewhere and noted by hand, until the teleservice is connected: a wrong key is refused, the five traits must be known. */
export const recordInsHandler = implement(recordIns, {
  load: ofThePerson,
  run: async (context, input) => {
    const checked = checkMatricule(input.matricule, 'entry')
    if (!checked.ok) throw invalid('input_invalid', { count: 1 }, { fields: { matricule: checked.message } })
    if (!insOidAllowed(input.oid, await holdsRealIdentities(context.tx))) throw invalid('ins_authority_refused')
    const row = await personAtHand(context, input.personId)
    const facts = factsOf(row.fields)
    if (!insMayBeAsked(facts)) throw invalid('ins_blocked')
    if (missingTraits(traitsOf(row.fields)).length > 0) throw invalid('identity_incomplete')
    const nir = parseNir(checked.matricule)
    const disagreements = nir.ok ? nirDisagreements(nir.nir, row.fields) : []
    if (disagreements.length > 0 && !input.disagreementsSeen) throw conflict('matricule_disagrees', { count: disagreements.length }, { disagreements })
    const after = await writePerson(context, row, {
      insMatricule: checked.matricule,
      insOid: input.oid,
      insRetrievedAt: context.now.toISOString(),
      identityStatus: identityStatus({ ...facts, insRetrieved: true }),
    }).catch((error: unknown) => {
      throw (error as { code?: string }).code === uniqueViolation ? conflict('matricule_taken') : error
    })
    await recordTimelineItem(context, {
      personId: input.personId,
      kind: 'identity',
      title: 'INS notée',
      source: 'persons',
      sourceId: input.personId,
      volet: 'administrative',
    })
    context.emit({
      type: 'persons.identity.changed',
      personId: input.personId,
      volet: 'administrative',
      payload: { personId: input.personId, version: after.version },
    })
    return { id: input.personId, version: after.version, identityStatus: after.fields.identityStatus }
  },
})
