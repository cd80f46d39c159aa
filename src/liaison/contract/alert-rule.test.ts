import { expect, test } from 'vitest'
import { ruleTrigger, ruleWords } from './alert-rule.ts'
import { measureName } from './measure-kinds.ts'

const weight = (more: object): unknown => ({ trigger: 'measure', kind: 'weight', ...more })

test('A bound that is no number is refused in words, it does not vanish', () => {
  const parsed = ruleTrigger.safeParse(weight({ below: Number('45 kg'), above: 90 }))
  expect(parsed.error?.issues[0]).toMatchObject({ path: ['below'], message: 'Un nombre seul, comme 45 ou 52,5.' })
})

test('A bound reads as a measure does: comma and unit', () => {
  expect(ruleWords(ruleTrigger.parse(weight({ below: 52.5 })), measureName)).toContain('sous 52,5\u00a0kg')
})
