import { french } from '../../platform/contract/typography.ts'
import type { ProcessingCode, ProcessingSheet } from './processing-sheet.ts'

/** R29: the professionals who use the treatment answer for it; the GRADeS is a processor or a joint controller, as its agreement says. */
const dac = { who: 'Le DAC, pour ce qu’il recueille et écrit', role: 'Responsable de traitement' }
const professionals = { who: 'Chaque professionnel du cercle, pour ce qu’il écrit et consulte', role: 'Responsable de traitement pour sa part (R29)' }
const grades = {
  who: 'Le GRADeS, qui met l’outil à disposition de la région',
  role: 'Sous-traitant (art. 28), ou responsable conjoint (art. 26) selon la convention : à fixer avec le délégué à la protection des données',
}
const host = { who: 'L’hébergeur', role: 'Sous-traitant, certifié hébergeur de données de santé (L. 1111-8 CSP) : nom et certificat à compléter' }
const noTransfer = 'Aucun. L’hébergement et la maintenance restent dans l’Espace économique européen (HDS v2).'
const security =
  'Connexion Pro Santé Connect ou à deux facteurs ; droits par équipe, catégorie et volet, appliqués par la base elle-même ; traçabilité de chaque lecture, chaînée et non modifiable ; chiffrement des échanges ; sauvegardes chiffrées et restaurations vérifiées.'

type Draft = Readonly<Record<ProcessingCode, ProcessingSheet>>

