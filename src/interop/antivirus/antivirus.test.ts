import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { eicar, startClamd } from '../../../simulators/clamd/main.ts'
import { openProfessionalThread, addFile as sendFile, sendMessage } from '../../conversations/contract/actions.ts'
import { file as conversationFile, messages } from '../../conversations/contract/queries.ts'
import type { FileId, MessageId, ThreadId } from '../../conversations/contract/thread.ts'
import { conversationsHandlers } from '../../conversations/server/handlers.ts'
import { conversationFilesScanned } from '../../conversations/server/scanned-files.ts'
import { addNoteFile, replyToNote, writeNote } from '../../liaison/contract/actions.ts'
import type { NoteFileId, NoteId } from '../../liaison/contract/note.ts'
import { noteFile, noteThread, unreadItems } from '../../liaison/contract/queries.ts'
import { noteFilesScanned } from '../../liaison/server/api.ts'
import { liaisonHandlers } from '../../liaison/server/handlers.ts'
import { aPerson } from '../../persons/testing/builders.ts'
import type { Actor } from '../../platform/contract/actor.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { attachmentsJobs, type ScanPort, scanAttachments } from '../../platform/server/attachments/scan.ts'
import { asSystem } from '../../platform/server/db.ts'
import { registryOf } from '../../platform/server/implement.ts'
import { createLog } from '../../platform/server/log.ts'
import { call, testClock, testGate } from '../../platform/testing/gate.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { anActor, aService, type BuiltService } from '../../territory/testing/builders.ts'
import { openScanPort } from './server/clamd.ts'

const { db, ownerUrl } = await testDatabase()
const clock = testClock('2026-10-15T07:42:00Z')
const gate = testGate(db, clock)
const registry = registryOf([...liaisonHandlers, ...conversationsHandlers])
const clamd = await startClamd()
afterAll(() => clamd.stop())
const port = openScanPort(clamd.url) as ScanPort
const tables = [noteFilesScanned, conversationFilesScanned]
const scan = (through: ScanPort = port): Promise<number> => scanAttachments({ db, port: through, tables, clock, timeZone: 'Europe/Paris' })
const base64 = (text: string): string => Buffer.from(text).toString('base64')
const system = <T>(query: ReturnType<typeof sql<T>>): Promise<T[]> => asSystem(db, 'look in a test', async (tx) => (await query.execute(tx)).rows)
const antivirus = (there: boolean) =>
  system(
    sql`insert into platform.setting (key, value) values ('antivirus', to_jsonb(${there}::boolean)) on conflict (key) do update set value = excluded.value`,
  )

let dac: BuiltService
let julie: Actor
let karim: Actor
let personId: PersonId

beforeEach(async () => {
  clamd.meet({})
  clock.set('2026-10-15T07:42:00Z')
  await system(sql`delete from conversations.file`)
  await system(sql`delete from liaison.note_file`)
  await antivirus(true)
  dac = await aService(db, { name: 'DAC Hautes-Vallées' })
  julie = await anActor(db, { service: dac })
  karim = await anActor(db, { service: dac, givenName: 'Karim', familyName: 'Belkacem' })
  personId = await aPerson(db, { dac: dac.id })
})

const upload = async (text: string): Promise<NoteFileId> => {
  const id = newId<NoteFileId>()
  await call(gate, registry, addNoteFile, julie, { id, personId, volet: 'health', name: 'compte-rendu.txt', content: base64(text) })
  return id
}
const note = async (files: readonly NoteFileId[]): Promise<NoteId> => {
  const id = newId<NoteId>()
  await call(gate, registry, writeNote, julie, { id, personId, body: 'Voir le compte rendu.', volet: 'health', files: [...files] })
  return id
}
const open = (actor: Actor, id: NoteFileId) => call(gate, registry, noteFile, actor, { id })
const told = (type: string) =>
  system(
    sql<{
      payload: Record<string, unknown>
      audience: string[]
    }>`select payload, audience from platform.event_inbox where type = ${type} order by at desc, id desc`,
  )

