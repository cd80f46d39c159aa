import { expect, test } from 'vitest'
import { bothTexts, openingText } from './pen-text.ts'

const block = { body: 'Elle vit seule.', version: 3 }

test('A passage without anything unsaved opens as the minutes hold it', () => {
  expect(openingText(block, null)).toEqual({ body: 'Elle vit seule.', state: 'same' })
  expect(openingText(block, { body: 'Elle vit seule. ', version: 2 })).toEqual({ body: 'Elle vit seule.', state: 'same' })
})

test('What was typed before the network was lost is found again', () => {
  expect(openingText(block, { body: 'Elle vit seule, sa fille passe.', version: 3 })).toEqual({ body: 'Elle vit seule, sa fille passe.', state: 'found' })
})

test('When a colleague wrote meanwhile, both texts are to settle', () => {
  expect(openingText(block, { body: 'Sa fille passe.', version: 2 })).toEqual({ body: 'Sa fille passe.', state: 'both' })
})

test('Keeping both loses no word and repeats none', () => {
  expect(bothTexts('Elle vit seule.', 'Sa fille passe.')).toBe('Elle vit seule.\n\nSa fille passe.')
  expect(bothTexts('Elle vit seule.', 'Elle vit seule. Sa fille passe.')).toBe('Elle vit seule. Sa fille passe.')
  expect(bothTexts('Elle vit seule. Sa fille passe.', 'Sa fille passe.')).toBe('Elle vit seule. Sa fille passe.')
})
