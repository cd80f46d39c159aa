import { describe, expect, it } from 'vitest'
import { newId } from '../../platform/contract/ids.ts'
import { comparePlans, markWord, setAside } from './compare.ts'
import type { PlanAction, PlanContent, PlanObjective, PlanProblem } from './plan.ts'
import { daysLate, objectiveStatusWords, termWords, whoWords } from './words.ts'

const action = (title: string, more: Partial<PlanAction> = {}): PlanAction => ({
  id: newId(),
  code: null,
  title,
  details: null,
  actor: { kind: 'professional', partyId: null, name: 'Julie Marchal', role: null },
  dueOn: '2026-10-20',
  dueKind: 'before',
  dueWords: null,
  status: 'proposed',
  statusOn: null,
  statusWords: null,
  answer: null,
  answerOn: null,
  answerMode: null,
  answerWords: null,
  answerNotedBy: null,
  position: 1,
  version: 1,
  ...more,
})
const objective = (title: string, actions: readonly PlanAction[]): PlanObjective => ({
  id: newId(),
  code: null,
  title,
  details: null,
  status: 'in_progress',
  statusReason: null,
  statusWords: null,
  statusOn: null,
  position: 1,
  version: 1,
  actions: [...actions],
})
const problem = (title: string, objectives: readonly PlanObjective[]): PlanProblem => ({
  id: newId(),
  code: null,
  title,
  details: null,
  volet: 'social',
  position: 1,
  version: 1,
  objectives: [...objectives],
})

const alarm = action('Téléassistance')
const respite = action('Hébergement temporaire', { status: 'planned' })
const sleep = objective('Que Sylvie dorme chez elle', [alarm, respite])
const caregiver = problem('Aidante épuisée', [sleep])
const before: PlanContent = { problems: [caregiver], statements: [], criteria: [] }
const withActions = (actions: readonly PlanAction[]): PlanContent => ({
  ...before,
  problems: [{ ...caregiver, objectives: [{ ...sleep, actions: [...actions] }] }],
})

describe('two versions of a plan', () => {
  it('the first version is read as a whole: nothing is marked', () => {
    expect(comparePlans(null, before).count).toBe(0)
  })

  it('an action added, one changed, one taken out are told apart, each with what changed', () => {
    const added = action('Bilan de tension')
    const comparison = comparePlans(before, withActions([{ ...alarm, actor: { ...alarm.actor, role: 'devis reçu' }, dueOn: '2026-12-20' }, added]))
    expect(comparison.changes.get(added.id)).toEqual({ mark: 'added', fields: [] })
    expect(comparison.changes.get(alarm.id)).toEqual({
      mark: 'modified',
      fields: [
        { field: 'Qui', before: 'Julie Marchal', after: 'Julie Marchal, devis reçu' },
        { field: 'Quand', before: 'avant le 20/10/2026', after: 'avant le 20/12/2026' },
      ],
    })
    expect(comparison.removedActions.get(sleep.id)?.map((one) => one.title)).toEqual(['Hébergement temporaire'])
    expect(comparison.count).toBe(3)
  })

  it('ordinary progress marks nothing; a refusal by the person does', () => {
    expect(comparePlans(before, withActions([{ ...alarm, status: 'done' }, respite])).count).toBe(0)
    expect(comparePlans(before, withActions([alarm, { ...respite, status: 'refused' }])).changes.get(respite.id)?.fields).toEqual([
      { field: 'Où on en est', before: 'Planifiée', after: 'Refusée par la personne' },
    ])
  })

  it('a problem taken out takes what hangs from it; the order of lines says nothing', () => {
    expect(comparePlans(before, { ...before, problems: [] })).toMatchObject({ count: 1, removedProblems: [{ title: 'Aidante épuisée' }] })
    expect(comparePlans(before, withActions([{ ...respite, position: 0 }, alarm])).count).toBe(0)
  })

  it('her words and the criteria count too', () => {
    const wishes = {
      id: newId() as never,
      kind: 'wishes' as const,
      words: '« Rester chez moi. »',
      saidOn: null,
      volet: 'social' as const,
      version: 1,
      writtenByName: null,
    }
    expect(comparePlans(before, { ...before, statements: [wishes] }).changes.get(wishes.id)).toEqual({
      mark: 'modified',
      fields: [{ field: 'Texte', before: '', after: '« Rester chez moi. »' }],
    })
    expect(comparePlans({ ...before, statements: [wishes] }, before).count).toBe(1)
  })

  it('marks agree in gender with what they mark', () => {
    expect([markWord('added', 'action'), markWord('removed', 'objective'), markWord('modified', 'problem')]).toEqual(['Ajoutée', 'Retiré', 'Modifié'])
  })
})

describe('the words of a line', () => {
  it('says when: a day and what it means, a rhythm, or both; the year only when it is far', () => {
    expect(termWords({ dueOn: '2026-10-23', dueKind: 'before', dueWords: null }, '2026-10-15')).toBe('avant le 23/10')
    expect(termWords({ dueOn: '2027-10-23', dueKind: 'on', dueWords: null }, '2026-10-15')).toBe('le 23/10/2027')
    expect(termWords({ dueOn: '2026-12-15', dueKind: 'until', dueWords: 'mar. et jeu.' }, '2026-10-15')).toBe('mar. et jeu., jusqu’au 15/12')
    expect(termWords({ dueOn: null, dueKind: 'before', dueWords: null })).toBe('–')
  })

  it('counts days late, but not of what is over nor of what goes on until a day', () => {
    const late = { dueOn: '2026-10-10', dueKind: 'before' as const, status: 'in_progress' }
    expect(daysLate(late, '2026-10-15')).toBe(5)
    expect([daysLate({ ...late, status: 'done' }, '2026-10-15'), daysLate({ ...late, dueKind: 'until' }, '2026-10-15'), daysLate(late, '2026-10-10')]).toEqual([
      0, 0, 0,
    ])
  })

  it('says who, even while only the trade is known', () => {
    expect(whoWords(action('x'))).toBe('Julie Marchal')
    expect(whoWords(action('x', { actor: { kind: 'free', partyId: null, name: null, role: 'pharmacien' } }))).toBe('pharmacien, à nommer')
    expect(whoWords(action('x', { actor: { kind: 'person', partyId: null, name: null, role: null } }))).toBe('La personne')
  })

  it('keeps an objective that is not pursued, with its reason', () => {
    const dropped = { ...sleep, status: 'not_pursued', statusReason: 'person_refuses' }
    expect(setAside({ ...before, problems: [{ ...caregiver, objectives: [dropped] }] })).toMatchObject([{ objective: { id: sleep.id } }])
    expect(objectiveStatusWords(dropped)).toBe('Non poursuivi\u00a0: la personne ne le souhaite pas')
  })
})
