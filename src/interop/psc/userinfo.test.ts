import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { type PscIdentity, parsePscUserinfo } from './userinfo.ts'

const activity = {
  codeModeExercice: 'S',
  codeSecteurDactivite: 'SA57',
  codeRole: '',
  numeroSiretSite: '99999011200016',
  numeroFinessSite: '889990032',
  numeroFinessetablissementJuridique: '889990065',
  identifiantTechniqueDeLaStructure: 'F889990032',
  raisonSocialeSite: 'DAC HAUTES-VALLEES',
  bureauCedex: '88204 REMIREMONT CEDEX 2',
  codePostal: '88204',
  codeCommune: '',
}
const exercice = {
  codeProfession: '60',
  codeCategorieProfessionnelle: 'C',
  nomDexercice: 'MARCHAL',
  prenomDexercice: 'JULIE',
  codeTypeSavoirFaire: '',
  codeSavoirFaire: '',
  activities: [activity],
}
const claims = {
  sub: 'f:550dc1c8:819990002149',
  SubjectNameID: '819990002149',
  family_name: 'MARCHAL',
  given_name: 'JULIE',
  SubjectOrganizationID: 'F889990032',
  otherIds: [{ identifiant: '819990002149', origine: 'RPPS', qualite: 1 }],
  SubjectRefPro: { codeCivilite: 'MME', exercices: [exercice] },
}

function read(json: unknown): PscIdentity {
  const parsed = parsePscUserinfo(json)
  if (!parsed.ok) throw new Error(parsed.fault)
  return parsed.identity
}

const withExercices = (exercices: unknown): unknown => ({ ...claims, SubjectRefPro: { codeCivilite: 'MME', exercices } })
const withActivity = (change: Record<string, unknown>, own: Record<string, unknown> = {}): unknown =>
  withExercices([{ ...exercice, ...own, activities: [{ ...activity, ...change }] }])

test('a salaried nurse has one situation, with the FINESS of the place and of its legal person', () => {
  const identity = read(claims)
  expect(identity).toMatchObject({ nationalId: '819990002149', rpps: '19990002149', familyName: 'MARCHAL', givenName: 'JULIE', civility: 'MME' })
  expect(identity.situations).toEqual([
    {
      professionCode: '60',
      roleCode: null,
      professionalStatus: 'C',
      specialtyCodes: [],
      sectorCode: 'SA57',
      activityGenre: null,
      mode: 'S',
      suggested: true,
      structure: {
        finess: '889990032',
        finessLegal: '889990065',
        siret: '99999011200016',
        siren: '999990112',
        technicalId: 'F889990032',
        name: 'DAC HAUTES-VALLEES',
        postalCode: '88204',
        city: 'REMIREMONT',
        communeCode: null,
      },
    },
  ])
})

test('keys are read whatever their capitals', () => {
  const otherwise = JSON.parse(
    JSON.stringify(claims)
      .replaceAll('numeroFinessetablissementJuridique', 'numeroFinessEtablissementJuridique')
      .replaceAll('codeSecteurDactivite', 'codeSecteurDActivite'),
  )
  expect(read(otherwise)).toEqual(read(claims))
})

test('empty, null and absent are the same', () => {
  const { raisonSocialeSite: _name, ...absent } = activity
  for (const empty of [{ ...absent }, { ...absent, raisonSocialeSite: '' }, { ...absent, raisonSocialeSite: null }, { ...absent, raisonSocialeSite: '  ' }]) {
    expect(read(withExercices([{ ...exercice, activities: [empty] }])).situations[0]?.structure.name).toBe('')
  }
})

test('a code may be a number, and a list of one may come without its list', () => {
  expect(read({ ...claims, SubjectRefPro: { exercices: { ...exercice, codeProfession: 60, activities: activity } } }).situations[0]?.professionCode).toBe('60')
})

test('the genre of activity is read on the activity, else on the exercice', () => {
  expect(read(withActivity({ codeGenreActivite: 'GENR08' }, { codeGenreActivite: 'GENR01' })).situations[0]?.activityGenre).toBe('GENR08')
  expect(read(withActivity({}, { codeGenreActivite: 'GENR01' })).situations[0]?.activityGenre).toBe('GENR01')
})

test('an actor of the RPPS+ has a role and no profession', () => {
  expect(read(withActivity({ codeRole: '330' }, { codeProfession: '' })).situations[0]).toMatchObject({ professionCode: null, roleCode: '330' })
})

