import { describe, expect, it } from 'vitest'
import { receiveRequest } from '../../contract/actions.ts'
import { answersOf, emptyCapture, noOneByDefault, requesterKindOf, toldPerson, toReceiveInput } from './capture-values.ts'

const typed = (some: Partial<ReturnType<typeof emptyCapture>>) => ({ ...emptyCapture(), ...some })

describe('what is typed at the desk', () => {
  it('a call for information is complete with who calls, what is asked and what was answered', () => {
    const input = toReceiveInput(typed({ caller: 'Mme Weiss, sa fille', text: 'Les coordonnées de la mairie.', answer: 'Liste remise.' }), true)
    expect(receiveRequest.input.safeParse(input)).toMatchObject({
      success: true,
      data: {
        requesterKind: 'relative',
        requesterName: 'Mme Weiss',
        callerQuality: 'sa fille',
        answers: [{ code: 'B1', text: 'Liste remise.' }],
        close: true,
        concerned: { kind: 'nobody' },
      },
    })
  })

  it('the free line of the person is read as a name and a birth day', () => {
    expect(toldPerson('thiriet gerard 04111938')).toEqual({ name: 'thiriet gerard', birthDate: '1938-11-04' })
    expect(toldPerson('Odile Perrin née le 12/03/1941')).toEqual({ name: 'Odile Perrin', birthDate: '1941-03-12' })
    expect(toldPerson('')).toEqual({ name: '', birthDate: null })
  })

  it('without a name, a question is about nobody, a fall about somebody who was not named', () => {
    expect(noOneByDefault(['advice'], 'Sa mère est tombée.')).toBe('nobody')
    expect(noOneByDefault(['falls'], '')).toBe('unnamed')
    expect(noOneByDefault([], 'Sa mère est tombée deux fois.')).toBe('unnamed')
    expect(noOneByDefault([], 'Qui êtes-vous')).toBe('nobody')
  })

  it('who asks is counted, not who holds the telephone', () => {
    const daughter = typed({ caller: 'Mme Weiss, sa fille', asker: 'other', requester: 'CCAS de Vagney' })
    expect(requesterKindOf(daughter)).toBe('ccas')
    expect(toReceiveInput(daughter, false)).toMatchObject({ callerName: 'Mme Weiss', requesterName: 'CCAS de Vagney', requesterKind: 'ccas', close: false })
    expect(requesterKindOf({ ...daughter, requesterKind: 'town_hall' })).toBe('town_hall')
    expect(requesterKindOf(typed({ caller: 'Mme Dupont' }))).toBe('')
  })

  it('ticked answers keep their order; a text alone is information given; nothing said is no answer', () => {
    expect(answersOf({ answer: 'Dit.', answers: ['B2', 'B1'] })).toEqual(['B2', 'B1'])
    expect(answersOf({ answer: 'Dit.', answers: [] })).toEqual(['B1'])
    expect(answersOf({ answer: '  ', answers: [] })).toEqual([])
  })
})
