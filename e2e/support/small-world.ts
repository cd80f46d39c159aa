import { sql } from 'kysely'
import { type PersonaServiceKey, personaServices } from '../../src/app/seed/persona-services.ts'
import { type Persona, personas } from '../../src/app/seed/personas.ts'
import { loadReferenceData } from '../../src/app/seed/reference/load.ts'
import { importContent } from '../../src/directory/testing/import-content.ts'
import { anRpps, anRppsFile, anRppsLine } from '../../src/directory/testing/rpps-file.ts'
import { professionalCategoryOf } from '../../src/interop/psc/profession.ts'
import type { PartyId } from '../../src/platform/contract/ids.ts'
import { newId } from '../../src/platform/contract/ids.ts'
import { asSystem, type Database, openDatabase } from '../../src/platform/server/db.ts'
import { properCase } from '../../src/platform/contract/proper-case.ts'
import { aPerimeter, aService, aUser, type BuiltService } from '../../src/territory/testing/builders.ts'
import type { SiteWorld } from '../site.ts'

/** Communes of each service of the world: two DAC that share no commune, a CPTS in the first. */
const perimeters: Partial<Record<PersonaServiceKey, readonly string[]>> = {
  dacHautesVallees: ['88408', '88468', '88383'],
  dacMeurtheMortagne: ['54039'],
  cptsHauteMoselle: ['88468'],
}

/**
 * The smallest region in which every persona can log in: their services, their accounts, their cards in the directory, the lists, no person.
 * A journey makes the rest, so that what it counts is what it did.
 */
export const smallWorld: SiteWorld = {
  kind: 'journeys',
  load: async ({ ownerUrl, appUrl }) => {
    await loadReferenceData({ ownerUrl })
    const db = openDatabase(appUrl, { max: 2 })
    try {
      await asSystem(db, 'mark of a demo', (tx) => sql`insert into platform.setting (key, value) values ('demo', 'true') on conflict do nothing`.execute(tx))
      const cards = await loadCards(db)
      const services = new Map<PersonaServiceKey, BuiltService>()
      for (const key of Object.keys(personaServices) as PersonaServiceKey[]) services.set(key, await openService(db, key))
      for (const persona of personas) if (persona.account === 'active') await openAccount(db, persona, services, cards)
    } finally {
      await db.close()
    }
  },
}

async function openService(db: Database, key: PersonaServiceKey): Promise<BuiltService> {
  const { kind, name, finess, communeCode } = personaServices[key]
  const service = await aService(db, { kind, name, communeCode, ...(finess ? { finess } : {}), ...(kind === 'dac' ? { phone: '+33353012700' } : {}) })
  const communes = perimeters[key]
  if (communes) await aPerimeter(db, service, communes)
  return service
}

async function openAccount(
  db: Database,
  persona: Persona,
  services: ReadonlyMap<PersonaServiceKey, BuiltService>,
  cards: ReadonlyMap<string, PartyId>,
): Promise<void> {
  const [practice] = persona.exercices
  const [first, ...others] = persona.memberships
  if (practice === undefined || first === undefined) return
  const user = await aUser(db, {
    givenName: properCase(persona.givenName),
    familyName: properCase(persona.familyName),
    functions: first.functions,
    jobTitle: first.jobTitle,
    service: services.get(first.service) as BuiltService,
    nationalId: persona.nationalId,
    professionalId: cards.get(persona.id) ?? null,
    category: professionalCategoryOf({
      professionCode: practice.profession || null,
      roleCode: practice.role || null,
      sectorCode: personaServices[practice.at].sector,
      mode: practice.mode,
    }).category,
  })
  for (const { service, functions, jobTitle } of others)
    await asSystem(db, 'a second membership', (tx) =>
      sql`insert into territory.membership (id, user_id, service_id, functions, job_title, starts_on)
        values (${newId()}, ${user.id}, ${services.get(service)?.id}, ${functions}::text[], ${jobTitle}, '2020-01-01')`.execute(tx),
    )
}

/** Brings in, as an extract of the RPPS, the health professionals among the personas and two généralistes who never asked. */
async function loadCards(db: Database): Promise<ReadonlyMap<string, PartyId>> {
  const known = personas.filter(({ account, exercices }) => account === 'active' && exercices[0]?.mode === 'L' && exercices[0].profession !== '')
  const lines = known.map(({ nationalId, familyName, givenName, exercices: [practice] }) =>
    anRppsLine(nationalId.slice(1), {
      "Nom d'exercice": familyName,
      "Prénom d'exercice": givenName,
      'Code profession': practice?.profession ?? '',
      'Libellé profession': { '10': 'Médecin', '21': 'Pharmacien', '60': 'Infirmier' }[practice?.profession ?? ''] ?? '',
      ...(practice?.profession === '10' ? {} : { "Code civilité d'exercice": '', "Libellé civilité d'exercice": '' }),
      ...(practice?.specialty ? {} : { 'Code type savoir-faire': '', 'Code savoir-faire': '', 'Libellé savoir-faire': '' }),
    }),
  )
  const colleagues = [
    ['HUMBERT', 'PAUL'],
    ['VALENTIN', 'CLAIRE'],
  ].map(([family, given], n) => anRppsLine(anRpps(700 + n), { "Nom d'exercice": family as string, "Prénom d'exercice": given as string }))
  const { outcome } = await importContent(db, 'rpps', anRppsFile([...lines, ...colleagues]))
  if (outcome.state !== 'done' || outcome.counts.rejected > 0) throw new Error(`the directory of the journeys was refused: ${JSON.stringify(outcome)}`)
  const { rows } = await asSystem(db, 'cards of the personas', (tx) =>
    sql<{ rpps: string; party_id: PartyId }>`select rpps, party_id from directory.professional`.execute(tx),
  )
  const byRpps = new Map(rows.map(({ rpps, party_id }) => [rpps, party_id]))
  return new Map(known.flatMap(({ id, nationalId }) => (byRpps.has(nationalId.slice(1)) ? [[id, byRpps.get(nationalId.slice(1)) as PartyId] as const] : [])))
}
