import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Canaries } from './canary.ts'
import type { Volet } from './rule.ts'

interface Reader {
  readonly user: string
  readonly service: string
}

/**
 * Canary strings in what bears no person, or bears somebody whom nobody accompanies: identities that hospitals told, those of strangers included, numbers
 * that call a service, browsers and sealed envelopes of professionals. The catalogue does not find these tables: each is named here, with whose it is.
 */
export async function plantAside(superuser: pg.Client, canaries: Canaries, readers: readonly Reader[], instant: string): Promise<void> {
  await superuser.query(`set session_replication_role = 'replica'`)
  try {
    await plantVisits(superuser, canaries, instant)
    for (const service of new Set(readers.map((reader) => reader.service))) await plantCall(superuser, canaries, service, instant)
    for (const { user } of readers) await plantDevice(superuser, canaries, user, instant)
  } finally {
    await superuser.query(`set session_replication_role = 'origin'`)
  }
}

const traits = (token: string): string =>
  JSON.stringify({
    birthName: token,
    usedName: token,
    givenNames: ['MARTIN'],
    sex: 'F',
    birthDate: '1941-03-12',
    birthPlaceCode: null,
    phones: [],
    ins: null,
    reliability: null,
  })

/** The visit behind each planted candidate is read as the candidate is; a visit without any is a stranger's, and nobody's to read. */
async function plantVisits(superuser: pg.Client, canaries: Canaries, instant: string): Promise<void> {
  const sender = randomUUID()
  await superuser.query(`insert into hospital_events.sender (id, name, facility, created_at) values ($1, 'Centre hospitalier du Thillot', 'THILLOT', $2)`, [
    sender,
    instant,
  ])
  const insert = (id: string, token: string, state: string): Promise<unknown> =>
    superuser.query(
      `insert into hospital_events.visit (id, sender_id, number, traits, traits_at, course, state, first_at, last_at) values ($1::uuid, $2, $1::uuid::text, $3, $4, $5, $6, $4, $4)`,
      [
        id,
        sender,
        traits(token),
        instant,
        JSON.stringify({ state: 'in_hospital', kind: 'inpatient', admittedAt: instant, dischargedAt: null, expectedOn: null }),
        state,
      ],
    )
  const { rows } = await superuser.query<{ visit: string; person: string; volet: Volet; protection: 'shared' | 'org_private' | 'restricted'; holder: string }>(
    `select distinct on (visit_id) visit_id as visit, person_id as person, volet, protection, holder_org as holder from hospital_events.candidate order by visit_id`,
  )
  for (const { visit, person, volet, protection, holder } of rows)
    await insert(visit, canaries.plant({ table: 'hospital_events.visit', id: visit, person, row: { volet, protection, holder } }).token, 'undecided')
  for (let n = 0; n < 20; n++) {
    const id = randomUUID()
    await insert(id, canaries.plant({ table: 'hospital_events.visit', id, person: null, row: nobodys }).token, 'unknown')
  }
}

const nobodys = { volet: 'administrative', protection: 'org_private', holder: '' } as const

async function plantCall(superuser: pg.Client, canaries: Canaries, service: string, instant: string): Promise<void> {
  const [line, call] = [randomUUID(), randomUUID()]
  await superuser.query(`insert into telephony.line (id, service_id, label, shape, created_at) values ($1, $2, 'Accueil', 'webhook', $3)`, [
    line,
    service,
    instant,
  ])
  const { token } = canaries.plant({ table: 'telephony.call', id: call, person: null, row: { ...nobodys, holder: service }, of: { service } })
  await superuser.query(
    `insert into telephony.call (id, line_id, external_id, service_id, caller, state, received_at) values ($1::uuid, $2, $1::uuid::text, $3, $4, 'ringing', $5)`,
    [call, line, service, token, instant],
  )
}

async function plantDevice(superuser: pg.Client, canaries: Canaries, user: string, instant: string): Promise<void> {
  const [device, deposit] = [randomUUID(), randomUUID()]
  const plant = (table: string, id: string): string => canaries.plant({ table, id, person: null, row: nobodys, of: { user } }).token
  await superuser.query(
    `insert into offline.device (id, user_id, secret_hash, session_handle, user_agent, carried_at, read_until) values ($1, $2, '\\x00', gen_random_uuid(), $3, $4::timestamptz, $4::timestamptz + interval '12 hours')`,
    [device, user, plant('offline.device', device), instant],
  )
  await superuser.query(`insert into offline.deposit (id, user_id, device_id, envelope, received_at) values ($1, $2, $3, $4, $5)`, [
    deposit,
    user,
    device,
    JSON.stringify({ sealed: plant('offline.deposit', deposit) }),
    instant,
  ])
}
