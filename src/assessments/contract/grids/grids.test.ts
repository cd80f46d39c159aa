import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Answer, type Answers, type FormDefinition, formDefinitionSchema, itemsOf } from '../form-definition.ts'
import { score } from '../scoring.ts'
import { katzForm, lawtonForm, nortonForm, tugForm } from './autonomy.ts'
import { caregiverForm } from './caregiver.ts'
import { epicesForm } from './epices.ts'
import { gds15Form, miniGdsForm } from './mood.ts'
import { pallia10Form } from './pallia-10.ts'
import { segaAForm } from './sega-a.ts'

/** Every item answered by its n-th option (booleans: 0 is yes). */
function allAnswered(form: FormDefinition, option: number): Answers {
  return Object.fromEntries(
    itemsOf(form).flatMap((item): [string, Answer][] => {
      if (item.type === 'boolean') return [[item.code, option === 0]]
      if (item.type === 'choice') return [[item.code, (item.options[option] ?? item.options.at(-1))?.code ?? null]]
      return []
    }),
  )
}

test('EPICES: all unfavourable is 100, all favourable 0, all « oui » 75.14', () => {
  const favourable = Object.fromEntries(itemsOf(epicesForm).map((item) => [item.code, item.type === 'boolean' && (item.points?.yes ?? 0) < 0]))
  const unfavourable = Object.fromEntries(Object.entries(favourable).map(([code, answer]) => [code, !answer]))
  expect(score(epicesForm, favourable).score).toBe(0)
  expect(score(epicesForm, unfavourable).score).toBe(100)
  expect(score(epicesForm, allAnswered(epicesForm, 0)).score).toBe(24.86)
  expect(score(epicesForm, allAnswered(epicesForm, 1)).score).toBe(75.14)
})

test('EPICES: the eleven answers are needed', () => {
  const { sport: _left, ...ten } = allAnswered(epicesForm, 0)
  expect(score(epicesForm, ten)).toMatchObject({ score: null, label: null, missing: ['sport'] })
})

test('EPICES: precarity from 30.17, from 37.27 between 16 and 25 years; the quintile beside it', () => {
  // Owner, in a couple, covered, no difficulty; nothing else: 75.14 − 11.83 − 8.28 − 8.28 − 7.10 − 7.10 = 32.55.
  const answers = { ...allAnswered(epicesForm, 1), complementary_cover: true, couple: true, owner: true, show: true, holidays: true }
  expect(score(epicesForm, answers, { age: 60 })).toMatchObject({
    score: 32.55,
    band: 'yes',
    label: 'Précarité',
    printed: '32,55',
    readings: [{ set: 'quintile', band: 'q4' }],
  })
  expect(score(epicesForm, answers, { age: 20 })).toMatchObject({ score: 32.55, band: 'no' })
  expect(score(epicesForm, answers, { age: null }).band).toBe('yes')
})

test('SEGA-A: 13 items of 0 to 2; fragile from 9, very fragile from 12', () => {
  expect(itemsOf(segaAForm)).toHaveLength(13)
  expect([0, 1, 2].map((option) => score(segaAForm, allAnswered(segaAForm, option)).printed?.replaceAll('\u00a0', ' '))).toEqual([
    '0 / 26',
    '13 / 26',
    '26 / 26',
  ])
  const withPoints = (points: number): Answers => {
    const codes = itemsOf(segaAForm).map((item) => item.code)
    return Object.fromEntries(codes.map((code, index) => [code, index < points ? 'o2' : 'o1']))
  }
  expect([8, 9, 11, 12].map((points) => score(segaAForm, withPoints(points)).band)).toEqual(['low', 'frail', 'frail', 'very_frail'])
})

test('Katz: halves count; 6 is autonomous, 3 and under an important dependence', () => {
  expect([0, 1, 2].map((option) => score(katzForm, allAnswered(katzForm, option)))).toMatchObject([
    { score: 6, band: 'none' },
    { score: 3, band: 'high' },
    { score: 0, band: 'high' },
  ])
  expect(score(katzForm, { ...allAnswered(katzForm, 1), hygiene: 'o1' })).toMatchObject({ score: 3.5, band: 'partial' })
  expect(score(katzForm, { ...allAnswered(katzForm, 0), eating: 'o2' })).toMatchObject({ score: 5.5, band: 'partial' })
})

test('Lawton: eight independent activities; what she never did is left out of the score and of its maximum', () => {
  expect(score(lawtonForm, allAnswered(lawtonForm, 0))).toMatchObject({ score: 8, max: 8, label: null })
  expect(score(lawtonForm, { ...allAnswered(lawtonForm, 0), laundry: 'na', meals: 'na' })).toMatchObject({ score: 6, max: 6 })
  const lowest = Object.fromEntries(
    itemsOf(lawtonForm).map((item) => [item.code, item.type === 'choice' ? (item.options.filter((one) => one.points === 0).at(-1)?.code ?? null) : null]),
  )
  expect(score(lawtonForm, lowest)).toMatchObject({ score: 0, max: 8 })
})

