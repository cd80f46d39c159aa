// Production entry. Nothing is installed here: a server runs what its operator installed.
import { existsSync } from 'node:fs'
import process from 'node:process'

if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write(
    `Jalon demande Node 24 ou plus récent ; cette machine a Node ${process.versions.node}. Installez Node 24, puis relancez « npm start ».\n`,
  )
  process.exit(1)
}
if (!existsSync(new URL('../dist/web/index.html', import.meta.url))) {
  process.stderr.write('L’application web n’est pas construite. Lancez « npm run build », puis relancez « npm start ».\n')
  process.exit(1)
}
// main.ts runs when it is the program that was asked for.
const main = new URL('../src/app/server/main.ts', import.meta.url)
process.argv[1] = main.pathname
await import(main.href)
