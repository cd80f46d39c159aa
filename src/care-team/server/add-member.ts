import { partyOf } from '../../directory/server/api.ts'
import { invalid } from '../../platform/contract/errors.ts'
import { newId } from '../../platform/contract/ids.ts'
import { implement } from '../../platform/server/implement.ts'
import { mergeEdit } from '../../platform/server/versions.ts'
import { assertValue, valueSetLabels } from '../../territory/server/api.ts'
import { addMember } from '../contract/actions.ts'
import type { AccessId, RoleId } from '../contract/member.ts'
import { assertRole, dayUpToNow, memberAtHand, ofThePerson, openFile, tell, tellInFil } from './composition.ts'
import { insertMember, insertRole, lockMemberOfParty, updateMember } from './member.sql.ts'

/**
 * Names someone around the person, from the directory (the card's id, and its name for the day when it vanishes) or by hand. She sees nothing unless an
 * access comes with it. A card that was there before returns as the same member: both periods are kept.
 */
export const addMemberHandler = implement(addMember, {
  load: ofThePerson,
  run: async (context, input) => {
    const { tx } = context
    for (const role of input.roles) await assertRole(context, role)
    if (input.relation !== null) await assertValue(tx, 'persons.relation', input.relation)
    const startsOn = dayUpToNow(context, input.startsOn)
    const card = input.partyId === null ? null : await partyOf(tx, input.partyId as never)
    if (input.partyId !== null && card === null) throw invalid('careTeam.party_unknown')
    const { name, place, relation, phone, otherPhone, email, does, hours, callFor, callOrder } = input
    const given = {
      name,
      place: place ?? card?.city ?? null,
      relation,
      phone: phone ?? card?.phone ?? null,
      otherPhone,
      email,
      does,
      hours,
      callFor,
      callOrder,
    }

    const earlier = input.partyId === null ? undefined : await lockMemberOfParty(tx, input.personId, input.partyId)
    if (earlier === undefined) {
      await insertMember(tx, {
        ...given,
        week: [],
        id: input.id,
        personId: input.personId,
        kind: input.kind,
        partyId: input.partyId,
        holderOrg: String(context.actor.serviceId),
        at: context.now,
        by: context.actor.userId,
      })
    } else {
      const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null))
      const edited = await mergeEdit(context, earlier.record, 'member', earlier.record.version, said)
      if (Object.keys(edited.changes).length > 0) await updateMember(tx, earlier.id, edited.changes, edited.version)
    }
    const memberId = earlier?.id ?? input.id
    const held = earlier?.roles.map(({ role }) => role) ?? []
    const roles = [...new Set(input.roles)].filter((role) => !held.includes(role))
    if (roles.length === 0) throw invalid('careTeam.role_held')
    for (const role of roles) {
      await insertRole(tx, {
        id: newId<RoleId>(),
        memberId,
        personId: input.personId,
        role,
        startsOn,
        documentSeen: input.documentSeen,
        holderOrg: String(context.actor.serviceId),
        at: context.now,
        by: context.actor.userId,
      })
    }
    const labels = await valueSetLabels(tx, 'care_team.role')
    await tellInFil(
      context,
      { id: memberId, personId: input.personId, partyId: input.partyId },
      `${input.name} ${held.length === 0 ? 'entre dans le cercle' : 'a un autre rôle'}`,
      roles.map((role) => labels.get(role) ?? '').join(', '),
    )
    const accessId = input.access ? newId<AccessId>() : null
    const member = await memberAtHand(context, input.personId, memberId)
    if (input.access && accessId !== null) await openFile(context, member, accessId, input.access)
    tell(context, input.personId, memberId)
    return { id: memberId, version: member.record.version, accessId, returned: earlier !== undefined }
  },
})
