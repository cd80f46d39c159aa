import { defineErrorTexts } from '../../platform/contract/errors.ts'
import { french } from '../../platform/contract/typography.ts'

const texts: Readonly<Record<string, string>> = {
  'assessments.form_unknown': 'Ce formulaire n’existe pas, ou plus, dans cette installation.',
  'assessments.begun_already':
    'Un collègue a commencé la même évaluation ce jour-là. Rien n’est perdu : versez vos réponses dans la sienne, ou gardez les deux.',
  'assessments.section_unknown': 'Cette rubrique n’est pas dans le formulaire.',
  'assessments.in_the_future': 'Une évaluation ne peut pas être datée de demain.',
  'assessments.before_birth': 'Ce jour précède la naissance.',
  'assessments.author_missing': 'Nommez la personne qui a fait l’évaluation.',
  'assessments.not_a_draft': 'Cette évaluation est terminée. Pour la corriger, ouvrez une nouvelle version : l’ancienne reste lisible.',
  'assessments.not_finished': 'Cette évaluation n’est pas terminée.',
  'assessments.already_corrected': 'Une correction de cette évaluation existe déjà, en cours ou terminée.',
  'assessments.incomplete': 'Des réponses manquent. Complétez-les, ou dites pourquoi elles ne peuvent pas être recueillies.',
  'assessments.empty': 'Rien n’a encore été répondu.',
  'assessments.modality_contradicts': 'Un adverbe n’est pas rempli : l’activité ne peut pas être cotée A.',
  'assessments.person_deceased': 'Le décès de cette personne est enregistré : aucune évaluation ne peut commencer.',
  'assessments.not_part': 'Cette grille ne fait pas partie de l’évaluation.',
  'assessments.form_faulty': 'Ce formulaire comporte des fautes : rien n’est publié. Corrigez le fichier et chargez-le à nouveau.',
}

export const assessmentsErrors = defineErrorTexts(Object.fromEntries(Object.entries(texts).map(([code, text]) => [code, () => french(text)])))
