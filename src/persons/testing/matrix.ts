import { sql } from 'kysely'
import { newId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { expectAll, type MatrixRow, type MatrixWorld } from '../../platform/testing/matrix-model.ts'
import {
  changeCategoryVolet,
  closeExceptionalAccess,
  markSensitiveStructure,
  openExceptionalAccess,
  reviewExceptionalAccess,
  stopWithholdingVolet,
  withholdVolet,
} from '../contract/access-actions.ts'
import {
  categoryVolets,
  exceptionalAccessCandidates,
  exceptionalAccesses,
  hiddenItems,
  myExceptionalAccesses,
  sensitiveStructures,
} from '../contract/access-queries.ts'
import {
  addContact,
  checkIdentity,
  collectNonOppositions,
  createPersonAction,
  editContact,
  editPerson,
  editProtection,
  endSilence,
  followReferral,
  giveInformation,
  recordConcertation,
  recordDeathAction,
  recordFamilyDoctor,
  recordProtection,
  recordSilence,
  setAttributes,
  withdrawDeath,
} from '../contract/actions.ts'
import { askInsi, askInsiForMany, decideInsi, withdrawIns } from '../contract/identity-actions.ts'
import { identitySheet, identityWorkList, insiState, insiTurns } from '../contract/identity-queries.ts'
import { handNotice, noticeLetter, noticesToHand, personNotices, recordNoticeWish, withholdNotice } from '../contract/notice-actions.ts'
import {
  dueReferrals,
  personAccessList,
  personCandidates,
  personFamilyDoctor,
  personHeader,
  personHistory,
  personIdentity,
  personRights,
  personTimeline,
  recentPersons,
  searchPersons,
} from '../contract/queries.ts'
import { vanishedDoctors } from '../contract/vanished-doctors.ts'

/** Her DAC, front desk included; the circle is told to whom to speak, the others do not know that she exists. */
const herDac = expectAll('not_found', { referent: 'ok', frontDesk: 'ok', circleDoctor: 'forbidden', circleSocial: 'forbidden' })
/** Those of her DAC who accompany. */
const accompanying = expectAll('not_found', { referent: 'ok', frontDesk: 'forbidden', circleDoctor: 'forbidden', circleSocial: 'forbidden' })
/** Whoever has sight of her reads, each her volets. */
const whoSees = expectAll('not_found', { referent: 'ok', frontDesk: 'ok', circleDoctor: 'ok', circleSocial: 'ok' })
/** Identities are written in any DAC, and nowhere else. */
const anyDac = expectAll('forbidden', { referent: 'ok', frontDesk: 'ok', otherReferent: 'ok' })
/** A search shows only whom one sees: whoever works with files may ask. */
const worksWithFiles = expectAll('ok', { director: 'forbidden', regionalAdmin: 'forbidden' })

/** The categories of R.1110-2 CSP that care or accompany. */
const takesPartInCare = expectAll('ok', { director: 'forbidden', regionalAdmin: 'forbidden' })

type Arranged = Readonly<Record<string, string>>

async function aContact(world: MatrixWorld, tx: Tx): Promise<Arranged> {
  const id = newId()
  await sql`insert into persons.contact_point (id, person_id, kind, value, holder_org) values (${id}, ${world.personId}, 'mobile', '+33639981452', ${world.dacA})`.execute(
    tx,
  )
  return { id }
}

async function aProtection(world: MatrixWorld, tx: Tx): Promise<Arranged> {
  const id = newId()
  await sql`insert into persons.protection_measure (id, person_id, measure, holder_org) values (${id}, ${world.personId}, 'guardianship', ${world.dacA})`.execute(
    tx,
  )
  return { id }
}

async function aSilence(world: MatrixWorld, tx: Tx): Promise<Arranged> {
  const id = newId()
  await sql`insert into persons.non_disclosure (id, person_id, kind, towards, since, holder_org) values (${id}, ${world.personId}, 'tell_nothing', 'Marc Perrin', '2026-09-02', ${world.dacA})`.execute(
    tx,
  )
  return { id }
}

async function aDoctor(world: MatrixWorld, tx: Tx): Promise<Arranged> {
  await sql`update persons.family_doctor set ends_on = starts_on where person_id = ${world.personId} and ends_on is null`.execute(tx)
  await sql`insert into persons.family_doctor (id, person_id, state, professional_name, starts_on, holder_org) values (${newId()}, ${world.personId}, 'declared', 'Dr Humbert', '2020-01-01', ${world.dacA})`.execute(
    tx,
  )
  return {}
}

async function aReferral(world: MatrixWorld, tx: Tx): Promise<Arranged> {
  const id = newId()
  await sql`insert into persons.family_doctor_referral (id, person_id, cpts_id, state, sent_at, remind_on, holder_org)
    values (${id}, ${world.personId}, ${world.cpts}, 'sent', ${world.clock}, '2026-10-22', ${world.dacA})`.execute(tx)
  return { id }
}

async function completeIdentity(world: MatrixWorld, tx: Tx): Promise<Arranged> {
  await sql`insert into platform.setting (key, value) values ('demo', 'true') on conflict do nothing`.execute(tx)
  await sql`update persons.person set birth_place_code = '88468' where person_id = ${world.personId}`.execute(tx)
  return {}
}

async function dead(world: MatrixWorld, tx: Tx): Promise<Arranged> {
  await sql`update persons.person set deceased_on = '2026-10-01' where person_id = ${world.personId}`.execute(tx)
  return {}
}

async function version(world: MatrixWorld, tx: Tx): Promise<Arranged> {
  const { rows } = await sql<{ version: number }>`select version from persons.person where person_id = ${world.personId}`.execute(tx)
  return { version: String(rows[0]?.version ?? 1) }
}

async function aWithheldVolet(world: MatrixWorld, tx: Tx): Promise<Arranged> {
  const id = newId()
  await sql`insert into persons.withheld_volet (id, person_id, withholds, from_category, since, mode, given_by, recorded_at, recorded_by, recorded_by_name, holder_org)
    values (${id}, ${world.personId}, 'health', 'social', '2026-09-02', 'oral_present', 'person', ${world.clock}, ${world.referentId}, 'Julie Marchal', ${world.dacA})`.execute(
    tx,
  )
  return { id }
}

/** Opened by the outsider of the matrix an hour ago, from her practice. */
async function anExceptionalAccess(world: MatrixWorld, tx: Tx): Promise<Arranged> {
  const id = newId()
  const { userId, serviceId } = world.actors.outsider
  await sql`insert into persons.exceptional_access (id, person_id, user_id, user_name, service_id, reason, explanation, opened_at, ends_at, holder_org)
    values (${id}, ${world.personId}, ${userId}, 'Dr Lambert', ${serviceId}, 'vital_emergency', 'Malaise à domicile', ${world.clock}::timestamptz - interval '1 hour',
      ${world.clock}::timestamptz + interval '3 hours', ${serviceId})`.execute(tx)
  return { id }
}

/** What she is to be told of that access, and that no machine sends. */
async function aNoticeToHand(world: MatrixWorld, tx: Tx): Promise<Arranged> {
  const { id } = await anExceptionalAccess(world, tx)
  const { rows } = await sql<{
    id: string
  }>`update persons.person_notice set state = 'to_hand', obstacle = 'identity' where source_id = ${id} returning id`.execute(tx)
  return { id: String(rows[0]?.id) }
}

/** Someone whom none of them sees. */
async function aStranger(world: MatrixWorld, tx: Tx): Promise<Arranged> {
  const id = newId()
  await sql`insert into persons.person (person_id, birth_name, birth_given_names, birth_date, search_key, sound_key, identity_status, holder_org)
    values (${id}, 'CUNY', '{RENE}', '1938-02-03', 'CUNY RENE', 'KN RN', 'PROV', ${world.dacB})`.execute(tx)
  return { id }
}

const number = '2410388468045'
const matricule = `${number}${String(97 - (Number(number) % 97)).padStart(2, '0')}`
const oid = '1.2.250.1.213.1.4.10'

async function askable(world: MatrixWorld, tx: Tx): Promise<Arranged> {
  await sql`insert into platform.setting (key, value) values ('insi', 'true') on conflict (key) do update set value = 'true'`.execute(tx)
  return completeIdentity(world, tx)
}

async function anInsiAnswer(world: MatrixWorld, tx: Tx): Promise<Arranged> {
  const arranged = await completeIdentity(world, tx)
  const id = newId()
  const answer = { matricule, oid, birthName: 'KEMPF', birthGivenNames: ['ODILE'], birthDate: '1941-03-12', sex: 'F', birthPlaceCode: '88468' }
  await sql`insert into persons.insi_call (id, person_id, operation, state, asked_version, asked_at, answered_at, answer, holder_org)
    values (${id}, ${world.personId}, 'search', 'found', 1, ${world.clock}, ${world.clock}, ${JSON.stringify(answer)}::jsonb, ${world.dacA})`.execute(tx)
  return { ...arranged, ...(await version(world, tx)), id }
}

async function withIns(world: MatrixWorld, tx: Tx): Promise<Arranged> {
  await sql`update persons.person set ins_matricule = ${matricule}, ins_oid = ${oid}, ins_retrieved_at = ${world.clock},
    identity_status = persons.identity_status_of(${world.clock}, identity_checked_at, identity_attributes) where person_id = ${world.personId}`.execute(tx)
  return {}
}

const her = ({ personId }: MatrixWorld) => ({ personId })
const today = (world: MatrixWorld): string => world.clock.toISOString().slice(0, 10)

export const personsMatrix: readonly MatrixRow[] = [
  { contract: createPersonAction, input: () => ({ id: newId(), usedName: 'Claudel' }), expected: anyDac },
  {
    contract: editPerson,
    arrange: version,
    input: (world, a) => ({ id: world.personId, baseVersion: Number(a.version), changes: { address: '12, rue de la Gare' } }),
    expected: herDac,
  },
  { contract: checkIdentity, input: (world) => ({ ...her(world), document: 'declared' }), expected: herDac },
  { contract: askInsi, arrange: askable, input: (world) => ({ ...her(world), id: newId() }), expected: herDac },
  {
    contract: askInsiForMany,
    arrange: askable,
    input: (world) => ({ id: newId(), operation: 'search', personIds: [world.personId] }),
    expected: herDac,
  },
  { contract: insiTurns, input: () => ({}), expected: expectAll('forbidden', { referent: 'ok', frontDesk: 'ok', otherReferent: 'ok' }) },
  {
    contract: decideInsi,
    arrange: anInsiAnswer,
    input: (world, a) => ({ ...her(world), id: a.id, decision: 'accepted', seenVersion: Number(a.version) }),
    expected: herDac,
  },
  { contract: withdrawIns, arrange: withIns, input: (world) => ({ ...her(world), reason: 'Matricule d’une autre personne' }), expected: herDac },
  { contract: insiState, input: her, expected: herDac },
  { contract: identitySheet, input: her, expected: herDac },
  { contract: identityWorkList, input: () => ({}), expected: anyDac },
  { contract: setAttributes, input: (world) => ({ ...her(world), attributes: ['homonym'] }), expected: herDac },
  { contract: addContact, input: (world) => ({ ...her(world), id: newId(), kind: 'mobile', value: '06 39 98 14 52' }), expected: herDac },
  {
    contract: editContact,
    arrange: aContact,
    input: (world, a) => ({ ...her(world), id: a.id, baseVersion: 1, changes: { label: 'le soir' } }),
    expected: herDac,
  },
  { contract: recordProtection, input: (world) => ({ ...her(world), id: newId(), measure: 'guardianship' }), expected: herDac },
  {
    contract: editProtection,
    arrange: aProtection,
    input: (world, a) => ({ ...her(world), id: a.id, baseVersion: 1, changes: { scope: 'goods' } }),
    expected: herDac,
  },
  { contract: recordFamilyDoctor, input: (world) => ({ ...her(world), id: newId(), state: 'unknown' }), expected: herDac },
  { contract: recordConcertation, arrange: aDoctor, input: (world) => ({ ...her(world), id: newId(), outcome: 'agrees' }), expected: accompanying },
  { contract: followReferral, arrange: aReferral, input: (world, a) => ({ ...her(world), id: a.id, baseVersion: 1, state: 'reminded' }), expected: herDac },
  {
    contract: collectNonOppositions,
    input: (world) => ({ ...her(world), id: newId(), answers: [{ number: 1, state: 'non_opposition' }], collectedOn: today(world), mode: 'oral_present' }),
    expected: herDac,
  },
  {
    contract: giveInformation,
    input: (world) => ({ ...her(world), id: newId(), givenOn: today(world), givenTo: 'person', mode: 'written' }),
    expected: herDac,
  },
  {
    contract: recordSilence,
    input: (world) => ({ ...her(world), id: newId(), kind: 'tell_nothing', towards: 'Marc Perrin', since: today(world) }),
    expected: herDac,
  },
  { contract: endSilence, arrange: aSilence, input: (world, a) => ({ ...her(world), id: a.id, reason: 'Réconciliés' }), expected: herDac },
  { contract: recordDeathAction, input: (world) => ({ ...her(world), on: today(world) }), expected: herDac },
  { contract: withdrawDeath, arrange: dead, input: (world) => ({ ...her(world), reason: 'Erreur de dossier' }), expected: accompanying },
  { contract: searchPersons, input: () => ({ text: 'Perrin' }), expected: worksWithFiles },
  { contract: recentPersons, input: () => ({}), expected: worksWithFiles },
  { contract: personCandidates, input: () => ({ birthName: 'Kempf', birthDate: '1941-03-12' }), expected: anyDac },
  { contract: personHeader, input: her, expected: whoSees },
  { contract: personIdentity, input: her, expected: whoSees },
  { contract: personRights, input: her, expected: whoSees },
  { contract: personFamilyDoctor, input: her, expected: whoSees },
  { contract: personAccessList, input: her, expected: herDac },
  { contract: personHistory, input: her, expected: herDac },
  { contract: personTimeline, input: her, expected: whoSees },
  { contract: dueReferrals, input: () => ({}), expected: anyDac },
  { contract: vanishedDoctors, input: () => ({}), expected: anyDac },
  {
    contract: openExceptionalAccess,
    arrange: aStranger,
    input: (_world, a) => ({ personId: a.id, id: newId(), reason: 'vital_emergency', explanation: 'Malaise à domicile', hours: 4 }),
    expected: takesPartInCare,
  },
  // Who answers for it without having opened it is told why not; the others do not know that it exists.
  {
    contract: closeExceptionalAccess,
    arrange: anExceptionalAccess,
    input: (_world, a) => ({ id: a.id }),
    expected: expectAll('not_found', { outsider: 'ok', director: 'forbidden' }),
  },
  {
    contract: reviewExceptionalAccess,
    arrange: anExceptionalAccess,
    input: (_world, a) => ({ id: a.id, outcome: 'justified', comment: 'Appel du SAMU vérifié' }),
    expected: expectAll('not_found', { director: 'ok', outsider: 'forbidden' }),
  },
  { contract: exceptionalAccessCandidates, input: () => ({ name: 'Kempf', birthDate: '1941-03-12' }), expected: takesPartInCare },
  { contract: myExceptionalAccesses, input: () => ({}), expected: takesPartInCare },
  { contract: exceptionalAccesses, input: () => ({}), expected: expectAll('forbidden', { director: 'ok' }) },
  {
    contract: withholdVolet,
    input: (world) => ({ ...her(world), id: newId(), volet: 'health', from: 'social', since: today(world), mode: 'oral_present' }),
    expected: herDac,
  },
  { contract: stopWithholdingVolet, arrange: aWithheldVolet, input: (world, a) => ({ ...her(world), id: a.id, reason: 'Elle le souhaite' }), expected: herDac },
  { contract: hiddenItems, input: her, expected: whoSees },
  {
    contract: changeCategoryVolet,
    input: () => ({ category: 'social', volet: 'health', baseVersion: 1, allowed: true, legalReference: 'R. 1110-2 CSP', reason: 'Décision régionale' }),
    expected: expectAll('forbidden', { regionalAdmin: 'ok' }),
  },
  { contract: categoryVolets, input: () => ({}), expected: expectAll('ok') },
  {
    contract: markSensitiveStructure,
    input: () => ({ partyId: newId(), sensitive: false, reason: 'Déménagement' }),
    expected: expectAll('forbidden', { director: 'ok', regionalAdmin: 'ok' }),
  },
  {
    contract: handNotice,
    arrange: aNoticeToHand,
    input: (world, a) => ({ ...her(world), id: a.id, way: 'in_hand', to: 'person', on: today(world) }),
    expected: accompanying,
  },
  {
    contract: withholdNotice,
    arrange: aNoticeToHand,
    input: (world, a) => ({ ...her(world), id: a.id, reason: 'danger', words: 'Son fils ouvre son courrier' }),
    expected: accompanying,
  },
  {
    contract: recordNoticeWish,
    input: (world) => ({ ...her(world), id: newId(), wish: 'by_hand', saidOn: today(world), mode: 'oral_present', givenBy: 'person' }),
    expected: herDac,
  },
  { contract: personNotices, input: her, expected: herDac },
  { contract: noticesToHand, input: () => ({}), expected: anyDac },
  { contract: noticeLetter, arrange: aNoticeToHand, input: (world, a) => ({ ...her(world), id: a.id }), expected: herDac },
  { contract: sensitiveStructures, input: () => ({}), expected: expectAll('forbidden', { director: 'ok', regionalAdmin: 'ok' }) },
]
