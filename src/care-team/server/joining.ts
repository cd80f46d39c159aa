import { nameWords, phoneticKey } from '../../persons/contract/names.ts'
import { familyDoctorOf, loadPerson } from '../../persons/server/api.ts'
import { accompanies } from '../../platform/contract/actor.ts'
import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { type Context, implement } from '../../platform/server/implement.ts'
import '../contract/errors.ts'
import { answerJoining, askToJoin, type JoinAnswerTarget, type JoinTarget, joinRequests } from '../contract/joining.ts'
import type { AccessId, MemberId, RoleId } from '../contract/member.ts'
import { assertRole, memberAtHand, openFile, tell, tellInFil, today } from './composition.ts'
import { leaveJoinRequest, lockJoinRequest, openByFamilyDoctor, selectJoinRequests, settleJoinRequest } from './joining.sql.ts'
import { insertMember, insertRole, lockMemberOfParty } from './member.sql.ts'

/** She is the médecin traitant of today, under her own card. */
async function isFamilyDoctor(context: Context, personId: PersonId): Promise<boolean> {
  const { actor, tx } = context
  if (actor.professionalId === null) return false
  const doctor = await familyDoctorOf(tx, personId)
  return doctor !== null && (doctor.state === 'declared' || doctor.state === 'de_facto') && doctor.professionalId === actor.professionalId
}

/** The request is left while it loads: the audit line must name whom it reached, and the answer must not. */
export const askToJoinHandler = implement(askToJoin, {
  load: async (): Promise<JoinTarget & { reached: PersonId[] }> => ({ reached: [] }),
  run: async (context, { id, name, birthDate, role, words }, target) => {
    await assertRole(context, role)
    const parts = nameWords(name)
    const left = await leaveJoinRequest(context.tx, { id, words: parts, sounds: parts.map(phoneticKey), born: birthDate, role, why: words })
    if (left !== undefined) {
      ;(target.reached as PersonId[]).push(left.personId)
      context.emit({ type: 'careTeam.join.asked', audience: left.services, payload: { personId: left.personId, requestId: id } })
    }
    return { id }
  },
})

export const answerJoiningHandler = implement(answerJoining, {
  load: async (context, { personId }): Promise<JoinAnswerTarget> => ({
    ...(await loadPerson(context, personId)),
    isFamilyDoctor: await isFamilyDoctor(context, personId),
  }),
  run: async (context, { id, personId, accept, access, words }, target) => {
    const { tx, actor, now } = context
    const request = await lockJoinRequest(tx, id, personId)
    if (request === undefined) throw notFound('join request')
    if (request.state !== 'asked') throw conflict('careTeam.join_answered')
    if (!accept) {
      await settleJoinRequest(tx, id, 'refused', now, actor.displayName, words)
      context.emit({ type: 'careTeam.circle.changed', personId, volet: 'administrative', payload: { personId } })
      return { id, memberId: null }
    }
    if (!access) throw invalid('careTeam.join_without_access')
    const of = { personId, holderOrg: request.holderOrg, at: now, by: actor.userId }
    const earlier = await lockMemberOfParty(tx, personId, request.partyId)
    const memberId = earlier?.id ?? newId<MemberId>()
    if (earlier === undefined) {
      const nothing = { relation: null, phone: null, otherPhone: null, email: null, does: null, hours: null, callFor: null, callOrder: null, week: [] }
      await insertMember(tx, { ...of, ...nothing, id: memberId, kind: 'professional', partyId: request.partyId, name: request.name, place: request.place })
    }
    if (!earlier?.roles.some(({ role }) => role === request.role))
      await insertRole(tx, { ...of, id: newId<RoleId>(), memberId, role: request.role, startsOn: today(context), documentSeen: null })
    const byDoctor = target.isFamilyDoctor && !(accompanies(actor) && target.inCharge)
    await openFile(
      context,
      await memberAtHand(context, personId, memberId),
      newId<AccessId>(),
      access,
      byDoctor ? (right) => openByFamilyDoctor(tx, { ...right, requestId: id, sightId: newId() }) : undefined,
    )
    await settleJoinRequest(tx, id, 'accepted', now, actor.displayName, words)
    await tellInFil(
      context,
      { id: memberId, personId, partyId: request.partyId },
      `${request.name} rejoint le cercle à sa demande`,
      `Accepté par ${actor.displayName}.`,
    )
    tell(context, personId, memberId)
    context.emit({ type: 'careTeam.join.accepted', audience: [request.userId], payload: { personId, requestId: id } })
    return { id, memberId }
  },
})

export const joinRequestsHandler = implement(joinRequests, {
  load: (context, { personId }) => loadPerson(context, personId),
  run: async (context, { personId }, person) => {
    const doctor = await isFamilyDoctor(context, personId)
    const answers = doctor || (accompanies(context.actor) && person.inCharge)
    return { rows: answers ? await selectJoinRequests(context.tx, personId) : [], isFamilyDoctor: doctor }
  },
})
