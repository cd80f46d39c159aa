import type { PersonTarget } from '../../persons/contract/person.ts'
import { silenceTowards } from '../../persons/contract/silences.ts'
import { assertSharingAllowed, endSight, grantSight, loadPerson, namesOpenly, recordTimelineItem, samePartyAs, voletsFor } from '../../persons/server/api.ts'
import { volets as allVolets, type Volet } from '../../platform/contract/actor.ts'
import { dayOf } from '../../platform/contract/dates.ts'
import { conflict, invalid, notFound } from '../../platform/contract/errors.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import type { Context } from '../../platform/server/implement.ts'
import { assertValue, valueSetLabels } from '../../territory/server/api.ts'
import '../contract/errors.ts'
import type { AccessWish } from '../contract/actions.ts'
import type { AccessId, MemberId } from '../contract/member.ts'
import { basisIsLawful, type RoleFacts, roleFacts, rolesOfTheEpisode, type SingleRole } from '../contract/roles.ts'
import { endAccessRow, endOfDay, insertAccess, lockMember, type MemberAtHand } from './member.sql.ts'

/** The target of every action on one circle: the person, as the actor sees her. */
export const ofThePerson = (context: Context, input: { readonly personId: PersonId }): Promise<PersonTarget> => loadPerson(context, input.personId)

export const today = (context: Pick<Context, 'now' | 'timeZone'>): string => dayOf(context.now, context.timeZone)

/** The member, locked; absent when she belongs to another person. */
export async function memberAtHand(context: Context, personId: PersonId, id: MemberId): Promise<MemberAtHand> {
  const member = await lockMember(context.tx, personId, id)
  if (member === undefined) throw notFound('member')
  return member
}

/** Refuses a role that no list offers, a group of roles, and those that follow the accompaniment. */
export async function assertRole(context: Context, role: string): Promise<void> {
  if (rolesOfTheEpisode.includes(role)) throw invalid('careTeam.dac_role')
  if (!(role in roleFacts)) throw invalid('value_unknown', { set: 'care_team.role' })
  await assertValue(context.tx, 'care_team.role', role)
}

/** A day that has come; today when it is left out. */
export function dayUpToNow(context: Context, day: string | null): string {
  if (day !== null && day > today(context)) throw invalid('careTeam.not_in_future')
  return day ?? today(context)
}

/**
 * Opens the file to a member: équipe de soins (the person informed, when, by whom) or recorded consent. Refused before the non-oppositions 1 and 2 and
 * against an opposition; to a structure, a relative or a contact; beyond the volets of her category; to whom the person wants nothing said.
 */
export async function openFile(
  context: Context,
  member: MemberAtHand,
  id: AccessId,
  wish: AccessWish,
  /** Another door than the DAC's: that of the médecin traitant. */
  grant?: (right: { readonly accessId: AccessId; readonly volets: readonly Volet[]; readonly reason: string }) => Promise<void>,
): Promise<{ suspended: boolean }> {
  const { tx, actor, now } = context
  if (member.accessId !== null) throw conflict('careTeam.access_already_open')
  if (member.roles.length === 0) throw conflict('careTeam.member_left')
  if (member.kind !== 'professional' || member.partyId === null) throw invalid('careTeam.named_professional_only')
  const sharing = await assertSharingAllowed(tx, member.personId, { collected: true })
  const silence = silenceTowards(sharing.silences, { partyIds: await samePartyAs(tx, [member.partyId]), name: member.name })
  if (silence?.kind === 'tell_nothing') throw invalid('careTeam.silence_forbids')
  const { sharingCategory, volets, access } = await lawfulAccess(context, factsOf(member), wish)
  await insertAccess(tx, {
    id,
    memberId: member.id,
    personId: member.personId,
    partyId: member.partyId,
    basis: wish.basis,
    sharingCategory,
    volets,
    ...access,
    at: now,
    by: actor.userId,
    holderOrg: String(actor.serviceId),
  })
  const role = await roleLabel(context, member)
  if (grant !== undefined) {
    if (wish.basis !== 'care_team') throw invalid('careTeam.doctor_opens_to_team')
    await grant({ accessId: id, volets, reason: role })
    context.emit({
      type: 'persons.sight.granted',
      personId: member.personId,
      volet: 'administrative',
      audience: [member.partyId],
      payload: { personId: member.personId, partyId: member.partyId },
    })
  } else
    await grantSight(context, {
      personId: member.personId,
      partyId: member.partyId,
      partyName: member.name,
      basis: wish.basis,
      volets,
      sourceId: id,
      reason: role,
      until: access.consentUntil === null ? null : await endOfDay(tx, access.consentUntil, context.timeZone),
    })
  await tellInFil(context, member, `Dossier ouvert à ${member.name}`, role)
  return { suspended: sharing.silences.some((silence) => silence.kind === 'no_sharing' && silence.partyId === member.partyId) }
}

