import { expect, test } from 'vitest'
import { capacityWords } from './capacity-words.ts'

test.each([
  ['Places', 'Disponibles', 2, '2\u00a0places disponibles', true],
  ['Lits', 'Disponible', 1, '1\u00a0lit disponible', true],
  ['Places', 'Installées', 30, '30\u00a0places, installées', false],
  ['Lits', 'Indisponibles', 3, '3\u00a0lits, indisponibles', false],
  ['01', '02', 4, '4\u00a0places, statut non précisé', false],
])('%s %s: said in words, and only what is available counts as free', (kind, status, places, words, free) => {
  expect(capacityWords({ kind, status, places })).toEqual({ words, free })
})
