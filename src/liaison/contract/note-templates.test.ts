import { expect, test } from 'vitest'
import { noteTemplates, templateBody, templatesFor, withoutEmptyHeadings } from './note-templates.ts'

test('each trade has its templates, and a heading left empty does not stay in the note', () => {
  for (const category of ['health', 'social', 'coordination', 'legal_protection'] as const) expect(templatesFor(category).length).toBeGreaterThan(0)
  const [first] = noteTemplates
  if (first === undefined) throw new Error('no template')
  const filled = templateBody(first).replace(`${first.headings[1]}\u00a0: `, `${first.headings[1]}\u00a0: fatiguée`)
  expect(withoutEmptyHeadings(filled)).toBe(`${first.headings[1]}\u00a0: fatiguée`)
  expect(withoutEmptyHeadings('Elle va mieux.\n\nRevoir lundi.')).toBe('Elle va mieux.\n\nRevoir lundi.')
})
