import { partyOf } from '../../directory/server/api.ts'
import { silenceTowards } from '../../persons/contract/silences.ts'
import { assertPurposeAllowed, samePartyAs, sharingState } from '../../persons/server/api.ts'
import type { OutputOf } from '../../platform/contract/action.ts'
import { DomainError, invalid, notFound } from '../../platform/contract/errors.ts'
import { newId } from '../../platform/contract/ids.ts'
import { type Context, implement, noTarget } from '../../platform/server/implement.ts'
import { mergeEdit } from '../../platform/server/versions.ts'
import { valueSetLabels } from '../../territory/server/api.ts'
import '../contract/errors.ts'
import { accessGoesOn, type CircleChange, changeManyFiles, filesOfParty, type ReasonToLeave } from '../contract/many-files.ts'
import type { MemberId, MemberKind, RoleId } from '../contract/member.ts'
import { roleFacts, rolesOfTheEpisode, type SingleRole } from '../contract/roles.ts'
import { assertRole, closeFile, memberAtHand, tell, tellInFil, today } from './composition.ts'
import { insertGesture, type PartyFile, selectFilesOfParty, selectGestures } from './many-files.sql.ts'
import { endRoles, insertMember, insertRole, lockMemberOfParty, type MemberAtHand, updateMember } from './member.sql.ts'

/** What must hold whatever the file: the codes, the card that comes. */
async function assertChange(context: Context, partyId: string, change: CircleChange): Promise<void> {
  if (change.kind === 'role') {
    await assertRole(context, change.to)
    if (change.from === change.to) throw invalid('careTeam.role_held')
  }
  if (change.kind !== 'replace') return
  if (change.partyId === partyId) throw invalid('careTeam.replaced_by_herself')
  if ((await partyOf(context.tx, change.partyId as never)) === null) throw invalid('careTeam.party_unknown')
}

/** Why this change leaves one file as it is, or null. */
async function whyLeft(context: Context, file: PartyFile, change: CircleChange): Promise<ReasonToLeave | null> {
  const { tx } = context
  if (!file.inCharge) return 'not_in_charge'
  if (file.limited) return 'limited'
  if (file.roles.some((role) => rolesOfTheEpisode.includes(role)) && change.kind !== 'place') return 'follows_episode'
  try {
    await assertPurposeAllowed(tx, file.personId, 'accompany')
  } catch (error) {
    if (error instanceof DomainError) return 'opposed'
    throw error
  }
  switch (change.kind) {
    case 'role':
      if (!file.roles.includes(change.from)) return 'role_missing'
      if (file.roles.includes(change.to)) return 'role_held'
      return file.access !== null && !accessGoesOn(file.access, roleFacts[change.to as SingleRole]) ? 'access_first' : null
    case 'place':
      return file.place === change.place && (change.phone === null || change.phone === file.phone) ? 'same' : null
    default: {
      const { silences } = await sharingState(tx, file.personId)
      return silenceTowards(silences, { partyIds: await samePartyAs(tx, [change.partyId]), name: change.name }) === null ? null : 'silence'
    }
  }
}

export const filesOfPartyHandler = implement(filesOfParty, {
  load: noTarget,
  run: async (context, { partyId, change }) => {
    const { tx } = context
    const card = await partyOf(tx, partyId as never)
    if (change) await assertChange(context, partyId, change)
    const rows = []
    for (const file of await selectFilesOfParty(tx, partyId)) {
      const { memberId, person, roles, place, since, opened } = file
      rows.push({ memberId, person, roles, place, since, opened, why: change ? await whyLeft(context, file, change) : null })
    }
    if (card === null && rows.length === 0) throw notFound('party')
    return {
      card: card === null ? null : { name: card.label, detail: card.detail, kind: kindOfCard(card.kind, 'structure') },
      rows,
      gestures: await selectGestures(tx, partyId),
    }
  },
})

/** A local card is that of a person or of a structure, as the one that it replaces. */
const kindOfCard = (card: 'professional' | 'structure' | 'local', like: MemberKind): MemberKind => (card === 'local' ? like : card)

/** One gesture over the files chosen: each is changed with its line in the Fil, or left as it is and told with why. Done again, it finds nothing left to change. */
export const changeManyFilesHandler = implement(changeManyFiles, {
  load: async () => null,
  run: async (context, { id, partyId, change, because, memberIds }) => {
    const { tx, actor, now } = context
    await assertChange(context, partyId, change)
    const files = new Map((await selectFilesOfParty(tx, partyId)).map((file) => [file.memberId, file]))
    const card = await partyOf(tx, partyId as never)
    const outcomes: OutputOf<typeof changeManyFiles>['files'] = []
    let toOpen = 0
    let name = card?.label ?? ''
    // Always in the same order: two gestures at once wait for each other, and do not block.
    for (const memberId of [...new Set(memberIds)].sort()) {
      const file = files.get(memberId)
      const why = file === undefined ? 'gone' : await whyLeft(context, file, change)
      if (file !== undefined && why === null) {
        const member = await memberAtHand(context, file.personId, memberId)
        name = member.name
        if (change.kind === 'role') await changeRole(context, member, change, because)
        else if (change.kind === 'place') await changePlace(context, member, change)
        else if (await replaceMember(context, member, change, because)) toOpen += 1
        tell(context, file.personId, memberId)
      }
      outcomes.push({ memberId, personId: file?.personId ?? null, why })
    }
    const done = outcomes.filter(({ why }) => why === null).length
    await insertGesture(tx, {
      id,
      serviceId: String(actor.serviceId),
      partyId,
      partyName: name || 'Fiche retirée de l’annuaire',
      change,
      because,
      done,
      refused: outcomes.length - done,
      at: now,
      by: actor.userId,
      byName: actor.displayName,
    })
    context.note({ change: change.kind, done, refused: outcomes.length - done })
    return {
      id,
      files: memberIds.map((one) => outcomes.find(({ memberId }) => memberId === one) ?? { memberId: one, personId: null, why: 'gone' as const }),
      toOpen,
    }
  },
})

