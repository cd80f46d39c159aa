import { action, domain, objective, problem } from './tree.ts'

export const pathway = domain('D6', 'Organisation du parcours', [
  problem('follow_up', 'Suivi mal organisé', { volet: 'health', national: 'ORG-011', keywords: ['suivi', 'organisation', 'rendez-vous'] }, [
    objective('known', 'Que chacun sache qui fait quoi', [
      action('list', 'Écrire et partager qui fait quoi', 'referent', 10),
      action('conference', 'Concertation entre intervenants', 'referent', 21),
      action('notebook', 'Utiliser le même carnet de liaison', 'referent', 15),
    ]),
    objective('calendar', 'Avoir des rendez-vous groupés et tenus', [
      action('agenda', 'Calendrier commun des rendez-vous', 'referent', 15),
      action('day_hospital', 'Bilan en hôpital de jour', 'geriatrician', 60),
    ]),
    objective('one_contact', 'Avoir une seule personne à appeler', [action('referent', 'Présenter le référent et son numéro', 'referent', 7)]),
  ]),
  problem('missing_services', 'Intervenants manquants', { volet: 'social', national: 'ORG-011', keywords: ['manque', 'service complet', 'penurie'] }, [
    objective('found', 'Que les passages nécessaires aient lieu', [
      action('search', 'Recherche active d’intervenants', 'referent', 15),
      action('split', 'Répartir entre plusieurs services', 'home_help', 21),
      action('rupture', 'Signaler la rupture de parcours', 'referent', 30),
    ]),
  ]),
  problem('too_many', 'Trop d’intervenants, passages mal coordonnés', { volet: 'social', national: 'ORG-011', keywords: ['trop d intervenants', 'planning'] }, [
    objective('simpler', 'Avoir moins de passages, mieux répartis', [
      action('planning', 'Revoir le planning avec la personne', 'referent', 21),
      action('merge', 'Regrouper les missions', 'home_help', 45),
    ]),
  ]),
  problem('disagreement', 'Désaccord sur ce qu’il faut faire', { volet: 'health', national: 'ORG-011', keywords: ['desaccord', 'ethique'] }, [
    objective('decision', 'Arriver à une décision comprise', [
      action('conference', 'Concertation avec la personne et le médecin traitant', 'referent', 15),
      action('ethics', 'Avis éthique', 'geriatrician', 45),
      action('written', 'Écrire la décision et ses raisons', 'referent', 21),
    ]),
  ]),
  problem('discharge', 'Sortie d’hospitalisation à sécuriser', { volet: 'health', national: 'ORG-011', keywords: ['sortie', 'hopital', 'retour'] }, [
    objective('prepared', 'Rentrer chez soi avec tout en place', [
      action('date', 'Date et heure fixées avec le service', 'hospital_ward', 2),
      action('equipment', 'Matériel livré avant le retour', 'medical_device_provider', 2),
      action('first_visit', 'Premier passage le jour du retour', 'nurse', 1),
      action('gp_week', 'Médecin traitant dans la semaine', 'gp', 7),
      action('letter', 'Lettre de sortie et ordonnances transmises', 'hospital_ward', 1),
    ]),
    objective('no_return', 'Éviter une nouvelle hospitalisation', [
      action('call48', 'Appel à 48 heures', 'referent', 2),
      action('signs', 'Signes d’alerte expliqués et affichés', 'nurse', 3),
      action('smr', 'Soins de réadaptation', 'hospital_ward', 15),
    ]),
  ]),
  problem('care_refusal', 'Refus de soins ou d’aide', { volet: 'health', national: 'ORG-011', keywords: ['refus'] }, [
    objective('link', 'Garder un lien de confiance', [
      action('same_person', 'Une même personne passe régulièrement', 'referent', 15),
      action('meaning', 'Comprendre ce que dit le refus', 'psychologist', 30),
    ]),
    objective('least', 'Proposer l’essentiel acceptable', [
      action('negotiate', 'Choisir avec elle un premier soin', 'nurse', 15),
      action('limits', 'Dire à partir de quand il faudra protéger', 'gp', 21),
    ]),
  ]),
  problem('language', 'Langue ou compréhension', { volet: 'administrative', national: 'ORG-011', keywords: ['langue', 'interprete', 'illettrisme'] }, [
    objective('understood', 'Comprendre et être compris', [
      action('interpreter', 'Interprète pour les rendez-vous importants', 'interpreter', 15),
      action('easy', 'Documents faciles à lire ou traduits', 'referent', 15),
      action('course', 'Cours ou atelier de langue', 'volunteer', 60),
    ]),
  ]),
  problem('admission', 'Entrée en établissement à préparer', { volet: 'social', national: 'ORG-011', keywords: ['ehpad', 'entree', 'etablissement'] }, [
    objective('chosen', 'Choisir en connaissance de cause', [
      action('wish', 'Recueillir le choix de la personne', 'referent', 21),
      action('visits', 'Visiter deux établissements', 'main_caregiver', 45),
      action('file', 'Dossier unique d’admission', 'main_caregiver', 30),
    ]),
    objective('smooth', 'Entrer sans rupture', [
      action('liaison', 'Fiche de liaison à l’établissement', 'referent', 7),
      action('funding', 'Aide sociale, allocation logement', 'social_worker', 60),
    ]),
  ]),
  problem('transition', 'Passage d’un secteur à l’autre', { volet: 'health', national: 'ORG-011', keywords: ['transition', 'adulte', 'vieillissement'] }, [
    objective('handover', 'Passer le relais sans trou', [
      action('overlap', 'Consultation commune des deux équipes', 'specialist', 90),
      action('summary', 'Synthèse écrite du parcours', 'specialist', 45),
      action('rights', 'Anticiper les droits au changement d’âge', 'social_worker', 120),
    ]),
  ]),
  problem('crisis', 'Crises à prévoir', { volet: 'health', national: 'ORG-011', keywords: ['crise', 'urgence', 'anticipation'] }, [
    objective('plan', 'Savoir quoi faire en cas de crise', [
      action('crisis_plan', 'Écrire le plan de crise avec la personne', 'referent', 21),
      action('emergency_sheet', 'Fiche d’urgence remise au SAMU', 'gp', 21),
      action('tested', 'Vérifier que chacun a les numéros', 'referent', 15),
    ]),
  ]),
  problem('other', 'Autre problème', { volet: 'administrative', national: 'GEN-092.01.01', keywords: [] }, [
    objective('free', 'Objectif à écrire avec la personne', [action('free', 'Action à écrire', 'referent', 30)]),
  ]),
])
