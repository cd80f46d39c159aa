import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { beforeEach, expect, test } from 'vitest'
import { errorText } from '../../../platform/contract/errors.ts'
import { testDatabase } from '../../../platform/testing/test-database.ts'
import { partyIdOf } from '../../../territory/server/api.ts'
import { aCommune } from '../../../territory/testing/builders.ts'
import { importContent } from '../../testing/import-content.ts'
import { anRpps, anRppsFile, anRppsLine, rppsHeader } from '../../testing/rpps-file.ts'

const { db, owner, appUrl } = await testDatabase()
await aCommune(db, { code: '88408', name: 'Rupt-sur-Moselle', postalCodes: ['88360'] })
await aCommune(db, { code: '88383', name: 'Remiremont', postalCodes: ['88200'] })

const [gerard, claire, thomas] = [anRpps(1), anRpps(2), anRpps(3)]
const nurse = {
  "Code civilité d'exercice": '',
  'Code civilité': 'MME',
  "Nom d'exercice": 'PETITJEAN',
  "Prénom d'exercice": 'CLAIRE',
  'Code profession': '60',
  'Libellé profession': 'Infirmier',
  'Code savoir-faire': '',
  'Libellé savoir-faire': '',
}
const usual = [anRppsLine(gerard), anRppsLine(claire, nurse), anRppsLine(thomas, { "Nom d'exercice": 'NOEL', "Prénom d'exercice": 'THOMAS' })]

beforeEach(async () => {
  await owner.query(
    'truncate directory.practice, directory.professional, directory.source, directory.vanished, directory.rejected_line, directory.import, directory.entry cascade',
  )
})

const entries = async () =>
  (await owner.query('select label, detail, facet, city, commune_code, phone, rpps, category from directory.entry order by sort_key, rpps')).rows
const rejections = async () => (await owner.query('select line::int, reason from directory.rejected_line order by line')).rows
const state = async () =>
  (
    await owner.query(
      `select (select md5(string_agg(e::text, '' order by party_id)) from directory.entry e) as entries, (select count(*)::int from directory.practice) as practices`,
    )
  ).rows[0]

test('an extract fills the directory: each professional once, named and placed as people look for her', async () => {
  const { outcome } = await importContent(db, 'rpps', anRppsFile(usual))
  expect(outcome).toEqual({ state: 'done', counts: { lines: 3, added: 3, changed: 0, removed: 0, rejected: 0 } })
  expect(await entries()).toEqual([
    {
      label: 'Dr\u00a0Gerard Fritsch',
      detail: 'Médecin généraliste libéral',
      facet: 'gp',
      city: 'Rupt-sur-Moselle',
      commune_code: '88408',
      phone: '0353011408',
      rpps: gerard,
      category: 'health',
    },
    {
      label: 'Dr\u00a0Thomas Noel',
      detail: 'Médecin généraliste libéral',
      facet: 'gp',
      city: 'Rupt-sur-Moselle',
      commune_code: '88408',
      phone: '0353011408',
      rpps: thomas,
      category: 'health',
    },
    {
      label: 'Claire Petitjean',
      detail: 'Infirmière libérale',
      facet: 'nurse',
      city: 'Rupt-sur-Moselle',
      commune_code: '88408',
      phone: '0353011408',
      rpps: claire,
      category: 'health',
    },
  ])
  expect((await owner.query('select code, edition from directory.source')).rows).toEqual([{ code: 'rpps', edition: '2026-10-14' }])
})

test('several practices and skills make one card, placed where she practises as a liberal', async () => {
  await importContent(
    db,
    'rpps',
    anRppsFile([
      anRppsLine(gerard, {
        'Code mode exercice': 'S',
        'Code commune (coord. structure)': '88383',
        'Code postal (coord. structure)': '88200',
        'Libellé commune (coord. structure)': 'Remiremont',
        'Code savoir-faire': 'SM18',
        'Libellé savoir-faire': 'Gériatrie',
      }),
      anRppsLine(gerard),
    ]),
  )
  expect(await entries()).toMatchObject([{ city: 'Rupt-sur-Moselle', facet: 'gp' }])
  expect((await owner.query(`select words @@ '''m:SM18''' and words @@ '''c:88383''' and words @@ '''c:88408''' as found from directory.entry`)).rows).toEqual([
    { found: true },
  ])
})

