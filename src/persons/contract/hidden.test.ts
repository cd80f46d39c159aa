import { expect, test } from 'vitest'
import { closedReasons, hiddenText } from './hidden.ts'
import { sightChanges, sightChangeTexts } from './sight-changes.ts'
import { withheldFromWords, withheldTitle } from './withholding.ts'

const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ')

test('what is hidden is counted in the singular and the plural, with its reason, and nothing of what it is', () => {
  expect(plain(hiddenText('health', 1, 'withheld'))).toBe('1 élément du volet santé ne vous est pas ouvert : la personne l’a souhaité.')
  expect(plain(hiddenText('social', 3, 'not_entrusted'))).toBe('3 éléments du volet social ne vous sont pas ouverts : il ne vous a pas été confié.')
  expect(plain(hiddenText('administrative', 2, 'function'))).toBe('2 éléments du volet administratif ne vous sont pas ouverts : votre fonction ne l’ouvre pas.')
  expect(plain(closedReasons.category)).toBe('la loi ne l’ouvre pas à votre profession (R. 1110-2 du code de la santé publique)')
})

test('a withheld volet says which, and from whom', () => {
  expect(withheldTitle('health', 'social', null)).toBe('Volet santé fermé aux professionnels du social')
  expect(withheldTitle('social', null, 'Karim Belkacem')).toBe('Volet social fermé à Karim Belkacem')
  expect(withheldTitle('social', null, null)).toBe('Volet social fermé à un professionnel')
  expect(Object.values(withheldFromWords)).toEqual([
    'aux professionnels de santé',
    'aux professionnels du social',
    'aux mandataires judiciaires',
    'à la coordination (DAC)',
  ])
})

test('each change of sight has its words', () => {
  expect(Object.keys(sightChangeTexts)).toEqual([...sightChanges])
  expect(Object.values(sightChangeTexts).every((text) => text.length > 20)).toBe(true)
})
