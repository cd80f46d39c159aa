import { factsAfterChange, type IdentityFacts, identityStatus } from '../contract/identity-status.ts'
import { changedStrictTraits, type ProvisionalTraits } from '../contract/traits.ts'
import type { IdentityAttribute } from '../contract/value-sets.ts'
import type { PersonFields } from './person.sql.ts'

/** The two facts and the attributes, as the row holds them. */
export function factsOf(fields: PersonFields): IdentityFacts {
  return {
    insRetrieved: fields.insRetrievedAt !== null,
    identityChecked: fields.identityCheckedAt !== null,
    insContested: fields.insContestedAt !== null,
    attributes: fields.identityAttributes as readonly IdentityAttribute[],
  }
}

/** The traits as traits.ts compares them. */
export function traitsOf(fields: PersonFields): ProvisionalTraits {
  return { ...fields, birthGivenNames: [...fields.birthGivenNames] } as unknown as ProvisionalTraits
}

/**
 * What follows from traits corrected by hand (RNIV): a strict trait that really changes takes away the check, the retrieval and the matricule.
 * Empty when nothing is lost. The difference kept in the history is the trace of what was withdrawn.
 */
export function consequencesOf(before: PersonFields, after: PersonFields): Partial<PersonFields> {
  const facts = factsAfterChange(factsOf(before), changedStrictTraits(traitsOf(before), traitsOf(after)))
  if (facts.keepsMatricule || (!factsOf(before).insRetrieved && !factsOf(before).identityChecked)) return {}
  return {
    insMatricule: null,
    insOid: null,
    insRetrievedAt: null,
    insVerifiedAt: null,
    insContestedAt: null,
    identityCheckedAt: null,
    identityCheckedBy: null,
    identityDocument: null,
    identityStatus: identityStatus(facts),
  }
}

/** The INS taken away by itself: the identity stays checked on its document. */
export function withoutIns(fields: PersonFields): Partial<PersonFields> {
  return {
    insMatricule: null,
    insOid: null,
    insRetrievedAt: null,
    insVerifiedAt: null,
    insContestedAt: null,
    identityStatus: identityStatus({ ...factsOf(fields), insRetrieved: false, insContested: false }),
  }
}
