import { describe, expect, it } from 'vitest'
import type { Access } from '../../platform/contract/action.ts'
import type { Actor, ActorFunction } from '../../platform/contract/actor.ts'
import { actorFunctions, professionalCategories } from '../../platform/contract/actor.ts'
import * as rules from './access.ts'
import type { ExceptionalAccessTarget, PersonTarget, SightBasis } from './person.ts'
import { sightBases } from './person.ts'

const someone = (changes: Partial<Actor> = {}): Actor =>
  ({
    kind: 'user',
    userId: 'julie',
    displayName: 'Julie Marchal',
    serviceId: 'dac',
    serviceKind: 'dac',
    serviceName: 'DAC',
    functions: ['referent'],
    category: 'coordination',
    professionalId: null,
    parties: ['julie', 'dac'],
    volets: ['administrative', 'social', 'health'],
    ...changes,
  }) as unknown as Actor
const person = (basis: SightBasis, changes: Partial<PersonTarget> = {}): PersonTarget =>
  ({ personId: 'odile', bases: [basis], volets: ['administrative'], inCharge: true, speaksFor: true, ...changes }) as unknown as PersonTarget
const as = (...functions: ActorFunction[]): Actor => someone({ functions })
const may = <T>(rule: Access<T, unknown>, actor: Actor, target: T): boolean => rule(actor, target, {}).allowed
const functionsThat = <T>(rule: Access<T, unknown>, target: T, changes: Partial<Actor> = {}): readonly ActorFunction[] =>
  actorFunctions.filter((one) => may(rule, someone({ functions: [one], ...changes }), target))
const basesThat = (rule: Access<PersonTarget, unknown>, actor = someone()): readonly SightBasis[] =>
  sightBases.filter((basis) => may(rule, actor, person(basis)))

describe('who may do what on a person', () => {
  it('her file is read by whoever holds its administrative volet, on any basis', () => {
    expect(basesThat(rules.whoeverSeesHer)).toEqual([...sightBases])
    expect(may(rules.whoeverSeesHer, someone(), person('care_team', { volets: ['health'] }))).toBe(false)
  })

  it('her identity and her rights are kept by the staff of her DAC, or of the one that handles her request', () => {
    expect(basesThat(rules.keptByHerDac)).toEqual(['dac_in_charge', 'request'])
    expect(functionsThat(rules.keptByHerDac, person('request'))).toEqual(['front_desk', 'referent', 'doctor', 'team_lead'])
    expect(functionsThat(rules.keptByHerDac, person('request'), { serviceKind: 'practice' })).toEqual([])
  })

  it('a request beside the DAC that accompanies her opens an identity to read, and writes nothing of her', () => {
    const beside = person('request', { speaksFor: false })
    expect(may(rules.whoeverSeesHer, someone(), beside)).toBe(true)
    for (const rule of [rules.keptByHerDac, rules.doneByThoseWhoAccompany, rules.answersForTheFile]) expect(may(rule, someone(), beside)).toBe(false)
  })

  it('what takes knowing the situation is not for the desk', () => {
    expect(basesThat(rules.doneByThoseWhoAccompany)).toEqual(['dac_in_charge', 'request'])
    expect(functionsThat(rules.doneByThoseWhoAccompany, person('dac_in_charge'))).toEqual(['referent', 'doctor', 'team_lead'])
  })

  it('who opened the file is for her DAC, and for herself', () => {
    expect(basesThat(rules.answersForTheFile)).toEqual(['dac_in_charge', 'request', 'self'])
    expect(basesThat(rules.answersForTheFile, as('outside_professional'))).toEqual(['self'])
  })

  it('searching is for those who work with files; look-alikes for those who write identities in a DAC', () => {
    expect(functionsThat(rules.worksWithPersons, null)).toEqual([
      'front_desk',
      'referent',
      'doctor',
      'team_lead',
      'outside_professional',
      'cpts_coordinator',
      'expert_team',
    ])
    expect(functionsThat(rules.worksWithPersons, null, { serviceKind: 'practice' })).toEqual(['outside_professional', 'cpts_coordinator', 'expert_team'])
    expect(functionsThat(rules.writesIdentities, null)).toEqual(['front_desk', 'referent', 'doctor', 'team_lead'])
  })
})

describe('the exceptional access', () => {
  const access = (userId: string, supervised = true): ExceptionalAccessTarget =>
    ({ id: 'a', personId: 'odile', userId, supervised }) as unknown as ExceptionalAccessTarget

  it('is opened by care, social work and coordination, from a place or a card', () => {
    expect(professionalCategories.filter((category) => may(rules.opensExceptionally, someone({ category }), null))).toEqual([
      'health',
      'social',
      'coordination',
    ])
    expect(may(rules.opensExceptionally, someone({ serviceId: null }), null)).toBe(false)
    expect(may(rules.opensExceptionally, someone({ serviceId: null, professionalId: 'card' as never }), null)).toBe(true)
    expect(may(rules.opensExceptionally, someone({ kind: 'job' }), null)).toBe(false)
    expect(functionsThat(rules.opensExceptionally, null)).toEqual(
      actorFunctions.filter((one) => !['governance_member', 'regional_admin', 'person'].includes(one)),
    )
  })

  it('is closed by whoever opened it', () => {
    expect(may(rules.openedItHerself, someone(), access('julie'))).toBe(true)
    expect(may(rules.openedItHerself, as('director'), access('paul'))).toBe(false)
  })

  it('is reviewed by those who answer for it, never by oneself', () => {
    expect(functionsThat(rules.supervisesExceptionalAccess, access('paul'))).toEqual(['team_lead', 'director'])
    expect(may(rules.supervisesExceptionalAccess, as('director'), access('paul', false))).toBe(false)
    expect(may(rules.supervisesExceptionalAccess, someone({ kind: 'job', functions: ['director'] }), access('paul'))).toBe(false)
    const own = rules.supervisesExceptionalAccess(as('director'), access('julie'), {})
    expect(own).toMatchObject({ allowed: false, reason: expect.stringContaining('On ne relit pas son propre accès') })
    expect(functionsThat(rules.reviewsExceptionalAccesses, null)).toEqual(['team_lead', 'director'])
  })
})

describe('what is decided for everyone', () => {
  it('what a category sees is decided by the region', () => {
    expect(functionsThat(rules.decidesForTheRegion, null)).toEqual(['regional_admin'])
  })

  it('sensitive structures are marked by those who run a DAC and by the region', () => {
    expect(functionsThat(rules.marksStructures, null)).toEqual(['team_lead', 'director', 'regional_admin'])
    expect(functionsThat(rules.marksStructures, null, { serviceKind: 'grades' })).toEqual(['regional_admin'])
  })
})

describe('every refusal', () => {
  it('says why, in French', () => {
    const nobody = someone({ functions: [], category: 'administrative', serviceKind: 'other' })
    const target = { ...person('care_team', { volets: [] }), userId: 'paul', supervised: false } as never
    const said = Object.values(rules).map((rule) => (rule as Access<unknown, unknown>)(nobody, target, {}))
    expect(said).toHaveLength(12)
    for (const verdict of said)
      expect(verdict).toMatchObject({ allowed: false, reason: expect.stringMatching(/^(Réservé|Le |La |Seul |L’|Votre )[\s\S]{20,}\.$/) })
  })
})
