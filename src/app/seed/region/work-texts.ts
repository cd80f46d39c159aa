/** What is left to do in a file: [kind of task, title]. */
export const taskModels: readonly (readonly [string, string])[] = [
  ['call_relative', 'Rappeler sa fille'],
  ['call_professional', 'Relancer l’équipe APA du département'],
  ['send_document', 'Envoyer la fiche de liaison à l’hôpital'],
  ['ask_agreement', 'Demander l’accord du médecin traitant'],
  ['plan_visit', 'Visite à domicile'],
  ['follow_action', 'Vérifier la pose de la barre d’appui'],
  ['administrative_file', 'Compléter le dossier MDPH'],
  ['find_service', 'Chercher un passage infirmier le week-end'],
  ['call_professional', 'Rappeler le mandataire'],
  ['organise_meeting', 'Fixer la concertation avec le SAD et l’infirmier'],
  ['call_person', 'Prendre des nouvelles après la consultation'],
  ['follow_cpts', 'Relancer la CPTS'],
]

/** What was done, in words, by kind of activity; sentences for a woman or a man. */
export const activityWords = {
  call: [
    'Va mieux, mange à nouveau.',
    'Rappeler après la consultation.',
    'Aide à domicile en place trois fois par semaine.',
    'Attend le passage de l’infirmier, un peu [inquiète|inquiet].',
    'A reçu le courrier du département, le lira avec sa fille.',
    'Médecin vu hier, traitement allégé.',
    'N’a pas répondu, message laissé à la voisine.',
  ],
  home_visit: [
    'Vu[e|] à domicile : appartement rangé, marche avec une canne.',
    'Visite avec l’ergothérapeute : tapis enlevés, barre à poser dans la douche.',
    'Fatigué[e|], a maigri ; pèse 52 kg. Accepte le portage de repas.',
    'Longue discussion sur ce qu’[elle|il] veut : rester chez [elle|lui].',
    'Aidant présent, épuisé. Répit évoqué.',
  ],
  coordination: [
    'Point avec l’infirmier et le SAD : horaires accordés.',
    'Hôpital joint : sortie repoussée à lundi.',
    'Médecin traitant d’accord pour la conciliation des traitements.',
    'Mandataire joint : budget du portage accordé.',
  ],
  service_search: ['Trois SAD appelés : complets le week-end.', 'SSIAD : place possible dans quinze jours.', 'Deux cabinets de kiné appelés, un se déplace.'],
} as const
