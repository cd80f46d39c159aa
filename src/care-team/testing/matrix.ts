import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { newId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { expectAll, type MatrixRow, type MatrixWorld } from '../../platform/testing/matrix-model.ts'
import { addMember, closeAccess, editMember, endMember, endRole, giveRole, leaveCircle, openAccess } from '../contract/actions.ts'
import { acceptInvitation, circleInvitations, declineInvitation, invitationAtHand, inviteToCircle, revokeInvitation } from '../contract/invitations.ts'
import { answerJoining, askToJoin, joinRequests } from '../contract/joining.ts'
import { changeManyFiles, filesOfParty } from '../contract/many-files.ts'
import { providerCalls, providerWords, recordProviderCall } from '../contract/provider-search.ts'
import { circle, followedPatients } from '../contract/queries.ts'

/** The professionals of the DAC that accompanies; its desk and the circle are told why not, the others do not know the person. */
const composes = expectAll('not_found', { referent: 'ok', frontDesk: 'forbidden', circleDoctor: 'forbidden', circleSocial: 'forbidden' })
const keeps = expectAll('not_found', { referent: 'ok', frontDesk: 'ok', circleDoctor: 'forbidden', circleSocial: 'forbidden' })
const around = expectAll('not_found', { referent: 'ok', frontDesk: 'ok', circleDoctor: 'ok', circleSocial: 'ok' })

type Arranged = Readonly<Record<string, string>>

/** A nurse in the circle, without access; with `partyOf`, one of the actors of the world. */
async function aMember(world: MatrixWorld, tx: Tx, partyId: string = newId()): Promise<Arranged> {
  const [memberId, roleId] = [newId(), newId()]
  await sql`insert into care_team.member (id, person_id, kind, party_id, name, holder_org, created_at) values (${memberId}, ${world.personId}, 'professional', ${partyId}, 'Thomas Noël', ${world.dacA}, ${world.clock})`.execute(
    tx,
  )
  await sql`insert into care_team.role (id, member_id, person_id, role, starts_on, holder_org, recorded_at) values (${roleId}, ${memberId}, ${world.personId}, 'nurse', '2026-01-05', ${world.dacA}, ${world.clock})`.execute(
    tx,
  )
  return { memberId, roleId, partyId }
}

const aNurse = (world: MatrixWorld, tx: Tx): Promise<Arranged> => aMember(world, tx)

async function anInformedNurse(world: MatrixWorld, tx: Tx): Promise<Arranged> {
  await sql`insert into persons.non_opposition (id, person_id, number, state, collected_on, mode, collected_by, collected_by_name, holder_org)
    select gen_random_uuid(), ${world.personId}, n, 'non_opposition', '2026-10-01', 'oral_present', ${world.referentId}, 'Julie Marchal', ${world.dacA} from unnest('{1,2}'::int[]) n`.execute(
    tx,
  )
  return aMember(world, tx)
}

async function aNurseWhoSees(world: MatrixWorld, tx: Tx): Promise<Arranged> {
  const member = await anInformedNurse(world, tx)
  const accessId = newId()
  await sql`insert into care_team.access (id, member_id, person_id, party_id, basis, sharing_category, ground, volets, informed_on, informed_by_name, starts_at, holder_org)
    values (${accessId}, ${member.memberId}, ${world.personId}, ${member.partyId}, 'care_team', '1', 'recognised_by_person', '{administrative,health}', '2026-10-01', 'Julie Marchal', ${world.clock}, ${world.dacA})`.execute(
    tx,
  )
  await sql`insert into persons.sight (id, person_id, party_id, basis, volets, reason, source_id, starts_at)
    values (${newId()}, ${world.personId}, ${member.partyId}, 'care_team', '{administrative,health}', 'Infirmier', ${accessId}, ${world.clock})`.execute(tx)
  return member
}

const secret = 'a'.repeat(43)
const secretHash = createHash('sha256').update(secret).digest('hex')

/** For the one who holds `partyId` as her card. */
async function anInvitation(world: MatrixWorld, tx: Tx, partyId: string = newId()): Promise<Arranged> {
  const id = newId()
  await sql`insert into care_team.invitation (id, person_id, party_id, family_name, given_name, name_words, role, sharing_category, basis, wish, volets, way, secret_hash,
      invited_at, invited_by, invited_by_name, expires_at, holder_org)
    values (${id}, ${world.personId}, ${partyId}, 'Arnould', 'Hugo', '{ARNOULD,HUGO}', 'physiotherapist', '1', 'care_team',
      '{"ground":"recognised_by_person","informedOn":"2026-10-01","informedByName":"Julie Marchal"}', '{administrative,health}', 'link', ${secretHash}, ${world.clock},
      ${world.referentId}, 'Julie Marchal', ${world.clock}::timestamptz + interval '1 day', ${world.dacA})`.execute(tx)
  return { id }
}

const forOutsider = (world: MatrixWorld, tx: Tx): Promise<Arranged> => anInvitation(world, tx, String(world.actors.outsider.professionalId))

const theDoctor = (world: MatrixWorld, tx: Tx): Promise<Arranged> => aMember(world, tx, String(world.actors.circleDoctor.professionalId))
const inTeam = { basis: 'care_team', ground: 'recognised_by_person', informedOn: '2026-10-01' }
const her = ({ personId }: MatrixWorld) => ({ personId })

export const careTeamMatrix: readonly MatrixRow[] = [
  {
    contract: addMember,
    input: (world) => ({ ...her(world), id: newId(), kind: 'contact', name: 'M. Weber, gardien', roles: ['landlord'] }),
    expected: composes,
  },
  {
    contract: editMember,
    arrange: aNurse,
    input: (world, a) => ({ ...her(world), id: a.memberId, baseVersion: 1, changes: { does: 'pansement' } }),
    expected: keeps,
  },
  { contract: giveRole, arrange: aNurse, input: (world, a) => ({ ...her(world), id: newId(), memberId: a.memberId, role: 'volunteer' }), expected: composes },
  { contract: endRole, arrange: aNurse, input: (world, a) => ({ ...her(world), id: a.roleId, reason: 'mission_ended' }), expected: composes },
  {
    contract: openAccess,
    arrange: anInformedNurse,
    input: (world, a) => ({ ...her(world), id: newId(), memberId: a.memberId, access: inTeam }),
    expected: composes,
  },
  { contract: closeAccess, arrange: aNurseWhoSees, input: (world, a) => ({ ...her(world), memberId: a.memberId, reason: 'person_wish' }), expected: composes },
  { contract: endMember, arrange: aNurseWhoSees, input: (world, a) => ({ ...her(world), id: a.memberId, reason: 'replaced' }), expected: composes },
  {
    contract: leaveCircle,
    arrange: theDoctor,
    input: (world, a) => ({ ...her(world), id: a.memberId }),
    expected: { ...composes, referent: 'forbidden', circleDoctor: 'ok' },
  },
  {
    contract: askToJoin,
    input: () => ({ id: newId(), name: 'Perrin Odile', birthDate: '1941-03-12', role: 'nurse', words: 'Je la soigne chaque jour.' }),
    expected: expectAll('forbidden', { circleDoctor: 'ok', circleSocial: 'ok', outsider: 'ok' }),
  },
  {
    contract: answerJoining,
    arrange: async (world, tx) => {
      const id = newId()
      const { outsider } = world.actors
      await sql`insert into care_team.join_request (id, person_id, user_id, party_id, name, role, words, asked_at, holder_org)
        values (${id}, ${world.personId}, ${outsider.userId}, ${outsider.professionalId ?? newId()}, 'Hugo Arnould', 'physiotherapist', 'Rééducation', ${world.clock}, ${world.dacA})`.execute(
        tx,
      )
      return { id }
    },
    input: (world, { id }) => ({ ...her(world), id, accept: false }),
    expected: composes,
  },
  { contract: joinRequests, input: her, expected: around },
  {
    contract: recordProviderCall,
    input: (world) => ({ ...her(world), id: newId(), need: 'ssiad', name: 'SSIAD du Haut-Val', outcome: 'full' }),
    expected: keeps,
  },
  { contract: providerCalls, input: her, expected: keeps },
  { contract: providerWords, input: () => ({}), expected: expectAll('forbidden', { referent: 'ok', frontDesk: 'ok', otherReferent: 'ok' }) },
  {
    contract: filesOfParty,
    arrange: aNurse,
    input: (_world, { partyId }) => ({ partyId }),
    // About a card that stands in no circle that she sees and is in no directory, there is nothing.
    expected: expectAll('forbidden', { referent: 'ok', otherReferent: 'not_found' }),
  },
  {
    contract: changeManyFiles,
    arrange: aNurse,
    input: (_world, { partyId, memberId }) => ({
      id: newId(),
      partyId,
      change: { kind: 'place', place: 'Maison de santé du Thillot' },
      because: 'Déménage',
      memberIds: [memberId],
    }),
    // Of another DAC's circles nothing is changed: each file says that it is not there.
    expected: expectAll('forbidden', { referent: 'ok', otherReferent: 'ok' }),
  },
  {
    contract: inviteToCircle,
    arrange: async (world, tx) => ({ ...(await anInformedNurse(world, tx)) }),
    input: (world) => ({
      ...her(world),
      id: newId(),
      familyName: 'Noël',
      givenName: 'Thomas',
      role: 'nurse',
      way: 'link',
      access: inTeam,
      secret: 'b'.repeat(43),
    }),
    expected: composes,
  },
  { contract: revokeInvitation, arrange: forOutsider, input: (world, { id }) => ({ ...her(world), id }), expected: composes },
  { contract: circleInvitations, arrange: forOutsider, input: her, expected: composes },
  // The link is for the outsider: whoever else holds it is refused.
  {
    contract: acceptInvitation,
    arrange: forOutsider,
    input: (_world, { id }) => ({ id, secret }),
    expected: expectAll('forbidden', { outsider: 'ok' }),
  },
  {
    contract: declineInvitation,
    arrange: forOutsider,
    input: (_world, { id }) => ({ id, secret }),
    expected: expectAll('forbidden', { outsider: 'ok' }),
  },
  {
    contract: invitationAtHand,
    arrange: forOutsider,
    input: (_world, { id }) => ({ id, secret }),
    expected: expectAll('ok', { director: 'forbidden', regionalAdmin: 'forbidden' }),
  },
  { contract: circle, input: her, expected: around },
  { contract: followedPatients, input: () => ({}), expected: expectAll('forbidden', { circleDoctor: 'ok', circleSocial: 'ok', outsider: 'ok' }) },
]
