import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { openInsi } from '../../src/interop/insi/server/insi-client.ts'
import { type InsiEnvironment, insiSettings } from '../../src/interop/insi/server/settings.ts'
import { readSearchAnswer, readVerificationAnswer } from '../../src/interop/insi/server/soap-messages.ts'
import { type InsIdentity, type InsiPort, searchIns } from '../../src/persons/contract/insi.ts'
import { readSettings, SettingsError } from '../../src/platform/server/settings.ts'
import { issue } from './certificates.ts'
import { type InsiBehaviour, startInsiSimulator } from './main.ts'
import { resultMessage } from './messages.ts'

const odile: InsIdentity = {
  matricule: '241038846804527',
  oid: '1.2.250.1.213.1.4.10',
  birthName: "D'ORNANO-KEMPF",
  birthGivenNames: ['ODILE', 'MARIE-THERESE'],
  sex: 'F',
  birthDate: '1941-03-12' as never,
  birthPlaceCode: '88468',
}
const folder = mkdtempSync(join(tmpdir(), 'jalon-insi-'))
const insi = await startInsiSimulator({ port: 0, folder, people: [odile], invent: false })
afterAll(async () => {
  await insi.stop()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => insi.behave('honest'))

const port = (changes: Partial<InsiEnvironment> = {}): InsiPort => {
  const settings = insiSettings({ ...insi.settings, INSI_TIMEOUT_SECONDS: 1, ...changes })
  if (settings === null) throw new Error('not connected')
  return openInsi(settings, '0.1.0')
}
const search = (behaviour: InsiBehaviour) => {
  insi.behave(behaviour)
  return searchIns(port(), { ...odile, birthName: 'd’Ornano-Kempf', birthGivenNames: ['Odile', 'Marie-Thérèse'] })
}

describe('the teleservice INSi, over SOAP and mutual TLS', () => {
  it('finds somebody by her traits, whatever the accents and the apostrophe', async () => {
    expect(await search('honest')).toEqual({ answer: { outcome: 'ok', code: '00', identity: odile }, calls: 1 })
    expect(insi.asked.at(-1)).toMatchObject({ operation: 'search', birthName: "D'ORNANO-KEMPF", givenNames: ['ODILE'], birthPlaceCode: null })
  })

  it('asks again with all given names, then with the birthplace, while several answer', async () => {
    expect(await search('several_then_found')).toEqual({ answer: { outcome: 'ok', code: '00', identity: odile }, calls: 3 })
    expect(await search('several')).toEqual({ answer: { outcome: 'ok', code: '02' }, calls: 3 })
    expect(await search('none')).toEqual({ answer: { outcome: 'ok', code: '01' }, calls: 1 })
  })

  it('confirms a matricule with its traits, and denies it with others', async () => {
    expect(await port().verify(odile)).toEqual({ outcome: 'ok', confirmed: true })
    expect(await port().verify({ ...odile, birthGivenNames: ['ODILE'] })).toEqual({ outcome: 'ok', confirmed: false })
    expect(await port().verify({ ...odile, matricule: '241038846804624' })).toEqual({ outcome: 'ok', confirmed: false })
  })

  it.each([
    ['down', { outcome: 'unreachable', code: 'down' }],
    ['slow', { outcome: 'unreachable', code: 'timeout' }],
    ['garbage', { outcome: 'unreachable', code: 'answer_unreadable' }],
    ['truncated', { outcome: 'unreachable', code: 'answer_unreadable' }],
    ['huge', { outcome: 'unreachable', code: 'answer_unreadable' }],
    ['fault', { outcome: 'unreachable', code: 'down' }],
    ['unauthorised', { outcome: 'refused', code: 'not_authorised' }],
  ] as const)('%s: says so, and throws nothing', async (behaviour, expected) => {
    expect((await search(behaviour)).answer).toEqual(expected)
  })

  it('answers nobody without a certificate of its authority, and Jalon believes no other server', async () => {
    const stranger = await issue('Autorité étrangère', null)
    const forged = await issue('jalon-demonstration', stranger)
    const settings = insiSettings({ ...insi.settings, INSI_TIMEOUT_SECONDS: 2 })
    if (settings === null) throw new Error('not connected')
    for (const one of [{ certificate: forged.certificate, key: forged.key }, { authorities: stranger.certificate }]) {
      const answer = await openInsi({ ...settings, ...one }, '0.1.0').verify(odile)
      expect(answer.outcome).not.toBe('ok')
    }
  })

  it('no document type is read, nor a production matricule guessed from a strange answer', () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>${resultMessage('00', 'OK', odile).slice(39)}`
    expect(readSearchAnswer(bomb)).toMatchObject({ outcome: 'unreachable', code: 'answer_unreadable' })
    expect(readSearchAnswer(resultMessage('00', 'OK', { ...odile, oid: '1.2.250.1.213.1.4.13' as never }))).toMatchObject({ code: 'answer_unreadable' })
    expect(readSearchAnswer(resultMessage('00', 'OK', { ...odile, birthDate: '1941-00-00' as never }))).toMatchObject({ code: 'answer_unreadable' })
    expect(readSearchAnswer(resultMessage('00', 'OK', null))).toMatchObject({ code: 'answer_unreadable' })
    expect(readSearchAnswer(resultMessage('42', 'Autre', null))).toMatchObject({ code: 'answer_unreadable' })
    expect(readVerificationAnswer(resultMessage('00', 'PEUT-ETRE', null))).toMatchObject({ code: 'answer_unreadable' })
  })

  it('without its certificate the start is refused, and in production the stand-in too', () => {
    const base = {
      PUBLIC_URL: 'https://jalon.exemple.fr',
      DATABASE_URL: 'postgres://a/b',
      DATABASE_OWNER_URL: 'postgres://a/b',
      PSC_CLIENT_ID: 'a',
      PSC_CLIENT_SECRET: 'b',
      AUDIT_KEY_FILE: 'k',
    }
    const psc = Object.fromEntries(
      ['ISSUER', 'AUTHORIZE_URL', 'TOKEN_URL', 'USERINFO_URL', 'JWKS_URL', 'LOGOUT_URL'].map((one) => [`PSC_${one}`, 'https://psc.exemple.fr']),
    )
    expect(() => readSettings({ ...base, ...psc, INSI_URL: insi.url })).toThrow(SettingsError)
    expect(() => readSettings({ ...base, ...psc, ...insi.settings })).toThrow(/INSI_URL pointe vers une doublure/)
    expect(readSettings({ ...base, ...psc, ...insi.settings, JALON_MODE: 'demo' }).INSI_URL).toBe(insi.url)
  })
})
