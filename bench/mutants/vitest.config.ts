import { defineConfig } from 'vitest/config'

/** The pure tests of the kernel: no database, so that a thousand mutants take minutes. */
// biome-ignore lint/style/noDefaultExport: vitest reads its settings there.
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: [
      'src/persons/contract/{access,access-rule,hidden,identity-status,ins,rights,silences,withholding}.test.ts',
      'src/platform/server/audit-chain.test.ts',
      'src/audit-trail/server/chain/verify-chain-in-memory.test.ts',
    ],
    coverage: {
      provider: 'v8',
      reporter: ['json-summary'],
      reportsDirectory: 'build/kernel-coverage',
      include: [
        'src/persons/contract/{access,access-rule,hidden,identity-status,ins,rights,silences,withholding}.ts',
        'src/platform/server/audit-chain.ts',
        'src/audit-trail/server/chain/{standing.sql,verify-chain}.ts',
        'src/audit-trail/server/anchors/anchor.ts',
        'src/audit-trail/server/retention/tombstone.ts',
      ],
    },
  },
})
