import { expect, test } from 'vitest'
import { readLocalCardLine } from './local-card-line.ts'

test('a hospital social worker in one line', () => {
  expect(readLocalCardLine('Mme Roux, service social CH Remiremont, 03 53 01 44 12')).toEqual({
    kind: 'social_service',
    name: 'Mme Roux',
    role: 'service social',
    structureName: 'CH Remiremont',
    phone: '03 53 01 44 12',
    otherPhone: '',
    email: '',
  })
})

test('the structure may come after small words, and the courriel anywhere', () => {
  expect(readLocalCardLine('Nathalie Roussel, assistante sociale de l’hôpital de Remiremont 03.53.01.44.12 n.roussel@exemple.invalid')).toMatchObject({
    kind: 'social_service',
    name: 'Nathalie Roussel',
    role: 'assistante sociale',
    structureName: 'hôpital de Remiremont',
    phone: '03.53.01.44.12',
    email: 'n.roussel@exemple.invalid',
  })
})

test('a structure alone is its own name', () => {
  expect(readLocalCardLine('ADMR de la Haute Moselle, tél 03 53 01 20 20')).toMatchObject({
    kind: 'sad',
    name: 'ADMR de la Haute Moselle',
    role: '',
    structureName: '',
    phone: '03 53 01 20 20',
  })
  expect(readLocalCardLine('CCAS de Remiremont')).toMatchObject({ kind: 'ccas', name: 'CCAS de Remiremont' })
})

test('landlords, guardians and schools are told apart', () => {
  expect(readLocalCardLine('M. Thiriet, bailleur, Vosges Habitat').kind).toBe('landlord')
  expect(readLocalCardLine('Mme Colin, curatrice, UDAF 88, 03 53 01 00 01').kind).toBe('legal_guardian')
  expect(readLocalCardLine('Mme Vincent - infirmière scolaire - collège Charlemagne').kind).toBe('school')
})

test('the name is the part with a civility, wherever it stands', () => {
  expect(readLocalCardLine('service social, CH Remiremont, Mme Roux').name).toBe('Mme Roux')
})

test('two telephones are both kept; nothing typed gives an empty card', () => {
  expect(readLocalCardLine('Mme Roux, 03 53 01 44 12 / 06 39 98 01 02')).toMatchObject({ phone: '03 53 01 44 12', otherPhone: '06 39 98 01 02' })
  expect(readLocalCardLine('  ')).toMatchObject({ name: '', kind: 'other' })
})
