import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readGeography } from '../src/app/seed/reference/geography.ts'
import { readCog } from '../src/territory/server/read-cog.ts'

/**
 * Writes src/app/seed/reference/birth-places.tsv from the two histories of INSEE (Licence Ouverte 2.0): only the periods that cannot be told from the
 * communes in force. node scripts/write-birth-places.ts EDITION v_commune_depuis_1943.csv v_pays_et_territoire_depuis_1943.csv
 */
const [edition = '', ...files] = process.argv.slice(2)
const periods = files.flatMap((file) => readCog(readFileSync(file, 'utf8')).periods)
const steady = new Map((await readGeography()).communes.map(({ code, name }) => [code, name]))
const times = new Map<string, number>()
for (const { code } of periods) times.set(code, (times.get(code) ?? 0) + 1)
const kept = periods.filter(({ code, name, startsOn, endsOn }) => times.get(code) !== 1 || startsOn !== null || endsOn !== null || steady.get(code) !== name)
const lines = kept.map(({ code, name, startsOn, endsOn }) => [code, name, startsOn ?? '', endsOn ?? ''].join('\t'))
const head = `# INSEE, code officiel géographique ${edition}, Licence Ouverte 2.0`
writeFileSync(fileURLToPath(new URL('../src/app/seed/reference/birth-places.tsv', import.meta.url)), `${[head, ...lines.sort()].join('\n')}\n`)
process.stdout.write(`${lines.length} périodes sur ${periods.length}\n`)
