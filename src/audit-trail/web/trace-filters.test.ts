import { describe, expect, it } from 'vitest'
import { traceLines } from '../contract/queries.ts'
import { reportNumber, traceQuery } from './trace-filters.ts'

const number = '019a8f00-1111-7222-8333-444455556666'

describe('the traces of one report', () => {
  it('are asked for by the number that a judge reads on its paper, however it is typed', () => {
    for (const typed of [number, ` n° ${number}.`, number.toUpperCase(), `/signalements/${number}`]) expect(reportNumber(typed)).toBe(number)
    for (const typed of ['', 'n° 12', number.slice(0, -1)]) expect(reportNumber(typed)).toBeNull()
  })

  it('and the screen sends that number to the server, with the other choices', () => {
    const asked = traceQuery({ signalement: number, issue: 'refused' })
    expect(asked).toMatchObject({ reportId: number, outcomes: ['refused'] })
    expect(traceLines.input.parse(asked).reportId).toBe(number)
    expect(traceLines.input.parse(traceQuery({})).reportId).toBeNull()
  })
})
