import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readRegionalForm } from './regional-form.ts'

const valid = {
  code: 'evaluation_grand_est',
  version: '2026.1',
  kind: 'evaluation',
  title: 'Évaluation du Grand Est',
  shortTitle: 'Grand Est',
  purpose: "Regard partagé sur l'habitat",
  source: 'Groupe de travail régional',
  licence: { kind: 'own', text: 'Libre' },
  minutes: 30,
  notice: 'Aide à la décision',
  display: 'none',
  sections: [
    {
      code: 'home',
      title: 'Habitat',
      volet: 'social',
      items: [
        { type: 'boolean', code: 'heated', label: 'Le logement est-il chauffé ?' },
        { type: 'text', code: 'why_cold', label: 'Pourquoi', max: 500, when: { item: 'heated', in: [false] } },
      ],
    },
  ],
  scoring: { method: 'none' },
  bandSets: [],
}
const read = (change: object): readonly string[] => {
  const result = readRegionalForm(JSON.stringify({ ...valid, ...change }))
  return result.ok ? [] : result.faults
}

test('a region’s form is read with its typography', () => {
  const result = readRegionalForm(`\uFEFF${JSON.stringify(valid)}`)
  expect(result).toMatchObject({
    ok: true,
    form: { purpose: 'Regard partagé sur l’habitat', sections: [{ items: [{ label: 'Le logement est-il chauffé\u202f?', required: true }, {}] }] },
  })
})

test('the example of the operators’ guide is a form', () => {
  expect(readRegionalForm(readFileSync('docs/formulaire-exemple.json', 'utf8'))).toMatchObject({ ok: true, form: { code: 'habitat_region' } })
})

test('each fault is told in French, with its place counted from 1', () => {
  expect(read({ title: undefined, version: '1', kind: 'survey' })).toEqual([
    'version\u00a0: écrire l’année, un point, un numéro (2026.1)',
    'kind\u00a0: l’une de ces valeurs\u00a0: grid, evaluation, screening',
    'title\u00a0: manque',
  ])
  expect(
    read({
      sections: [
        {
          ...valid.sections[0],
          items: [
            { type: 'stars', code: 'x', label: 'X' },
            { type: 'boolean', code: 'Été', label: '' },
          ],
        },
      ],
    }),
  ).toEqual([
    expect.stringMatching(/^sections\[1\]\.items\[1\]\.type\u00a0: type inconnu/),
    expect.stringMatching(/^sections\[1\]\.items\[2\]\.code\u00a0: commencer par une lettre/),
    'sections[1].items[2].label\u00a0: ne peut pas être vide',
  ])
  expect(read({ sections: 'x', minutes: 'y' })).toEqual(['minutes\u00a0: nombre attendu', 'sections\u00a0: liste [ ] attendu'])
})

test('a form that could not work is refused: double codes, impossible conditions, grids that do not exist', () => {
  const items = [
    { type: 'grid', code: 'mna', label: 'MNA', grid: 'mna' },
    { type: 'boolean', code: 'a', label: 'A' },
    { type: 'boolean', code: 'a', label: 'B', when: { item: 'later', in: [true] } },
  ]
  expect(read({ sections: [{ ...valid.sections[0], items }] })).toEqual([
    'a\u00a0: ce code est employé deux fois.',
    'a\u00a0: dépend de later, qui ne vient pas avant.',
    'mna\u00a0: la grille «\u00a0mna\u00a0» n’existe pas ici.',
  ])
})

test('a national grid is not replaced under its own name, nor an algorithm borrowed', () => {
  expect(read({ code: 'aggir' })[0]).toContain('est celui d’un formulaire livré avec Jalon')
  expect(read({ scoring: { method: 'algorithm', name: 'aggir' } })[0]).toContain('un algorithme ne s’emploie que')
})

test('what is not JSON, or not a form at all, is said so', () => {
  expect(readRegionalForm('{ "code": }')).toMatchObject({ ok: false, faults: [expect.stringContaining('n’est pas du JSON valide')] })
  expect(readRegionalForm('[]')).toMatchObject({ ok: false, faults: ['le fichier\u00a0: objet { } attendu'] })
  expect(readRegionalForm(' '.repeat(2_000_001))).toMatchObject({ ok: false, faults: [expect.stringContaining('trop gros')] })
})
