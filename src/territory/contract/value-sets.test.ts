import { expect, test } from 'vitest'
import { childrenOf, defineValueSet, faultsOf, groupOf, labelOf, type ValueSetDefinition, valuesOn } from './value-sets.ts'

const colours = defineValueSet({
  code: 'test.colour',
  title: 'Couleurs',
  values: [
    { code: 'warm', label: 'Chaudes' },
    { code: 'red', label: "Rouge : l'alerte", parent: 'warm', definition: 'À prendre !' },
    { code: 'old_red', label: 'Vermillon', parent: 'warm', validTo: '2025-12-31' },
    { code: 'crimson', label: 'Cramoisi', parent: 'red', validFrom: '2027-01-01' },
  ],
})

test('a starter list is local, without national mapping, and set in French typography', () => {
  expect(colours.origin).toBe('local')
  expect(colours.values.every((value) => value.nationalMapping === null)).toBe(true)
  expect(labelOf(colours, 'red')).toBe('Rouge\u00a0: l’alerte')
  expect(colours.values[1]?.definition).toBe('À prendre\u202f!')
})

test('an ended entry is no longer proposed but what was recorded under it stays readable', () => {
  expect(valuesOn(colours, '2025-12-31').map((value) => value.code)).toEqual(['warm', 'red', 'old_red'])
  expect(valuesOn(colours, '2026-01-01').map((value) => value.code)).toEqual(['warm', 'red'])
  expect(labelOf(colours, 'old_red')).toBe('Vermillon')
})

test('an unknown code never shows as itself', () => {
  expect(labelOf(colours, 'B42')).toBe('Valeur hors liste')
})

test('entries know their group at any depth', () => {
  expect(childrenOf(colours, null).map((value) => value.code)).toEqual(['warm'])
  expect(childrenOf(colours, 'warm').map((value) => value.code)).toEqual(['red', 'old_red'])
  expect(groupOf(colours, 'crimson')).toBe('warm')
  expect(groupOf(colours, 'warm')).toBe('warm')
})

test('a list with doubles, unknown parents, loops or impossible dates is refused with the reason', () => {
  expect(faultsOf(colours)).toEqual([])
  const broken: ValueSetDefinition = {
    ...colours,
    values: [
      { code: 'a', label: 'A', nationalMapping: null, validFrom: '2026-01-01', parent: 'b' },
      { code: 'b', label: 'B', nationalMapping: null, validFrom: '2026-01-01', parent: 'a' },
      { code: 'b', label: 'Bis', nationalMapping: null, validFrom: '2026-01-01' },
      { code: 'c', label: 'C', nationalMapping: null, validFrom: '2026-01-01', parent: 'z' },
      { code: 'd', label: ' ', nationalMapping: null, validFrom: '2026-01-01', validTo: '2025-01-01' },
      { code: 'é', label: 'E', nationalMapping: null, validFrom: '2026-01-01' },
    ],
  }
  expect(faultsOf(broken)).toEqual([
    'a: is its own ancestor',
    'b: is its own ancestor',
    'b: twice',
    'c: unknown parent z',
    'd: label empty or too long',
    'd: ends before it begins',
    'é: code of another form',
  ])
})
