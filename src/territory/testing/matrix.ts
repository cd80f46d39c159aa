import { sql } from 'kysely'
import { newId } from '../../platform/contract/ids.ts'
import type { Tx } from '../../platform/server/db.ts'
import { expectAll, type MatrixRow, type MatrixWorld } from '../../platform/testing/matrix-model.ts'
import {
  addMembership,
  addToPerimeter,
  addValue,
  closeAccount,
  closeService,
  createLegalPerson,
  createService,
  createSite,
  createUser,
  editLegalPerson,
  editMembership,
  editService,
  editSite,
  editUser,
  editValue,
  endMembership,
  endPerimeter,
  reopenAccount,
} from '../contract/actions.ts'
import { birthPlaces } from '../contract/birth-places.ts'
import { perimeterGaps, territoryMap } from '../contract/map.ts'
import {
  areas,
  colleagues,
  communes,
  coverage,
  dacForCommune,
  legalPersons,
  perimeter,
  perimeterPreview,
  serviceDetail,
  services,
  users,
  valueSetDetail,
  valueSets,
} from '../contract/queries.ts'

/** An empty service with its legal person, its site and a list: nothing of the world depends on them. */
async function anOrganisation(_world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const [legalPersonId, serviceId, siteId] = [newId(), newId(), newId()]
  await sql`insert into territory.legal_person (id, name) values (${legalPersonId}, 'Association d’essai')`.execute(tx)
  await sql`insert into territory.service (id, kind, name, legal_person_id) values (${serviceId}, 'clic', 'CLIC d’essai', ${legalPersonId})`.execute(tx)
  await sql`insert into territory.site (id, service_id, name) values (${siteId}, ${serviceId}, 'Antenne')`.execute(tx)
  await sql`insert into territory.value_set (code, title, version, origin) values ('territory.site_kind', 'Lieu', '1', 'local'), ('territory.perimeter_source', 'Origine', '1', 'local') on conflict do nothing`.execute(
    tx,
  )
  await sql`insert into territory.value (set_code, code, label, position, valid_from, origin) values ('territory.site_kind', 'branch', 'Antenne', 1, '2015-01-01', 'local'), ('territory.perimeter_source', 'service', 'Service', 1, '2015-01-01', 'local')
    on conflict do nothing`.execute(tx)
  return { legalPersonId, serviceId, siteId }
}

/** A colleague's account of its own, with one place of work. */
async function anAccount(world: MatrixWorld, tx: Tx): Promise<Readonly<Record<string, string>>> {
  const organisation = await anOrganisation(world, tx)
  const [userId, membershipId] = [newId(), newId()]
  await sql`insert into territory.user_account (id, given_name, family_name, category) values (${userId}, 'Anne', 'Essai', 'social')`.execute(tx)
  await sql`insert into territory.membership (id, user_id, service_id, functions, starts_on) values (${membershipId}, ${userId}, ${world.dacA}, '{front_desk}', '2024-01-01')`.execute(
    tx,
  )
  return { ...organisation, userId, membershipId }
}

const everyone = expectAll('ok')
const adminOnly = expectAll('forbidden', { regionalAdmin: 'ok' })
const account = { givenName: 'Anne', familyName: 'Essai', category: 'social' } as const