const sheets: Draft = {
  coordination: {
    title: 'Coordination des parcours complexes',
    purpose: 'Accompagner les personnes dont le parcours est complexe : évaluer, planifier (PPCS), coordonner les professionnels, alerter, suivre.',
    legalBasis:
      'Mission d’intérêt public (RGPD, art. 6.1.e et 9.2.h) : L. 6327-1 et suivants du CSP. Partage : L. 1110-4, L. 1110-12, R. 1110-1 et R. 1110-2 du CSP, avec information et droit d’opposition ; hors équipe de soins, consentement.',
    roles: [dac, professionals, grades, host],
    persons: 'Personnes accompagnées, leurs proches et représentants, professionnels de leur cercle.',
    data: 'Identité et INS, coordonnées, mesure de protection, situation sociale, données de santé utiles à la coordination, évaluations, PPCS, carnet de liaison, oppositions et consignes.',
    recipients:
      'Équipe du DAC ; professionnels du cercle, dans les volets que leur catégorie et la personne permettent ; la personne elle-même. Les destinataires effectifs sont dans la liste des accès.',
    transfers: noTransfer,
    duration:
      'Base active : l’accompagnement et deux ans après le dernier contact. Archive intermédiaire : durée fixée dans « Durées de conservation ». Puis destruction.',
    security,
  },
  requests: {
    title: 'Demandes adressées au DAC',
    purpose: 'Recevoir, qualifier et traiter les demandes d’appui ; orienter ; rendre compte au demandeur.',
    legalBasis: 'Mission d’intérêt public (art. 6.1.e et 9.2.h) : L. 6327-1 et suivants du CSP.',
    roles: [dac, grades, host],
    persons: 'Personnes pour qui l’on demande, demandeurs, appelants.',
    data: 'Nom et coordonnées de l’appelant, motif, texte de la demande, réponse, orientation et sa suite.',
    recipients: 'Équipe du DAC ; le demandeur, pour la réponse ; le partenaire vers qui la demande est orientée.',
    transfers: noTransfer,
    duration: 'Sans accompagnement : deux ans après la clôture, puis anonymisation (les nombres restent). Avec accompagnement : celle du dossier.',
    security,
  },
  directory: {
    title: 'Annuaire des professionnels et des structures',
    purpose: 'Trouver qui appeler et constituer les cercles.',
    legalBasis: 'Mission d’intérêt public (art. 6.1.e) ; données publiques RPPS et FINESS+ (annuaire santé).',
    roles: [{ who: 'Le GRADeS', role: 'Responsable de traitement pour l’annuaire régional' }, dac],
    persons: 'Professionnels de santé, du social et du médico-social.',
    data: 'Nom, profession, lieux d’exercice, coordonnées professionnelles ; fiches locales du DAC.',
    recipients: 'Utilisateurs connectés.',
    transfers: noTransfer,
    duration: 'Tant que la source publie la fiche ; fiches locales, tant qu’elles sont confirmées.',
    security,
  },
  accounts: {
    title: 'Comptes, habilitations et connexions',
    purpose: 'Savoir qui se connecte, à quel titre, et avec quels droits.',
    legalBasis: 'Obligation légale (art. 6.1.c) : L. 1470-1 et suivants du CSP, référentiel d’identification électronique (arrêté du 28 mars 2022).',
    roles: [
      { who: 'Le GRADeS', role: 'Responsable de traitement' },
      { who: 'Chaque service, pour ses rattachements', role: 'Responsable de traitement pour sa part' },
    ],
    persons: 'Utilisateurs.',
    data: 'Identité professionnelle (Pro Santé Connect), rattachements, fonctions, moyens de connexion, sessions.',
    recipients: 'Administration régionale ; direction du service, pour ses membres.',
    transfers: noTransfer,
    duration: 'Compte : tant que le rattachement dure. Sessions : treize mois au plus, leur identité vidée à la fin.',
    security,
  },
  audit: {
    title: 'Traçabilité des accès',
    purpose: 'Prouver qui a vu ou modifié quoi, et pourquoi ; détecter les usages anormaux ; le dire à la personne.',
    legalBasis: 'Obligation légale (art. 6.1.c, 5.2 et 32) ; délibération CNIL 2021-122.',
    roles: [{ who: 'Le GRADeS', role: 'Responsable de traitement pour la conservation de la trace' }, dac],
    persons: 'Utilisateurs ; personnes dont le dossier est ouvert.',
    data: 'Qui, dans quelle situation d’exercice, quoi, quand, sur quel fondement, avec quel résultat. Jamais le contenu lu.',
    recipients: 'La personne, pour son dossier ; le DAC qui l’accompagne ; le délégué à la protection des données.',
    transfers: noTransfer,
    duration: 'Six à trente-six mois, selon la décision motivée de la région.',
    security: 'Ajout seul ; lignes chaînées par empreinte ; tête de chaîne signée et déposée hors de la base ; vérification par une commande séparée.',
  },
  steering: {
    title: 'Indicateurs et pilotage',
    purpose: 'Rendre compte de l’activité (huit indicateurs nationaux, CPOM) et organiser les moyens.',
    legalBasis: 'Mission d’intérêt public (art. 6.1.e) ; obligation de rendre compte (D. 6327-1 et suivants du CSP).',
    roles: [dac, { who: 'L’ARS et les financeurs', role: 'Destinataires de chiffres, jamais de données personnelles' }],
    persons: 'Aucune n’est nommée.',
    data: 'Comptages et lignes sous un repère qui ne ramène pas à la personne.',
    recipients: 'Direction, responsables d’équipe, gouvernance, région. Pas de case de moins de cinq personnes hors du service.',
    transfers: noTransfer,
    duration: 'Les chiffres sont gardés ; les lignes suivent le dossier.',
    security,
  },
  secondary_use: {
    title: 'Observation et recherche (usage secondaire)',
    purpose: 'Observer les ruptures de parcours et contribuer à des études.',
    legalBasis:
      'Mission d’intérêt public (art. 6.1.e et 89), information et droit d’opposition propre (troisième non-opposition). Toute recherche au-delà de ces extraits suit la loi Informatique et Libertés (art. 72 et suivants).',
    roles: [dac, grades],
    persons: 'Personnes accompagnées qui ont donné la troisième non-opposition.',
    data: 'Tableaux comptés seulement : âge, sexe, niveau, problématique, issue. Aucune ligne individuelle.',
    recipients: 'Direction et région ; toute publication porte ces tableaux et rien d’autre.',
    transfers: noTransfer,
    duration: 'Tableaux anonymes : sans limite.',
    security: 'Secret statistique : pas de case de moins de cinq, masquage complémentaire, tableaux figés une fois sortis.',
  },
  safeguarding: {
    title: 'Signalements et informations préoccupantes',
    purpose: 'Protéger une personne en danger et saisir l’autorité compétente.',
    legalBasis:
      'Obligation légale et sauvegarde des intérêts vitaux (art. 6.1.c et d, 9.2.c) : art. 226-14 et 434-3 du code pénal ; L. 119-1 et L. 226-2-1 du CASF.',
    roles: [dac],
    persons: 'Personnes en danger, personnes mises en cause, auteurs du signalement.',
    data: 'Faits, danger, qui a été prévenu, autorité saisie, suites.',
    recipients: 'Lecteurs nommés du signalement ; autorité saisie. Jamais le cercle.',
    transfers: noTransfer,
    duration: 'À fixer par le responsable de traitement, selon les suites données.',
    security: 'Hors de l’espace partagé : liste de lecteurs propre à chaque signalement, absente des comptages et de la liste des accès.',
  },
  rights: {
    title: 'Exercice des droits des personnes',
    purpose: 'Répondre dans le mois aux demandes d’accès, de rectification, de limitation, d’effacement, d’opposition et de portabilité.',
    legalBasis: 'Obligation légale (art. 6.1.c) : articles 12 à 22 du RGPD.',
    roles: [dac, { who: 'Le délégué à la protection des données', role: 'Conseil et contrôle : nom et adresse à compléter' }],
    persons: 'Personnes qui exercent un droit, et qui demande pour elles.',
    data: 'Demande, identité vérifiée comment, délai, réponse, preuve d’exécution.',
    recipients: 'Équipe du DAC ; sans nom, direction et région.',
    transfers: noTransfer,
    duration: 'Cinq ans après la réponse (code civil, art. 2224).',
    security,
  },
}

const typeset = (sheet: ProcessingSheet): ProcessingSheet => ({
  title: french(sheet.title),
  purpose: french(sheet.purpose),
  legalBasis: french(sheet.legalBasis),
  roles: sheet.roles.map(({ who, role }) => ({ who: french(who), role: french(role) })),
  persons: french(sheet.persons),
  data: french(sheet.data),
  recipients: french(sheet.recipients),
  transfers: french(sheet.transfers),
  duration: french(sheet.duration),
  security: french(sheet.security),
})

/** The register that comes with the software: each sheet to be read again, completed and decided by those who answer for it. */
export const starterSheets: Draft = Object.fromEntries(Object.entries(sheets).map(([code, sheet]) => [code, typeset(sheet)])) as unknown as Draft
