import { expect, test } from 'vitest'
import { newId } from '../../../platform/contract/ids.ts'
import { pdfText } from '../../../platform/testing/pdf-text.ts'
import type { PlanAction, PlanContent, PlanProblem } from '../../contract/plan.ts'
import { contentForCopy } from '../../contract/recipients.ts'
import { type PlanDocument, writePlanDocument } from './plan-document.ts'

const action = (title: string, more: Partial<PlanAction> = {}): PlanAction => ({
  id: newId(),
  code: null,
  title,
  details: null,
  actor: { kind: 'professional', partyId: null, name: 'Hugo Arnould', role: 'kiné' },
  dueOn: '2026-12-15',
  dueKind: 'until',
  dueWords: 'mar. et jeu.',
  status: 'in_progress',
  statusOn: null,
  statusWords: null,
  answer: null,
  answerOn: null,
  answerMode: null,
  answerWords: null,
  answerNotedBy: null,
  position: 1,
  version: 1,
  ...more,
})
const problem = (title: string, volet: PlanProblem['volet'], objective: string, actions: readonly PlanAction[]): PlanProblem => ({
  id: newId(),
  code: null,
  title,
  details: null,
  volet,
  position: 1,
  version: 1,
  objectives: [
    {
      id: newId(),
      code: null,
      title: objective,
      details: null,
      status: 'in_progress',
      statusReason: null,
      statusWords: null,
      statusOn: null,
      position: 1,
      version: 1,
      actions: [...actions],
    },
  ],
})
const content: PlanContent = {
  problems: [
    problem(
      'Chutes répétées',
      'health',
      'Se déplacer chez elle sans tomber',
      Array.from({ length: 40 }, (_, index) => action(`Équilibre et marche, séance ${index + 1}`)),
    ),
    problem('Aidante épuisée', 'social', 'Que Sylvie dorme chez elle 4 nuits', [
      action('Hébergement temporaire en novembre', { status: 'refused', dueOn: null, dueWords: null }),
    ]),
  ],
  statements: [
    {
      id: newId(),
      kind: 'wishes',
      words: '« Rester dans ma maison avec le chat, et que Sylvie se repose. »',
      saidOn: '2026-06-18',
      volet: 'social',
      version: 1,
      writtenByName: 'Julie Marchal',
    },
  ],
  criteria: [{ id: newId(), code: 'fall', words: 'Une chute', volet: 'social', reachedOn: null, reachedByName: null, reachedWords: null, version: 1 }],
}
const plan: PlanDocument = {
  person: 'PERRIN Odile, née Kempf',
  birthDay: '1941-03-12',
  number: 2,
  validatedOn: '2026-07-12',
  validatedBy: 'Julie Marchal',
  reviewOn: '2027-01-12',
  service: { name: 'DAC Hautes-Vallées', phone: '0353010000' },
  referent: 'Julie Marchal',
  givenTo: 'Mme Perrin',
  givenOn: '2026-10-15',
  volets: ['administrative', 'social', 'health'],
  content,
  ins: null,
  at: new Date('2026-10-15T08:00:00Z'),
  agreements: [
    {
      id: newId(),
      number: 2,
      party: 'gp',
      partyId: null,
      partyName: 'Dr Fritsch',
      state: 'no_answer',
      mode: 'phone',
      answeredOn: '2026-10-14',
      notedByName: 'Julie Marchal',
      words: 'mot du médecin',
    },
  ],
}
const write = (more: Partial<PlanDocument> = {}): Promise<Buffer> => writePlanDocument({ ...plan, ...more }, { compress: false })

test('the copy is a tagged document in French, its font inside', async () => {
  const bytes = (await write()).toString('latin1')
  expect(bytes.startsWith('%PDF-1.7')).toBe(true)
  expect(bytes).toContain('/Lang (fr-FR)')
  expect(bytes).toMatch(/\/MarkInfo/)
  expect(bytes).toContain('<pdfuaid:part>1</pdfuaid:part>')
  for (const tag of ['Document', 'H1', 'H2', 'H3', 'P', 'L', 'LI', 'Table', 'TR', 'TH', 'TD']) expect(bytes).toMatch(new RegExp(`/S /${tag}\\b`))
  expect(bytes).toMatch(/\/FontFile2 /)
  expect(bytes).not.toMatch(/BaseFont \/Helvetica/)
})

test('it says on each page who it is about, which version it is and to whom it was handed', async () => {
  const bytes = await write()
  const pages = (bytes.toString('latin1').match(/\/Type \/Page\b/g) ?? []).length
  const text = pdfText(bytes)
  expect(pages).toBeGreaterThan(1)
  expect(text.split('PERRIN Odile, née Kempf, 12/03/1941').length - 1).toBe(pages)
  expect(text.split('remis à Mme Perrin le 15/10/2026').length - 1).toBe(pages)
  expect(text).toContain(`page ${pages} sur ${pages}`)
})

test('it tells the whole plan: her words, who does what until when, what comes next, who agreed', async () => {
  const text = pdfText(await write()).replace(/\s+/g, ' ')
  for (const words of [
    'Rester dans ma maison avec le chat',
    'Chutes répétées',
    'Se déplacer chez elle sans tomber',
    'séance 40',
    'Hugo Arnould, kiné',
    'jusqu’au 15/12/2026',
    'Refusée par la',
    'Le 12/01/2027',
    'Une chute',
    'Dr Fritsch',
    'Sollicité sans réponse',
    '03 53 01 00 00',
  ])
    expect(text).toContain(words)
  expect(text).not.toContain('?')
})

test('a copy for a social actor holds nothing of the health volet, nor what was said with an agreement', async () => {
  const bytes = await write({
    volets: ['administrative', 'social'],
    givenTo: 'Inès Caron, CCAS',
    content: contentForCopy(content, ['administrative', 'social']),
  })
  const text = pdfText(bytes)
  expect(text).toContain('Aidante épuisée')
  expect(`${text}${bytes.toString('latin1')}`).not.toMatch(/Chutes|Se déplacer|Équilibre|Santé|mot du médecin/)
})

test('what is not validated says so', async () => {
  expect(pdfText(await write({ number: null }))).toContain('Projet, non validé')
})

test('a qualified INS stands on the copy with its DataMatrix; without one, neither matricule nor symbol', async () => {
  const ins = {
    matricule: '241038846804527',
    oid: '1.2.250.1.213.1.4.10' as const,
    birthName: 'Kempf',
    birthGivenNames: ['Odile'],
    sex: 'F' as const,
    birthDate: '1941-03-12' as never,
    birthPlaceCode: '88468',
  }
  const [with_, without] = [await write({ ins }), await write()]
  expect(with_.toString('latin1')).toMatch(/\/S \/Figure\b/)
  expect(without.toString('latin1')).not.toMatch(/\/S \/Figure\b/)
  expect(pdfText(with_).replaceAll(/\s/g, '')).toContain('241038846804527')
  expect(pdfText(without).replaceAll(/\s/g, '')).not.toContain('241038846804527')
})