test('the same extract the next day touches nothing', async () => {
  await importContent(db, 'rpps', anRppsFile(usual))
  const before = (
    await owner.query('select party_id, xmin::text from directory.entry union all select party_id, xmin::text from directory.practice order by 1, 2')
  ).rows
  const { outcome } = await importContent(db, 'rpps', anRppsFile(usual.toReversed()))
  expect(outcome).toMatchObject({ counts: { added: 0, changed: 0, removed: 0 } })
  expect(
    (await owner.query('select party_id, xmin::text from directory.entry union all select party_id, xmin::text from directory.practice order by 1, 2')).rows,
  ).toEqual(before)
})

test('a new telephone changes one card; whoever left the extract is gone at once; whoever returns is herself again', async () => {
  await importContent(db, 'rpps', anRppsFile(usual))
  const { importId, outcome } = await importContent(
    db,
    'rpps',
    anRppsFile([anRppsLine(gerard, { 'Téléphone (coord. structure)': '0353019999' }), usual[2] ?? '']),
  )
  expect(outcome).toMatchObject({ counts: { added: 0, changed: 1, removed: 1 } })
  expect((await entries()).map((row) => [row.label, row.phone])).toEqual([
    ['Dr\u00a0Gerard Fritsch', '0353019999'],
    ['Dr\u00a0Thomas Noel', '0353011408'],
  ])
  expect((await owner.query('select party_id, import_id from directory.vanished')).rows).toEqual([{ party_id: partyIdOf('rpps', claire), import_id: importId }])
  await importContent(db, 'rpps', anRppsFile(usual))
  expect((await owner.query('select party_id from directory.entry where rpps = $1', [claire])).rows).toEqual([{ party_id: partyIdOf('rpps', claire) }])
  expect((await owner.query('select * from directory.vanished')).rows).toEqual([])
})

test('columns are read by name: another order, old headers and missing optional columns do not matter', async () => {
  const names = rppsHeader.split('|').slice(0, -1)
  const values = anRppsLine(gerard).split('|').slice(0, -1)
  const kept = names
    .map((name, at) => ({ name: name.replace('Libellé rôle', 'Libellé fonction').replace('genre activité', "genre d'activité"), value: values[at] ?? '' }))
    .filter(({ name }) => !name.startsWith('Code rôle'))
    .reverse()
  const { outcome } = await importContent(db, 'rpps', `${kept.map(({ name }) => name).join('|')}|\n${kept.map(({ value }) => value).join('|')}|\n`)
  expect(outcome).toMatchObject({ state: 'done', counts: { added: 1, rejected: 0 } })
  expect(await entries()).toMatchObject([{ label: 'Dr\u00a0Gerard Fritsch', commune_code: '88408' }])
})

test('quotes, backslashes and tabs in a field are plain data', async () => {
  await importContent(db, 'rpps', anRppsFile([anRppsLine(gerard, { 'Code mode exercice': 'S', 'Raison sociale site': 'SCM "LE \\ PRE"\tHAUT' })]))
  expect((await owner.query('select site_name from directory.practice')).rows).toEqual([{ site_name: 'SCM "LE \\ PRE" HAUT' }])
})

test('a line that cannot be read is refused with its number and the reason; the others are imported', async () => {
  const wrongKey = `${gerard.slice(0, 10)}${(Number(gerard[10]) + 1) % 10}`
  const { outcome } = await importContent(
    db,
    'rpps',
    anRppsFile([
      usual[0] ?? '',
      anRppsLine(wrongKey),
      'trop|court|',
      anRppsLine(claire, { "Type d'identifiant PP": '0' }),
      anRppsLine(thomas, { "Nom d'exercice": ' ' }),
      anRppsLine('1234'),
    ]),
  )
  expect(outcome).toMatchObject({ state: 'done', counts: { lines: 6, added: 1, rejected: 5 } })
  expect(await rejections()).toEqual([
    { line: 3, reason: 'Numéro RPPS dont la clé de contrôle est fausse' },
    { line: 4, reason: '2 colonnes au lieu de 56' },
    { line: 5, reason: 'Identifiant d’un autre registre que le RPPS' },
    { line: 6, reason: 'Nom d’exercice absent' },
    { line: 7, reason: 'Numéro RPPS qui n’a pas onze chiffres' },
  ])
})