const by = ({ actor, now }: Context) => ({ holderOrg: String(actor.serviceId), at: now, by: actor.userId })

async function changeRole(
  context: Context,
  member: MemberAtHand,
  { from, to }: Extract<CircleChange, { readonly kind: 'role' }>,
  because: string,
): Promise<void> {
  const held = member.roles.filter(({ role }) => role === from).map((role) => role.id)
  await endRoles(context.tx, held, today(context), 'replaced')
  const role = { id: newId<RoleId>(), memberId: member.id, personId: member.personId, role: to, startsOn: today(context), documentSeen: null }
  await insertRole(context.tx, { ...by(context), ...role })
  const labels = await valueSetLabels(context.tx, 'care_team.role')
  await tellInFil(context, member, `${member.name} change de rôle`, `${labels.get(from) ?? ''} → ${labels.get(to) ?? ''}. ${because}`)
}

async function changePlace(context: Context, member: MemberAtHand, change: Extract<CircleChange, { readonly kind: 'place' }>): Promise<void> {
  const said = { place: change.place, ...(change.phone === null ? {} : { phone: change.phone }) }
  const edited = await mergeEdit(context, member.record, 'member', member.record.version, said)
  if (Object.keys(edited.changes).length > 0) await updateMember(context.tx, member.id, edited.changes, edited.version)
}

/**
 * Whoever comes takes the roles, what is done and the passages; whoever leaves keeps her past. No access is carried over: the person is told first.
 * True when the file was open to the one who leaves.
 */
async function replaceMember(
  context: Context,
  member: MemberAtHand,
  change: Extract<CircleChange, { readonly kind: 'replace' }>,
  because: string,
): Promise<boolean> {
  const { tx } = context
  const card = await partyOf(tx, change.partyId as never)
  if (card === null) throw invalid('careTeam.party_unknown')
  const { does, hours, callFor, callOrder, week } = member.record.fields as Pick<
    Parameters<typeof insertMember>[1],
    'does' | 'hours' | 'callFor' | 'callOrder' | 'week'
  >
  const taken = { does, hours, callFor, callOrder, week }
  const earlier = await lockMemberOfParty(tx, member.personId, change.partyId)
  const newcomerId = earlier?.id ?? newId<MemberId>()
  if (earlier === undefined) {
    await insertMember(tx, {
      ...by(context),
      ...taken,
      id: newcomerId,
      personId: member.personId,
      kind: kindOfCard(card.kind, member.kind),
      partyId: change.partyId,
      name: card.label,
      place: card.kind === 'professional' ? card.city : null,
      phone: card.phone,
      otherPhone: null,
      email: null,
      relation: null,
    })
  } else {
    const said = Object.fromEntries(Object.entries(taken).filter(([, value]) => value !== null && (!Array.isArray(value) || value.length > 0)))
    const edited = await mergeEdit(context, earlier.record, 'member', earlier.record.version, said)
    if (Object.keys(edited.changes).length > 0) await updateMember(tx, earlier.id, edited.changes, edited.version)
  }
  const held = earlier?.roles.map(({ role }) => role) ?? []
  for (const { role } of member.roles) {
    if (held.includes(role)) continue
    await insertRole(tx, {
      ...by(context),
      id: newId<RoleId>(),
      memberId: newcomerId,
      personId: member.personId,
      role,
      startsOn: today(context),
      documentSeen: null,
    })
  }
  await endRoles(
    tx,
    member.roles.map((role) => role.id),
    today(context),
    'replaced',
  )
  const wasOpen = member.accessId !== null
  await closeFile(context, member, 'replaced')
  // One line for each of them: around somebody in danger, each has its own protection.
  await tellInFil(context, member, `${member.name} quitte le cercle`, because)
  await tellInFil(context, { id: newcomerId, personId: member.personId, partyId: change.partyId }, `${card.label} entre dans le cercle`, because)
  if (wasOpen)
    context.emit({
      type: 'careTeam.member.replaced',
      volet: 'administrative',
      audience: [String(context.actor.serviceId)],
      payload: { personId: member.personId, memberId: newcomerId, serviceId: String(context.actor.serviceId) },
    })
  return wasOpen
}
