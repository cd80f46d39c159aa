import type { ActorFunction, ProfessionalCategory } from '../../platform/contract/actor.ts'
import type { AuditManner, AuditOutcome, AuditPurpose } from '../../platform/contract/audit.ts'

/** The bases that a line may bear, the strongest first; `none` for whom the actor did not see, `system` for the software itself. */
export const auditBases = ['self', 'dac_in_charge', 'request', 'care_team', 'consent', 'break_glass', 'none', 'system'] as const
export type AuditBasis = (typeof auditBases)[number]

export const basisWords: Readonly<Record<AuditBasis, string>> = {
  self: 'La personne elle-même',
  dac_in_charge: 'DAC qui accompagne',
  request: 'Demande en cours',
  care_team: 'Équipe de soins',
  consent: 'Accord de la personne',
  break_glass: 'Accès exceptionnel',
  none: 'Sans droit sur le dossier',
  system: 'Traitement de Jalon',
}

export const purposeWords: Readonly<Record<AuditPurpose, string>> = {
  coordination: 'Coordination du parcours',
  care: 'Prise en charge',
  own_file: 'Son propre dossier',
  emergency: 'Accès exceptionnel, motivé',
  rights: 'Exercice des droits de la personne',
  oversight: 'Contrôle des accès',
  steering: 'Pilotage du service',
  administration: 'Administration',
  automation: 'Traitement automatique',
}

export const outcomeWords: Readonly<Record<AuditOutcome, string>> = { done: 'Fait', refused: 'Refusé', failed: 'Échoué', replayed: 'Déjà fait, redit' }

export const mannerWords: Readonly<Record<AuditManner, string>> = { screen: 'À l’écran', export: 'Exporté', print: 'Imprimé', job: 'Sans personne devant' }

export const categoryWords: Readonly<Record<ProfessionalCategory, string>> = {
  health: 'Professionnel de santé',
  social: 'Professionnel du social',
  legal_protection: 'Mandataire judiciaire',
  coordination: 'Personnel de DAC',
  administrative: 'Personnel administratif',
}

export const functionWords: Readonly<Record<ActorFunction, string>> = {
  front_desk: 'accueil',
  referent: 'référent de parcours',
  doctor: 'médecin du DAC',
  team_lead: 'responsable d’équipe',
  director: 'direction',
  outside_professional: 'professionnel partenaire',
  cpts_coordinator: 'coordination de CPTS',
  expert_team: 'équipe experte',
  governance_member: 'gouvernance',
  regional_admin: 'administration régionale',
  person: 'espace personnel',
}

/** Lines that no declared action writes. */
export const otherTitles: Readonly<Record<string, string>> = {
  'persons.insi.call': 'Appel du téléservice INSi',
  'session.open': 'Connexion',
  'session.close': 'Déconnexion',
  'audit.retention': 'Destruction des traces arrivées à leur terme',
  'audit.export': 'Export des traces par l’exploitant',
}

/** The words of a line for what it did; a name from another version of Jalon has none. */
export const formerTitle = 'Geste d’une autre version de Jalon'
