import { type AddressInfo, createServer } from 'node:net'
import { sql } from 'kysely'
import { afterAll } from 'vitest'
import { personaServices } from '../../../src/app/seed/persona-services.ts'
import { type Persona, personas } from '../../../src/app/seed/personas.ts'
import { addLoginRoutes } from '../../../src/interop/psc/server/routes.ts'
import type { Actor } from '../../../src/platform/contract/actor.ts'
import { newId } from '../../../src/platform/contract/ids.ts'
import { asSystem, type Tx } from '../../../src/platform/server/db.ts'
import { createHttp } from '../../../src/platform/server/http.ts'
import { createLog } from '../../../src/platform/server/log.ts'
import { createMetrics } from '../../../src/platform/server/metrics.ts'
import { readSettings } from '../../../src/platform/server/settings.ts'
import { type TestClock, testClock, testGate } from '../../../src/platform/testing/gate.ts'
import { type TestDatabase, testDatabase } from '../../../src/platform/testing/test-database.ts'
import { openCallers } from '../../../src/territory/server/callers.ts'
import { type PscSimulator, type PscSimulatorOptions, startPscSimulator } from '../main.ts'

export interface LoginWorld {
  readonly jalon: string
  readonly psc: PscSimulator
  readonly database: TestDatabase
  readonly clock: TestClock
  /** Asks Pro Santé Connect about the sessions that are due; gives how many ended. */
  readonly lookAtSessions: () => Promise<number>
}

const clientId = 'jalon-test'
const clientSecret = 'secret-of-a-test'

/** Jalon's login on a real database, with the accounts of the personas, beside a stand-in of Pro Santé Connect. Stopped at the end of the file. */
export async function loginWorld({
  environment = {},
  production = false,
  ...options
}: Pick<PscSimulatorOptions, 'people' | 'singleSignOn' | 'mutualTls'> & {
  readonly environment?: Readonly<Record<string, string>>
  /** Behaves as in production, which refuses the stand-in at its start. */
  readonly production?: boolean
} = {}): Promise<LoginWorld> {
  const database = await testDatabase()
  const clock = testClock(new Date().toISOString())
  const port = await freePort()
  const jalon = `http://127.0.0.1:${port}`
  const psc = await startPscSimulator({
    port: 0,
    redirectUris: [`${jalon}/login/callback`],
    postLogoutRedirectUris: [`${jalon}/login/bye`],
    clientId,
    clientSecret,
    ...options,
  })
  const read = readSettings({
    ...psc.settings,
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    PUBLIC_URL: jalon,
    PORT: String(port),
    JALON_MODE: 'test',
    LOG_LEVEL: 'silent',
    PSC_TIMEOUT_SECONDS: '2',
    ...environment,
  })
  const settings = production ? { ...read, JALON_MODE: 'production' as const } : read
  const gate = testGate(database.db, clock)
  const log = createLog(process.env.LOG_LEVEL ?? 'silent')
  const { identify } = openCallers(database.db, { publicUrl: jalon, timeZone: settings.TIME_ZONE, clock })
  const http = await createHttp({ gate, registry: new Map(), log, metrics: createMetrics(), publicUrl: jalon, trustProxy: false, identify })
  http.get('/who', async (request): Promise<Actor | null> => (await identify(request))?.actor ?? null)
  http.get('/proved', async (request): Promise<{ at: Date | null }> => ({ at: (await identify(request))?.authenticatedAt ?? null }))
  const watch = await addLoginRoutes(http, { settings, gate, log, identify })
  await http.listen({ port, host: '127.0.0.1' })
  await asSystem(database.db, 'accounts of the personas', plantAccounts)
  afterAll(async () => {
    await http.close()
    await psc.stop()
  })
  return { jalon, psc, database, clock, lookAtSessions: () => watch?.look() ?? Promise.resolve(0) }
}

async function plantAccounts(tx: Tx): Promise<void> {
  const services = new Map<string, string>()
  const legalPersons = new Map<string, string>()
  for (const [key, place] of Object.entries(personaServices)) {
    const legalPersonId = legalPersons.get(place.legalPerson) ?? newId()
    if (place.legalPerson !== '' && !legalPersons.has(place.legalPerson)) {
      await sql`insert into territory.legal_person (id, name, siren, finess_legal) values (${legalPersonId}, ${place.legalPerson}, ${place.siret.slice(0, 9) || null}, ${place.finessLegal || null})`.execute(
        tx,
      )
      legalPersons.set(place.legalPerson, legalPersonId)
    }
    const id = newId()
    services.set(key, id)
    await sql`insert into territory.service (id, legal_person_id, kind, name, finess) values (${id}, ${place.legalPerson === '' ? null : legalPersonId}, ${place.kind}, ${place.name}, ${place.finess || null})`.execute(
      tx,
    )
  }
  for (const persona of personas.filter(({ account }) => account !== 'none')) await plantAccount(tx, persona, services)
}

async function plantAccount(tx: Tx, persona: Persona, services: ReadonlyMap<string, string>): Promise<void> {
  const userId = newId()
  await sql`insert into territory.user_account (id, national_id, given_name, family_name, category, status)
    values (${userId}, ${persona.nationalId}, ${persona.givenName}, ${persona.familyName}, 'coordination', ${persona.account})`.execute(tx)
  for (const { service, functions, jobTitle } of persona.memberships) {
    await sql`insert into territory.membership (id, user_id, service_id, functions, job_title, starts_on)
      values (${newId()}, ${userId}, ${services.get(service)}, ${`{${functions.join(',')}}`}::text[], ${jobTitle}, '2020-01-01')`.execute(tx)
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