describe('a file of a note, where there is an antivirus', () => {
  it('is closed to everybody, its author too, until its verdict; then opens as it came', async () => {
    const id = await upload('Glycémie stable.')
    const noteId = await note([id])
    for (const actor of [julie, karim]) await expect(open(actor, id)).rejects.toMatchObject({ code: 'attachment_waiting' })
    expect((await call(gate, registry, noteThread, karim, { id: noteId })).notes[0]?.files).toMatchObject([{ scan: 'waiting' }])
    expect(await scan()).toBe(1)
    expect(Buffer.from((await open(karim, id)).content, 'base64').toString()).toBe('Glycémie stable.')
    expect((await told('liaison.file.scanned'))[0]?.payload).toMatchObject({ fileId: id, verdict: 'clean', noteId })
    expect(await scan()).toBe(0)
  })

  it('refused before its note is written, is said to its author and goes with no note', async () => {
    const id = await upload(eicar)
    expect(await scan()).toBe(1)
    const [event] = await told('liaison.file.scanned')
    expect(event).toMatchObject({ payload: { fileId: id, verdict: 'infected', addedBy: julie.userId }, audience: [julie.userId] })
    await expect(open(julie, id)).rejects.toMatchObject({ code: 'attachment_infected' })
    await expect(note([id])).rejects.toMatchObject({ code: 'attachment_infected' })
  })

  it('refused among others, is the only one named: the note goes with all the rest, and none of its words is lost', async () => {
    const [one, bad, other] = [await upload('Tension du matin.'), await upload(eicar), await upload('Tension du soir.')]
    await scan()
    await expect(note([one, bad, other])).rejects.toMatchObject({ kind: 'conflict', code: 'attachment_infected', details: { files: [bad], missing: [] } })
    const gone = newId<NoteFileId>()
    await expect(note([one, gone])).rejects.toMatchObject({ kind: 'conflict', code: 'attachment_missing', details: { files: [gone], missing: [gone] } })
    await expect(note([gone, one, bad])).rejects.toMatchObject({ code: 'attachment_infected', details: { files: [bad, gone], missing: [gone] } })
    const noteId = await note([one, other])
    expect((await call(gate, registry, noteThread, karim, { id: noteId })).notes[0]?.files.map(({ id }) => id)).toEqual([one, other])
  })

  it('refused once its note is sent, stays named and closed; the note is news again for its author, who is told that something waits', async () => {
    await system(sql`update territory.user_account set email = 'julie@exemple.test' where id = ${julie.userId}`)
    const id = await upload(eicar)
    const noteId = await note([id])
    await scan()
    expect((await call(gate, registry, noteThread, karim, { id: noteId })).notes[0]?.files).toMatchObject([{ name: 'compte-rendu.txt', scan: 'infected' }])
    for (const actor of [julie, karim]) await expect(open(actor, id)).rejects.toMatchObject({ code: 'attachment_infected' })
    expect((await call(gate, registry, unreadItems, julie, {})).rows.map(({ sourceId }) => sourceId)).toEqual([noteId])
    expect(await system(sql`select way from liaison.notice where user_id = ${julie.userId} and cause = 'liaison.file_refused'`)).toEqual([{ way: 'email' }])
    expect(await system(sql`select scan_finding as finding from liaison.note_file where id = ${id}`)).toEqual([{ finding: 'Eicar-Test-Signature' }])
  })

  it('waits as long as the antivirus is down, cut, or without a verdict, and keeps nobody else waiting', async () => {
    const first = await upload('Premier')
    clock.advance(1_000)
    const second = await upload('Second')
    expect(await scan(openScanPort('tcp://127.0.0.1:1') as ScanPort)).toBe(0)
    clamd.meet({ cut: true })
    expect(await scan()).toBe(0)
    clamd.meet({ error: 'INSTREAM size limit exceeded. ERROR' })
    const looked = clamd.scanned()
    expect(await scan()).toBe(0)
    expect(clamd.scanned() - looked).toBe(2)
    await expect(open(julie, first)).rejects.toMatchObject({ code: 'attachment_waiting' })
    clamd.meet({})
    expect(await scan()).toBe(2)
    expect((await open(julie, second)).name).toBe('compte-rendu.txt')
  })

  it('is looked at once though two servers look', async () => {
    for (let n = 0; n < 6; n += 1) await upload(`Fichier ${n}`)
    clamd.meet({ waitMs: 20 })
    const before = clamd.scanned()
    const [one, other] = await Promise.all([scan(), scan()])
    expect(one + other).toBe(6)
    expect(clamd.scanned() - before).toBe(6)
  })

  it('may go with a reply as with a note', async () => {
    const root = await note([])
    const id = await upload('Photo de la plaie, en mots')
    await call(gate, registry, replyToNote, julie, { id: newId<NoteId>(), noteId: root, body: 'Comme convenu.', files: [id] })
    await scan()
    const thread = await call(gate, registry, noteThread, karim, { id: root })
    expect(thread.notes[1]?.files).toMatchObject([{ id, scan: 'clean' }])
    expect((await open(karim, id)).mediaType).toBe('text/plain')
  })
})

