import { withholdVolet } from '../../src/persons/contract/access-actions.ts'
import { collectNonOppositions, recordSilence } from '../../src/persons/contract/actions.ts'
import { aSight } from '../../src/persons/testing/builders.ts'
import type { AnyContract, RawInputOf } from '../../src/platform/contract/action.ts'
import { dayOf } from '../../src/platform/contract/dates.ts'
import { newId } from '../../src/platform/contract/ids.ts'
import { limitUse } from '../../src/privacy/contract/actions.ts'
import { ask } from './asking.ts'
import { compare, emptyTally, type Tally } from './decisions.ts'
import { lenses } from './lenses.ts'
import type { Random } from './random.ts'
import type { Known, Someone, World } from './world.ts'

/** A reader who loses sight by a gesture that is named, in a state that is made for it. */
export const directedCases = [
  'the doctor, once the person opposes sharing',
  'the doctor, once the health volet is kept from her trade',
  'the référente of the DAC, once she is refused',
  'the doctor, once the use is limited',
] as const
export type DirectedCase = (typeof directedCases)[number]

interface Played {
  readonly reader: Someone
  readonly person: Known
  /** Decisions on which she and the oracle disagree, before the gesture and after it. */
  readonly before: Tally
  readonly after: Tally
  /** Rows that she saw before and that the gesture takes from her, as the oracle says. */
  readonly lost: number
}

/** Plays the case through the real actions, and compares before and after with the oracle. Throws when a gesture of it is refused. */
export async function playDirected(world: World, wanted: DirectedCase, random: Random): Promise<Played> {
  const find = (label: string): Someone => world.people.find((one) => one.label === label) as Someone
  const person = world.persons.find(({ live, home, wishes }) => live && home.name === 'DAC Hautes-Vallées' && wishes.answers.length > 0) as Known
  const keeper = find('référente de A')
  const reader = wanted.startsWith('the doctor') ? find('médecin traitant') : find('infirmière de A')
  if (wanted.startsWith('the doctor')) {
    const from = world.clock().getTime() - 3_600_000
    await aSight(world.db, person.id, String(reader.reader.card), { basis: 'care_team', since: new Date(from).toISOString() })
    person.grounds.push({
      planted: true,
      basis: 'care_team',
      card: String(reader.reader.card),
      named: 'professional',
      inR1110_2: true,
      informedAt: from,
      entrusted: null,
      from,
      until: null,
    })
  }
  const before = await lookThrough(world, reader, person, random)
  await play(world, keeper, person, reader, wanted)
  const after = await lookThrough(world, reader, person, random)
  return { reader, person, before, after, lost: before.seen - after.seen }
}

async function lookThrough(world: World, reader: Someone, person: Known, random: Random): Promise<Tally> {
  const tally = emptyTally()
  for (const lens of lenses.filter(({ name }) => ['header', 'timeline', 'identity', 'plan'].includes(name)))
    await compare(world, reader, person, lens, random, tally)
  return tally
}

async function play(world: World, keeper: Someone, person: Known, { reader }: Someone, wanted: DirectedCase): Promise<void> {
  const now = world.clock().getTime()
  const today = dayOf(world.clock(), world.gate.timeZone)
  const done = async <C extends AnyContract>(contract: C, input: RawInputOf<C>): Promise<void> => {
    const answer = await ask(world, keeper, contract, input)
    if (answer.outcome !== 'ok') throw new Error(`${contract.name}: ${answer.outcome} ${answer.because}`)
  }
  const id = newId()
  switch (wanted) {
    case 'the doctor, once the person opposes sharing':
      await done(collectNonOppositions, { id, personId: person.id, answers: [{ number: 1, state: 'opposition' }], collectedOn: today, mode: 'oral_present' })
      return void person.wishes.answers.push({ number: 1, state: 'opposition', at: now })
    case 'the doctor, once the health volet is kept from her trade':
      await done(withholdVolet, { id: id as never, personId: person.id, volet: 'health', from: 'health', partyId: null, since: today, mode: 'oral_present' })
      return void person.wishes.withheld.push({ id, volet: 'health', keptFrom: 'health', from: now, until: null })
    case 'the doctor, once the use is limited':
      await done(limitUse, { id: id as never, personId: person.id, reason: 'accuracy' })
      return void person.wishes.limited.push({ id, from: now, until: null })
    case 'the référente of the DAC, once she is refused':
      await done(recordSilence, { id, personId: person.id, kind: 'no_sharing', towards: 'Elle', partyId: reader.user, since: today })
      return void person.wishes.refusals.push({ id, party: reader.user, from: now, until: null })
  }
}
