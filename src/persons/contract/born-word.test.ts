import { expect, it } from 'vitest'
import { bornWord } from './born-word.ts'

it('says « né » of a man, « née » of a woman, and both of somebody whose sex is not known', () => {
  expect([bornWord('M'), bornWord('F'), bornWord('I'), bornWord(null)]).toEqual(['né', 'née', 'née ou né', 'née ou né'])
})