test('GDS-15: five questions count when the answer is no; 5 is probable, 10 almost certain', () => {
  expect(score(gds15Form, allAnswered(gds15Form, 0)).score).toBe(10)
  expect(score(gds15Form, allAnswered(gds15Form, 1)).score).toBe(5)
  const happy = Object.fromEntries(itemsOf(gds15Form).map((item) => [item.code, item.type === 'boolean' && item.points?.yes === 0]))
  expect(score(gds15Form, happy)).toMatchObject({ score: 0, band: 'unlikely' })
  expect(score(gds15Form, Object.fromEntries(Object.entries(happy).map(([code, answer]) => [code, !answer])))).toMatchObject({
    score: 15,
    band: 'almost_certain',
  })
  const reversed = itemsOf(gds15Form).flatMap((item, index) => (item.type === 'boolean' && item.points?.yes === 0 ? [index + 1] : []))
  expect(reversed).toEqual([1, 5, 7, 11, 13])
})

test('mini-GDS: one point is enough', () => {
  const well = { sad: false, empty: false, happy: true, hopeless: false }
  expect(score(miniGdsForm, well)).toMatchObject({ score: 0, band: 'unlikely' })
  expect(score(miniGdsForm, { ...well, happy: false })).toMatchObject({ score: 1, band: 'probable' })
})

test('PALLIA-10: « non » at the first question ends the grid; above 3 a palliative approach is to be considered', () => {
  expect(score(pallia10Form(), { incurable: false })).toMatchObject({ score: 0, max: 10, band: 'below', complete: true })
  expect(score(pallia10Form(), { incurable: true })).toMatchObject({ score: null, complete: false })
  const yes = (count: number): Answers => Object.fromEntries(itemsOf(pallia10Form()).map((item, index) => [item.code, index < count]))
  expect([3, 4, 10].map((count) => score(pallia10Form(), yes(count)).band)).toEqual(['below', 'above', 'above'])
  expect(score(pallia10Form(2), yes(3)).band).toBe('above')
  expect(pallia10Form(5, '2026.2')).toMatchObject({ version: '2026.2', source: expect.stringContaining('plus de 5\u00a0points') })
})

test('PALLIA-10: an answer left over from before « non » is not counted', () => {
  expect(score(pallia10Form(), { incurable: false, asked: true, team: true }).score).toBe(0)
})

test('Norton: 14 and under is a risk', () => {
  expect([0, 3].map((option) => score(nortonForm, allAnswered(nortonForm, option)))).toMatchObject([
    { score: 20, band: 'none' },
    { score: 5, band: 'high' },
  ])
  const three = allAnswered(nortonForm, 1)
  expect(score(nortonForm, three)).toMatchObject({ score: 15, band: 'low' })
  expect(score(nortonForm, { ...three, mobility: 'o3' })).toMatchObject({ score: 14, band: 'medium', severity: 2 })
  expect(score(nortonForm, { ...three, mobility: 'o4', mental: 'o3' })).toMatchObject({ score: 12, band: 'high' })
})

test('TUG: from 20 seconds there is a risk of falling', () => {
  expect([9.9, 10, 19.9, 20].map((seconds) => score(tugForm, { seconds }).band)).toEqual(['normal', 'fair', 'fair', 'risk'])
  expect(score(tugForm, { seconds: 12.5 }).printed).toBe('12,5')
})

test('the caregiver answers three questions and a figure', () => {
  const answers = { tired: true, own_health: false, no_relay: true, load: 'n7' }
  expect(score(caregiverForm, answers)).toMatchObject({ score: 7, max: 10, band: 'heavy' })
  expect(score(caregiverForm, { ...answers, load: null }).missing).toEqual(['load'])
})

const forms = [epicesForm, segaAForm, katzForm, lawtonForm, gds15Form, miniGdsForm, pallia10Form(), nortonForm, tugForm, caregiverForm]

test.each(forms.map((form) => [form.code, form] as const))('%s travels as JSON and comes back the same', (_code, form) => {
  expect(formDefinitionSchema.parse(JSON.parse(JSON.stringify(form)))).toEqual(form)
})

test.each(forms.map((form) => [form.code, form] as const))('%s: any complete set of answers gives a score within its bands', (_code, form) => {
  const answers = fc.record(
    Object.fromEntries(
      itemsOf(form).map((item) => [
        item.code,
        item.type === 'boolean'
          ? fc.boolean()
          : item.type === 'choice'
            ? fc.constantFrom(...item.options.map((one) => one.code))
            : item.type === 'number'
              ? fc.integer({ min: item.min, max: item.max })
              : fc.constant('x'),
      ]),
    ) as Record<string, fc.Arbitrary<Answer>>,
  )
  fc.assert(
    fc.property(answers, fc.option(fc.integer({ min: 0, max: 110 }), { nil: null }), (given, age) => {
      const result = score(form, given, { age })
      return (
        result.complete && result.score !== null && (result.max === null || result.score <= result.max) && (form.bandSets.length === 0 || result.label !== null)
      )
    }),
    { numRuns: 60 },
  )
})
