import { expect, it } from 'vitest'
import { parseDay } from './dates.ts'

it('a year at the ends of the calendar is a slip: the day is refused with the year to check', () => {
  for (const typed of ['9999-12-31', '31/12/9001', '01/01/0999', '0000-01-01'])
    expect(parseDay(typed)).toEqual({ ok: false, message: expect.stringMatching(/^Vérifiez l’année \d+\. Votre saisie est gardée\.$/) })
  expect(parseDay('31/12/9000')).toEqual({ ok: true, day: '9000-12-31' })
  expect(parseDay('01/01/1000')).toEqual({ ok: true, day: '1000-01-01' })
})