test('a commune is told from its postal code and name when its code is missing or old, and left open when it cannot be', async () => {
  await owner.query(`insert into territory.commune_alias (commune_code, code, name, search_key) values ('88383', '88999', 'Ancienne', 'ancienne')`)
  const place = (code: string, postal: string, label: string) => ({
    'Code commune (coord. structure)': code,
    'Code postal (coord. structure)': postal,
    'Libellé commune (coord. structure)': label,
    'Bureau cedex (coord. structure)': label === '' ? `${postal} REMIREMONT CEDEX` : '',
  })
  await importContent(
    db,
    'rpps',
    anRppsFile([
      anRppsLine(gerard, place('', '88360', 'RUPT S/ MOSELLE')),
      anRppsLine(claire, place('88999', '', 'Ancienne')),
      anRppsLine(thomas, place('', '88204', '')),
      anRppsLine(anRpps(4), place('', 'GL', 'Londres')),
    ]),
  )
  expect((await owner.query('select commune_code from directory.practice order by line_hash')).rows.map((row) => row.commune_code).sort()).toEqual([
    '88383',
    '88408',
    null,
    null,
  ])
})

test.each([
  ['cut in the middle of its last line', anRppsFile(usual).slice(0, -60), 'import_truncated'],
  ['empty', '', 'import_empty'],
  ['with a header only', `${rppsHeader}\n`, 'import_empty'],
  ['without the columns of the RPPS', 'nom;prenom\nFRITSCH;GERARD\n', 'import_header_missing'],
  [
    'with a column twice',
    anRppsFile(usual, {
      header: rppsHeader
        .replace('Libellé voie (coord. structure)', 'Code postal (coord. structure)')
        .replace('Libellé Voie (coord. structure)', 'Code postal (coord. structure)'),
    }),
    'import_header_twice',
  ],
  ['in Latin-1', Buffer.from(anRppsFile(usual), 'latin1'), 'import_not_utf8'],
  [
    'with a Latin-1 line',
    Buffer.concat([Buffer.from(anRppsFile(usual)), Buffer.from(`${anRppsLine(anRpps(5), { "Nom d'exercice": 'NOËL' })}\n`, 'latin1')]),
    'import_not_utf8',
  ],
  ['with NUL bytes', anRppsFile([...usual, anRppsLine(anRpps(5), { "Nom d'exercice": 'A\u0000B' })]), 'import_not_text'],
  ['with a line of ten megabytes', anRppsFile([...usual, 'x'.repeat(10_000_000)]), 'import_line_too_long'],
  ['with a tenth of unreadable lines', anRppsFile([...usual, ...Array.from({ length: 30 }, (_, at) => `illisible ${at}`)]), 'import_too_many_rejected'],
  ['whose archive is cut short', gzipSync(anRppsFile(usual)).subarray(0, 300), 'import_archive_damaged'],
])('a file %s changes nothing and says why', async (_what, content, code) => {
  await importContent(db, 'rpps', anRppsFile(usual.slice(0, 2)))
  const before = await state()
  const { importId, outcome } = await importContent(db, 'rpps', content, content.length > 100_000 ? { piece: 65_536 } : {})
  expect(outcome).toMatchObject({ state: 'failed', code })
  expect(errorText(code, 'params' in outcome ? outcome.params : {})).toContain('L’annuaire n’a pas changé')
  expect(await state()).toEqual(before)
  expect((await owner.query("select state, report ->> 'code' as code from directory.import where id = $1", [importId])).rows).toEqual([
    { state: 'failed', code },
  ])
  expect((await owner.query('select (select count(*)::int from directory.staged_practice) as staged')).rows).toEqual([{ staged: 0 }])
})

test('a file that would take away more than a fifth of the professionals is refused unless it is accepted', async () => {
  const many = Array.from({ length: 1100 }, (_, at) => anRppsLine(anRpps(100 + at)))
  await importContent(db, 'rpps', anRppsFile(many), { piece: 65_536 })
  const before = await state()
  const half = anRppsFile(many.slice(0, 600))
  expect((await importContent(db, 'rpps', half, { piece: 65_536 })).outcome).toMatchObject({
    state: 'failed',
    code: 'import_shrinks',
    params: { before: 1100, after: 600 },
  })
  expect(await state()).toEqual(before)
  expect((await importContent(db, 'rpps', half, { allowShrink: true, piece: 65_536 })).outcome).toMatchObject({ state: 'done', counts: { removed: 500 } })
})

test('an archive is read as it comes from the national server', async () => {
  expect((await importContent(db, 'rpps', gzipSync(anRppsFile(usual)))).outcome).toMatchObject({ counts: { added: 3 } })
})

