import type { SingleRole } from '../../../care-team/contract/roles.ts'
import type { NoteType } from '../../../liaison/contract/value-sets.ts'
import type { Volet } from '../../../platform/contract/actor.ts'

/** A note of the carnet, as its author would write it; sentences for a woman or a man. */
export interface NoteModel {
  readonly type: NoteType
  readonly volet: Volet
  readonly isPrivate: boolean
  /** Who writes it: a role of the circle; the DAC when none of them holds an account. */
  readonly by: SingleRole | 'dac'
  readonly title: string
  readonly body: string
  /** What the DAC or the circle may answer. */
  readonly reply?: string
}

const note = (by: NoteModel['by'], volet: Volet, type: NoteType, title: string, body: string, reply?: string): NoteModel => ({
  type,
  volet,
  isPrivate: false,
  by,
  title,
  body,
  ...(reply === undefined ? {} : { reply }),
})
const hidden = (volet: Volet, title: string, body: string): NoteModel => ({ type: 'general', volet, isPrivate: true, by: 'dac', title, body })

export const noteModels: readonly NoteModel[] = [
  note('nurse', 'health', 'intervention', 'Pansement refait', 'Plaie propre, bords rosés. Prochaine réfection après-demain.'),
  note(
    'nurse',
    'health',
    'observation',
    'Tension basse ce matin',
    'Tension 10/6 debout, se plaint de vertiges. A bu un grand verre d’eau, [assise|assis] un quart d’heure.',
    'Vu, je passe demain en fin de matinée.',
  ),
  note('nurse', 'health', 'observation', 'Rougeur à la jambe gauche', 'Rougeur chaude sur 4 cm, pas de fièvre. Je reprends la mesure à la prochaine visite.'),
  note('nurse', 'health', 'intervention', 'Pilulier préparé pour la semaine', 'Préparé avec [elle|lui]. Deux prises oubliées la semaine dernière.'),
  note('nurse', 'health', 'observation', 'Nuit agitée', 'S’est [levée|levé] quatre fois, désorient[ée|é] au réveil. Température normale.'),
  note('nurse', 'health', 'observation', 'Poids stable', 'Même poids que le mois dernier, mange deux repas par jour.'),
  note(
    'nurse',
    'health',
    'opinion_request',
    'Faut-il revoir le diurétique ?',
    'A pris 1,5 kg en une semaine, essoufflé[e|] à l’effort. Avis du médecin traitant demandé.',
    'Je passe jeudi. D’ici là, un comprimé de plus le matin.',
  ),
  note(
    'nurse',
    'social',
    'observation',
    'Réfrigérateur presque vide',
    'Plus de pain ni de lait. J’ai prévenu l’aide à domicile.',
    'Courses faites cet après-midi.',
  ),
  note('gp', 'health', 'intervention', 'Traitement allégé', 'Arrêt du somnifère, à surveiller quinze jours. Ordonnance faite pour un mois.'),
  note('gp', 'health', 'instruction', 'Lever en deux temps', 'Faire asseoir au bord du lit deux minutes avant le lever.'),
  note('gp', 'health', 'intervention', 'Vu[e|] en consultation', 'État général correct. Prise de sang demandée pour la semaine prochaine.'),
  note(
    'pharmacist',
    'health',
    'observation',
    'Deux ordonnances qui se recoupent',
    'Le même antalgique sous deux noms. Médecin prévenu.',
    'Merci, je supprime le second.',
  ),
  note('pharmacist', 'health', 'intervention', 'Livraison faite', 'Médicaments du mois livrés, pilulier expliqué à sa fille.'),
  note('physiotherapist', 'health', 'observation', 'Marche dans le couloir', 'Vingt mètres avec la canne, deux pauses. Moins peur qu’au début.'),
  note('physiotherapist', 'health', 'instruction', 'Chaussures fermées', 'Plus de pantoufles : elles glissent. Merci à tous d’y veiller.'),
  note('social_worker', 'social', 'intervention', 'Dossier APA envoyé', 'Complet, envoyé ce jour. Réponse attendue sous deux mois.'),
  note('social_worker', 'social', 'observation', 'Factures en retard', 'Deux factures d’énergie impayées, échéancier demandé.'),
  note('social_worker', 'administrative', 'general', 'Pièce reçue pour l’APA', 'Avis d’imposition reçu. Le dossier est complet.'),
  note('legal_representative_professional', 'administrative', 'general', 'Budget du portage accordé', 'Accord donné pour six mois.'),
  note(
    'dac',
    'social',
    'observation',
    'Sa fille demande une téléassistance',
    'Sa fille ne dort plus quand [sa mère|son père] est seul[e|]. Devis reçu, 24,90 € par mois.',
  ),
  note(
    'dac',
    'social',
    'general',
    'Hébergement temporaire possible',
    'Une place possible trois semaines, à confirmer avec la famille.',
    'La famille est d’accord, dates à fixer.',
  ),
  note('dac', 'social', 'observation', 'Moral meilleur', '[Contente|Content] de sa sortie au marché. Demande à y retourner la semaine prochaine.'),
  note('dac', 'administrative', 'general', 'Rendez-vous pris', 'Consultation au centre hospitalier, transport réservé.'),
  note('dac', 'administrative', 'general', 'Nouvelle carte Vitale', 'Carte mise à jour à la pharmacie.'),
  note('dac', 'social', 'instruction', 'Clés chez la voisine', 'Double des clés au numéro 14, sonner deux fois.'),
  note('dac', 'health', 'general', 'Retour de consultation', 'Compte rendu reçu : pas de changement de traitement, contrôle dans six mois.'),
  note('dac', 'social', 'intervention', 'Aide à domicile augmentée', 'Deux heures de plus par semaine à partir de lundi.'),
  note('dac', 'social', 'observation', 'Fatigue de l’aidant', 'Dit ne plus tenir le week-end. Relais à chercher.'),
  hidden('social', 'À vérifier avant la concertation', 'Le curateur n’a pas répondu. Ne pas en parler devant [elle|lui].'),
  hidden('health', 'Point d’équipe', 'Situation revue en équipe : proposer une nouvelle évaluation de l’autonomie.'),
  hidden('social', 'Tension dans la famille', 'Le fils et la fille ne sont pas d’accord sur l’entrée en établissement. Les voir séparément.'),
]