it('a file of a conversation obeys the same: closed, told to those who take part, never sent once refused', async () => {
  const threadId = newId<ThreadId>()
  await call(gate, registry, openProfessionalThread, julie, { id: threadId, subject: 'Tour de garde', participants: [karim.userId] })
  const send = async (text: string): Promise<FileId> => {
    const id = newId<FileId>()
    await call(gate, registry, sendFile, julie, { id, threadId, name: 'planning.txt', content: base64(text) })
    return id
  }
  const [sound, refused] = [await send('Lundi, mardi'), await send(eicar)]
  const messageId = newId<MessageId>()
  await call(gate, registry, sendMessage, julie, { id: messageId, threadId, body: 'Le planning', files: [sound] })
  await expect(call(gate, registry, conversationFile, karim, { id: sound })).rejects.toMatchObject({ code: 'attachment_waiting' })
  expect(await scan()).toBe(2)
  expect((await call(gate, registry, conversationFile, karim, { id: sound })).name).toBe('planning.txt')
  const events = await told('conversations.file.scanned')
  expect(events.find(({ payload }) => payload['fileId'] === sound)?.audience.toSorted()).toEqual([julie.userId, karim.userId].toSorted())
  expect(events.find(({ payload }) => payload['fileId'] === refused)?.audience).toEqual([julie.userId])
  await expect(call(gate, registry, sendMessage, julie, { id: newId<MessageId>(), threadId, body: 'Celui-ci', files: [refused] })).rejects.toMatchObject({
    code: 'attachment_infected',
  })
  const late = await send(eicar)
  await call(gate, registry, sendMessage, julie, { id: newId<MessageId>(), threadId, body: 'Trop vite', files: [late] })
  await scan()
  const { rows } = await call(gate, registry, messages, karim, { threadId })
  expect(rows.map(({ files }) => files.map((one) => one.scan))).toEqual([['clean'], ['infected']])
})

it('without an antivirus files open as they arrive; once there is one, those of before are looked at too, readable meanwhile', async () => {
  await antivirus(false)
  const id = await upload(eicar)
  const sound = await upload('Rien à dire')
  expect((await open(julie, id)).mediaType).toBe('text/plain')
  await antivirus(true)
  expect(await scan()).toBe(2)
  await expect(open(julie, id)).rejects.toMatchObject({ code: 'attachment_infected' })
  expect((await open(julie, sound)).mediaType).toBe('text/plain')
})

it('the bytes of a refused file are destroyed after a month, its name and the reason stay', async () => {
  const id = await upload(eicar)
  await note([id])
  await scan()
  const forget = attachmentsJobs(port, tables, 'Europe/Paris')['attachments:forget-refused']
  const length = () => system(sql<{ length: number; name: string }>`select length(content) as length, name from liaison.note_file where id = ${id}`)
  const run = () => forget?.({}, { db, ownerUrl, log: createLog('fatal'), clock: () => clock() })
  clock.set('2026-11-13T07:42:00Z')
  await run()
  expect((await length())[0]?.length).toBeGreaterThan(0)
  clock.set('2026-11-15T07:42:00Z')
  await run()
  expect(await length()).toEqual([{ length: 0, name: 'compte-rendu.txt' }])
})

it('nobody who sends a file may say that it is sound', async () => {
  const { rows } = await asSystem(db, 'rights', (tx) =>
    sql<{ may: boolean }>`select has_column_privilege('jalon_app', t, 'scan', 'insert') or has_column_privilege('jalon_app', t, 'scan', 'update') as may
      from unnest('{liaison.note_file,conversations.file}'::text[]) t`.execute(tx),
  )
  expect(rows).toEqual([{ may: false }, { may: false }])
})

it('clamd is spoken to over a socket of the machine too, and an address that is none opens no port', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'jalon-clamd-'))
  const here = await startClamd(join(folder, 'clamd.ctl'))
  try {
    const through = openScanPort(here.url) as ScanPort
    expect(await through.scan(Buffer.alloc(3_000_000, 'a'))).toEqual({ verdict: 'clean' })
    expect(await through.scan(Buffer.from(eicar))).toEqual({ verdict: 'infected', finding: 'Eicar-Test-Signature' })
  } finally {
    await here.stop()
    await rm(folder, { recursive: true })
  }
  expect(openScanPort(undefined)).toBeNull()
  expect(openScanPort('http://clamd:3310')).toBeNull()
})
