import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AdtOptions, adtMessage, type Patient } from '../../../simulators/hospital/messages.ts'
import { receiveMessage } from '../../hospital-events/contract/receive.ts'
import { acknowledgement } from './acknowledge.ts'
import { readAdt } from './adt.ts'
import { decodeMessage } from './charset.ts'
import { readHl7 } from './hl7-message.ts'
import { instantOf } from './instants.ts'
import { framed, MllpFrames } from './mllp-frames.ts'

const patient: Patient = {
  birthName: 'KEMPF',
  usedName: 'PERRIN',
  givenNames: ['ODILE', 'MARIE', 'JEANNE'],
  birthDate: '1941-03-12',
  sex: 'F',
  birthPlaceCode: '88383',
  birthPlaceName: 'Remiremont',
  ipp: '000123',
  ins: { matricule: '241038838312345', oid: '1.2.250.1.213.1.4.10' },
  reliability: 'QUAL',
  phone: '0639981234',
}
const options: AdtOptions = {
  facility: 'CH REMIREMONT',
  controlId: 'M1',
  sentAt: new Date('2026-11-22T08:12:30Z'),
  patient,
  visitNumber: 'S42',
  movement: 'MV7',
  admittedAt: new Date('2026-11-22T07:50:00Z'),
  expectedOn: '2026-11-27',
}
const read = (bytes: Buffer) => {
  const message = readHl7(decodeMessage(bytes)?.text ?? '')
  return message === null ? null : readAdt(message, 'Europe/Paris')
}

describe('a message of a hospital', () => {
  it('gives the stay and the five traits, with the INS among several identifiers', () => {
    const told = read(adtMessage('A01', options))
    expect(told).toMatchObject({
      ok: true,
      facility: 'CH REMIREMONT',
      received: {
        controlId: 'M1',
        visitNumber: 'S42',
        identity: {
          birthName: 'KEMPF',
          usedName: 'PERRIN',
          givenNames: ['ODILE', 'MARIE', 'JEANNE'],
          birthDate: '1941-03-12',
          sex: 'F',
          birthPlaceCode: '88383',
          phones: ['0639981234'],
          ins: patient.ins,
          reliability: 'QUAL',
        },
        told: {
          act: 'admit',
          movement: 'MV7@1.2.250.1.99999.2',
          sentAt: '2026-11-22T08:12:30.000Z',
          kind: 'inpatient',
          admittedAt: '2026-11-22T07:50:00.000Z',
          expectedOn: '2026-11-27',
          deceased: false,
          historic: false,
        },
      },
    })
  })

  it('is read in the character set that it announces, and refused in one that is not known', () => {
    const accented = { ...options, patient: { ...patient, birthName: 'LEFÈVRE-MÜLLER' } }
    for (const charset of ['UNICODE UTF-8', '8859/1', ''] as const)
      expect(read(adtMessage('A01', { ...accented, charset }))).toMatchObject({ received: { identity: { birthName: 'LEFÈVRE-MÜLLER' } } })
    // Announced as nothing, written in Latin-1: the bytes are no UTF-8.
    const silent = Buffer.from(adtMessage('A01', { ...accented, charset: '' }).toString('utf8'), 'latin1')
    expect(read(silent)).toMatchObject({ received: { identity: { birthName: 'LEFÈVRE-MÜLLER' } } })
    expect(decodeMessage(Buffer.from(adtMessage('A01', options).toString().replace('UNICODE UTF-8', 'BIG-5')))).toBeNull()
    expect(
      decodeMessage(
        Buffer.from(
          adtMessage('A01', { ...accented, charset: '8859/1' })
            .toString('latin1')
            .replace('8859/1', 'UNICODE UTF-8'),
          'latin1',
        ),
      ),
    ).toBeNull()
  })

  it('keeps signs of the standard inside a name', () => {
    expect(read(adtMessage('A01', { ...options, patient: { ...patient, birthName: 'D|ARC & ^FILS\\' } }))).toMatchObject({
      received: { identity: { birthName: 'D|ARC & ^FILS\\' } },
    })
  })

  it('says what it lacks, and which events are not taken', () => {
    const text = adtMessage('A01', options).toString()
    const with_ = (from: string | RegExp, to: string) => read(Buffer.from(text.replace(from, to)))
    expect(with_('ADT^A01', 'ADT^A04')).toMatchObject({ ok: false, code: 'AR', error: '201' })
    expect(with_('ADT^A01', 'ORU^R01')).toMatchObject({ ok: false, code: 'AR', error: '200' })
    expect(with_('|M1|', '||')).toMatchObject({ ok: false, code: 'AE' })
    expect(with_(/S42[^|]*/, '')).toMatchObject({ ok: false, code: 'AE' })
    expect(with_(/KEMPF[^|]*/, '')).toMatchObject({ ok: false, code: 'AE' })
    expect(readHl7('Bonjour')).toBeNull()
  })

  it('reads instants with an offset, and by the clock of the installation without one', () => {
    expect(instantOf('20261122091230+0100', 'Europe/Paris')).toBe('2026-11-22T08:12:30.000Z')
    expect(instantOf('202611220912', 'Europe/Paris')).toBe('2026-11-22T08:12:00.000Z')
    expect(instantOf('202607220912', 'Europe/Paris')).toBe('2026-07-22T07:12:00.000Z')
    expect(instantOf('202607220912', 'Indian/Reunion')).toBe('2026-07-22T05:12:00.000Z')
    for (const none of ['20261122', '20261332091230', '', 'demain', '20260230101010']) expect(instantOf(none, 'Europe/Paris')).toBeNull()
  })

  it('never makes the reader fail, whatever it holds, and what is read fits the gate', () => {
    const text = adtMessage('A03', options).toString('latin1')
    const damaged = fc
      .array(
        fc.tuple(fc.nat(text.length), fc.nat(12), fc.constantFrom('', '|', '^', '~', '\\', '&', '\r', '\u0000', 'é', '|'.repeat(40), 'MSH|^~\\&|', '\u001c')),
      )
      .map((cuts) => cuts.reduce((kept, [at, length, put]) => kept.slice(0, at) + put + kept.slice(at + length), text))
    fc.assert(
      fc.property(
        fc.oneof(
          damaged,
          fc.string({ unit: 'binary', maxLength: 400 }),
          fc.string({ maxLength: 300 }).map((rest) => `MSH|^~\\&${rest}`),
        ),
        (content) => {
          const bytes = Buffer.from(content, 'latin1')
          const told = read(bytes)
          if (told?.ok === true) {
            const parsed = receiveMessage.input.safeParse({ ...told.received, digest: 'a'.repeat(64) })
            expect(parsed.error?.issues ?? []).toEqual([])
          }
          const answer = acknowledgement(readHl7(decodeMessage(bytes)?.text ?? ''), {
            code: 'AE',
            id: '1',
            at: new Date(0),
            error: { code: '100', words: 'x' },
            charset: '',
          })
          expect(answer.split('\r')[1]).toMatch(/^MSA\|AE\|/)
          expect(answer.split('\r').length).toBe(4)
        },
      ),
      { numRuns: 3000 },
    )
  })
})

