import { expect, it } from 'vitest'
import { isOwnName } from './own-name.ts'

const odile = { birthName: 'Kempf', usedName: 'Perrin', givenNames: ['Odile', 'Marie'], sex: 'F' }

it.each(['Mme Perrin', 'Odile Perrin', 'Mme Odile Perrin née Kempf', 'PERRIN Odile', 'Madame Kempf'])('« %s » is Odile Perrin', (name) => {
  expect(isOwnName(name, odile)).toBe(true)
})

it.each(['Perrin', 'M. Perrin', 'Marc Perrin', 'Mme Perrin et sa nièce', 'Odile', 'Mme', 'Mme Roux'])('« %s » is not her, or may be somebody else', (name) => {
  expect(isOwnName(name, odile)).toBe(false)
})