test('a cancelled import changes nothing', async () => {
  await importContent(db, 'rpps', anRppsFile(usual.slice(0, 1)))
  const before = await state()
  await owner.query(`create function directory.cancel_at_once() returns trigger language plpgsql as $$ begin new.cancel_requested := true; return new; end $$`)
  await owner.query(
    `create trigger cancel_at_once before update on directory.import for each row when (new.state = 'running') execute function directory.cancel_at_once()`,
  )
  try {
    expect((await importContent(db, 'rpps', anRppsFile(usual))).outcome).toMatchObject({ state: 'cancelled', code: 'import_cancelled' })
  } finally {
    await owner.query('drop trigger cancel_at_once on directory.import')
  }
  expect(await state()).toEqual(before)
})

test('two imports at once: the second is refused, the first goes on', async () => {
  const blocker = await owner.connect()
  try {
    await blocker.query(`select pg_advisory_lock(hashtext('jalon.directory.import'))`)
    expect((await importContent(db, 'rpps', anRppsFile(usual))).outcome).toMatchObject({ state: 'failed', code: 'import_running' })
  } finally {
    await blocker.query('select pg_advisory_unlock_all()')
    blocker.release()
  }
  expect((await importContent(db, 'rpps', anRppsFile(usual))).outcome).toMatchObject({ state: 'done' })
})

const sample = new URL('../../../../../shared/data/reference/rpps/PS_LibreAcces_Personne_activite_SYNTH.txt', import.meta.url)
test.skipIf(!existsSync(sample))('the sample of the reference data is imported whole (skipped where ../shared is absent)', async () => {
  const { outcome } = await importContent(db, 'rpps', readFileSync(sample), { piece: 4096 })
  expect(outcome).toEqual({ state: 'done', counts: { lines: 30, added: 16, changed: 0, removed: 0, rejected: 0 } })
})

test('a first extract of the country fills where nobody reads and shows at once; the next day is as after any other import', async () => {
  const many = Array.from({ length: 300 }, (_, at) => anRppsLine(anRpps(500 + at), { "Nom d'exercice": `MARTIN ${String.fromCharCode(65 + (at % 26))}` }))
  const whole = anRppsFile([...many, anRppsLine(anRpps(500), { 'Code mode exercice': 'S' })])
  await importContent(db, 'rpps', whole)
  const slowly = await entries()
  await owner.query('truncate directory.practice, directory.professional, directory.source, directory.entry')
  const { outcome } = await importContent(db, 'rpps', whole, { large: 1000, piece: 4096 })
  expect(outcome).toEqual({ state: 'done', counts: { lines: 301, added: 300, changed: 0, removed: 0, rejected: 0 } })
  expect(await entries()).toEqual(slowly)
  expect((await owner.query('select count(*)::int as n from directory.postponed_index')).rows).toEqual([{ n: 0 }])
  expect(
    (await owner.query(`select count(*)::int as n from pg_index where indrelid in ('directory.practice'::regclass, 'directory.professional'::regclass)`)).rows,
  ).toEqual([{ n: 7 }])
  expect((await importContent(db, 'rpps', whole, { large: 1000, piece: 4096 })).outcome).toMatchObject({ counts: { added: 0, changed: 0, removed: 0 } })
  expect((await importContent(db, 'rpps', anRppsFile(many.slice(1)), { large: 1000, piece: 4096 })).outcome).toMatchObject({ counts: { removed: 1 } })
})

const keys = async () =>
  (
    await owner.query(
      `select indrelid::regclass::text as of, indexrelid::regclass::text as name from pg_index where indrelid in ('directory.practice'::regclass, 'directory.professional'::regclass) order by 1, 2`,
    )
  ).rows

test('a first extract that turns out damaged, or whose process dies, leaves nothing behind', async () => {
  const indexed = await keys()
  expect(indexed).toHaveLength(7)
  const damaged = Buffer.concat([Buffer.from(anRppsFile(usual)), Buffer.from(`${anRppsLine(anRpps(5), { "Nom d'exercice": 'NOËL' })}\n`, 'latin1')])
  expect((await importContent(db, 'rpps', damaged, { large: 100 })).outcome).toMatchObject({ state: 'failed', code: 'import_not_utf8', params: { line: 5 } })
  expect(await state()).toEqual({ entries: null, practices: 0 })
  // the tables have their keys again at once: the next to write there may be a feed
  expect(await keys()).toEqual(indexed)
  expect((await owner.query('select count(*)::int as n from directory.postponed_index')).rows).toEqual([{ n: 0 }])
  // what a process killed between its lines and its indexes leaves
  await owner.query('select directory.begin_first_import()')
  await owner.query(`insert into directory.practice (line_hash, party_id) values (1, gen_random_uuid())`)
  expect((await importContent(db, 'rpps', anRppsFile(usual))).outcome).toMatchObject({ state: 'done', counts: { added: 3 } })
  expect(await state()).toMatchObject({ practices: 3 })
})