describe('the frames of a conversation', () => {
  it('give back the same messages, however the bytes are cut', () => {
    const content = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 0x1c && byte !== 0x0b)))
    fc.assert(
      fc.property(fc.array(content, { maxLength: 8 }), fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 60 }), (messages, cuts) => {
        const bytes = Buffer.concat(messages.map(framed))
        const frames = new MllpFrames(1000)
        const got: Buffer[] = []
        for (let at = 0, n = 0; at < bytes.length; n += 1) {
          const size = cuts[n % cuts.length] as number
          const { messages: found, fault } = frames.push(bytes.subarray(at, at + size))
          expect(fault).toBeNull()
          got.push(...found)
          at += size
        }
        expect(got.map(String)).toEqual(messages.map(String))
        expect(frames.midway).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })

  it('end the conversation at a message too large, and at bytes that are no message', () => {
    expect(new MllpFrames(10).push(framed(Buffer.alloc(11, 65)))).toMatchObject({ messages: [], fault: 'too_large' })
    expect(new MllpFrames(10).push(framed(Buffer.alloc(10, 65))).messages.length).toBe(1)
    expect(new MllpFrames(10).push(Buffer.from('GET / HTTP/1.1\r\nHost: quelque-part.exemple\r\nUser-Agent: un balayeur\r\n\r\n')).fault).toBe('noise')
    expect(
      new MllpFrames(10).push(Buffer.concat([Buffer.from('\n'), framed(Buffer.from('a')), Buffer.from('\r\n'), framed(Buffer.from('b'))])).messages.length,
    ).toBe(2)
  })
})
