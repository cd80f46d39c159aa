import { ageOn } from '../../platform/contract/dates.ts'
import { invalid } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { assertValue, valueSetLabels } from '../../territory/server/api.ts'
import { checkIdentity } from '../contract/actions.ts'
import { documentProves, identityStatus } from '../contract/identity-status.ts'
import { missingTraits } from '../contract/traits.ts'
import type { IdentityDocument } from '../contract/value-sets.ts'
import { recordTimelineItem } from './api.ts'
import { factsOf, traitsOf } from './identity-facts.ts'
import { ofThePerson, personAtHand, today, writePerson } from './person-at-hand.ts'

/** A document of high trust makes the identity checked; another one is noted and proves nothing (RNIV). */
export const checkIdentityHandler = implement(checkIdentity, {
  load: ofThePerson,
  run: async (context, input) => {
    await assertValue(context.tx, 'persons.identity_document', input.document)
    const row = await personAtHand(context, input.personId)
    const age = row.fields.birthDate === null ? null : ageOn(row.fields.birthDate, today(context))
    const proves = documentProves(input.document as IdentityDocument, age)
    if (proves && missingTraits(traitsOf(row.fields)).length > 0) throw invalid('identity_incomplete')
    const checked = proves ? { identityCheckedAt: context.now.toISOString(), identityCheckedBy: context.actor.userId } : {}
    const facts = { ...factsOf(row.fields), identityChecked: proves || row.fields.identityCheckedAt !== null }
    const keptDocument = row.fields.identityCheckedAt !== null && !proves
    const after = await writePerson(context, row, {
      ...(keptDocument ? {} : { identityDocument: input.document }),
      ...checked,
      identityStatus: identityStatus(facts),
    })
    const label = (await valueSetLabels(context.tx, 'persons.identity_document')).get(input.document) ?? ''
    await recordTimelineItem(context, {
      personId: input.personId,
      kind: 'identity',
      title: proves ? 'Identité vérifiée' : 'Document présenté, sans valeur de preuve',
      summary: label,
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
