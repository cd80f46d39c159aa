import { expect, it } from 'vitest'
import { defineForm, type FormDraft } from './form-definition.ts'
import { formDifference } from './form-difference.ts'

const draft: FormDraft = {
  code: 'habitat_region',
  version: '2026.1',
  kind: 'grid',
  title: 'Habitat',
  shortTitle: 'Habitat',
  purpose: 'Regard partagé',
  source: 'Groupe de travail',
  licence: { kind: 'own', text: 'Libre' },
  minutes: 10,
  notice: 'Aide à la décision',
  display: 'over',
  sections: [
    {
      code: 'home',
      title: 'Habitat',
      volet: 'social',
      items: [
        { type: 'boolean', code: 'cold', label: 'A froid', points: { yes: 2, no: 0 } },
        { type: 'boolean', code: 'alone', label: 'Vit seule' },
      ],
    },
  ],
  scoring: { method: 'sum' },
  bandSets: [],
}
const items = draft.sections[0]?.items ?? []
const withItems = (changed: typeof items) =>
  defineForm({ ...draft, version: '2026.2', sections: [{ code: 'home', title: 'Habitat', volet: 'social', items: changed }] })
const before = defineForm(draft)

it('a version tells which questions come, which go and which read otherwise', () => {
  const after = withItems([
    { type: 'boolean', code: 'cold', label: 'A froid l’hiver', points: { yes: 2, no: 0 } },
    { type: 'boolean', code: 'stairs', label: 'A des marches' },
  ])
  expect(formDifference(before, after)).toEqual({ added: ['A des marches'], removed: ['Vit seule'], changed: ['A froid l’hiver'], scoring: true })
})

it('other points are another way to count, not another question', () => {
  const after = withItems([{ type: 'boolean', code: 'cold', label: 'A froid', points: { yes: 3, no: 0 } }, ...items.slice(1)])
  expect(formDifference(before, after)).toEqual({ added: [], removed: [], changed: [], scoring: true })
})

it('the same questions under another number change nothing', () => {
  expect(formDifference(before, withItems(items))).toEqual({ added: [], removed: [], changed: [], scoring: false })
})
