import { describe, expect, it } from 'vitest'
import { addMonths } from '../../platform/contract/dates.ts'
import { completePlan, erasedClasses } from './erasure.ts'
import { dueOn, possibleWhileLimited } from './requests.ts'

describe('the term of an answer', () => {
  it('is one month, the last day of a shorter month, and three months once prolonged', () => {
    expect(dueOn('2026-10-15')).toBe('2026-11-15')
    expect(dueOn('2026-01-31')).toBe('2026-02-28')
    expect(dueOn('2024-01-31')).toBe('2024-02-29')
    expect(dueOn('2026-11-30', { extended: true })).toBe('2027-02-28')
    expect(addMonths('2026-12-31', 1)).toBe('2027-01-31')
    expect(addMonths('2026-03-31', -1)).toBe('2026-02-28')
  })
})

describe('a frozen file', () => {
  it('still answers her rights, her protection and the telephone, and nothing else', () => {
    for (const open of ['privacy.limitation.lift', 'safeguarding.report.open', 'intake.contact.record', 'persons.silence.record', 'careTeam.access.close'])
      expect(possibleWhileLimited(open, {})).toBe(true)
    for (const closed of [
      'liaison.note.write',
      'persons.person.edit',
      'carePlans.copy.handOver',
      'assessments.assessment.start',
      'careTeam.access.open',
      'episodes.level.change',
    ])
      expect(possibleWhileLimited(closed, {})).toBe(false)
  })
  it('lets her take an agreement back at any time, and refuses that one be given meanwhile', () => {
    expect(possibleWhileLimited('agenda.healthSpace.decide', { decision: 'withdrawn' })).toBe(true)
    expect(possibleWhileLimited('agenda.healthSpace.decide', { decision: 'given' })).toBe(false)
    expect(possibleWhileLimited('careTeam.join.answer', { accept: false })).toBe(true)
    expect(possibleWhileLimited('careTeam.join.answer', { accept: true })).toBe(false)
    for (const open of ['careTeam.invitation.revoke', 'careTeam.invitation.decline', 'agenda.occurrence.cancel', 'agenda.participant.withdraw'])
      expect(possibleWhileLimited(open, {})).toBe(true)
  })
})

describe('the check list of an erasure', () => {
  it('is completed with what is proposed, and always keeps the proof of the request', () => {
    const made = completePlan([])
    expect(made).toMatchObject({ ok: true })
    if (!made.ok) return
    expect(made.plan.map((line) => line.dataClass)).toEqual([...erasedClasses])
    expect(made.plan.find((line) => line.dataClass === 'rights_request')).toMatchObject({ decision: 'keep', reason: 'proof' })
    expect(completePlan([{ dataClass: 'rights_request', decision: 'erase', reason: null }])).toEqual(made)
  })

  it('refuses to keep something without saying why', () => {
    expect(completePlan([{ dataClass: 'accompaniment', decision: 'keep', reason: null }])).toEqual({ ok: false })
  })

  it('keeps the identity as long as something else needs it', () => {
    const made = completePlan([{ dataClass: 'opposition_trace', decision: 'keep', reason: 'opposition_respected' }])
    expect(made.ok && made.plan.find((line) => line.dataClass === 'identity')).toMatchObject({ decision: 'keep', reason: 'needed_by_the_rest' })
  })
})
