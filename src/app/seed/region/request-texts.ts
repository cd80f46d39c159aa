import type { Motive } from '../../../intake/contract/value-sets.ts'
import type { Population } from '../../../steering/contract/value-sets.ts'

/** What callers say, in their words, with the motives that follow from it; for whom it may be said. */
export interface RequestText {
  readonly text: string
  readonly motives: readonly Motive[]
  readonly population: Population
  readonly ages: readonly [number, number]
}

const ask = (text: string, motives: readonly Motive[], population: Population, ages: readonly [number, number] = [60, 110]): RequestText => ({
  text,
  motives,
  population,
  ages,
})
const anyAdult = [18, 110] as const
const child = [0, 17] as const

/** Sentences for a woman or a man as `said` reads them. */
export const requestTexts: readonly RequestText[] = [
  ask('Sort lundi de l’hôpital, vit au deuxième étage sans ascenseur. Plus d’infirmière le week-end.', ['hospital_discharge', 'find_nurse'], 'geriatrics'),
  ask('Chutes répétées, refuse toute aide à la maison. La famille est à 300 km.', ['falls', 'care_refusal', 'isolation'], 'geriatrics'),
  ask('[Son mari|Sa femme] est à bout et demande un relais quelques jours par mois.', ['caregiver'], 'geriatrics'),
  ask('Dossier APA sans réponse depuis quatre mois, ne peut plus payer l’aide à domicile.', ['rights', 'home_help', 'poverty'], 'geriatrics'),
  ask('Oublie ses médicaments, s’est perdu[e|] deux fois cette semaine.', ['cognitive', 'medication'], 'geriatrics'),
  ask('Perd du poids, ne mange plus depuis le décès de [son mari|sa femme].', ['nutrition', 'isolation', 'mental_health'], 'geriatrics'),
  ask('Cherche une place en hébergement temporaire pendant l’opération de sa fille.', ['caregiver', 'admission'], 'geriatrics'),
  ask('Mise sous protection à demander : retraits d’argent répétés par un proche.', ['legal_protection', 'abuse'], 'geriatrics'),
  ask('Ne sort plus de chez [elle|lui] depuis sa chute, l’escalier fait peur. Peu de visites.', ['falls', 'isolation', 'home_adaptation'], 'geriatrics'),
  ask('Trois passages aux urgences en un mois, personne ne sait qui prévenir.', ['avoid_hospital', 'coordination'], 'geriatrics'),
  ask('Portage de repas arrêté, frigo vide, la voisine s’inquiète.', ['home_help', 'nutrition'], 'geriatrics', [70, 110]),
  ask('Veut rester à domicile jusqu’au bout, relais avec l’hospitalisation à domicile à organiser.', ['palliative', 'coordination'], 'palliative', anyAdult),
  ask('Fin de vie à domicile, [son époux|son épouse] seul[|e] la nuit, douleurs mal soulagées.', ['palliative', 'caregiver', 'pain'], 'palliative', [45, 110]),
  ask('Équipe palliative demande qui peut passer le soir pour la pompe à morphine.', ['palliative', 'find_nurse'], 'palliative', anyAdult),
  ask('Plus de médecin traitant depuis un départ en retraite, renouvellement d’ordonnance impossible.', ['no_gp', 'medication'], 'chronic', anyAdult),
  ask(
    'Sclérose latérale, la ventilation s’installe, matériel et aides à coordonner.',
    ['chronic_disease', 'home_adaptation', 'coordination'],
    'chronic',
    [35, 80],
  ),
  ask('Ne parle pas français, diabète déséquilibré, ne comprend pas son traitement.', ['language', 'chronic_disease'], 'chronic', [30, 90]),
  ask('Insuffisance cardiaque, trois kilos de plus en dix jours, sel et eau jamais surveillés.', ['chronic_disease', 'avoid_hospital'], 'chronic', [55, 110]),
  ask('Cancer du poumon, chimiothérapie à 60 km, pas de transport le vendredi.', ['cancer', 'transport'], 'cancer', [35, 90]),
  ask('Retour après une opération lourde, pansements et sonde, vit seul[e|].', ['cancer', 'find_nurse', 'hospital_discharge'], 'cancer', [30, 90]),
  ask('Schizophrénie, a arrêté son traitement, mère de 82 ans dépassée.', ['mental_health', 'caregiver'], 'mental_health', [28, 62]),
  ask('Idées noires depuis la perte de son emploi, refuse d’aller au CMP.', ['mental_health', 'care_refusal'], 'mental_health', [18, 64]),
  ask('Alcool, sort de cure sans suivi, deux passages aux urgences en un mois.', ['addiction', 'avoid_hospital'], 'addiction', [20, 75]),
  ask('Traitement de substitution perdu après une sortie de prison, sans logement stable.', ['addiction', 'homelessness'], 'addiction', [20, 60]),
  ask('Retour à domicile après un AVC, fauteuil, douche inaccessible.', ['hospital_discharge', 'home_adaptation'], 'disability', [35, 90]),
  ask('Polyhandicap, les parents vieillissent et cherchent un relais à la maison.', ['disability', 'caregiver'], 'disability', [18, 60]),
  ask('Dossier MDPH bloqué depuis huit mois, plus d’auxiliaire de vie le matin.', ['disability', 'rights', 'home_help'], 'disability', anyAdult),
  ask('Logement très encombré, n’ouvre plus aux infirmiers, plaies aux pieds.', ['housing', 'care_refusal'], 'precarity', [40, 100]),
  ask('Le voisin s’inquiète : volets fermés, dettes d’énergie, ne sort plus.', ['isolation', 'poverty'], 'precarity', anyAdult),
  ask('Expulsion prévue au printemps, deux enfants, mère malade.', ['housing', 'poverty', 'chronic_disease'], 'precarity', [22, 60]),
  ask('Scolarité interrompue, bilan TND en attente depuis un an.', ['child', 'disability'], 'neurodevelopment', child),
  ask('École à mi-temps, crises à la maison, les parents ne savent plus vers qui se tourner.', ['child', 'mental_health'], 'neurodevelopment', [4, 17]),
  ask('Autisme, fin de prise en charge au CAMSP, rien derrière.', ['child', 'disability', 'coordination'], 'neurodevelopment', [3, 8]),
  ask('Épilepsie mal contrôlée, école et hôpital ne se parlent pas.', ['child', 'chronic_disease', 'coordination'], 'paediatrics', child),
  ask('Grand prématuré rentré à la maison, oxygène et trois suivis dans trois villes.', ['child', 'coordination'], 'paediatrics', [0, 4]),
]

