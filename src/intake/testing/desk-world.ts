import type { AnyAction, AnyQuery, OutputOf, RawInputOf } from '../../platform/contract/action.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import type { Database } from '../../platform/server/db.ts'
import type { Gate } from '../../platform/server/execute.ts'
import { call, type TestClock, testClock, testGate } from '../../platform/testing/gate.ts'
import { anActor, aPerimeter, aService, type BuiltService } from '../../territory/testing/builders.ts'
import { intakeRegistry, withIntakeLists } from './builders.ts'

/** Two DAC and those who meet at the desk, for the tests of this capability. */
export interface DeskWorld {
  readonly gate: Gate
  readonly clock: TestClock
  readonly dac: BuiltService
  readonly otherDac: BuiltService
  readonly nadia: Actor
  readonly julie: Actor
  readonly samira: Actor
  readonly director: Actor
  readonly elsewhere: Actor
  readonly doctor: Actor
  readonly nurse: Actor
  /** Calls an action or a query as somebody. */
  readonly as: <C extends AnyAction | AnyQuery>(actor: Actor, contract: C, input: RawInputOf<C>, key?: string) => Promise<OutputOf<C>>
}

/** DAC Hautes-Vallées (Le Thillot, Rupt) and DAC Meurthe et Mortagne (Baccarat). */
export async function aDeskWorld(db: Database): Promise<DeskWorld> {
  const clock = testClock()
  const gate = testGate(db, clock)
  await withIntakeLists(db)
  const dac = await aService(db, { name: 'DAC Hautes-Vallées' })
  const otherDac = await aService(db, { name: 'DAC Meurthe et Mortagne' })
  await aPerimeter(db, dac, ['88468', '88408'])
  await aPerimeter(db, otherDac, ['54039'])
  const practice = await aService(db, { kind: 'practice', name: 'Cabinet du Dr Fritsch' })
  const staff = (functions: readonly Actor['functions'][number][], givenName: string, familyName: string) =>
    anActor(db, { service: dac, functions, givenName, familyName })
  return {
    gate,
    clock,
    dac,
    otherDac,
    nadia: await staff(['front_desk'], 'Nadia', 'Ferry'),
    julie: await staff(['referent'], 'Julie', 'Marchal'),
    samira: await staff(['team_lead'], 'Samira', 'Haddad'),
    director: await staff(['director'], 'Hélène', 'Vautrin'),
    elsewhere: await anActor(db, { service: otherDac, givenName: 'Inès', familyName: 'Roussel' }),
    doctor: await anActor(db, {
      service: practice,
      functions: ['outside_professional'],
      givenName: 'Anne-Laure',
      familyName: 'Fritsch',
      professionalId: '0196a000-0000-7000-8000-000000000001' as never,
    }),
    nurse: await anActor(db, {
      service: practice,
      functions: ['outside_professional'],
      givenName: 'Thomas',
      familyName: 'Noël',
      professionalId: '0196a000-0000-7000-8000-000000000002' as never,
    }),
    as: (actor, contract, input, key) => call(gate, intakeRegistry, contract, actor, input, key),
  }
}
