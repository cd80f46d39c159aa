import fc from 'fast-check'
import {
  documentProves,
  factsAfterChange,
  type IdentityFacts,
  identityStatus,
  insMayBeAsked,
  matriculeMayBeSent,
  remainingSteps,
} from '../contract/identity-status.ts'
import { nirKey } from '../contract/ins.ts'
import { acceptedTraits, type InsIdentity, receivable } from '../contract/insi.ts'
import { outwardIns } from '../contract/outward-ins.ts'
import { changedStrictTraits, missingTraits, type ProvisionalTraits } from '../contract/traits.ts'
import type { IdentityAttribute, IdentityDocument } from '../contract/value-sets.ts'

/* Random lives of an identity, played by the product's own rules and, apart, by a model written from the RNIV: whatever happens, both say the same. */

export type Command =
  | { readonly do: 'retrieve'; readonly differs: boolean; readonly oid: InsIdentity['oid']; readonly accepted: boolean }
  | { readonly do: 'verify'; readonly confirmed: boolean }
  | { readonly do: 'check'; readonly document: IdentityDocument; readonly age: number | null }
  | { readonly do: 'correct'; readonly trait: 'birthName' | 'birthDate' | 'usedName' | 'spelling' | 'birthPlaceCode' }
  | { readonly do: 'complete' }
  | { readonly do: 'mark'; readonly attributes: readonly IdentityAttribute[] }
  | { readonly do: 'withdraw' }
  | { readonly do: 'send' }

const documents: readonly IdentityDocument[] = ['id_card', 'passport', 'residence_permit', 'birth_certificate', 'driving_licence', 'vitale_card', 'declared']
const oids = ['1.2.250.1.213.1.4.8', '1.2.250.1.213.1.4.9', '1.2.250.1.213.1.4.10', '1.2.250.1.213.1.4.11'] as const

/** What leads to a qualified identity comes more often, or most lives would end before anything could leave. */
export const commands: fc.Arbitrary<readonly Command[]> = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('retrieve' as const),
        differs: fc.boolean(),
        oid: fc.constantFrom(...oids),
        accepted: fc.integer({ min: 0, max: 3 }).map((n) => n > 0),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('verify' as const), confirmed: fc.boolean() }) },
    {
      weight: 5,
      arbitrary: fc.record({ do: fc.constant('check' as const), document: fc.constantFrom(...documents), age: fc.constantFrom(null, 8, 17, 18, 81) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('correct' as const),
        trait: fc.constantFrom('birthName' as const, 'birthDate' as const, 'usedName' as const, 'spelling' as const, 'birthPlaceCode' as const),
      }),
    },
    { weight: 4, arbitrary: fc.constant({ do: 'complete' as const }) },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('mark' as const), attributes: fc.subarray<IdentityAttribute>(['homonym', 'doubtful', 'fictitious']) }),
    },
    { weight: 1, arbitrary: fc.constant({ do: 'withdraw' as const }) },
    { weight: 5, arbitrary: fc.constant({ do: 'send' as const }) },
  ),
  { minLength: 1, maxLength: 40, size: 'max' },
)

interface Held {
  readonly traits: ProvisionalTraits
  readonly facts: IdentityFacts
  readonly matricule: string | null
  readonly oid: InsIdentity['oid'] | null
}

const start: Held = {
  traits: {
    birthName: 'Kempf',
    usedName: 'Perrin',
    birthGivenNames: ['Odile'],
    usedGivenName: null,
    birthDate: '1941-03-12' as never,
    birthDateApproximate: false,
    sex: 'F',
    birthPlaceCode: null,
  },
  facts: { insRetrieved: false, identityChecked: false, insContested: false, attributes: [] },
  matricule: null,
  oid: null,
}
const number = '2410388468045'

/** The product's rules, composed as the actions of src/persons/server compose them. */
function step(held: Held, command: Command, production: boolean): Held {
  const { facts, traits } = held
  const complete = missingTraits(traits).length === 0
  switch (command.do) {
    case 'complete':
      return edited(held, { birthPlaceCode: '88468' })
    case 'correct':
      if (command.trait === 'usedName') return edited(held, { usedName: `${traits.usedName}x` })
      if (command.trait === 'spelling') return edited(held, { birthName: traits.birthName === 'Kempf' ? 'KEMPF' : 'Kempf' })
      if (command.trait === 'birthDate') return edited(held, { birthDate: (traits.birthDate === '1941-03-12' ? '1941-03-13' : '1941-03-12') as never })
      if (command.trait === 'birthPlaceCode') return edited(held, { birthPlaceCode: null })
      return edited(held, { birthName: `${traits.birthName}a` })
    case 'mark':
      return { ...held, facts: { ...facts, attributes: command.attributes } }
    case 'check':
      return documentProves(command.document, command.age) && complete ? { ...held, facts: { ...facts, identityChecked: true } } : held
    case 'retrieve': {
      if (!insMayBeAsked(facts) || !complete || !command.accepted) return held
      const nia = command.oid.endsWith('.9')
      const digits = nia ? `7${number.slice(1)}` : number
      const there = { ...traits, birthGivenNames: command.differs ? [...traits.birthGivenNames, 'Marie'] : traits.birthGivenNames } as unknown as InsIdentity
      const identity: InsIdentity = { ...there, matricule: digits + nirKey(digits), oid: command.oid }
      if (!receivable(identity, production)) return held
      const taken = acceptedTraits(traits, identity)
      const checkLost = Object.keys(taken).length > 0
      return {
        traits: { ...traits, ...taken } as ProvisionalTraits,
        facts: { ...facts, insRetrieved: true, insContested: false, identityChecked: facts.identityChecked && !checkLost },
        matricule: identity.matricule,
        oid: identity.oid,
      }
    }
    case 'verify':
      return facts.insRetrieved && insMayBeAsked(facts) ? { ...held, facts: { ...facts, insContested: !command.confirmed } } : held
    case 'withdraw':
      return { ...held, facts: { ...facts, insRetrieved: false, insContested: false }, matricule: null, oid: null }
    default:
      return held
  }
}

