import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'

const folder = fileURLToPath(new URL('../bench/', import.meta.url))
const names = (existsSync(folder) ? readdirSync(folder) : []).filter((file) => file.endsWith('.bench.ts')).map((file) => file.slice(0, -'.bench.ts'.length))
const [name, ...rest] = process.argv.slice(2)
const file = `${folder}${name}.bench.ts`

if (name === undefined || !existsSync(file)) {
  process.stderr.write(`Usage : npm run bench -- NOM\nBancs : ${names.join(', ') || 'aucun'}\n`)
  process.exitCode = 1
} else {
  // A bench is a program: it reads its own arguments and prints one line of JSON.
  process.argv = [process.execPath, file, ...rest]
  await import(pathToFileURL(file).href)
}
