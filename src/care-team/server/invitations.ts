import { createHash } from 'node:crypto'
import { partyOf } from '../../directory/server/api.ts'
import { nameWords } from '../../persons/contract/names.ts'
import { assertMayTell, assertSharingAllowed } from '../../persons/server/api.ts'
import { conflict, DomainError, invalid, notFound } from '../../platform/contract/errors.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { type Context, implement, noTarget } from '../../platform/server/implement.ts'
import { valueSetLabels } from '../../territory/server/api.ts'
import '../contract/errors.ts'
import {
  acceptInvitation,
  circleInvitations,
  declineInvitation,
  type InvitedTarget,
  invitationAtHand,
  inviteToCircle,
  revokeInvitation,
} from '../contract/invitations.ts'
import { roleFacts, type SingleRole } from '../contract/roles.ts'
import { carryInvitationsJob } from './carry-invitations.ts'
import { assertRole, lawfulAccess, ofThePerson, tell, tellInFil } from './composition.ts'
import {
  accept,
  decline,
  insertInvitation,
  invitationHours,
  leaveMail,
  lockInvitation,
  namesOfUser,
  selectAtHand,
  selectInvitations,
  setRevoked,
} from './invitations.sql.ts'

/** What is kept of the secret of a link. */
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

const ownWords = async (context: Context): Promise<readonly string[]> => nameWords(await namesOfUser(context.tx, context.actor.userId))

/** Offered on the same conditions as an access opened at once: answers collected, no silence towards her, a lawful ground, volets of her category. */
export const inviteToCircleHandler = implement(inviteToCircle, {
  load: ofThePerson,
  run: async (context, input) => {
    const { tx, actor, now } = context
    await assertRole(context, input.role)
    const name = `${input.givenName} ${input.familyName}`
    const words = nameWords(name)
    if (words.length < 2) throw invalid('careTeam.invitation_names')
    const card = input.partyId === null ? null : await partyOf(tx, input.partyId as never)
    if (input.partyId !== null && card === null) throw invalid('careTeam.party_unknown')
    if (card !== null && card.kind !== 'professional') throw invalid('careTeam.named_professional_only')
    await assertSharingAllowed(tx, input.personId, { collected: true })
    await assertMayTell(tx, input.personId, { partyIds: input.partyId === null ? [] : [input.partyId], name })
    const facts = roleFacts[input.role as SingleRole]
    const { sharingCategory, volets, access } = await lawfulAccess(context, facts, input.access)
    const expiresAt = new Date(now.getTime() + (await invitationHours(tx)) * 3_600_000)
    await insertInvitation(tx, {
      ...input,
      nameWords: words,
      sharingCategory,
      basis: input.access.basis,
      wish: { ...access, professionalCategory: facts.professionalCategory },
      volets,
      secretHash: hashOf(input.secret),
      at: now,
      by: actor.userId,
      byName: actor.displayName,
      expiresAt,
      holderOrg: String(actor.serviceId),
    })
    if (input.address !== null) {
      await leaveMail(tx, input.id, input.address, input.secret, now)
      await context.enqueue(carryInvitationsJob, {})
    }
    tellService(context, input.personId, String(actor.serviceId))
    return { id: input.id, expiresAt: expiresAt.toISOString() }
  },
})

/** Private to the service that invites: whoever is around the person is not told whom it thinks of. */
function tellService(context: Context, personId: PersonId, service: string): void {
  context.emit({ type: 'careTeam.invitation.changed', volet: 'administrative', audience: [service], payload: { personId } })
}

export const revokeInvitationHandler = implement(revokeInvitation, {
  load: ofThePerson,
  run: async (context, { id, personId }) => {
    const found = await lockInvitation(context.tx, id, personId)
    if (found === undefined) throw notFound('invitation')
    if (found.state !== 'waiting') throw conflict('careTeam.invitation_settled')
    await setRevoked(context.tx, id, context.now)
    tellService(context, personId, String(context.actor.serviceId))
    return { id }
  },
})

export const circleInvitationsHandler = implement(circleInvitations, {
  sharedPlans: true,
  load: ofThePerson,
  run: async ({ tx, now }, { personId }) => ({ rows: [...(await selectInvitations(tx, personId, now))] }),
})

const nobodyYet = async (): Promise<InvitedTarget & { reached: PersonId[] }> => ({ reached: [] })

const refusals = {
  unusable: () => conflict('careTeam.invitation_unusable'),
  another: () => new DomainError('forbidden', 'careTeam.invitation_for_another'),
  closed: () => new DomainError('forbidden', 'careTeam.invitation_closed'),
} as const

/** Bound to who she is at this login: her card where it was known, else her names. Whoever else holds the link is refused, and the link still serves. */
export const acceptInvitationHandler = implement(acceptInvitation, {
  load: nobodyYet,
  run: async (context, { id, secret }, target) => {
    const { tx } = context
    const hash = hashOf(secret)
    const words = await ownWords(context)
    const asked = await selectAtHand(tx, id, hash, words)
    const labels = await valueSetLabels(tx, 'care_team.role')
    const reason = labels.get(asked?.role ?? '') ?? 'Invitation'
    const done = await accept(tx, { id, hash, ownWords: words, memberId: newId(), roleId: newId(), accessId: newId(), sightId: newId(), reason })
    if (done.refusal !== null) throw refusals[done.refusal]()
    const { personId, memberId, partyId, name } = done
    if (personId === null || memberId === null) throw notFound('invitation')
    ;(target.reached as PersonId[]).push(personId)
    await tellInFil(context, { id: memberId, personId, partyId }, `${name} rejoint le cercle sur invitation`, reason)
    tell(context, personId, memberId)
    context.emit({
      type: 'persons.sight.granted',
      personId,
      volet: 'administrative',
      audience: partyId === null ? [] : [partyId],
      payload: { personId, partyId },
    })
    for (const service of done.services) tellService(context, personId, service)
    return { id, personId, memberId }
  },
})

export const declineInvitationHandler = implement(declineInvitation, {
  load: nobodyYet,
  run: async (context, { id, secret }, target) => {
    const [hash, words] = [hashOf(secret), await ownWords(context)]
    if ((await selectAtHand(context.tx, id, hash, words))?.hers === false) throw refusals.another()
    const settled = await decline(context.tx, id, hash, words)
    if (settled === undefined) throw conflict('careTeam.invitation_unusable')
    ;(target.reached as PersonId[]).push(settled.personId)
    tellService(context, settled.personId, settled.service)
    return { id }
  },
})

export const invitationAtHandHandler = implement(invitationAtHand, {
  load: noTarget,
  run: async (context, { id, secret }) => {
    const nothing = { serviceName: null, invitedByName: null, role: null, volets: [], expiresAt: null, personId: null }
    const found = await selectAtHand(context.tx, id, hashOf(secret), await ownWords(context))
    if (found === undefined) return { ...nothing, state: 'unknown' as const }
    if (!found.hers) return { ...nothing, state: 'another' as const }
    const { hers: _hers, ...told } = found
    return told
  },
})
