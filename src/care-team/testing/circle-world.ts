import { sql } from 'kysely'
import { personsValueSets } from '../../persons/contract/value-sets.ts'
import { personsHandlers } from '../../persons/server/handlers.ts'
import { aPerson, nonOpposed } from '../../persons/testing/builders.ts'
import { aPersonWorld, type PersonWorld } from '../../persons/testing/person-world.ts'
import type { AnyAction, AnyQuery, OutputOf, RawInputOf } from '../../platform/contract/action.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { asSystem, type Database } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call } from '../../platform/testing/gate.ts'
import { loadValueSets } from '../../territory/server/reference.sql.ts'
import { careTeamValueSets } from '../contract/value-sets.ts'
import { careTeamHandlers } from '../server/handlers.ts'

export const circleRegistry = registryOf([...personsHandlers, ...careTeamHandlers])

export interface CircleWorld extends Omit<PersonWorld, 'as'> {
  readonly as: <C extends AnyAction | AnyQuery>(actor: Actor, contract: C, input: RawInputOf<C>, key?: string) => Promise<OutputOf<C>>
  /** A person accompanied by the DAC, informed, who opposes nothing. */
  readonly informedPerson: () => Promise<PersonId>
}

/** A card of the directory, planted: « Dr Anne-Laure Fritsch, médecin généraliste ». */
export async function aCard(
  db: Database,
  card: {
    readonly partyId: string
    readonly label: string
    readonly kind?: 'professional' | 'structure' | 'local'
    readonly category?: string
    readonly facet?: string
    readonly detail?: string
    readonly phone?: string
  },
): Promise<void> {
  await asSystem(db, 'plant a card in a test', (tx) =>
    sql`insert into directory.entry (party_id, kind, facet, label, detail, phone, category, sort_key, words)
    values (${card.partyId}, ${card.kind ?? 'professional'}, ${card.facet ?? 'gp'}, ${card.label}, ${card.detail ?? 'Médecin généraliste'}, ${card.phone ?? null}, ${card.category ?? 'health'},
      lower(${card.label}), to_tsvector('simple', ${card.label}))`.execute(tx),
  )
}

/** The world of persons, with the lists of the circle and the cards of the doctor and of the social worker. */
export async function aCircleWorld(db: Database): Promise<CircleWorld> {
  const world = await aPersonWorld(db)
  await asSystem(db, 'lists of the circle for a test', (tx) => loadValueSets(tx, [...personsValueSets, ...careTeamValueSets]))
  await aCard(db, { partyId: world.doctor.professionalId, label: 'Dr Anne-Laure Fritsch', phone: '+33353012011' })
  await aCard(db, {
    partyId: world.socialWorker.professionalId,
    label: 'Karim Belkacem',
    category: 'social',
    facet: 'social_worker',
    detail: 'Assistant de service social',
  })
  return {
    ...world,
    as: (actor, contract, input, key) => call(world.gate, circleRegistry, contract, actor, input, key),
    informedPerson: async () => {
      const personId = await aPerson(db, { dac: world.dac.id, personId: newId<PersonId>() })
      await nonOpposed(db, personId, world.dac.id)
      return personId
    },
  }
}
