import { expect, test } from 'vitest'
import { readableName } from './readable-name.ts'

test('names in capitals are readable, acronyms stay', () => {
  expect(readableName('EHPAD LES TILLEULS')).toBe('EHPAD les Tilleuls')
  expect(readableName('SAVS ASSOCIATION ECLAT')).toBe('SAVS Association Eclat')
  expect(readableName('CH DE REMIREMONT')).toBe('CH de Remiremont')
  expect(readableName("CRECHE PARENTALE DE L'INTERNAT DE LA TIMONE")).toBe("Creche Parentale de l'Internat de la Timone")
  expect(readableName('LES TILLEULS')).toBe('Les Tilleuls')
  expect(readableName('CLINIQUE ST-JEAN')).toBe('Clinique St-Jean')
})

test('a name already written in small letters is left alone', () => {
  expect(readableName("LBM Bio Ard'Aisne Rethel")).toBe("LBM Bio Ard'Aisne Rethel")
})