function edited(held: Held, changes: Partial<ProvisionalTraits>): Held {
  const traits = { ...held.traits, ...changes }
  const { keepsMatricule, ...facts } = factsAfterChange(held.facts, changedStrictTraits(held.traits, traits))
  return { ...held, traits, facts, ...(keepsMatricule ? {} : { matricule: null, oid: null }) }
}

/** The model: what RNIV says, in other words than the product's. It remembers on which traits each fact was established. */
export interface Model {
  ins: { on: string; oid: string; denied: boolean } | null
  checkedOn: string | null
}

export const newModel = (): Model => ({ ins: null, checkedOn: null })

const essence = ({ birthName, birthGivenNames, birthDate, sex, birthPlaceCode }: ProvisionalTraits): string =>
  [birthName, birthGivenNames.join(' '), birthDate, sex, birthPlaceCode].map((one) => (one ?? '').toUpperCase()).join('/')

/** Tells the model what was done, whether it was accepted, and the traits held since. Gives the status to expect, and whether a matricule may leave. */
export function observe(
  model: Model,
  command: Command,
  happened: boolean,
  after: { readonly traits: ProvisionalTraits; readonly attributes: readonly string[] },
  production: boolean,
): { readonly status: string; readonly holdsIns: boolean; readonly mayLeave: boolean } {
  const now = essence(after.traits)
  if (happened && command.do === 'retrieve') model.ins = { on: now, oid: command.oid, denied: false }
  if (happened && command.do === 'verify' && model.ins !== null) model.ins.denied = !command.confirmed
  if (happened && command.do === 'check') model.checkedOn = now
  if (happened && command.do === 'withdraw') model.ins = null
  if (model.ins?.on !== now) model.ins = null
  if (model.checkedOn !== now) model.checkedOn = null
  const blocked = after.attributes.some((one) => one !== 'homonym')
  const [ins, checked] = [model.ins !== null, model.checkedOn !== null]
  const status = blocked ? 'PROV' : ins ? (checked ? 'QUAL' : 'RECUP') : checked ? 'VALI' : 'PROV'
  const real = model.ins?.oid.endsWith('.8') === true || model.ins?.oid.endsWith('.9') === true
  return { status, holdsIns: ins, mayLeave: status === 'QUAL' && model.ins?.denied === false && real === production }
}

/**
 * Plays one life. Throws, saying what, as soon as: the status is not that of the two facts on the very traits held now; a matricule is held without being
 * retrieved on these traits; a matricule leaves although the identity is not qualified, is doubtful, fictitious or contested, or is of another installation.
 */
export function playLife(life: readonly Command[], production: boolean): { readonly sent: number } {
  let held = start
  const model = newModel()
  let sent = 0
  for (const command of life) {
    const before = held
    held = step(held, command, production)
    const happened = command.do === 'withdraw' || held !== before
    const expected = observe(model, command, happened, { traits: held.traits, attributes: held.facts.attributes }, production)
    const status = identityStatus(held.facts)
    const missing = missingTraits(held.traits).length
    if (status !== expected.status) throw new Error(`after ${command.do}: ${status} instead of ${expected.status}`)
    if ((held.matricule !== null) !== expected.holdsIns) throw new Error(`after ${command.do}: a matricule without its fact, or the other way round`)
    if ((remainingSteps(held.facts, missing).length === 0) !== (matriculeMayBeSent(held.facts) && missing === 0))
      throw new Error(`after ${command.do}: the steps disagree with what may be sent`)
    const out = outwardIns({ ...held.facts, matricule: held.matricule, oid: held.oid }, production)
    if ((out !== null) !== expected.mayLeave) throw new Error(`after ${command.do}: a matricule ${out === null ? 'kept' : 'sent'} wrongly`)
    if (out !== null && command.do === 'send') sent += 1
  }
  return { sent }
}

/** Plays `runs` random lives, half of them in a real installation. Gives how many matricules really left, so that a run in which none did is noticed. */
export function playLives(runs: number, seed?: number): { readonly sent: number } {
  let sent = 0
  fc.assert(
    fc.property(commands, fc.boolean(), (life, production) => {
      sent += playLife(life, production).sent
    }),
    { numRuns: runs, ...(seed === undefined ? {} : { seed }) },
  )
  return { sent }
}
