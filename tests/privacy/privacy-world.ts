import { sql } from 'kysely'
import { allValueSets } from '../../src/app/seed/reference/value-sets.ts'
import { personTables } from '../../src/app/server/person-data.ts'
import { registry } from '../../src/app/server/registry.ts'
import type { EpisodeId } from '../../src/episodes/contract/episode.ts'
import { anEpisode } from '../../src/episodes/testing/builders.ts'
import { aPerson, aSight, nonOpposed } from '../../src/persons/testing/builders.ts'
import type { AnyAction, AnyQuery, InputOf, OutputOf, RawInputOf } from '../../src/platform/contract/action.ts'
import type { Actor } from '../../src/platform/contract/actor.ts'
import { newId, type PartyId, type PersonId, type UserId } from '../../src/platform/contract/ids.ts'
import { asSystem, type Database } from '../../src/platform/server/db.ts'
import type { Gate } from '../../src/platform/server/execute.ts'
import { call, type TestClock, testClock, testGate } from '../../src/platform/testing/gate.ts'
import { loadValueSets } from '../../src/territory/server/reference.sql.ts'
import { actorFor, anActor, aService, aUser, type BuiltService } from '../../src/territory/testing/builders.ts'

export interface PrivacyWorld {
  readonly gate: Gate
  readonly clock: TestClock
  readonly dac: BuiltService
  readonly otherDac: BuiltService
  readonly julie: Actor
  readonly lead: Actor
  readonly nadia: Actor
  readonly director: Actor
  readonly region: Actor
  readonly elsewhere: Actor
  readonly doctor: Actor & { readonly professionalId: PartyId }
  readonly personId: PersonId
  readonly episodeId: EpisodeId
  readonly as: <C extends AnyAction | AnyQuery>(actor: Actor, contract: C, input: RawInputOf<C>, key?: string) => Promise<OutputOf<C>>
}

/** DAC Hautes-Vallées accompanies Mme Perrin; her doctor is in her circle; the direction, the region and another DAC stand around. */
export async function aPrivacyWorld(db: Database): Promise<PrivacyWorld> {
  const clock = testClock()
  const gate = testGate(db, clock)
  await asSystem(db, 'lists for a test of privacy', (tx) => loadValueSets(tx, allValueSets))
  const dac = await aService(db, { name: 'DAC Hautes-Vallées', phone: '0353010000' })
  const otherDac = await aService(db, { name: 'DAC Meurthe et Mortagne' })
  const practice = await aService(db, { kind: 'practice', name: 'Cabinet du Dr Fritsch' })
  const julie = await aUser(db, { service: dac, jobTitle: 'Référente de parcours' })
  const episodeId = newId<EpisodeId>()
  const personId = await aPerson(db, { dac: dac.id, episodeId })
  await nonOpposed(db, personId, dac.id)
  await anEpisode(db, { id: episodeId, personId, dac: dac.id, referentId: julie.id as UserId })
  const doctor = (await anActor(db, {
    service: practice,
    functions: ['outside_professional'],
    givenName: 'Anne-Laure',
    familyName: 'Fritsch',
    category: 'health',
    professionalId: newId<PartyId>(),
  })) as Actor & { readonly professionalId: PartyId }
  await aSight(db, personId, doctor.professionalId, { basis: 'care_team', reason: 'Médecin traitant' })
  return {
    gate,
    clock,
    dac,
    otherDac,
    personId,
    episodeId,
    julie: await actorFor(db, julie),
    lead: await anActor(db, { service: dac, functions: ['team_lead', 'referent'], givenName: 'Claire', familyName: 'Didier' }),
    nadia: await anActor(db, { service: dac, functions: ['front_desk'], givenName: 'Nadia', familyName: 'Ferry' }),
    director: await anActor(db, { service: dac, functions: ['director'], givenName: 'Hélène', familyName: 'Vautrin', category: 'administrative' }),
    region: await anActor(db, {
      service: await aService(db, { kind: 'grades', name: 'GRADeS' }),
      functions: ['regional_admin'],
      category: 'administrative',
      givenName: 'Paul',
      familyName: 'Mathis',
    }),
    elsewhere: await anActor(db, { service: otherDac, givenName: 'Inès', familyName: 'Roussel' }),
    doctor,
    as: (actor, contract, input, key) => call(gate, registry, contract, actor, input as RawInputOf<typeof contract> & InputOf<typeof contract>, key),
  }
}

export { personTables }

/** A note of the notebook, planted as it would have been written. */
export async function aNote(
  db: Database,
  world: Pick<PrivacyWorld, 'personId' | 'dac' | 'clock'>,
  body: string,
  { protection = 'shared', volet = 'health', at }: { readonly protection?: string; readonly volet?: string; readonly at?: string } = {},
): Promise<string> {
  const id = newId()
  await asSystem(db, 'plant a note in a test', (tx) =>
    sql`insert into liaison.note (id, person_id, kind, body, root_id, author_id, author_name, at, volet, holder_org, protection)
    values (${id}, ${world.personId}, 'observation', ${body}, ${id}, ${newId()}, 'Julie Marchal', ${at ?? world.clock().toISOString()}, ${volet}, ${world.dac.id}, ${protection})`.execute(
      tx,
    ),
  )
  return id
}
