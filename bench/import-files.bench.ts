import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { loadReferenceData } from '../src/app/seed/reference/load.ts'
import { importFile } from '../src/directory/server/api.ts'
import { openDatabase } from '../src/platform/server/db.ts'
import { createTestDatabase, dropTestDatabase, joinTestServer } from '../src/platform/testing/test-server.ts'
import { peakMegabytes } from './peak-memory.ts'

/**
 * `npm run bench -- import-files [--rows N]`: the other files of the RPPS, made for the professionals of the extract that `bench -- import` writes (run it
 * first): skills, diplomas, MSSanté mailboxes; each into a directory that holds the extract, and again. Whole size: --rows 2300000.
 */
const rows = Number(process.argv[process.argv.indexOf('--rows') + 1]) || 200_000
const folder = fileURLToPath(new URL('../node_modules/.cache/jalon/bench-files/', import.meta.url))
const extract = join(folder, `rpps-v2-${rows}.txt`)
const who = "Type d'identifiant PP|Identifiant PP|Identification nationale PP|Nom d'exercice|Prénom d'exercice"
const heads = {
  skills: `${who}|Code profession|Libellé profession|Code catégorie professionnelle|Libellé catégorie professionnelle|Code type savoir-faire|Libellé type savoir-faire|Code savoir-faire|Libellé savoir-faire`,
  diplomas: `${who}|Code type diplôme obtenu|Libellé type diplôme obtenu|Code diplôme obtenu|Libellé diplôme obtenu|Code type autorisation|Libellé type autorisation|Code discipline autorisation|Libellé discipline autorisation`,
  mailboxes:
    "Type de BAL|Adresse BAL|Type Identifiant PP|Identifiant PP|Identification nationale PP|Type identifiant structure|Identification Structure|Service de rattachement|Civilité d'exercice|Nom d'exercice|Prénom d'exercice|Catégorie profession|Libellé de catégorie profession|Code Profession|Libellé Profession|Code savoir-faire|Libellé savoir-faire|Dématérialisation|Raison Sociale structure BAL|Enseigne commerciale structure BAL|L2COMPLEMENTLOCALISATION structure BAL|L3COMPLEMENTDISTRIBUTION structure BAL|L4NUMEROVOIE structure BAL|L4COMPLEMENTNUMEROVOIE structure BAL|NL4TYPEVOIE structure BAL|L4LIBELLEVOIE structure BAL|L5LIEUDITMENTION structure BAL|L6LIGNEACHEMINEMENT structure BAL|Code postal structure BAL|Département structure BAL|Pays structure BAL",
} as const
type Kind = keyof typeof heads
const kinds = Object.keys(heads) as readonly Kind[]
const pathOf = (kind: Kind): string => join(folder, `${kind}-v1-${rows}.txt`)

if (!existsSync(extract)) throw new Error(`npm run bench -- import --rows ${rows} writes the extract first`)
if (kinds.some((kind) => !existsSync(pathOf(kind)))) await writeFiles()
await measure()

async function writeFiles(): Promise<void> {
  const streams = Object.fromEntries(kinds.map((kind) => [kind, createWriteStream(`${pathOf(kind)}.part`)])) as Record<
    Kind,
    ReturnType<typeof createWriteStream>
  >
  for (const kind of kinds) streams[kind].write(`${heads[kind]}|\n`)
  let [last, number] = ['', -1]
  for await (const line of createInterface({ input: createReadStream(extract) })) {
    number += 1
    if (number === 0) continue
    const field = line.split('|')
    const [registry = '', rpps = '', national = '', family = '', given = ''] = [field[0], field[1], field[2], field[7], field[8]]
    const same = [registry, rpps, national, family, given].join('|')
    if ((field[15] ?? '') !== '' && number % 2 === 0)
      streams.skills.write(`${same}|${field[9]}|${field[10]}|C|Civil|S|Spécialité ordinale|${field[15]}|${field[16]}|\n`)
    if (rpps === last) continue
    last = rpps
    const diplomas = number % 3 === 0 ? ['DE28', 'DU12'] : ['DE28']
    for (const code of diplomas)
      streams.diplomas.write(
        `${same}|${code.slice(0, 2)}|${code.startsWith('DE') ? 'Diplôme d’État' : 'Diplôme universitaire'}|${code}|Diplôme ${code} de la profession|||||\n`,
      )
    if (number % 3 === 0)
      streams.mailboxes.write(
        `PER|p${rpps}@pro.mssante.fr|0|${rpps}|${national}||||${field[4]}|${family}|${given}|C|Civil|${field[9]}|${field[10]}|||O|||||||||||${field[35]}|${field[45]}|FRANCE|\n`,
      )
  }
  for (const kind of kinds) {
    await new Promise((resolve) => streams[kind].end(resolve))
    await rename(`${pathOf(kind)}.part`, pathOf(kind))
  }
}

async function measure(): Promise<void> {
  const user = await joinTestServer()
  const urls = await createTestDatabase()
  const db = openDatabase(urls.appUrl, { max: 4 })
  const bring = async (source: Kind | 'rpps', path: string): Promise<{ readonly ms: number; readonly lines: number }> => {
    const started = performance.now()
    const { outcome } = await importFile(db, { source, path })
    if (outcome.state !== 'done') throw new Error(`import ${outcome.state}: ${outcome.code} ${JSON.stringify(outcome.params)}`)
    return { ms: Math.round(performance.now() - started), lines: outcome.counts.lines }
  }
  try {
    await loadReferenceData({ db })
    const extracted = await bring('rpps', extract)
    const told: Record<string, unknown> = { bench: 'import-files', rows, rppsMs: extracted.ms }
    for (const kind of kinds) {
      const first = await bring(kind, pathOf(kind))
      const again = await bring(kind, pathOf(kind))
      told[kind] = { lines: first.lines, megabytes: Math.round((await stat(pathOf(kind))).size / 1e6), firstMs: first.ms, againMs: again.ms }
    }
    process.stdout.write(`${JSON.stringify({ ...told, maxMegabytes: peakMegabytes() })}\n`)
  } finally {
    await db.close()
    await dropTestDatabase(urls.name)
    await user.leave()
  }
}
