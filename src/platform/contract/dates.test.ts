import { expect, it } from 'vitest'
import { parseDay } from './dates.ts'

it('a year that nobody lived, or will, is a slip: the day is refused with the year to check', () => {
  for (const typed of ['9999-12-31', '31/12/2300', '01/01/1799', '0000-01-01'])
    expect(parseDay(typed)).toEqual({ ok: false, message: expect.stringMatching(/^Vérifiez l’année \d+\. Votre saisie est gardée\.$/) })
  expect(parseDay('31/12/2299')).toEqual({ ok: true, day: '2299-12-31' })
  expect(parseDay('01/01/1800')).toEqual({ ok: true, day: '1800-01-01' })
})