test('the same place told once per savoir-faire is one situation with several specialties', () => {
  const identity = read(
    withExercices([
      { ...exercice, codeProfession: '10', codeSavoirFaire: 'SM26' },
      { ...exercice, codeProfession: '10', codeSavoirFaire: 'SM18' },
      { ...exercice, codeProfession: '10', codeSavoirFaire: 'SM26' },
    ]),
  )
  expect(identity.situations).toHaveLength(1)
  expect(identity.situations[0]?.specialtyCodes).toEqual(['SM26', 'SM18'])
})

test('two professions at one place are two situations', () => {
  expect(read(withExercices([exercice, { ...exercice, codeProfession: '50' }])).situations).toHaveLength(2)
})

test('a locum who works for herself needs no structure; an employee does', () => {
  const nowhere = { identifiantTechniqueDeLaStructure: '', numeroFinessSite: '', numeroSiretSite: '', raisonSocialeSite: '' }
  expect(read(withActivity({ ...nowhere, codeModeExercice: 'L' })).situations[0]?.structure).toMatchObject({ technicalId: null, name: '' })
  expect(parsePscUserinfo(withActivity(nowhere))).toEqual({ ok: false, fault: 'no_situation' })
})

test('the RPPS number is found behind its prefix, bare, or among the other identifiers', () => {
  expect(read({ ...claims, SubjectNameID: '088000011', otherIds: [{ identifiant: '19990002149', origine: 'RPPS' }] }).rpps).toBe('19990002149')
  expect(read({ ...claims, SubjectNameID: '3889990032/12', otherIds: [{ identifiant: '899700366240', origine: 'EDIT' }] }).rpps).toBeNull()
})

test.each([
  ['no exercice', withExercices([])],
  ['exercices absent', { ...claims, SubjectRefPro: { codeCivilite: 'M' } }],
  ['SubjectRefPro absent', { ...claims, SubjectRefPro: undefined }],
  ['SubjectRefPro null', { ...claims, SubjectRefPro: null }],
  ['an exercice without activity', withExercices([{ ...exercice, activities: [] }])],
  ['neither profession nor role', withActivity({}, { codeProfession: '' })],
] as const)('%s: nothing to work in', (_what, json) => {
  expect(parsePscUserinfo(json)).toEqual({ ok: false, fault: 'no_situation' })
})

test.each([
  ['absent', undefined],
  ['empty', ''],
  ['a word', 'DUPONT'],
  ['an unknown type of identifier', '799700366240'],
  ['much too long', `8${'1'.repeat(80)}`],
] as const)('national identifier %s: refused', (_what, SubjectNameID) => {
  expect(parsePscUserinfo({ ...claims, SubjectNameID })).toEqual({ ok: false, fault: 'no_national_id' })
})

test.each([
  [null],
  ['text'],
  [[]],
  [{ ...claims, otherIds: 'x' }],
  [withExercices('x')],
  [withExercices(Array.from({ length: 500 }, () => exercice))],
] as const)('what has not the shape is unreadable (%#)', (json) => {
  const parsed = parsePscUserinfo(json)
  expect(parsed.ok).toBe(false)
})

const official = fileURLToPath(new URL('../../../../shared/data/ans/psc/userinfo-generate-VIHF-1.json', import.meta.url))
test.skipIf(!existsSync(official))('the userinfo published by the ANS: two exercices told alike, two places (skipped where ../shared is absent)', () => {
  const identity = read(JSON.parse(readFileSync(official, 'utf8')))
  expect(identity).toMatchObject({ nationalId: '899700366240', rpps: '99700366240', familyName: 'DOC0036624', givenName: 'KIT', civility: 'M' })
  expect(identity.situations).toMatchObject([
    {
      professionCode: '10',
      specialtyCodes: ['SM26'],
      sectorCode: 'SA07',
      mode: 'L',
      suggested: true,
      structure: { technicalId: 'R95141', finess: null, siret: null, name: 'CABINET M DOC0036624', city: 'PARIS', postalCode: '75009' },
    },
    {
      sectorCode: 'SA01',
      mode: 'S',
      suggested: false,
      structure: { technicalId: 'F0B0172805', finess: '0B0172805', finessLegal: '1B0062023', name: 'HOPITAL GENERIQUE  FIN VARI', city: 'PARIS' },
    },
  ])
  expect(identity.situations).toHaveLength(2)
})