test('a full disk changes nothing and says so', async () => {
  await importContent(db, 'rpps', anRppsFile(usual.slice(0, 2)))
  const before = await state()
  // As PostgreSQL reports it.
  await owner.query(
    `create function directory.no_room() returns trigger language plpgsql as $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`,
  )
  await owner.query('create trigger no_room before insert on directory.practice for each row execute function directory.no_room()')
  try {
    expect((await importContent(db, 'rpps', anRppsFile(usual))).outcome).toMatchObject({ state: 'failed', code: 'import_disk_full' })
  } finally {
    await owner.query('drop trigger no_room on directory.practice')
  }
  expect(await state()).toEqual(before)
})

test('a disk that a first extract has filled to its last byte: the report says so, and once there is room the next import goes through', async () => {
  const indexed = await keys()
  await owner.query(
    `create function directory.not_a_byte() returns trigger language plpgsql as $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`,
  )
  await owner.query('create trigger no_room before insert on directory.practice for each row execute function directory.not_a_byte()')
  // emptying a table needs room for the table that takes its place
  await owner.query('create trigger no_room_either before truncate on directory.practice for each statement execute function directory.not_a_byte()')
  try {
    const { importId, outcome } = await importContent(db, 'rpps', anRppsFile(usual), { large: 100 })
    expect(outcome).toMatchObject({ state: 'failed', code: 'import_disk_full' })
    expect((await owner.query(`select state, report ->> 'code' as code from directory.import where id = $1`, [importId])).rows).toEqual([
      { state: 'failed', code: 'import_disk_full' },
    ])
    await owner.query('create trigger no_room_either before truncate on directory.staged_practice for each statement execute function directory.not_a_byte()')
    expect((await importContent(db, 'rpps', anRppsFile(usual), { large: 100 })).outcome).toMatchObject({ state: 'failed', code: 'import_disk_full' })
  } finally {
    await owner.query(
      'drop trigger no_room on directory.practice; drop trigger no_room_either on directory.practice; drop trigger if exists no_room_either on directory.staged_practice; drop function directory.not_a_byte',
    )
  }
  expect((await importContent(db, 'rpps', anRppsFile(usual), { large: 100 })).outcome).toMatchObject({ state: 'done', counts: { added: 3 } })
  expect(await keys()).toEqual(indexed)
})

test('a process killed in the middle leaves the directory as it was, and the next import goes through', async () => {
  await importContent(db, 'rpps', anRppsFile(usual.slice(0, 2)))
  const before = await state()
  const api = new URL('../api.ts', import.meta.url).href
  const database = new URL('../../../platform/server/db.ts', import.meta.url).href
  const child = spawn(process.execPath, [
    '--input-type=module',
    '-e',
    `import { importStream } from ${JSON.stringify(api)}
     import { openDatabase } from ${JSON.stringify(database)}
     const content = Buffer.from(process.argv[2], 'base64')
     async function* raw() { yield content; process.stdout.write('half'); await new Promise((resolve) => setTimeout(resolve, 60_000)) }
     await importStream(openDatabase(process.argv[1], { max: 4 }), { source: 'rpps', fileName: 'x.txt', byteLength: 10, raw: raw() })`,
    appUrl,
    Buffer.from(anRppsFile(usual)).toString('base64'),
  ])
  await once(child.stdout, 'data')
  await new Promise((resolve) => setTimeout(resolve, 300))
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(await state()).toEqual(before)
  await expect
    .poll(async () => (await importContent(db, 'rpps', anRppsFile(usual))).outcome, { timeout: 5000 })
    .toMatchObject({ state: 'done', counts: { added: 1 } })
})

test('a zip that holds something else than one text is refused', async () => {
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(8, 8)
  head.writeUInt16LE(9, 26)
  expect((await importContent(db, 'rpps', Buffer.concat([head, Buffer.from('photo.jpg'), Buffer.alloc(50)]))).outcome).toMatchObject({
    state: 'failed',
    code: 'import_archive_content',
  })
})
