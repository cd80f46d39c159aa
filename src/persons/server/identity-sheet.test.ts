import { expect, test } from 'vitest'
import type { InsIdentity } from '../contract/insi.ts'
import type { PersonIdentityData } from '../contract/queries.ts'
import { writeIdentitySheet } from './identity-sheet.ts'

const identity: PersonIdentityData = {
  personId: '',
  version: 1,
  birthName: 'Kempf',
  usedName: 'Perrin',
  birthGivenNames: ['Odile-Thérèse', 'Marie'],
  usedGivenName: null,
  birthDate: '1941-03-12',
  birthDateApproximate: false,
  sex: 'F',
  birthPlaceCode: '88468',
  birthPlaceName: 'Thaon-les-Vosges',
  communeCode: '88160',
  commune: 'Épinal',
  address: '3 rue de la Gare',
  addressHidden: false,
  callerInstruction: null,
  language: null,
  needsInterpreter: false,
  isMilitary: false,
  identityStatus: 'PROV',
  attributes: [],
  matricule: null,
  insRetrievedAt: null,
  insContestedAt: null,
  identityDocument: null,
  identityCheckedAt: null,
  identityCheckedBy: null,
  deceasedOn: null,
  deathRecordedAt: null,
  contacts: [],
}
const ins: InsIdentity = {
  matricule: '241038846804553',
  oid: '1.2.250.1.213.1.4.10',
  birthName: 'Kempf',
  birthGivenNames: ['Odile-Thérèse', 'Marie'],
  birthDate: '1941-03-12' as InsIdentity['birthDate'],
  sex: 'F',
  birthPlaceCode: '88468',
}
const sheet = (of: PersonIdentityData, hers: InsIdentity | null): Promise<Buffer> =>
  writeIdentitySheet(
    {
      identity: of,
      ins: hers,
      service: 'DAC Hautes-Vallées',
      printedBy: 'Julie Marchal',
      printedOn: '2026-10-15',
      at: new Date('2026-10-15T07:42:00Z'),
    },
    { compress: false },
  )

test('the sheet holds the DataMatrix of an identity that may leave, and none otherwise', async () => {
  const [without, qualified] = [await sheet(identity, null), await sheet({ ...identity, identityStatus: 'QUAL' }, ins)]
  expect(without.subarray(0, 8).toString()).toBe('%PDF-1.7')
  const figures = (pdf: Buffer): number => pdf.toString('latin1').split('/S /Figure').length - 1
  expect(figures(without)).toBe(0)
  expect(figures(qualified)).toBe(1)
})
