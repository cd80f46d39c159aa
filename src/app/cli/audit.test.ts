import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { leaveLines, sealAll } from '../../audit-trail/testing/sealed-lines.ts'
import { auditSigner } from '../../platform/server/audit-chain.ts'
import { testDatabase } from '../../platform/testing/test-database.ts'
import { auditCommands } from './audit.ts'

const { owner, ownerUrl, appUrl } = await testDatabase()
const folder = mkdtempSync(join(tmpdir(), 'jalon-audit-'))
const key = join(folder, 'traces.pem')
const anchors = join(folder, 'ancres.jsonl')
vi.stubEnv('DATABASE_URL', appUrl)
vi.stubEnv('DATABASE_OWNER_URL', ownerUrl)
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})
afterEach(() => {
  process.exitCode = 0
})

/** What a command says, and how it ends. */
async function run(name: string, ...args: readonly string[]): Promise<{ readonly said: string; readonly code: number }> {
  const said: string[] = []
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said.push(String(text))
    return true
  })
  try {
    await auditCommands.find((command) => command.name === name)?.run(args, (line) => void said.push(line))
    return { said: said.join('\n'), code: Number(process.exitCode ?? 0) }
  } finally {
    write.mockRestore()
    process.exitCode = 0
  }
}

describe('the traces from a terminal', () => {
  it('a key is made once, for its owner only, with what verifies beside it', async () => {
    expect((await run('audit key', key)).said).toMatch(/Clé [0-9a-f]{16} écrite/)
    expect(statSync(key).mode & 0o777).toBe(0o600)
    expect(readFileSync(`${key}.pub`, 'utf8')).toContain('PUBLIC KEY')
    await expect(run('audit key', key)).rejects.toThrow('existe déjà')
    await expect(run('audit key')).rejects.toThrow('Usage')
  })

  it('an anchor is one line to keep elsewhere, and the verification holds against it, with the public key alone', async () => {
    const signer = auditSigner(readFileSync(key, 'utf8'))
    const client = await owner.connect()
    await leaveLines(client, 40)
    await sealAll(client, signer)
    client.release()
    vi.stubEnv('AUDIT_KEY_FILE', key)
    const { said } = await run('audit anchor')
    writeFileSync(anchors, said)
    vi.stubEnv('AUDIT_KEY_FILE', undefined)
    expect(JSON.parse(said)).toMatchObject({ jalon: 'audit-anchor', seq: 40, lines: 40, keyId: signer.keyId })
    const verified = await run('audit verify', '--anchor', anchors, '--key', `${key}.pub`)
    expect(verified).toEqual({ said: expect.stringMatching(/40 lignes, de n° 1 à n° 40.*Tête signée.*Aucun écart/s), code: 0 })
  })

  it('says what it could not look at: no key, no anchor', async () => {
    const { said, code } = await run('audit verify')
    expect(code).toBe(0)
    expect(said).toContain('Sans clé')
    expect(said).toContain('Sans ancre')
  })

  it('ends in error where a line changed, and says which one', async () => {
    await owner.query('alter table audit.entry disable trigger user')
    await owner.query(`update audit.entry set actor_name = 'Personne' where seq = 12`)
    const { said, code } = await run('audit verify', '--key', key)
    expect(code).toBe(1)
    expect(said).toMatch(/ÉCART — La ligne n° 12 .*1 écart/s)
  })

  it('refuses what it does not understand', async () => {
    await expect(run('audit verify', '--ancre', 'x')).rejects.toThrow('Usage')
    await expect(run('audit verify', '--anchor')).rejects.toThrow('Usage')
    await expect(run('audit verify', '--anchor', join(folder, 'absent'))).rejects.toThrow('Fichier introuvable')
    writeFileSync(join(folder, 'broken'), '{"jalon":"audit-anchor"')
    await expect(run('audit verify', '--anchor', join(folder, 'broken'))).rejects.toThrow('illisible')
    expect(existsSync(key)).toBe(true)
  })
})
