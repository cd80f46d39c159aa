import type { Actor } from '../../platform/contract/actor.ts'
import { invalid } from '../../platform/contract/errors.ts'
import type { authorKinds } from '../contract/assessment.ts'

interface AuthorInput {
  readonly authorKind: (typeof authorKinds)[number]
  readonly authorName: string | null
  readonly authorRole: string | null
  readonly authorPartyId: string | null
}

/** Who made the assessment: the actor herself, or whom she names (R40). */
export function authorOf(actor: Actor, input: AuthorInput): AuthorInput & { readonly authorName: string } {
  if (input.authorKind === 'self') return { authorKind: 'self', authorName: actor.displayName, authorRole: actor.serviceName || null, authorPartyId: null }
  if (input.authorName === null) throw invalid('assessments.author_missing')
  return { authorKind: input.authorKind, authorName: input.authorName, authorRole: input.authorRole, authorPartyId: input.authorPartyId }
}
