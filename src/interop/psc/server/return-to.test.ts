import { expect, test } from 'vitest'
import { returnPath } from './return-to.ts'

test.each(['/', '/demandes', '/personnes/0197-a?onglet=fil', '/ppcs/1#objectifs', '/loginish'])('%s is a page of Jalon', (path) => {
  expect(returnPath(path)).toBe(path)
})

test.each([
  undefined,
  null,
  7,
  ['/a'],
  '',
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '\\/evil.example',
  '/a\\b',
  '/\t/evil.example',
  '/\n/evil.example',
  '/..//evil.example',
  '/.//evil.example',
  'javascript:alert(1)',
  ' /a',
  '/é',
  '/login',
  '/login/situation',
  '/logout',
  '/api/me',
  '/metrics',
  `/${'a'.repeat(600)}`,
])('%j is not: the home page', (asked) => {
  expect(returnPath(asked)).toBe('/')
})
