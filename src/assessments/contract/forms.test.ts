import { expect, test } from 'vitest'
import { answerFaults, isAsked, missingItems, relevantAnswers } from './answers.ts'
import { multidimensionalEvaluation } from './evaluation.ts'
import { defineForm, definitionFaults, type FormDraft, itemsOf } from './form-definition.ts'
import { gridsOf, starterForms } from './forms.ts'
import { score } from './scoring.ts'
import { screeningForm } from './screening.ts'

test.each(starterForms.map((form) => [form.code, form] as const))('%s states its source, its licence and that it does not decide', (_code, form) => {
  expect(definitionFaults(form)).toEqual([])
  expect(form.source.length).toBeGreaterThan(10)
  expect(form.licence.text.length).toBeGreaterThan(10)
  expect(form.notice.length).toBeGreaterThan(40)
})

test('no questionnaire under licence is shipped', () => {
  const forbidden = /\b(MNA|MMSE|MoCA|interRAI|RAI-HC|Zarit|Braden)\b/i
  expect(starterForms.filter((form) => forbidden.test(`${form.code} ${form.title} ${form.shortTitle}`))).toEqual([])
})

test('the evaluation covers every dimension, each section with one volet, and leads to the grids', () => {
  expect(multidimensionalEvaluation.sections.map((section) => [section.code, section.volet])).toEqual([
    ['visit', 'administrative'],
    ['words', 'social'],
    ['life_project', 'social'],
    ['somatic', 'health'],
    ['psychic', 'health'],
    ['autonomy', 'social'],
    ['social', 'social'],
    ['rights', 'administrative'],
    ['housing', 'social'],
    ['safety', 'social'],
    ['caregiver', 'social'],
    ['pathway', 'health'],
    ['refusals', 'health'],
    ['conclusion', 'social'],
    ['person_opinion', 'social'],
  ])
  const known = starterForms.map((form) => form.code)
  expect(gridsOf(multidimensionalEvaluation).filter((code) => !known.includes(code))).toEqual([])
})

test('an evaluation waits only for what the person says and for the danger', () => {
  expect(missingItems(multidimensionalEvaluation, {})).toEqual(['matters', 'danger'])
  expect(score(multidimensionalEvaluation, { matters: '« Rester chez moi »', danger: 'no' })).toMatchObject({ score: null, complete: true, missing: [] })
})

test('what depends on an answer is asked only with it, and its former answer is left aside, not lost', () => {
  const item = itemsOf(multidimensionalEvaluation).find((one) => one.code === 'refused_what')
  if (item === undefined) throw new Error('no such item')
  expect(isAsked(multidimensionalEvaluation, { refuses: 'no' }, item)).toBe(false)
  expect(isAsked(multidimensionalEvaluation, { refuses: 'some' }, item)).toBe(true)
  expect(relevantAnswers(multidimensionalEvaluation, { refuses: 'no', refused_what: 'la toilette' })).toEqual({ refuses: 'no' })
})

test('answers out of limits are refused with a French message, one by one', () => {
  expect(
    answerFaults(multidimensionalEvaluation, {
      weight: 1000,
      drugs_count: 2.5,
      pain: 'fort',
      mood: 'joyeuse',
      senses: ['sight', 'sight'],
      seen_alone: 'oui',
      matters: 'x'.repeat(4001),
      nothing: 1,
      grid_aggir: 'A',
      height: 165,
    }),
  ).toEqual([
    { item: 'weight', message: 'Entre 2 et 350.' },
    { item: 'drugs_count', message: 'Nombre entier attendu.' },
    { item: 'pain', message: 'Nombre attendu.' },
    { item: 'mood', message: 'À choisir dans la liste.' },
    { item: 'senses', message: 'À choisir dans la liste.' },
    { item: 'seen_alone', message: 'Répondez par oui ou par non.' },
    { item: 'matters', message: expect.stringContaining('Trop long') },
    { item: 'nothing', message: 'Cette question n’est pas dans le formulaire.' },
    { item: 'grid_aggir', message: 'Cette grille se remplit dans son propre formulaire.' },
  ])
  expect(answerFaults(multidimensionalEvaluation, { weight: null, mood: '', senses: [] })).toEqual([])
})

test('screening invites to talk, to evaluate, then to call; it forbids nothing', () => {
  const signs = screeningForm.sections.slice(0, 2).flatMap((section) => section.items.map((item) => item.code))
  expect(signs).toHaveLength(14)
  const answers = (yes: number, others: 'no' | 'unknown') => Object.fromEntries(signs.map((code, index) => [code, index < yes ? 'yes' : others]))
  expect([0, 1, 3, 6, 14].map((count) => score(screeningForm, answers(count, 'no')).band)).toEqual(['nothing', 'talk', 'act', 'call', 'call'])
  expect(score(screeningForm, answers(3, 'unknown'))).toMatchObject({ score: 3, max: 3 })
})

test('a sign left unanswered is not taken for its absence', () => {
  expect(score(screeningForm, {})).toMatchObject({ score: null, label: null, complete: false })
})

const draft: FormDraft = {
  code: 'test',
  version: '2026.1',
  kind: 'grid',
  title: 'Test',
  shortTitle: 'Test',
  purpose: 'Essai',
  source: 'Nous',
  licence: { kind: 'own', text: 'Libre' },
  minutes: 1,
  notice: 'Essai',
  display: 'none',
  scoring: { method: 'none' },
  bandSets: [],
  sections: [{ code: 's', title: 'S', volet: 'social', items: [{ type: 'boolean', code: 'a', label: 'A ?' }] }],
}

test('a form that cannot work is refused when it is declared', () => {
  const withItems = (items: FormDraft['sections'][number]['items']): FormDraft => ({ ...draft, sections: [{ code: 's', title: 'S', volet: 'social', items }] })
  expect(defineForm(draft).sections[0]?.items[0]?.label).toBe('A\u202f?')
  expect(() =>
    defineForm(
      withItems([
        { type: 'boolean', code: 'a', label: 'A' },
        { type: 'boolean', code: 'a', label: 'B' },
      ]),
    ),
  ).toThrow('a : ce code est employé deux fois')
  expect(() =>
    defineForm(
      withItems([
        { type: 'boolean', code: 'a', label: 'A', when: { item: 'b', in: [true] } },
        { type: 'boolean', code: 'b', label: 'B' },
      ]),
    ),
  ).toThrow('ne vient pas avant')
  expect(() =>
    defineForm(
      withItems([
        { type: 'boolean', code: 'a', label: 'A' },
        { type: 'text', code: 'b', label: 'B', max: 10, when: { item: 'a', in: ['oui'] } },
      ]),
    ),
  ).toThrow('ne vaut jamais oui')
  expect(() =>
    defineForm({
      ...draft,
      bandSets: [
        {
          code: 'x',
          title: 'X',
          bands: [
            { code: 'a', label: 'A', from: 2, severity: 0 },
            { code: 'b', label: 'B', from: 1, severity: 0 },
          ],
        },
      ],
    }),
  ).toThrow('aller en croissant')
  expect(() => defineForm({ ...draft, scoring: { method: 'value', item: 'a' } })).toThrow('n’est pas un nombre')
})
