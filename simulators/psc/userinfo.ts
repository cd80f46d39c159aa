import { personaServices } from '../../src/app/seed/persona-services.ts'
import { type Persona, type PersonaExercice } from '../../src/app/seed/personas.ts'

/** `f:<identity provider>:<national id>`, as Keycloak writes it. */
export function subjectOf(persona: Persona): string {
  return `f:550dc1c8-d97b-4b1e-ac8c-8eb4471cf9dd:${persona.nationalId}`
}

/**
 * What the userinfo endpoint says of a persona: the claims of Pro Santé Connect with their exact spelling, '' where a fact is absent, and one
 * exercice per savoir-faire and profession with its activities, so that the same place may come twice.
 */
export function userinfoOf(persona: Persona): Record<string, unknown> {
  const [first] = persona.exercices
  const place = first === undefined ? undefined : personaServices[first.at]
  return {
    Secteur_Activite: place === undefined ? '' : `${place.sector}^1.2.250.1.71.4.2.4`,
    sub: subjectOf(persona),
    email_verified: false,
    SubjectOrganization: place?.name ?? '',
    Mode_Acces_Raison: '',
    preferred_username: persona.nationalId,
    given_name: persona.givenName.toUpperCase(),
    Acces_Regulation_Medicale: 'FAUX',
    UITVersion: '1.0',
    Palier_Authentification: 'APPPRIP3^1.2.250.1.213.1.5.1.1.1',
    SubjectRefPro: { codeCivilite: persona.civility, exercices: exercicesOf(persona) },
    SubjectOrganizationID: place?.technicalId ?? '',
    SubjectRole: first === undefined ? [] : [roleClaim(first)],
    PSI_Locale: '1.2.250.1.213.1.3.1.1',
    otherIds: [{ identifiant: persona.nationalId, origine: 'RPPS', qualite: 1 }],
    SubjectNameID: persona.nationalId,
    family_name: persona.familyName,
  }
}

function roleClaim(exercice: PersonaExercice): string {
  return exercice.profession === '' ? `${exercice.role}^1.2.250.1.213.1.6.1.107` : `${exercice.profession}^1.2.250.1.213.1.1.5.5`
}

/** One exercice per profession and savoir-faire, holding every activity; told twice when there are several activities, as seen in the wild. */
function exercicesOf(persona: Persona): readonly Record<string, unknown>[] {
  const groups = new Map<string, PersonaExercice[]>()
  for (const exercice of persona.exercices) {
    const key = `${exercice.profession}/${exercice.specialty}`
    groups.set(key, [...(groups.get(key) ?? []), exercice])
  }
  return [...groups.values()].flatMap((group) => {
    const told = {
      codeProfession: group[0]?.profession ?? '',
      codeCategorieProfessionnelle: 'C',
      codeCiviliteDexercice: group[0]?.profession === '10' ? 'DR' : '',
      nomDexercice: persona.familyName,
      prenomDexercice: persona.givenName.toUpperCase(),
      codeTypeSavoirFaire: group[0]?.specialty ? 'S' : '',
      codeSavoirFaire: group[0]?.specialty ?? '',
      activities: group.map(activityOf),
    }
    return group.length > 1 ? [told, told] : [told]
  })
}

function activityOf(exercice: PersonaExercice): Record<string, string> {
  const place = personaServices[exercice.at]
  return {
    codeModeExercice: exercice.mode,
    codeSecteurDactivite: place.sector,
    codeSectionPharmacien: exercice.profession === '21' ? 'A' : '',
    codeRole: exercice.role,
    codeGenreActivite: exercice.genre,
    numeroSiretSite: place.siret,
    numeroSirenSite: place.siret.slice(0, 9),
    numeroFinessSite: place.finess,
    numeroFinessetablissementJuridique: place.finessLegal,
    identifiantTechniqueDeLaStructure: place.technicalId,
    raisonSocialeSite: place.name,
    enseigneCommercialeSite: '',
    complementDestinataire: '',
    complementPointGeographique: '',
    numeroVoie: place.street.number,
    indiceRepetitionVoie: '',
    codeTypeDeVoie: place.street.type,
    libelleVoie: place.street.name,
    mentionDistribution: '',
    bureauCedex: `${place.postalCode} ${place.city.toUpperCase()}`,
    codePostal: place.postalCode,
    codeCommune: place.communeCode,
    codePays: '99000',
    telephone: '',
    telephone2: '',
    telecopie: '',
    adresseEMail: '',
    codeDepartement: '',
    ancienIdentifiantDeLaStructure: '',
    autoriteDenregistrement: 'SYN/SYN/SYN',
  }
}
