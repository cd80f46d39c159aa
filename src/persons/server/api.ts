import type { Volet } from '../../platform/contract/actor.ts'
import { dayOf } from '../../platform/contract/dates.ts'
import { conflict, forbidden, invalid, notFound } from '../../platform/contract/errors.ts'
import { newId, type PartyId, type PersonId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import type { Context } from '../../platform/server/implement.ts'
import { mergeEdit } from '../../platform/server/versions.ts'
import '../contract/errors.ts'
import type { InsIdentity } from '../contract/insi.ts'
import { nameKeys } from '../contract/names.ts'
import { type OutwardIns, outwardIns } from '../contract/outward-ins.ts'
import { isOwnName } from '../contract/own-name.ts'
import type { FamilyDoctor, PersonName, PersonTarget, SharingState, SightBasis, TimelineItemId } from '../contract/person.ts'
import { type Purpose, purposeAllowed } from '../contract/rights.ts'
import type { SightChange } from '../contract/sight-changes.ts'
import { type Recipient, sameName, saysAddress, silenceTowards } from '../contract/silences.ts'
import type { StrictTraits } from '../contract/traits.ts'
import { selectFamilyDoctor } from './family-doctor.sql.ts'
import { factsOf, traitsOf } from './identity-facts.ts'
import { holdsRealIdentities, insertPerson, lockPerson, readPersonRow, selectPersonNames, updatePerson } from './person.sql.ts'
import { selectOwnNames, selectVoletsForRecipient } from './recipient.sql.ts'
import { addressOf, samePartyAs, selectSharing } from './sharing.sql.ts'
import { sharingFrom } from './sharing-state.ts'
import { applyOppositionRows, endSightRows, grantSightRow, joinPersonRow, partyNamedOpenly, selectUnnamedParties, voletsOfCategory } from './sight.sql.ts'
import { selectTarget } from './target.sql.ts'
import { insertTimelineItem, markMistakenLines } from './timeline.sql.ts'

export { fileFacts } from './file-facts.sql.ts'
export { insiCallJob } from './insi-jobs.ts'
export { personNameJson } from './person.sql.ts'
export { type Recognised, recognise, type TraitsToRecognise } from './recognise.sql.ts'
export { informedOnSql, samePartyAs } from './sharing.sql.ts'

/** What is known of someone who is being named: everything is optional but one name. */
export interface PersonTraits {
  readonly personId?: PersonId
  readonly birthName?: string | null
  readonly usedName?: string | null
  readonly firstNames?: readonly string[]
  readonly usedFirstName?: string | null
  readonly birthDay?: string | null
  readonly birthDayApproximate?: boolean
  readonly sex?: 'F' | 'M' | 'I' | null
  readonly birthPlaceCode?: string | null
  readonly birthPlaceName?: string | null
  readonly communeCode?: string | null
  readonly address?: string | null
}

export interface FirstSight {
  /** One of the actor's own parties; her service when it is left out. */
  readonly partyId?: string
  readonly basis: SightBasis
  readonly volets?: readonly Volet[]
  /** French, as « Qui peut voir, et pourquoi » shows it. */
  readonly reason: string
  /** The row that gives the right: its end ends the sight. */
  readonly sourceId: string
}

const voletsOfBasis: Readonly<Record<SightBasis, readonly Volet[]>> = {
  dac_in_charge: ['administrative', 'social', 'health'],
  request: ['administrative'],
  care_team: [],
  consent: [],
  break_glass: [],
  self: ['administrative', 'social', 'health'],
}

/** Creates a person, provisional, with the first sight of her. A name at least; every other trait may be unknown. Gives her id. */
export async function createPerson(context: Context, traits: PersonTraits, sight: FirstSight): Promise<PersonId> {
  const personId = traits.personId ?? newId<PersonId>()
  const partyId = sight.partyId ?? context.actor.serviceId
  if (partyId === null) throw new Error('createPerson needs a party')
  const firstNames = traits.firstNames ?? []
  const { searchKey, soundKey } = nameKeys([traits.birthName ?? null, traits.usedName ?? null, ...firstNames, traits.usedFirstName ?? null])
  await insertPerson(
    context.tx,
    {
      person_id: personId,
      birth_name: traits.birthName ?? null,
      used_name: traits.usedName ?? null,
      birth_given_names: firstNames,
      used_given_name: traits.usedFirstName ?? null,
      birth_date: traits.birthDay ?? null,
      birth_date_approximate: traits.birthDayApproximate ?? false,
      sex: traits.sex ?? null,
      birth_place_code: traits.birthPlaceCode ?? null,
      birth_place_name: traits.birthPlaceName ?? null,
      search_key: searchKey,
      sound_key: soundKey,
      identity_status: 'PROV',
      commune_code: traits.communeCode ?? null,
      address: traits.address ?? null,
      holder_org: context.actor.serviceId ?? partyId,
    },
    { id: newId(), partyId, basis: sight.basis, volets: sight.volets ?? voletsOfBasis[sight.basis], reason: sight.reason, sourceId: sight.sourceId },
  )
  context.emit({ type: 'persons.person.created', personId, volet: 'administrative', payload: { personId } })
  return personId
}

/**
 * Gives the actor's service the administrative volet of someone whom it does not see yet, for the life of a request (sourceId), and writes it in
 * her Fil. Throws notFound when she does not exist. Whoever sees her already keeps what she sees.
 */
export async function joinPerson(context: Context, personId: PersonId, join: { readonly sourceId: string; readonly reason: string }): Promise<PersonTarget> {
  if (!(await joinPersonRow(context.tx, personId, join.sourceId, join.reason, newId()))) throw notFound('person')
  await recordTimelineItem(context, {
    personId,
    kind: 'request',
    title: `Demande reçue par ${context.actor.serviceName}`,
    source: 'persons',
    sourceId: join.sourceId,
    volet: 'administrative',
  })
  context.emit({ type: 'persons.person.joined', personId, volet: 'administrative', payload: { personId, serviceId: context.actor.serviceId } })
  return loadPerson(context, personId)
}

/** The person as the actor sees her now, for access rules. Throws notFound when absent or invisible: the same answer. */
export async function loadPerson({ tx }: Pick<Context, 'tx'>, personId: PersonId): Promise<PersonTarget> {
  const row = await selectTarget(tx, personId)
  if (row === undefined) throw notFound('person')
  return row
}

/** Short identities of the persons whom the actor sees, by id; the others are left out. */
export async function personNames(tx: Tx, ids: readonly PersonId[]): Promise<ReadonlyMap<PersonId, PersonName>> {
  const rows = await selectPersonNames(tx, [...new Set(ids)])
  return new Map(rows.map((row) => [row.personId, row]))
}

/**
 * The matricule to put on what leaves about somebody, or null (outward-ins.ts says when). The one door: nothing else may read `ins_matricule` to send it.
 */
export async function outwardInsOf(tx: Tx, personId: PersonId): Promise<OutwardIns | null> {
  const row = await readPersonRow(tx, personId)
  if (row === undefined) return null
  const { insMatricule: matricule, insOid: oid } = row.fields
  return outwardIns({ ...factsOf(row.fields), matricule, oid }, await holdsRealIdentities(tx))
}

/** The qualified identity to write on what leaves with health data (DataMatrix, header of a document), or null; as `outwardInsOf`. */
export async function outwardIdentityOf(tx: Tx, personId: PersonId): Promise<InsIdentity | null> {
  const ins = await outwardInsOf(tx, personId)
  const row = ins === null ? undefined : await readPersonRow(tx, personId)
  if (ins === null || row === undefined) return null
  const { birthName, birthGivenNames, birthDate, sex, birthPlaceCode } = traitsOf(row.fields) as StrictTraits
  return { matricule: ins.matricule, oid: ins.oid, birthName, birthGivenNames, birthDate, sex, birthPlaceCode }
}

export interface GrantedSight {
  readonly personId: PersonId
  /** A service, a user or a card of the directory. */
  readonly partyId: PartyId | string
  /** How « Qui peut voir » names a card of the directory; services and users are named by territory. */
  readonly partyName?: string | null
  readonly basis: SightBasis
  /** Those of the basis when left out (dac_in_charge: all; request: administrative). Needed for care_team and consent. */
  readonly volets?: readonly Volet[]
  /** French, as « Qui peut voir, et pourquoi » shows it. */
  readonly reason: string
  readonly sourceId: string
  readonly since?: Date
  readonly until?: Date | null
}

/**
 * Gives sight. The database refuses (error 42501) what does not follow from the actor's own right: she sees the person; a DAC takes charge for itself;
 * a request opens the administrative volet only; équipe de soins and consent are recorded by the DAC in charge. Given again for the same source, it
 * replaces volets, basis, reason and end. A party whom the person opposes receives it suspended.
 */
export async function grantSight(context: Context, sight: GrantedSight): Promise<void> {
  await grantSightRow(context.tx, {
    sightId: newId(),
    personId: sight.personId,
    partyId: sight.partyId,
    partyName: sight.partyName ?? null,
    basis: sight.basis,
    volets: sight.volets ?? voletsOfBasis[sight.basis],
    reason: sight.reason,
    sourceId: sight.sourceId,
    since: sight.since ?? context.now,
    until: sight.until ?? null,
  })
  context.emit({
    type: 'persons.sight.granted',
    personId: sight.personId,
    volet: 'administrative',
    audience: [sight.partyId],
    payload: { personId: sight.personId, partyId: sight.partyId },
  })
}

/** Ends, at once, what a source gave: to one party, or to all of them. Gives how many rights ended. */
export async function endSight(
  context: Context,
  sight: { readonly personId: PersonId; readonly sourceId: string; readonly partyId?: string },
): Promise<number> {
  const touched = await endSightRows(context.tx, sight.personId, sight.sourceId, sight.partyId ?? null)
  context.emit({
    type: 'persons.sight.ended',
    personId: sight.personId,
    volet: 'administrative',
    audience: sight.partyId === undefined ? [] : [sight.partyId],
    payload: { personId: sight.personId, partyId: sight.partyId ?? null },
  })
  tellSightChanged(context, sight.personId, touched, 'ended')
  return touched.length
}

/**
 * What these sources wrote in the Fil of somebody whom they were never about: it says that it was a mistake, and only the service that wrote it reads it still.
 * Run before the right of the source ends.
 */
export async function markMistaken(context: Context, personId: PersonId, sourceIds: readonly string[]): Promise<void> {
  const marked = await markMistakenLines(context.tx, personId, sourceIds)
  if (marked > 0) context.emit({ type: 'persons.timeline.marked', personId, volet: 'administrative', payload: { personId } })
}

/**
 * Tells those whose sight of a person has just changed, and nobody else, why: open pages read again, or close. The person is in the payload only: on the
 * event itself she would tell everyone who sees her.
 */
export function tellSightChanged(context: Context, personId: PersonId, parties: readonly string[], reason: SightChange): void {
  if (parties.length > 0) context.emit({ type: 'persons.sight.changed', audience: [...new Set(parties)], payload: { personId, reason } })
}

/**
 * Brings every right on the person in line with what she opposes, refuses and withholds now. Gives how many were suspended, narrowed or came back. Those
 * who lose sight are told too (their open pages read again and find nothing), with `reason`; and whoever is `named`, who may see through her service.
 */
export async function applyOpposition(context: Context, personId: PersonId, reason: SightChange, named: string | null = null): Promise<number> {
  const touched = await applyOppositionRows(context.tx, personId)
  tellSightChanged(context, personId, named === null ? touched : [...touched, ...(await samePartyAs(context.tx, [named]))], reason)
  context.emit({ type: 'persons.sharing.changed', personId, volet: 'administrative', audience: touched, payload: { personId, touched: touched.length } })
  return touched.length
}

/** The volets that R.1110-1 and R.1110-2 open to a category; a region may change the table. */
export async function voletsFor(tx: Tx, category: string): Promise<readonly Volet[]> {
  return voletsOfCategory(tx, category)
}

export interface TimelineEntry {
  readonly personId: PersonId
  /** What it is, for filters and icons: 'identity', 'information', 'family_doctor', 'visit', 'call', 'note', 'assessment', 'care_plan'… */
  readonly kind: string
  readonly title: string
  readonly summary?: string | null
  /** The capability that wrote it, and its row. */
  readonly source: string
  readonly sourceId: string
  readonly volet: Volet
  /** 'org_private': the actor's own service only. */
  readonly protection?: 'shared' | 'org_private'
  readonly at?: Date | string
}

const functionLabels: Readonly<Record<string, string>> = {
  referent: 'référent de parcours',
  doctor: 'médecin du DAC',
  team_lead: 'responsable d’équipe',
  front_desk: 'accueil',
  outside_professional: 'professionnel du cercle',
  cpts_coordinator: 'coordination de CPTS',
  expert_team: 'équipe experte',
}

/** Writes a line of the one Fil of the person, in the transaction of the act itself. The actor must see the volet that she writes. */
export async function recordTimelineItem(context: Context, entry: TimelineEntry): Promise<TimelineItemId> {
  const { actor } = context
  const id = newId<TimelineItemId>()
  const held = ['referent', 'doctor', 'team_lead', 'expert_team', 'cpts_coordinator', 'outside_professional', 'front_desk'].find((f) =>
    (actor.functions as readonly string[]).includes(f),
  )
  await insertTimelineItem(context.tx, {
    id,
    personId: entry.personId,
    at: entry.at ?? context.now,
    kind: entry.kind,
    title: entry.title,
    summary: entry.summary ?? null,
    authorId: actor.userId,
    authorName: actor.displayName,
    authorFunction: held === undefined ? null : (functionLabels[held] ?? null),
    source: entry.source,
    sourceId: entry.sourceId,
    volet: entry.volet,
    holderOrg: actor.serviceId ?? actor.userId,
    protection: entry.protection ?? 'shared',
  })
  return id
}

/** What the person was told and what she opposes. Nothing is presumed: without an answer, « non recueillie ». */
export async function sharingState(tx: Tx, personId: PersonId): Promise<SharingState> {
  return sharingFrom(await selectSharing(tx, personId))
}

/** Refuses what would leave the DAC while the person opposes it; with `collected`, also while she was not asked. For sending, inviting, handing over. */
export async function assertSharingAllowed(tx: Tx, personId: PersonId, { collected = false }: { readonly collected?: boolean } = {}): Promise<SharingState> {
  const state = await sharingState(tx, personId)
  if (state.opposed) throw invalid('sharing_opposed')
  if (collected && state.uncollected) throw invalid('sharing_not_collected')
  return state
}

/** The médecin traitant of today; null when nobody asked yet (which the screen reads as « inconnu »). */
export async function familyDoctorOf(tx: Tx, personId: PersonId): Promise<FamilyDoctor | null> {
  return (await selectFamilyDoctor(tx, personId)) ?? null
}

/**
 * Records the death, once: reminders, letters and surveys stop on the event 'persons.person.died'. `on` is 'YYYY-MM-DD'. Gives the new version.
 * Refuses a day in the future or before the birth, and a second record.
 */
export async function recordDeath(context: Context, personId: PersonId, death: { readonly on: string; readonly source?: string | null }): Promise<number> {
  if (death.on > dayOf(context.now, context.timeZone)) throw invalid('death_in_future')
  const row = await lockPerson(context.tx, personId)
  if (row === undefined) throw notFound('person')
  if (row.fields.deceasedOn !== null) throw conflict('death_already_recorded')
  if (row.fields.birthDate !== null && death.on < row.fields.birthDate) throw invalid('death_before_birth')
  const changes = { deceasedOn: death.on, deathSource: death.source ?? null, deathRecordedAt: context.now.toISOString(), deathRecordedBy: context.actor.userId }
  const record = {
    id: personId,
    version: row.version,
    personId,
    volet: 'administrative' as const,
    holderOrg: row.holderOrg,
    protection: row.protection,
    fields: { ...row.fields },
  }
  const { version } = await mergeEdit(context, record, 'person', row.version, changes)
  await updatePerson(context.tx, personId, changes, version, null)
  await recordTimelineItem(context, { personId, kind: 'death', title: 'Décès enregistré', source: 'persons', sourceId: personId, volet: 'administrative' })
  context.emit({ type: 'persons.person.died', personId, volet: 'administrative', payload: { personId, on: death.on } })
  return version
}

/**
 * Refuses (`forbidden`, with the reason that the screen shows) what the person's three answers do not allow now: see rights.ts. For acts that are not
 * sharing in the circle, where row-level security already decides: 'accompany', 'record', 'send_to_team', 'send_outside', 'secondary_use'.
 */
export async function assertPurposeAllowed(tx: Tx, personId: PersonId, purpose: Purpose): Promise<void> {
  const { nonOppositions } = await sharingState(tx, personId)
  const verdict = purposeAllowed({ 1: nonOppositions[1].state, 2: nonOppositions[2].state, 3: nonOppositions[3].state }, purpose)
  if (!verdict.allowed) throw forbidden(verdict.reason)
}

/**
 * Refuses what is about to leave the software for somebody to whom the person wants nothing said (« ne rien dire à… », refusal of sharing), and a text that
 * says the address she hides. For answers to requesters, copies handed over, invitations.
 */
export async function assertMayTell(tx: Tx, personId: PersonId, recipient: Recipient, text: string | null = null): Promise<void> {
  const { silences } = await sharingState(tx, personId)
  if (silenceTowards(silences, { ...recipient, partyIds: await samePartyAs(tx, recipient.partyIds) }) !== null) throw invalid('silence_forbids')
  if (text !== null && silences.some(({ kind }) => kind === 'hidden_address') && saysAddress(text, await addressOf(tx, personId)))
    throw invalid('hidden_address_said')
}

/** False around a person marked at risk for a structure marked sensitive, or someone who practises there: only the DAC in charge may read its name. */
export async function namesOpenly(tx: Tx, personId: PersonId, partyId: string | null): Promise<boolean> {
  return partyNamedOpenly(tx, personId, partyId)
}

/**
 * The cards, accounts and services that say a structure marked sensitive, around a person marked at risk; nobody around anyone else. `toActor`: those whose
 * name is kept from the actor; else those whom no paper and no circle may name, whoever reads.
 */
export async function unnamedParties(tx: Tx, personId: PersonId, { toActor }: { readonly toActor: boolean }): Promise<readonly string[]> {
  return selectUnnamedParties(tx, personId, toActor)
}

/** The volets that a document may hold for this party: what she sees of the person, or what her category may receive while she has no access. */
export async function voletsForRecipient(tx: Tx, personId: PersonId, partyId: string): Promise<readonly Volet[]> {
  return selectVoletsForRecipient(tx, personId, partyId)
}

/** True if this name is the person's own, or that of whoever represents her by a measure that goes on: her information is hers. */
export async function speaksAsHer(tx: Tx, personId: PersonId, name: string): Promise<boolean> {
  const names = await selectOwnNames(tx, personId)
  return names !== undefined && (isOwnName(name, names) || names.representatives.some((one) => sameName(one, name)))
}
