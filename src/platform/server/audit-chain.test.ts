import { createHash, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { auditSigner, chainHash, chainOrigin, headText, lineText, newAuditKey, signatureCheck } from './audit-chain.ts'

const head = { seq: 12, hash: Buffer.from('ab', 'hex'), micros: 1_792_000_000_000_001 }

describe('the chain of the audit', () => {
  it('begins at one known byte, and each hash depends on the one before, on the place and on the line', () => {
    expect([...chainOrigin]).toEqual([0])
    const first = chainHash(chainOrigin, 1, 'a line')
    expect(first).toEqual(
      createHash('sha256')
        .update(Buffer.concat([chainOrigin, Buffer.from('\n1\na line')]))
        .digest(),
    )
    for (const other of [chainHash(first, 1, 'a line'), chainHash(chainOrigin, 2, 'a line'), chainHash(chainOrigin, 1, 'another line')])
      expect(other).not.toEqual(first)
  })

  it('covers every column of the line, in its order', () => {
    expect(lineText('e')).toBe(
      'pg_catalog.jsonb_build_array((extract(epoch from e.sealed_at) * 1000000)::bigint, e.id, (extract(epoch from e.at) * 1000000)::bigint, e.actor_id, e.actor_kind, e.actor_name, e.service_id, e.service_name, e.category, e.functions, e.name, e.kind, e.manner, e.outcome, e.code, e.reason, e.purpose, e.person_ids, e.bases, e.volets, e.details, e.request_id, e.address)::text',
    )
  })
})

describe('the head that is signed', () => {
  it('says where the chain stands, and changes with each part of it', () => {
    expect(headText(head)).toBe('jalon audit head 1\n12\nab\n1792000000000001')
  })

  it('is checked with the public key or the private one; another text, another signature or another key does not hold', () => {
    const pem = newAuditKey()
    const signer = auditSigner(pem)
    const signature = signer.sign(headText(head))
    for (const check of [signatureCheck(signer.publicKeyPem), signatureCheck(pem)]) {
      expect(check.keyId).toBe(signer.keyId)
      expect(check.holds(headText(head), signature)).toBe(true)
      expect(check.holds(headText({ ...head, seq: 13 }), signature)).toBe(false)
      expect(check.holds(headText(head), signer.sign('another text'))).toBe(false)
    }
    expect(signatureCheck(newAuditKey()).holds(headText(head), signature)).toBe(false)
    expect(signer.keyId).toMatch(/^[0-9a-f]{16}$/)
    expect(signer.publicKeyPem).toMatch(/^-----BEGIN PUBLIC KEY-----/)
  })

  it('takes Ed25519 keys only', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    expect(() => auditSigner(String(privateKey.export({ type: 'pkcs8', format: 'pem' })))).toThrow('the audit key must be Ed25519')
    expect(() => signatureCheck(String(publicKey.export({ type: 'spki', format: 'pem' })))).toThrow('the audit key must be Ed25519')
  })
})
