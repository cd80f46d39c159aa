import { defineErrorTexts, type ErrorTexts } from '../../platform/contract/errors.ts'
import { french } from '../../platform/contract/typography.ts'

const texts: Readonly<Record<string, string>> = {
  'episodes.already_open': 'Cette personne a déjà un accompagnement en cours dans votre DAC. Ouvrez son dossier.',
  'episodes.person_deceased': 'Le décès de cette personne est enregistré : aucun accompagnement ne peut s’ouvrir ou se poursuivre.',
  'episodes.person_opposed': 'La personne s’oppose à l’intervention du DAC ou à son dossier : aucun accompagnement ne peut s’ouvrir.',
  'episodes.not_a_referent':
    'Cette personne de l’équipe ne peut pas suivre d’accompagnement aujourd’hui : elle n’est pas référente, médecin ou responsable dans votre DAC.',
  'episodes.same_referent_and_binome': 'Le référent et son binôme doivent être deux personnes.',
  'episodes.already_referent': 'Elle est déjà référente de cet accompagnement.',
  'episodes.closed': 'Cet accompagnement est clos. Rouvrez-le d’abord.',
  'episodes.not_closed': 'Cet accompagnement n’est pas clos.',
  'episodes.not_dormant': 'Cet accompagnement n’est pas en veille.',
  'episodes.wake_up_in_the_past': 'La date de réveil doit être à venir.',
  'episodes.relay_missing': 'Nommez le partenaire qui prend le relais.',
  'episodes.handover_in_the_past': 'La fin du passage de relais ne peut pas être passée.',
  'episodes.nothing_to_reassign': 'Aucun accompagnement en cours à confier.',
  'episodes.not_a_colleague': 'Cette personne ne travaille pas dans votre service aujourd’hui.',
  'episodes.task_ended': 'Cette tâche est déjà faite ou annulée.',
  'episodes.task_without_day': 'Donnez un jour avant de donner une heure.',
  'episodes.task_health_outside':
    'Cette tâche relève du volet santé : elle ne part pas par courrier à quelqu’un qui n’a pas de fiche. Confiez-la dans le cercle.',
  'episodes.task_not_outside': 'Cette tâche n’est confiée à personne en dehors de Jalon : il n’y a pas de courrier à faire.',
  'episodes.practice_of_region': 'La région publie une règle, elle n’en suit pas une autre.',
  'episodes.sequence_running': 'Une séquence critique de ce type est déjà en cours.',
  'episodes.sequence_ended': 'Cette séquence critique est déjà terminée.',
  'episodes.sequence_not_proposed': 'Cette proposition a déjà reçu sa réponse.',
  'episodes.sequence_still_proposed': 'Cette séquence est encore une proposition : acceptez-la d’abord.',
  'episodes.moment_has_open_lines': 'Des points de ce moment attendent encore une réponse. Ouvrez la séquence critique pour les cocher un par un.',
  'episodes.moment_unknown': 'Ce moment n’est pas dans la séquence.',
  'episodes.list_of_region_already': 'Votre service suit déjà la liste de la région.',
  'episodes.moment_twice': 'Deux moments portent le même nom. Votre saisie est gardée.',
  'episodes.rupture_type_missing': 'Dites de quelle rupture il s’agit.',
  'episodes.activity_in_the_future': 'Ce qui est fait ne peut pas être daté de demain.',
  'episodes.handover_answered': 'Cette proposition a déjà reçu sa réponse, ou a été retirée.',
  'episodes.handover_outdated': 'Cette situation a changé de référent depuis la proposition : elle ne vaut plus.',
  'episodes.problem_twice': 'La même problématique est choisie deux fois.',
}

export const episodesErrors: ErrorTexts = defineErrorTexts(Object.fromEntries(Object.entries(texts).map(([code, text]) => [code, () => french(text)])))