/** Questions that never need a person or a file, with the answer given. */
export const informationTexts: readonly (readonly [string, readonly Motive[], string])[] = [
  ['Cherche la liste des accueils de jour ouverts le samedi.', ['advice'], 'Deux accueils de jour indiqués, adresses envoyées.'],
  ['Quelle équipe appeler pour un avis de soins palliatifs ?', ['palliative', 'advice'], 'Coordonnées de l’équipe mobile données.'],
  ['Coordonnées des kinésithérapeutes qui se déplacent.', ['find_physio', 'advice'], 'Trois cabinets du secteur indiqués.'],
  ['Comment demander une téléassistance ?', ['home_help', 'advice'], 'Démarche expliquée, dossier adressé par courrier.'],
  ['Qui contacter pour une demande MDPH urgente ?', ['rights', 'advice'], 'Procédure d’urgence expliquée, fiche envoyée.'],
  ['Existe-t-il un interprète pour une consultation en turc ?', ['language', 'advice'], 'Service d’interprétariat téléphonique indiqué.'],
  [
    'Quels services d’aide à domicile prennent encore des demandes sur la vallée ?',
    ['home_help', 'advice'],
    'Deux services avec des places, un avec une liste d’attente.',
  ],
  ['Une formation sur le refus de soins est-elle prévue cette année ?', ['advice'], 'Dates de la prochaine session envoyées.'],
]

/** What an answer says, by its code. */
export const answerTexts: Readonly<Record<string, readonly string[]>> = {
  B1: ['Renseignement donné, fiche envoyée.', 'Conseil donné au demandeur, qui peut agir seul.'],
  B2: [
    'Mis en relation avec l’équipe mobile de gériatrie.',
    'Coordonnées de trois cabinets infirmiers données, l’un a une place.',
    'Orienté vers la plateforme de répit.',
  ],
  B3: ['Relève de l’équipe APA : demande transmise.', 'Transmis au CCAS, qui rappelle le demandeur.'],
  B4: [
    'Cabinet infirmier trouvé, passages dès demain.',
    'Sortie préparée avec l’hôpital : lit, aides et ordonnances prêts.',
    'Place en hébergement temporaire trouvée pour trois semaines.',
  ],
  B5: ['Visite à domicile proposée pour une évaluation.'],
  B7: ['Vu en commission, accompagnement proposé et accepté.', 'Accompagnement ouvert, première visite fixée.'],
  B8: ['Accompagnement renforcé jusqu’au retour à l’équilibre.'],
  B9: ['Appui donné à l’équipe, outil transmis.'],
  B0: ['Sans suite, le demandeur est informé.'],
}
