import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as x509 from '@peculiar/x509'
import { afterAll, expect, test } from 'vitest'
import { loginWorld } from './testing/login-world.ts'
import { scriptBrowser } from './testing/script-browser.ts'

x509.cryptoProvider.set(webcrypto as never)

interface Issued {
  readonly certificate: string
  readonly key: string
  readonly keys: CryptoKeyPair
  readonly parsed: x509.X509Certificate
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
let serial = 1

async function issue(name: string, by: Issued | null): Promise<Issued> {
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair
  serial += 1
  const parsed = await x509.X509CertificateGenerator.create({
    serialNumber: serial.toString(16).padStart(4, '0'),
    subject: `CN=${name}`,
    issuer: by === null ? `CN=${name}` : by.parsed.subject,
    notBefore: new Date(Date.now() - 3_600_000),
    notAfter: new Date(Date.now() + 3_600_000),
    publicKey: keys.publicKey,
    signingKey: (by ?? { keys }).keys.privateKey,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(by === null),
      new x509.SubjectAlternativeNameExtension([
        { type: 'ip', value: '127.0.0.1' },
        { type: 'dns', value: 'localhost' },
      ]),
    ],
  })
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey))
  const key = `-----BEGIN PRIVATE KEY-----\n${der.toString('base64').replace(/(.{64})/g, '$1\n')}\n-----END PRIVATE KEY-----\n`
  return { certificate: parsed.toString('pem'), key, keys, parsed }
}

const folder = mkdtempSync(join(tmpdir(), 'jalon-certificates-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const kept = (name: string, content: string): string => {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

const authority = await issue('Autorité de test', null)
const stranger = await issue('Autorité étrangère', null)
const server = await issue('127.0.0.1', authority)
const ours = await issue('jalon-test', authority)
const forged = await issue('jalon-test', stranger)
const neighbour = await issue('another-service', authority)

const environment = (client: Issued, label: string): Record<string, string> => ({
  PSC_CLIENT_CERTIFICATE: kept(`${label}.pem`, client.certificate),
  PSC_CLIENT_KEY: kept(`${label}.key`, client.key),
  PSC_CA: kept('authority.pem', authority.certificate),
  PSC_CLIENT_SECRET: undefined as never,
})
const mutualTls = { key: server.key, certificate: server.certificate, authority: authority.certificate, clientSubject: 'CN=jalon-test' }
const [certified, withForged, withNeighbour] = [
  await loginWorld({ mutualTls, environment: environment(ours, 'ours') }),
  await loginWorld({ mutualTls, environment: environment(forged, 'forged') }),
  await loginWorld({ mutualTls, environment: environment(neighbour, 'neighbour') }),
]

const logIn = async (jalon: string): Promise<{ status: number; body: string }> => scriptBrowser().get(`${jalon}/login?login_hint=referent&returnTo=/who`)

test('in the « espace de confiance », Jalon calls Pro Santé Connect under its certificate, without any secret', async () => {
  expect(certified.psc.settings.PSC_TOKEN_URL).toMatch(/^https:/)
  expect(JSON.parse((await logIn(certified.jalon)).body)).toMatchObject({ displayName: 'Julie MARCHAL' })
})

test('a certificate of another authority opens nothing: the page says that Pro Santé Connect does not answer', async () => {
  const { status, body } = await logIn(withForged.jalon)
  expect(status).toBe(503)
  expect(body).toContain('Pro Santé Connect ne répond pas')
})

test('a certificate of the right authority, but of another service, opens nothing', async () => {
  expect((await logIn(withNeighbour.jalon)).status).toBe(403)
})

test('the back channel is served to nobody without a certificate', async () => {
  await expect(fetch(certified.psc.settings.PSC_TOKEN_URL, { method: 'POST' })).rejects.toThrow()
  expect((await fetch(`${certified.psc.url}/auth/realms/esante-wallet/protocol/openid-connect/token`, { method: 'POST' })).status).toBe(404)
})
