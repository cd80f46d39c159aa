import { loadPerson } from '../../persons/server/api.ts'
import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import { implement } from '../../platform/server/implement.ts'
import { assertValue } from '../../territory/server/api.ts'
import { closeAccess, endMember, endRole, giveRole, leaveCircle, openAccess } from '../contract/actions.ts'
import type { MemberTarget } from '../contract/member.ts'
import { rolesOfTheEpisode } from '../contract/roles.ts'
import { assertRole, closeFile, dayUpToNow, memberAtHand, ofThePerson, openFile, tell, tellInFil, today } from './composition.ts'
import { endRoles, insertRole, lockMemberOfRole } from './member.sql.ts'

export const giveRoleHandler = implement(giveRole, {
  load: ofThePerson,
  run: async (context, input) => {
    const member = await memberAtHand(context, input.personId, input.memberId)
    await assertRole(context, input.role)
    if (member.roles.some(({ role }) => role === input.role)) throw invalid('careTeam.role_held')
    await insertRole(context.tx, {
      id: input.id,
      memberId: member.id,
      personId: input.personId,
      role: input.role,
      startsOn: dayUpToNow(context, input.startsOn),
      documentSeen: input.documentSeen,
      holderOrg: String(context.actor.serviceId),
      at: context.now,
      by: context.actor.userId,
    })
    tell(context, input.personId, member.id)
    return { id: input.id }
  },
})

/** The last role that ends takes the member out of the circle, and her sight with it. */
export const endRoleHandler = implement(endRole, {
  load: ofThePerson,
  run: async (context, { id, personId, endsOn, reason }) => {
    const member = await lockMemberOfRole(context.tx, personId, id)
    if (member === undefined) throw notFound('role')
    const role = member.roles.find((one) => one.id === id)
    if (role === undefined) throw conflict('careTeam.role_ended')
    if (rolesOfTheEpisode.includes(role.role)) throw invalid('careTeam.dac_role')
    await assertValue(context.tx, 'care_team.end_reason', reason)
    const day = dayUpToNow(context, endsOn)
    if (day < role.startsOn) throw invalid('careTeam.ends_before_start')
    await endRoles(context.tx, [id], day, reason)
    const memberLeft = member.roles.length === 1
    if (memberLeft) {
      await closeFile(context, member, reason)
      await tellInFil(context, member, `${member.name} quitte le cercle`)
    }
    tell(context, personId, member.id)
    return { id, memberLeft }
  },
})

export const openAccessHandler = implement(openAccess, {
  load: ofThePerson,
  run: async (context, input) => {
    const member = await memberAtHand(context, input.personId, input.memberId)
    const { suspended } = await openFile(context, member, input.id, input.access)
    tell(context, input.personId, member.id)
    return { id: input.id, suspended }
  },
})

/** She stays named, and sees nothing from the next request on. */
export const closeAccessHandler = implement(closeAccess, {
  load: ofThePerson,
  run: async (context, input) => {
    const member = await memberAtHand(context, input.personId, input.memberId)
    if (member.accessId === null) throw conflict('careTeam.no_access')
    await assertValue(context.tx, 'care_team.end_reason', input.reason)
    const closed = await closeFile(context, member, input.reason)
    await tellInFil(context, member, `Dossier fermé à ${member.name}`)
    tell(context, input.personId, member.id)
    return { closed }
  },
})

export const endMemberHandler = implement(endMember, {
  load: ofThePerson,
  run: async (context, input) => {
    const member = await memberAtHand(context, input.personId, input.id)
    if (member.roles.length === 0) throw conflict('careTeam.member_left')
    if (member.roles.some(({ role }) => rolesOfTheEpisode.includes(role))) throw invalid('careTeam.dac_role')
    await assertValue(context.tx, 'care_team.end_reason', input.reason)
    await endRoles(
      context.tx,
      member.roles.map(({ id }) => id),
      dayUpToNow(context, input.endsOn),
      input.reason,
    )
    const closed = await closeFile(context, member, input.reason)
    await tellInFil(context, member, `${member.name} quitte le cercle`)
    tell(context, input.personId, member.id)
    return { id: input.id, closed }
  },
})

/** Her sight goes last: what she writes before she leaves still needs it. */
export const leaveCircleHandler = implement(leaveCircle, {
  load: async (context, input): Promise<MemberTarget> => {
    const person = await loadPerson(context, input.personId)
    const member = await memberAtHand(context, input.personId, input.id)
    return { ...person, memberId: member.id, partyId: member.partyId }
  },
  run: async (context, input) => {
    const member = await memberAtHand(context, input.personId, input.id)
    if (member.roles.length === 0) throw conflict('careTeam.member_left')
    await endRoles(
      context.tx,
      member.roles.map(({ id }) => id),
      today(context),
      'own_wish',
    )
    await tellInFil(context, member, `${member.name} quitte le cercle, à sa demande`)
    tell(context, input.personId, member.id)
    await closeFile(context, member, 'own_wish')
    return { id: input.id }
  },
})
