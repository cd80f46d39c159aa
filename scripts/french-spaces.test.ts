import { parseAst } from 'vite'
import { expect, it } from 'vitest'
import { withFrenchSpaces } from './french-spaces.ts'

const built = (code: string): string => withFrenchSpaces(code, parseAst(code))

it('a text of a screen is built with the spaces at which no line breaks, whatever its author typed', () => {
  expect(built(`const a = "Été : qui passe ? Personne ; prévenez !"`)).toBe(`const a = "Été\u00a0: qui passe\u202f? Personne\u202f; prévenez\u202f!"`)
  expect(built(`const b = \`\${who} : \${what} « \${name} » ?\``)).toBe(`const b = \`\${who}\u00a0: \${what} «\u00a0\${name}\u00a0»\u202f?\``)
  expect(built(`jsx("p", { children: [label, " :"] })`)).toBe(`jsx("p", { children: [label, "\u00a0:"] })`)
})

it('what is no text is left as it is: choices, types of objects, patterns, styles, addresses', () => {
  for (const code of [
    'const é = a ? b : c',
    'const { a : b } = c ; d ()',
    'const pattern = / [;!?:»]|« /g',
    `const style = "color: red !important; background : none"`.replace(' :', ':'),
    `const at = "a?b=c:d;e"`,
    '// Rue : ici ?\nf()',
  ])
    expect(built(code)).toBe(code)
})

it('done twice, it changes nothing more', () => {
  const once = built(`const a = 'Qui ? « Elle » : oui !'`)
  expect(built(once)).toBe(once)
})
