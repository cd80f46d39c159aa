import { anEpisode } from '../../episodes/testing/builders.ts'
import { anOutsideProfessional, aPerson, aSight, nonOpposed } from '../../persons/testing/builders.ts'
import type { AnyContract, OutputOf, RawInputOf } from '../../platform/contract/action.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PartyId, type PersonId, type ServiceId } from '../../platform/contract/ids.ts'
import type { Database } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { call, type TestClock, testClock, testGate } from '../../platform/testing/gate.ts'
import { actorFor, aService, aUser, aValueSet } from '../../territory/testing/builders.ts'
import { addCriterion, addProblem, decidePlan, proposePlan, setReview, validatePlan, writeStatement } from '../contract/actions.ts'
import { noteAgreement } from '../contract/agreements.ts'
import type { ObjectiveId, PlanActionId, PlanId, ProblemId } from '../contract/plan.ts'
import { planOfPerson } from '../contract/queries.ts'
import { carePlansValueSets } from '../contract/value-sets.ts'
import { carePlansHandlers } from '../server/handlers.ts'

export interface PlanWorld {
  readonly clock: TestClock
  readonly dac: ServiceId
  /** Julie Marchal, référente of every person made here; Karim Belkacem, her colleague; someone of another DAC. */
  readonly julie: Actor
  readonly karim: Actor
  readonly elsewhere: Actor
  readonly act: <C extends AnyContract>(actor: Actor, contract: C, input: RawInputOf<C>, key?: string) => Promise<OutputOf<C>>
  readonly person: () => Promise<PersonId>
  readonly doctorOf: (person: PersonId) => Promise<Actor & { readonly professionalId: PartyId }>
  readonly socialWorkerOf: (person: PersonId) => Promise<Actor & { readonly professionalId: PartyId }>
  /** A plan being written: falls (health) with its objective and action, the exhausted caregiver (social), her words, a criterion, a date. */
  readonly draft: (person: PersonId, more?: Partial<DraftWish>) => Promise<Drafted>
  readonly propose: (drafted: Drafted) => Promise<unknown>
  /** Proposes, notes the person's agreement, validates. Gives the number. */
  readonly validate: (drafted: Drafted) => Promise<number>
  readonly read: (actor: Actor, person: PersonId) => Promise<OutputOf<typeof planOfPerson>>
}

export interface DraftWish {
  readonly physioId: PartyId
}

export interface Drafted {
  readonly person: PersonId
  readonly planId: PlanId
  readonly falls: ProblemId
  readonly walk: ObjectiveId
  readonly balance: PlanActionId
  readonly caregiver: ProblemId
  readonly sleep: ObjectiveId
  readonly respite: PlanActionId
}

/** The DAC of the tests of care plans, on the database of a test file. */
export async function planWorld(db: Database): Promise<PlanWorld> {
  for (const set of carePlansValueSets)
    await aValueSet(
      db,
      set.code,
      set.values.map((value) => value.code),
    )
  const clock = testClock('2026-10-15T07:42:00Z')
  const gate = testGate(db, clock)
  const registry = registryOf(carePlansHandlers)
  const service = await aService(db, { name: 'DAC Hautes-Vallées', phone: '0353010000' })
  const referent = await aUser(db, { service })
  const julie = await actorFor(db, referent)
  const karim = await actorFor(db, await aUser(db, { service, givenName: 'Karim', familyName: 'Belkacem' }))
  const elsewhere = await actorFor(db, await aUser(db, { givenName: 'Léa', familyName: 'Morin' }))
  const act: PlanWorld['act'] = (actor, contract, input, key) => call(gate, registry, contract, actor, input, key)
  const read: PlanWorld['read'] = (actor, personId) => act(actor, planOfPerson, { personId })
  const contentVersion = async (drafted: Drafted): Promise<number> => (await read(julie, drafted.person)).plan?.contentVersion ?? 0

  const world: PlanWorld = {
    clock,
    dac: service.id,
    julie,
    karim,
    elsewhere,
    act,
    read,
    person: async () => {
      const episodeId = newId() as string
      const person = await aPerson(db, { dac: service.id, episodeId })
      await anEpisode(db, { id: episodeId as never, personId: person, dac: service.id, referentId: referent.id })
      await nonOpposed(db, person, service.id)
      return person
    },
    doctorOf: async (person) => {
      const doctor = anOutsideProfessional()
      await aSight(db, person, doctor.professionalId, { basis: 'care_team' })
      return doctor
    },
    socialWorkerOf: async (person) => {
      const worker = anOutsideProfessional({ category: 'social', displayName: 'Inès Caron' })
      await aSight(db, person, worker.professionalId, { basis: 'care_team', volets: ['administrative', 'social'] })
      return worker
    },
    draft: async (person, more = {}) => {
      const drafted: Drafted = {
        person,
        planId: newId(),
        falls: newId(),
        walk: newId(),
        balance: newId(),
        caregiver: newId(),
        sleep: newId(),
        respite: newId(),
      }
      const { planId } = drafted
      await act(julie, decidePlan, { id: newId(), personId: person, code: 'yes_risk', planId })
      await act(julie, addProblem, {
        id: drafted.falls,
        planId,
        code: 'D1.mobility',
        title: 'Chutes répétées',
        details: '3 en deux mois',
        volet: 'health',
        objectives: [
          {
            id: drafted.walk,
            title: 'Se déplacer chez elle sans tomber',
            actions: [
              {
                id: drafted.balance,
                title: 'Équilibre et marche',
                actorKind: 'professional',
                actorName: 'Hugo Arnould',
                actorRole: 'kiné',
                actorPartyId: more.physioId ?? null,
                dueWords: 'mar. et jeu.',
                status: 'in_progress',
              },
            ],
          },
        ],
      })
      await act(julie, addProblem, {
        id: drafted.caregiver,
        planId,
        title: 'Aidante épuisée',
        volet: 'social',
        objectives: [
          {
            id: drafted.sleep,
            title: 'Que Sylvie dorme chez elle 4 nuits',
            actions: [
              {
                id: drafted.respite,
                title: 'Hébergement temporaire',
                actorKind: 'service',
                actorName: 'Résidence des Tilleuls',
                dueOn: '2026-11-20',
                status: 'planned',
              },
            ],
          },
        ],
      })
      await act(julie, writeStatement, { planId, kind: 'wishes', baseVersion: 0, changes: { words: '« Rester dans ma maison avec le chat. »' } })
      await act(julie, addCriterion, { id: newId(), planId, code: 'fall' })
      await act(julie, setReview, { id: planId, baseVersion: 1, reviewOn: '2027-01-12' })
      return drafted
    },
    propose: async (drafted) => act(julie, proposePlan, { id: drafted.planId, contentVersion: await contentVersion(drafted) }),
    validate: async (drafted) => {
      await world.propose(drafted)
      await act(julie, noteAgreement, { id: newId(), planId: drafted.planId, party: 'person', partyName: 'Odile Perrin', state: 'agrees', mode: 'oral' })
      return (await act(julie, validatePlan, { id: drafted.planId, contentVersion: await contentVersion(drafted) })).number
    },
  }
  return world
}
