import { describe, expect, it } from 'vitest'
import { beginning, pouredInto, standingAlone, type TheirSection } from './begun.ts'
import { settledAnswers } from './outbox.ts'
import { deliveryOf, isBehind, isBehindStuck, type Waiting, type Words } from './waiting.ts'

const theirs = (answers: Record<string, unknown>): TheirSection => ({
  id: 'hers',
  section: 'words',
  version: 4,
  answers,
  observations: {},
  savedBy: 'Karim Belkacem',
  savedAt: '2026-10-15',
})
const mine = (answers: Record<string, unknown>, observations: Record<string, unknown> = {}): Words => ({
  action: 'assessments.section.save',
  input: { id: 'mine', section: 'words', baseVersion: 1, answers, observations },
  own: { matters: 'x' },
  person: null,
})

describe('answers poured into the evaluation that a colleague began the same day', () => {
  it('fill what she left empty, from the version that was read', () => {
    expect(pouredInto(theirs({ matters: 'Son chat' }), mine({ expects: 'Rester' }))).toEqual({
      action: 'assessments.section.save',
      input: { id: 'hers', section: 'words', baseVersion: 4, answers: { expects: 'Rester' }, observations: {} },
      person: null,
    })
  })

  it('say once what both say alike, and send nothing where nothing is left', () => {
    expect(pouredInto(theirs({ matters: 'Son chat', who: ['a', 'b'] }), mine({ matters: 'Son chat', who: ['a', 'b'] }))).toBeNull()
  })

  it('show both values where they differ, remarks too; what is left to her colleague is not sent', () => {
    const poured = pouredInto(
      { ...theirs({ matters: 'Son chat', expects: 'Voir sa sœur' }), observations: { matters: { remark: 'dit deux fois' } } },
      mine({ matters: 'Sa maison', expects: 'Voir sa sœur', difficulties: 'L’escalier' }, { matters: { remark: 'fatiguée' } }),
    ) as Words
    expect(poured.conflict?.fields.map(({ field, theirs: hers, mine: own }) => [field, hers, own])).toEqual([
      ['matters', 'Son chat', 'Sa maison'],
      ['note.matters', { remark: 'dit deux fois' }, { remark: 'fatiguée' }],
    ])
    expect(settledAnswers(poured, new Set(['note.matters']))?.input).toEqual({
      id: 'hers',
      section: 'words',
      baseVersion: 4,
      answers: { difficulties: 'L’escalier' },
      observations: { matters: { remark: 'fatiguée' } },
    })
  })
})

describe('what follows', () => {
  const waiting = (seq: number, action: string, about: string | undefined, state: Waiting['state'] = 'waiting'): Waiting =>
    ({ seq, id: String(seq), state, envelope: { action, about } }) as unknown as Waiting
  const start = waiting(1, 'assessments.assessment.start', 'one')
  const answer = waiting(2, 'assessments.section.save', 'one')
  const end = waiting(3, 'assessments.assessment.finish', 'one')
  const other = waiting(4, 'assessments.section.save', 'two')
  const note = waiting(5, 'liaison.note.write', undefined)
  const all = [start, answer, end, other, note]

  it('waits for the beginning of its evaluation, and its end for every answer; nothing else waits', () => {
    expect(all.filter((one) => isBehind(one, all))).toEqual([answer, end])
    expect(all.filter((one) => isBehind(one, [answer, end, other]))).toEqual([end])
    expect(all.filter((one) => isBehind(one, [end, other, note]))).toEqual([])
  })

  it('is stuck only behind what its author must settle', () => {
    expect(isBehindStuck(answer, all)).toBe(false)
    expect(isBehindStuck(answer, [{ ...start, state: 'refused' }, answer])).toBe(true)
    expect(isBehindStuck(end, [{ ...answer, state: 'conflict' }, end])).toBe(true)
  })
})

describe('a grid filled within an evaluation', () => {
  const grid = { id: 'grid', personId: 'p', formCode: 'mini_gds', formVersion: '2026.1', day: '2026-10-15', partOf: 'evaluation' }

  it('says of which, and stands by itself once that one is gone', () => {
    expect(beginning(grid, null).input).toMatchObject({ form: 'mini_gds', partOf: 'evaluation', alone: true })
    expect(standingAlone(beginning(grid, null)).input).toEqual(beginning({ ...grid, partOf: undefined }, null).input)
  })
})

it('a note refused for one of its files says which, so that it may leave with the others', () => {
  const problem = { status: 409, code: 'attachment_infected', detail: 'Refusé.', details: { files: ['one', 'two'], missing: ['two'] } }
  expect(deliveryOf(problem)).toEqual({ kind: 'refused', code: 'attachment_infected', detail: 'Refusé.', files: ['one', 'two'], missing: ['two'] })
})