/** What a wish opens under a role, once the law and the lists have been asked: refuses what they do not allow. */
export async function lawfulAccess(
  context: Context,
  facts: RoleFacts,
  wish: AccessWish,
): Promise<{ readonly sharingCategory: string; readonly volets: readonly Volet[]; readonly access: AccessFacts }> {
  const { tx, actor } = context
  if (!basisIsLawful(wish.basis, facts.sharingCategory)) throw invalid('careTeam.category_not_in_team')
  const volets = await lawfulVolets(context, facts, wish)
  if (wish.basis === 'care_team') await assertValue(tx, 'care_team.ground', wish.ground)
  else await assertValue(tx, 'persons.information_mode', wish.consentMode)
  const nothing = { ground: null, informedOn: null, informedByName: null, consentOn: null, consentMode: null, consentFor: null, consentUntil: null }
  const access: AccessFacts =
    wish.basis === 'care_team'
      ? {
          ...nothing,
          ground: wish.ground,
          informedOn: dayUpToNow(context, wish.informedOn),
          informedByName: wish.informedByName ?? actor.displayName,
        }
      : {
          ...nothing,
          consentOn: dayUpToNow(context, wish.consentOn),
          consentMode: wish.consentMode,
          consentFor: wish.consentFor,
          consentUntil: wish.consentUntil,
        }
  if (access.consentUntil !== null && access.consentUntil < today(context)) throw invalid('careTeam.consent_over')
  return { sharingCategory: facts.sharingCategory, volets, access }
}

export type AccessFacts = Readonly<
  Record<'ground' | 'informedOn' | 'informedByName' | 'consentOn' | 'consentMode' | 'consentFor' | 'consentUntil', string | null>
>

/** The widest facts among her roles of today: a nurse who is also a neighbour is a nurse. */
function factsOf(member: MemberAtHand): RoleFacts {
  const held = member.roles.map(({ role }) => roleFacts[role as SingleRole])
  return held.reduce((best, one) => (one.volets.length > best.volets.length ? one : best))
}

async function lawfulVolets(context: Context, facts: RoleFacts, wish: AccessWish): Promise<readonly Volet[]> {
  const open: readonly Volet[] = facts.professionalCategory === null ? ['administrative', 'social'] : await voletsFor(context.tx, facts.professionalCategory)
  const wanted = wish.volets ?? open.filter((volet) => facts.volets.length === 0 || facts.volets.includes(volet))
  if (wanted.some((volet) => !open.includes(volet))) throw invalid('careTeam.volet_beyond_category')
  return allVolets.filter((volet) => volet === 'administrative' || wanted.includes(volet))
}

async function roleLabel(context: Context, member: MemberAtHand): Promise<string> {
  const labels = await valueSetLabels(context.tx, 'care_team.role')
  return member.roles
    .map(({ role }) => labels.get(role) ?? '')
    .filter(Boolean)
    .join(', ')
}

/** Ends what her access gave, at once. Gives how many rights ended. */
export async function closeFile(context: Context, member: MemberAtHand, reason: string): Promise<number> {
  if (member.accessId === null) return 0
  await endAccessRow(context.tx, member.accessId, context.now, context.actor.userId, reason)
  return endSight(context, { personId: member.personId, sourceId: member.accessId, ...(member.partyId === null ? {} : { partyId: member.partyId }) })
}

/** Tells whoever looks at the circle. */
export const tell = (context: Context, personId: PersonId, memberId: MemberId): void =>
  context.emit({ type: 'careTeam.circle.changed', personId, volet: 'administrative', payload: { personId, memberId } })

/** A line of the Fil about a member. Around a person at risk, one that names a sensitive structure is for the DAC alone. */
export async function tellInFil(
  context: Context,
  member: Pick<MemberAtHand, 'id' | 'personId' | 'partyId'>,
  title: string,
  summary: string | null = null,
): Promise<void> {
  await recordTimelineItem(context, {
    personId: member.personId,
    kind: 'circle',
    title,
    summary,
    source: 'care_team',
    sourceId: member.id,
    volet: 'administrative',
    protection: (await namesOpenly(context.tx, member.personId, member.partyId)) ? 'shared' : 'org_private',
  })
}