/** Notes that ask for somebody of the DAC now: [by, title, body]. */
export const urgentModels: readonly (readonly [NoteModel['by'], string, string])[] = [
  ['nurse', 'Chute dans la cuisine', '[Relevée|Relevé] avec le voisin, pas de plaie. Peur de se relever la nuit.'],
  ['nurse', 'Plus de médicaments depuis deux jours', 'L’ordonnance est périmée, le médecin est absent cette semaine.'],
  ['gp', 'Refuse l’hospitalisation', 'Essoufflement au repos, refuse d’être hospitalisé[e|]. À revoir avec la famille aujourd’hui.'],
  ['dac', 'Sa fille hospitalisée', 'Absente au moins huit jours : qui vient ce soir ?'],
  ['dac', 'Aide à domicile arrêtée', 'Le service ne peut plus passer à partir de demain.'],
  ['dac', 'N’ouvre plus depuis deux jours', 'Les voisins l’entendent, la porte reste fermée.'],
  ['dac', 'Sortie d’hôpital avancée', 'Prévue demain au lieu de lundi, rien n’est prêt.'],
]

/** What the circle wishes to keep of her wishes. */
export const wishes: readonly string[] = [
  'Rester dans ma maison avec le chat.',
  'Ne plus retourner à l’hôpital.',
  'Voir mes petits-enfants plus souvent.',
  'Que ma famille puisse se reposer.',
  'Pouvoir sortir au marché le samedi.',
  'Dormir sans avoir mal.',
  'Garder mon jardin.',
  'Qu’on me dise les choses avant de les faire.',
]