export const territoryMatrix: readonly MatrixRow[] = [
  { contract: valueSets, input: () => ({}), expected: everyone },
  { contract: communes, input: () => ({ text: 'rupt' }), expected: everyone },
  { contract: dacForCommune, input: (world) => ({ communeCode: world.communeA }), expected: everyone },
  { contract: services, input: () => ({ kinds: ['dac'] }), expected: everyone },
  { contract: colleagues, input: () => ({}), expected: everyone },
  { contract: birthPlaces, input: () => ({ text: 'remiremont', day: '1950-01-01' }), expected: everyone },
  { contract: perimeter, input: (world) => ({ serviceId: world.dacA }), expected: everyone },
  { contract: serviceDetail, input: (world) => ({ id: world.dacA }), expected: adminOnly },
  { contract: legalPersons, input: () => ({}), expected: adminOnly },
  { contract: territoryMap, input: () => ({}), expected: everyone },
  { contract: perimeterGaps, input: () => ({ kind: 'dac', show: 'holes' }), expected: everyone },
  { contract: perimeterPreview, input: (world) => ({ serviceId: world.dacA, text: world.communeA, startsOn: '2026-01-01' }), expected: adminOnly },
  { contract: areas, input: () => ({ text: 'vosges' }), expected: adminOnly },
  { contract: coverage, input: () => ({}), expected: adminOnly },
  { contract: users, input: () => ({}), expected: expectAll('forbidden', { director: 'ok', regionalAdmin: 'ok' }) },
  { contract: valueSetDetail, arrange: anOrganisation, input: () => ({ code: 'territory.site_kind' }), expected: adminOnly },
  { contract: createLegalPerson, input: () => ({ id: newId(), name: 'Association' }), expected: adminOnly },
  {
    contract: editLegalPerson,
    arrange: anOrganisation,
    input: (_world, { legalPersonId }) => ({ id: legalPersonId, baseVersion: 1, changes: { name: 'Autre nom' } }),
    expected: adminOnly,
  },
  { contract: createService, input: () => ({ id: newId(), kind: 'clic', name: 'CLIC' }), expected: adminOnly },
  { contract: editService, input: (world) => ({ id: world.dacA, baseVersion: 1, changes: { phone: '0353010000' } }), expected: adminOnly },
  { contract: closeService, arrange: anOrganisation, input: (_world, { serviceId }) => ({ id: serviceId, endsOn: '2026-12-31' }), expected: adminOnly },
  {
    contract: createSite,
    arrange: anOrganisation,
    input: (world) => ({ id: newId(), serviceId: world.dacA, kind: 'branch', name: 'Antenne' }),
    expected: adminOnly,
  },
  {
    contract: editSite,
    arrange: anOrganisation,
    input: (_world, { siteId }) => ({ id: siteId, baseVersion: 1, changes: { name: 'Autre antenne' } }),
    expected: adminOnly,
  },
  {
    contract: addToPerimeter,
    arrange: anOrganisation,
    input: (world, { serviceId }) => ({ serviceId, communeCodes: [world.communeA], startsOn: '2026-01-01' }),
    expected: adminOnly,
  },
  { contract: endPerimeter, input: (world) => ({ serviceId: world.dacA, communeCodes: [world.communeA], lastDay: '2026-12-31' }), expected: adminOnly },
  {
    contract: createUser,
    input: (world) => ({ id: newId(), ...account, membership: { id: newId(), serviceId: world.dacA, functions: ['referent'], startsOn: '2026-10-15' } }),
    expected: adminOnly,
  },
  {
    contract: editUser,
    arrange: anAccount,
    input: (_world, { userId }) => ({ id: userId, baseVersion: 1, changes: { phone: '0353010000' } }),
    expected: adminOnly,
  },
  { contract: closeAccount, arrange: anAccount, input: (_world, { userId }) => ({ id: userId }), expected: adminOnly },
  { contract: reopenAccount, arrange: anAccount, input: (_world, { userId }) => ({ id: userId }), expected: adminOnly },
  {
    contract: addMembership,
    arrange: anAccount,
    input: (_world, { userId, serviceId }) => ({ id: newId(), userId, serviceId, functions: ['referent'], startsOn: '2026-10-15' }),
    expected: adminOnly,
  },
  {
    contract: editMembership,
    arrange: anAccount,
    input: (_world, { membershipId }) => ({ id: membershipId, baseVersion: 1, changes: { functions: ['referent'] } }),
    expected: adminOnly,
  },
  { contract: endMembership, arrange: anAccount, input: (_world, { membershipId }) => ({ id: membershipId, endsOn: '2026-10-14' }), expected: adminOnly },
  { contract: addValue, arrange: anOrganisation, input: () => ({ setCode: 'territory.site_kind', code: 'van', label: 'Camion' }), expected: adminOnly },
  {
    contract: editValue,
    arrange: anOrganisation,
    input: () => ({ setCode: 'territory.site_kind', code: 'branch', changes: { hidden: true } }),
    expected: adminOnly,
  },
]
