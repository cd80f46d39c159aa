import { expect, test } from 'vitest'
import { webLink } from './web-link.ts'

test.each([
  ['https://dora.inclusion.gouv.fr/services/a', 'https://dora.inclusion.gouv.fr/services/a'],
  [' http://exemple.fr ', 'http://exemple.fr/'],
  ['javascript:alert(1)', null],
  ['JAVASCRIPT:alert(1)', null],
  ['data:text/html,a', null],
  ['au guichet', null],
  [null, null],
])('the link %s opens %s', (told, opened) => {
  expect(webLink(told)).toBe(opened)
})
