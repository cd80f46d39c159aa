import { measureCost } from './audit/cost.ts'
import { measureSealing, measureVerification } from './audit/proof.ts'
import { measureAccesses, measureSearch } from './audit/reading.ts'
import { measureTamperings } from './audit/tamper.ts'
import { openRegions } from './region-database.ts'

/**
 * `npm run bench -- audit [--only cost|tamper|volume] [--persons 3000] [--n 300] [--lines 1000000] [--tamperings 1000]`
 *
 * cost: the share of the audit in the CPU of the requests of a file, with and without in the same run. tamper: tamperings by the table owner, how many the
 * verification finds. volume: on a chain of that many lines, the sealing, the verification, the search of the traces and the accesses to one person.
 */
const option = (name: string, otherwise: string): string =>
  process.argv.includes(`--${name}`) ? String(process.argv[process.argv.indexOf(`--${name}`) + 1]) : otherwise
const only = option('only', '')
const print = (result: Readonly<Record<string, unknown>>): void => void process.stdout.write(`${JSON.stringify({ bench: 'audit', ...result })}\n`)

const regions = await openRegions((line) => void process.stderr.write(`${line}\n`))
try {
  if (only === '' || only === 'cost') await measureCost(await regions.region(Number(option('persons', '3000'))), Number(option('n', '300')), print)
  if (only === '' || only === 'tamper') await regions.scratch((urls) => measureTamperings(urls, Number(option('tamperings', '1000')), print))
  if (only === '' || only === 'volume') {
    await regions.scratch(async (urls) => {
      const lines = Number(option('lines', '1000000'))
      await measureSealing(urls, lines, print)
      await measureVerification(urls, print)
      await measureSearch(urls, print)
      await measureAccesses(urls, print)
    })
  }
} finally {
  await regions.close()
}
