import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { auditSigner, newAuditKey, signatureCheck } from '../../../platform/server/audit-chain.ts'
import { createLog } from '../../../platform/server/log.ts'
import { testDatabase } from '../../../platform/testing/test-database.ts'
import { anchorHolds, anchorsOf } from './anchor.ts'
import { anchorJob } from './anchor-chain.sql.ts'
import { anchorDestinations, sendAnchor } from './destinations.ts'

const { db, ownerUrl } = await testDatabase()
const folder = mkdtempSync(join(tmpdir(), 'jalon-anchors-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = new Date('2026-10-15T07:42:00Z')

describe('where anchors go', () => {
  it('is read from the setting, in any number', () => {
    expect(anchorDestinations('')).toEqual([])
    expect(anchorDestinations('file:/srv/ancres.jsonl, syslog:udp://journal.exemple.fr ,syslog:tcp://[::1]:6514')).toEqual([
      { kind: 'file', path: '/srv/ancres.jsonl' },
      { kind: 'syslog', protocol: 'udp', host: 'journal.exemple.fr', port: 514 },
      { kind: 'syslog', protocol: 'tcp', host: '::1', port: 6514 },
    ])
  })

  it('is refused in French where it is neither an absolute file nor a journal', () => {
    for (const wrong of ['ancres.jsonl', 'file:ancres.jsonl', 'https://exemple.fr', 'syslog:journal'])
      expect(() => anchorDestinations(`file:/a,${wrong}`)).toThrow(`« ${wrong} » n’est ni`)
  })

  it('a file grows by one line, and only its owner reads it', async () => {
    const path = join(folder, 'grows.jsonl')
    await sendAnchor({ kind: 'file', path }, 'un', at)
    await sendAnchor({ kind: 'file', path }, 'deux', at)
    expect(readFileSync(path, 'utf8')).toBe('un\ndeux\n')
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('a journal over UDP or TCP receives it as a security notice', async () => {
    const udp = createSocket('udp4')
    udp.bind(0, '127.0.0.1')
    await once(udp, 'listening')
    const received = once(udp, 'message')
    await sendAnchor({ kind: 'syslog', protocol: 'udp', host: '127.0.0.1', port: udp.address().port }, '{"jalon":"audit-anchor"}', at)
    expect(String((await received)[0])).toMatch(/^<85>1 2026-10-15T07:42:00\.000Z \S+ jalon \d+ AUDIT - \{"jalon":"audit-anchor"\}$/)
    udp.close()

    const tcp = createServer()
    tcp.listen(0, '127.0.0.1')
    await once(tcp, 'listening')
    const text = new Promise<string>((resolve) => tcp.on('connection', (socket) => socket.on('data', (data) => resolve(String(data)))))
    await sendAnchor({ kind: 'syslog', protocol: 'tcp', host: '127.0.0.1', port: (tcp.address() as { port: number }).port }, 'é', at)
    const [, length, message] = /^(\d+) (.*)$/s.exec(await text) ?? []
    expect(Buffer.byteLength(String(message))).toBe(Number(length))
    tcp.close()
  })
})

describe('the job of the anchors', () => {
  const context = { db, ownerUrl, log: createLog('silent'), clock: () => at }

  it('sends to the others when one does not answer, then fails, so as to be tried again', async () => {
    const signer = auditSigner(newAuditKey())
    const path = join(folder, 'job.jsonl')
    const broken = { kind: 'file', path: join(folder, 'absent', 'x') } as const
    await expect(anchorJob([broken, { kind: 'file', path }], signer)({}, context)).rejects.toMatchObject({ code: 'ENOENT' })
    const [anchor] = anchorsOf(readFileSync(path, 'utf8'))
    expect(anchor).toMatchObject({ seq: 0, lines: 0 })
    expect(anchor !== undefined && anchorHolds(anchor, signatureCheck(signer.publicKeyPem))).toBe(true)
  })

  it('does nothing where no destination is set, and does not sign without a key', async () => {
    await anchorJob([], undefined)({}, context)
    const path = join(folder, 'unsigned.jsonl')
    await anchorJob([{ kind: 'file', path }], undefined)({}, context)
    expect(anchorsOf(readFileSync(path, 'utf8'))[0]).toMatchObject({ keyId: null, signature: null })
  })
})
