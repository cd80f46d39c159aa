import { french } from '../../platform/contract/typography.ts'
import type { IdentityAttribute, IdentityDocument } from './value-sets.ts'

/** The four statuses of an identity (RNIV), as fr-core codes them. */
export const identityStatuses = ['PROV', 'VALI', 'RECUP', 'QUAL'] as const
export type IdentityStatus = (typeof identityStatuses)[number]

export const identityStatusLabels: Readonly<Record<IdentityStatus, string>> = {
  PROV: 'Identité provisoire',
  VALI: 'Identité validée',
  RECUP: 'Identité récupérée',
  QUAL: 'INS qualifiée',
}

export const identityStatusHints: Readonly<Record<IdentityStatus, string>> = {
  PROV: french('Ni pièce d’identité vérifiée, ni INS retrouvée.'),
  VALI: french('Pièce d’identité vérifiée ; INS à retrouver.'),
  RECUP: french('INS retrouvée par le téléservice ; pièce d’identité à vérifier.'),
  QUAL: french('INS retrouvée et pièce d’identité vérifiée : le matricule accompagne les documents.'),
}

/** The two facts from which everything follows. */
export interface IdentityFacts {
  /** The teleservice gave the five traits and the matricule. */
  readonly insRetrieved: boolean
  /** The traits agree with a document of high trust. */
  readonly identityChecked: boolean
  /** The teleservice answered « no » since: somebody has to look, and the matricule stays here meanwhile. */
  readonly insContested: boolean
  readonly attributes: readonly IdentityAttribute[]
}

/** RNIV: a doubtful or fictitious identity stays provisional, whatever else is known; a homonym changes nothing but the care taken. */
export function identityStatus(facts: IdentityFacts): IdentityStatus {
  if (isBlocked(facts)) return 'PROV'
  if (facts.insRetrieved) return facts.identityChecked ? 'QUAL' : 'RECUP'
  return facts.identityChecked ? 'VALI' : 'PROV'
}

/** Doubtful or fictitious: no call of the teleservice, no qualification, no matricule sent. */
function isBlocked(facts: Pick<IdentityFacts, 'attributes'>): boolean {
  return facts.attributes.includes('doubtful') || facts.attributes.includes('fictitious')
}

/** The teleservice may be called for this identity. */
export function insMayBeAsked(facts: IdentityFacts): boolean {
  return !isBlocked(facts)
}

/** The matricule may leave with health data: only that of a qualified identity, which the teleservice does not contest. */
export function matriculeMayBeSent(facts: IdentityFacts): boolean {
  return identityStatus(facts) === 'QUAL' && !facts.insContested
}

/** What is still to be done before the identity is qualified, the next step first; empty when it is. */
export type QualificationStep = 'attributes' | 'traits' | 'ins' | 'document'

/**
 * The steps that remain, in their order: a doubt is lifted before anything, the traits come before the teleservice, the teleservice before the document,
 * since it is its traits that the document must bear out. `missing`: strict traits that nobody said yet.
 */
export function remainingSteps(facts: IdentityFacts, missing: number): readonly QualificationStep[] {
  const steps: QualificationStep[] = []
  if (isBlocked(facts)) steps.push('attributes')
  if (missing > 0) steps.push('traits')
  if (!facts.insRetrieved || facts.insContested) steps.push('ins')
  if (!facts.identityChecked) steps.push('document')
  return steps
}

/** What the user reads about an attribute of this identity; empty without attribute. */
export function attributeWarnings(attributes: readonly IdentityAttribute[]): readonly string[] {
  const texts: Readonly<Record<IdentityAttribute, string>> = {
    homonym: 'Homonyme : une autre personne porte presque les mêmes traits. Vérifiez la date de naissance et l’adresse.',
    doubtful: 'Identité douteuse : pas de qualification ni d’envoi d’INS tant que le doute n’est pas levé.',
    fictitious: 'Identité fictive : aucun échange avec l’extérieur.',
  }
  return attributes.map((attribute) => french(texts[attribute]))
}

/** How far a document proves an identity. */
export type DocumentTrust = 'high' | 'high_for_minors' | 'low'

/** RNIV: documents of high trust. A driving licence or a carte Vitale are not. */
export const documentTrust: Readonly<Record<IdentityDocument, DocumentTrust>> = {
  id_card: 'high',
  passport: 'high',
  residence_permit: 'high',
  foreign_id: 'high',
  digital_identity: 'high',
  birth_certificate: 'high_for_minors',
  ase_certificate: 'high_for_minors',
  driving_licence: 'low',
  vitale_card: 'low',
  asylum_certificate: 'low',
  other: 'low',
  declared: 'low',
}

/** True if showing this document makes an identity checked. `age` in whole years, null when unknown. */
export function documentProves(document: IdentityDocument, age: number | null): boolean {
  const trust = documentTrust[document]
  return trust === 'high' || (trust === 'high_for_minors' && age !== null && age < 18)
}

/** The five strict traits. */
export const strictTraits = ['birthName', 'birthGivenNames', 'birthDate', 'sex', 'birthPlaceCode'] as const
export type StrictTrait = (typeof strictTraits)[number]

/** As a sentence lists them. */
export const traitLabels: Readonly<Record<StrictTrait, string>> = {
  birthName: 'nom de naissance',
  birthGivenNames: 'prénoms',
  birthDate: 'date de naissance',
  sex: 'sexe',
  birthPlaceCode: 'lieu de naissance',
}

/**
 * What remains of the facts when traits change: a strict trait corrected by hand takes both facts away, and the matricule
 * with them; the teleservice and the document have to be asked again.
 */
export function factsAfterChange(facts: IdentityFacts, changed: readonly string[]): IdentityFacts & { readonly keepsMatricule: boolean } {
  const strict = changed.some((trait) => (strictTraits as readonly string[]).includes(trait))
  return strict ? { ...facts, insRetrieved: false, insContested: false, identityChecked: false, keepsMatricule: false } : { ...facts, keepsMatricule: true }
}
