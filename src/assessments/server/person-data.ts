import type { PersonTable } from '../../platform/server/person-data.ts'
import { type Answer, type FormDefinition, itemsOf } from '../contract/form-definition.ts'
import { currentForm, formVersion } from '../contract/library.ts'
import { knowForms } from './regional-forms.ts'

type Row = Readonly<Record<string, unknown>>

/** The form under which the row was written, of Jalon or of the region, in its own version. */
const formOf = (row: Row): FormDefinition | undefined => formVersion(String(row.form_code), String(row.form_version)) ?? currentForm(String(row.form_code))

const titleRead = (value: unknown, row: Row): readonly string[] => [formOf(row)?.title ?? String(value)]

/** « Se lève seule : oui », for each question that was answered: the words of the form, never its codes. */
function answersRead(value: unknown, row: Row): readonly string[] {
  if (value === null || typeof value !== 'object') return []
  const form = formOf(row)
  const items = form === undefined ? [] : itemsOf(form)
  return Object.entries(value as Record<string, Answer>).flatMap(([code, answer]) => {
    if (answer === null || answer === '') return []
    const item = items.find((one) => one.code === code)
    const options = item !== undefined && (item.type === 'choice' || item.type === 'multiple') ? item.options : []
    const word = (given: unknown): string =>
      typeof given === 'boolean' ? (given ? 'oui' : 'non') : (options.find((option) => option.code === given)?.label ?? String(given))
    return [`${item?.label ?? code}\u00a0: ${Array.isArray(answer) ? answer.map(word).join(', ') : word(answer)}`]
  })
}

/** What was noted beside the answers. */
function observationsRead(value: unknown): readonly string[] {
  if (value === null || typeof value !== 'object') return []
  return Object.values(value as Record<string, unknown>).flatMap((one) => {
    if (typeof one === 'string') return [one]
    return one !== null && typeof one === 'object' ? Object.values(one).filter((part): part is string => typeof part === 'string' && part !== '') : []
  })
}

const readingsRead = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map((one: { label?: string }) => String(one.label ?? '')) : [])

/** What evaluations hold about someone. */
export const assessmentsPersonData: readonly PersonTable[] = [
  {
    table: 'assessments.assessment',
    title: 'Évaluations',
    hers: 'person_id',
    prepare: knowForms,
    dataClass: 'accompaniment',
    order: 'performed_on',
    lastSign: 'performed_on',
    given: {
      performed_on: 'Le',
      form_code: { label: 'Formulaire', read: titleRead },
      state: { label: 'État', words: { draft: 'en cours', finished: 'terminée', replaced: 'remplacée', discarded: 'écartée' } },
      author_kind: { label: 'Faite par', words: { self: 'le professionnel connecté', colleague: 'un collègue', partner: 'un partenaire' } },
      author_name: 'Nom',
      author_role: 'Fonction',
      correction_reason: 'Raison de la correction',
      incomplete_reason: 'Incomplète parce que',
      finished_at: 'Terminée le',
    },
    keptBack: { form_version: 'version du formulaire', form_kind: 'sorte de formulaire, dite par son titre', part_of: 'numéro d’une autre évaluation' },
  },
  {
    table: 'assessments.section_answers',
    title: 'Réponses aux évaluations',
    hers: 'person_id',
    along: {
      form_code: '(select a.form_code from assessments.assessment a where a.id = t.assessment_id)',
      form_version: '(select a.form_version from assessments.assessment a where a.id = t.assessment_id)',
    },
    prepare: knowForms,
    dataClass: 'accompaniment',
    order: 'saved_at',
    given: {
      answers: { label: 'Réponses', read: answersRead },
      observations: { label: 'Observations', read: observationsRead },
    },
    keptBack: { section: 'code de la partie du formulaire', complete: 'état de la saisie', closed: 'état de la saisie' },
  },
  {
    table: 'assessments.result',
    title: 'Résultats des évaluations',
    hers: 'person_id',
    dataClass: 'accompaniment',
    order: 'performed_on',
    given: {
      performed_on: 'Le',
      form_code: { label: 'Formulaire', read: titleRead },
      printed: 'Résultat',
      score: 'Score',
      max_score: 'Sur',
      label: 'Lecture',
      readings: { label: 'Autres lectures', read: readingsRead },
      age: 'Âge ce jour-là',
      superseded: { label: 'Remplacé depuis', words: { true: 'oui', false: 'non' } },
    },
    keptBack: { form_version: 'version du formulaire', band: 'code de la lecture', severity: 'ordre d’affichage', details: 'calcul intermédiaire' },
  },
  {
    table: 'assessments.opinion',
    title: 'Votre avis sur les évaluations',
    hers: 'person_id',
    dataClass: 'accompaniment',
    order: 'explained_on',
    given: {
      explained_on: 'Expliquée le',
      given_by: { label: 'Avis de', list: 'persons.right_exercised_by' },
      given_by_name: 'Nom',
      agrees: { label: 'Avis', words: { agrees: 'd’accord', partly: 'en partie', disagrees: 'pas d’accord', unable: 'n’a pas pu se prononcer' } },
      words: 'En ses mots',
      recorded_by_name: 'Noté par',
    },
  },
]
