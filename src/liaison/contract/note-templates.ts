import type { ProfessionalCategory } from '../../platform/contract/actor.ts'
import { french } from '../../platform/contract/typography.ts'
import type { NoteType } from './value-sets.ts'

/** A frame that spares thinking of what to say: headings to fill, in the words of a trade. Emptied headings stay out of the note. */
export interface NoteTemplate {
  readonly code: string
  readonly label: string
  readonly type: NoteType
  /** Categories of R.1110-2 whose work it is. */
  readonly categories: readonly ProfessionalCategory[]
  readonly headings: readonly string[]
}

function template(code: string, label: string, type: NoteType, categories: readonly ProfessionalCategory[], headings: readonly string[]): NoteTemplate {
  return { code, label: french(label), type, categories, headings: headings.map(french) }
}

/** Starter templates, a professional proposal. */
export const noteTemplates: readonly NoteTemplate[] = [
  template('nurse_visit', 'Passage de soins', 'intervention', ['health'], ['Soins faits', 'État général', 'Peau, plaie', 'Traitement pris', 'À surveiller']),
  template('therapist', 'Rééducation', 'intervention', ['health'], ['Séance', 'Marche, équilibre', 'Douleur', 'Exercices laissés', 'À surveiller']),
  template('doctor', 'Consultation', 'intervention', ['health'], ['Motif', 'Examen', 'Changements de traitement', 'Consignes', 'Prochaine consultation']),
  template('pharmacist', 'Délivrance', 'observation', ['health'], ['Délivré', 'Observance', 'Problème repéré', 'Demande au prescripteur']),
  template('home_visit', 'Visite à domicile', 'observation', ['coordination'], ['Ce qu’elle dit', 'Ce que j’ai vu', 'Logement', 'Aidants', 'Suite convenue']),
  template('call', 'Appel', 'intervention', ['coordination', 'social', 'health'], ['Avec qui', 'Ce qui s’est dit', 'Suite']),
  template(
    'social',
    'Point social',
    'observation',
    ['social', 'coordination'],
    ['Droits et dossiers', 'Ressources', 'Logement', 'Entourage', 'Démarches à faire'],
  ),
  template('guardian', 'Mesure de protection', 'observation', ['legal_protection'], ['Actes faits', 'Accord demandé', 'Réponse attendue de']),
  template(
    'back_home',
    'Retour à domicile',
    'instruction',
    ['health', 'coordination'],
    ['Date et heure', 'Ordonnances', 'Matériel', 'Premier passage', 'Qui appeler'],
  ),
]

export function templatesFor(category: ProfessionalCategory): readonly NoteTemplate[] {
  return noteTemplates.filter((one) => one.categories.includes(category))
}

/** The frame to fill. */
export function templateBody({ headings }: NoteTemplate): string {
  return headings.map((heading) => `${heading}\u00a0: `).join('\n')
}

/** What is kept of a filled frame: headings that nobody filled go. Text without frame stays as it is. */
export function withoutEmptyHeadings(body: string): string {
  const frame = new Set(noteTemplates.flatMap(({ headings }) => headings.map((heading) => `${heading}\u00a0:`)))
  return body
    .split('\n')
    .filter((line) => !frame.has(line.trim()))
    .join('\n')
}
