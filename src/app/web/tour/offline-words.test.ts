import { expect, it } from 'vitest'
import { refusalWords } from './offline-words.ts'

const note = (code: string, files: readonly string[], missing: readonly string[]): string =>
  refusalWords({ envelope: { action: 'liaison.note.write' }, refusal: { code, detail: '', files, missing } } as unknown as Parameters<typeof refusalWords>[0])

it('a note kept back says what happened to each of its files: refused by the antivirus, or not on the server', () => {
  expect(note('attachment_infected', ['a'], [])).toContain('L’antivirus a refusé un fichier joint')
  expect(note('attachment_missing', ['a'], ['a'])).toMatch(/^Un fichier joint n’est pas sur le serveur.*réessayez, ou envoyez-les sans lui\.$/)
  expect(note('attachment_missing', ['a'], ['a'])).not.toContain('antivirus')
  expect(note('attachment_infected', ['a', 'b'], ['b'])).toMatch(/l’antivirus en a refusé, et d’autres ne sont pas sur le serveur/)
})
