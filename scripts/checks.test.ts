import { expect, test } from 'vitest'
import { brokenSeals, lockfileFaults } from './checks.ts'

const integrity = 'sha512-abc'

test('a landed migration that changes or goes away is noticed, a new one is not held against anybody', () => {
  const seals = { '0100-a.sql': 'aa', '0200-b.sql': 'bb' }
  expect(brokenSeals(seals, { ...seals, '0300-c.sql': 'cc' })).toEqual([])
  expect(brokenSeals(seals, { '0100-a.sql': 'other', '0200-b.sql': 'bb' })).toEqual(['0100-a.sql'])
  expect(brokenSeals(seals, { '0100-a.sql': 'aa' })).toEqual(['0200-b.sql'])
})

test('a lockfile that pins everything with its hash has no fault', () => {
  const manifest = { dependencies: { pg: '8.23.1' } }
  expect(lockfileFaults(manifest, { packages: { '': manifest, 'node_modules/pg': { version: '8.23.1', integrity } } })).toEqual([])
})

test('a range, a disagreement, a missing hash, a foreign address and two versions of Mantine are each told', () => {
  const manifest = { dependencies: { pg: '^8.23.1', '@mantine/core': '9.7.3', '@mantine/form': '9.7.4' }, devDependencies: { knip: '1.0.0' } }
  const lock = {
    packages: {
      '': { dependencies: { pg: '^8.23.1', '@mantine/core': '9.7.3', '@mantine/form': '9.7.4' }, devDependencies: { knip: '1.0.1' } },
      'node_modules/pg': { version: '8.23.1' },
      'node_modules/knip': { version: '1.0.1', integrity, resolved: 'https://elsewhere.example/knip.tgz' },
    },
  }
  const faults = lockfileFaults(manifest, lock)
  for (const told of [
    '« ^8.23.1 » is not one exact version',
    'package.json says 1.0.0, package-lock.json 1.0.1',
    'node_modules/pg: no sha512',
    'node_modules/knip: carries a download address',
    '@mantine/* must all be of one version',
  ]) {
    expect(faults.join('\n')).toContain(told)
  }
  expect(faults).toHaveLength(5)
})
