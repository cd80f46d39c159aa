import { expect, test } from 'vitest'
import { templateBody, withoutEmptyHeadings } from './note-templates.ts'

test('a heading left empty does not stay in the note, a text without frame stays as it is', () => {
  const visit = { headings: ['Soins faits', 'État général', 'À surveiller'] }
  const filled = templateBody(visit).replace('État général\u00a0: ', 'État général\u00a0: fatiguée')
  expect(withoutEmptyHeadings(filled, [visit])).toBe('État général\u00a0: fatiguée')
  expect(withoutEmptyHeadings('Elle va mieux.\n\nRevoir lundi.', [visit])).toBe('Elle va mieux.\n\nRevoir lundi.')
})
