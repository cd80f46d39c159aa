import { z } from 'zod'

/** Where somebody works, as Pro Santé Connect names it. Absent facts are null, never ''. */
export interface PscStructure {
  readonly finess: string | null
  readonly finessLegal: string | null
  readonly siret: string | null
  readonly siren: string | null
  /** F + FINESS, C + SIRET, R + rank of the practice; null for a locum without a structure. */
  readonly technicalId: string | null
  readonly name: string
  readonly postalCode: string | null
  readonly city: string | null
  readonly communeCode: string | null
}

/** One situation d’exercice: a profession or a role, a way of practising it, a place. */
export interface PscSituation {
  /** TRE_G15 or TRE_R95; null for an actor of the RPPS+ known by her role only. */
  readonly professionCode: string | null
  /** TRE_R85: 330 is « Coordonnateur de parcours ». */
  readonly roleCode: string | null
  /** C civil, M militaire, E étudiant. */
  readonly professionalStatus: string | null
  readonly specialtyCodes: readonly string[]
  readonly sectorCode: string | null
  /** TRE_R22. */
  readonly activityGenre: string | null
  /** L libéral, S salarié, B bénévole. */
  readonly mode: string | null
  readonly structure: PscStructure
  /** The one that Pro Santé Connect itself puts forward (SubjectOrganizationID). */
  readonly suggested: boolean
}

export interface PscIdentity {
  /** Type of identifier, then the number: 8 + RPPS. */
  readonly nationalId: string
  /** Eleven digits, where the national identifier is an RPPS number. */
  readonly rpps: string | null
  readonly familyName: string
  readonly givenName: string
  readonly civility: string | null
  readonly situations: readonly PscSituation[]
}

/** Why a userinfo opens nothing. */
export type PscUserinfoFault = 'userinfo_unreadable' | 'no_national_id' | 'no_situation'

export type ParsedUserinfo = { readonly ok: true; readonly identity: PscIdentity } | { readonly ok: false; readonly fault: PscUserinfoFault }

/**
 * Reads what the userinfo endpoint says of a professional. Takes the decoded JSON.
 *
 * Tolerant on the form: any spelling of upper and lower case in keys (`numeroFinessetablissementJuridique`, `codeSecteurDactivite`), '' or null or
 * absent, numbers for codes, one object where a list is due, `codeGenreActivite` on the exercice or on the activity, doubles. Strict on the
 * substance: without a national identifier, or without one situation that says what she does and where, she is refused.
 */
export function parsePscUserinfo(json: unknown): ParsedUserinfo {
  const parsed = userinfoSchema.safeParse(lowerKeys(json))
  if (!parsed.success) return { ok: false, fault: 'userinfo_unreadable' }
  const claims = parsed.data
  const nationalId = claims.subjectnameid
  if (nationalId === null || !nationalIdShape.test(nationalId)) return { ok: false, fault: 'no_national_id' }
  const situations = distinct(
    claims.subjectrefpro.exercices.flatMap((exercice) => exercice.activities.map((activity) => situationOf(exercice, activity, claims.subjectorganizationid))),
  ).filter(isUsable)
  if (situations.length === 0) return { ok: false, fault: 'no_situation' }
  const named = claims.subjectrefpro.exercices.find((exercice) => exercice.nomdexercice !== null)
  return {
    ok: true,
    identity: {
      nationalId,
      rpps: rppsOf(nationalId, claims.otherids),
      familyName: claims.family_name ?? named?.nomdexercice ?? '',
      givenName: claims.given_name ?? named?.prenomdexercice ?? '',
      civility: claims.subjectrefpro.codecivilite,
      situations,
    },
  }
}

/** PS_IdNat: the type of identifier (0 ADELI, 1, 3, 4, 5, 6 internal to a structure, 8 RPPS), then the identifier. */
const nationalIdShape = /^[0134568][0-9A-Za-z/]{5,39}$/

/** A code or a name: '' and null and absence are the same; a number is its digits. */
const text = z.preprocess((value) => {
  const written = typeof value === 'number' ? String(value) : value
  return typeof written === 'string' && written.trim() !== '' ? written.trim().slice(0, 300) : null
}, z.string().nullable())

function list<T extends z.ZodType>(item: T): z.ZodType<z.output<T>[]> {
  return z.preprocess(
    (value) => (Array.isArray(value) ? value : value === null || value === undefined || value === '' ? [] : [value]),
    z.array(item).max(200),
  ) as unknown as z.ZodType<z.output<T>[]>
}

const activitySchema = z.object({
  codemodeexercice: text,
  codesecteurdactivite: text,
  coderole: text,
  codegenreactivite: text,
  numerosiretsite: text,
  numerosirensite: text,
  numerofinesssite: text,
  numerofinessetablissementjuridique: text,
  identifianttechniquedelastructure: text,
  raisonsocialesite: text,
  enseignecommercialesite: text,
  complementdestinataire: text,
  bureaucedex: text,
  codepostal: text,
  codecommune: text,
})

const exerciceSchema = z.object({
  codeprofession: text,
  codecategorieprofessionnelle: text,
  nomdexercice: text,
  prenomdexercice: text,
  codetypesavoirfaire: text,
  codesavoirfaire: text,
  coderole: text,
  codegenreactivite: text,
  activities: list(activitySchema),
})

const userinfoSchema = z.object({
  subjectnameid: text,
  family_name: text,
  given_name: text,
  subjectorganizationid: text,
  otherids: list(z.object({ identifiant: text, origine: text })),
  subjectrefpro: z.preprocess((value) => value ?? {}, z.object({ codecivilite: text, exercices: list(exerciceSchema) })),
})

type Exercice = z.output<typeof exerciceSchema>
type Activity = z.output<typeof activitySchema>

function situationOf(exercice: Exercice, activity: Activity, suggestedId: string | null): PscSituation {
  const technicalId = activity.identifianttechniquedelastructure
  const siret = activity.numerosiretsite
  return {
    professionCode: exercice.codeprofession,
    roleCode: activity.coderole ?? exercice.coderole,
    professionalStatus: exercice.codecategorieprofessionnelle,
    specialtyCodes: exercice.codesavoirfaire === null ? [] : [exercice.codesavoirfaire],
    sectorCode: activity.codesecteurdactivite,
    activityGenre: activity.codegenreactivite ?? exercice.codegenreactivite,
    mode: activity.codemodeexercice,
    structure: {
      finess: activity.numerofinesssite ?? finessIn(technicalId),
      finessLegal: activity.numerofinessetablissementjuridique,
      siret,
      siren: activity.numerosirensite ?? (siret === null ? null : siret.slice(0, 9)),
      technicalId,
      name: activity.raisonsocialesite ?? activity.enseignecommercialesite ?? activity.complementdestinataire ?? '',
      postalCode: activity.codepostal,
      city: cityOf(activity.bureaucedex),
      communeCode: activity.codecommune,
    },
    suggested: technicalId !== null && technicalId === suggestedId,
  }
}

function finessIn(technicalId: string | null): string | null {
  return technicalId !== null && /^F[0-9A-Z]{9}$/.test(technicalId) ? technicalId.slice(1) : null
}

/** « 75009 PARIS », « PARIS », « 88204 REMIREMONT CEDEX » */
function cityOf(bureauCedex: string | null): string | null {
  const city = bureauCedex?.replace(/^\d{5}\s+/, '').replace(/\s+CEDEX(\s+\d+)?$/i, '')
  return city === undefined || city === '' ? null : city
}

/**
 * Says what she does, and where. The one who works for herself may have no structure (a locum, TRE_R22 GENR02 and GENR03); a salaried
 * professional without her employer is not in a situation from which anything could be opened.
 */
function isUsable(situation: PscSituation): boolean {
  const doesSomething = situation.professionCode !== null || situation.roleCode !== null
  const somewhere = situation.structure.technicalId !== null || situation.structure.finess !== null || situation.structure.siret !== null
  const forHerself = situation.mode === 'L' && situation.professionCode !== null
  return doesSomething && (somewhere || forHerself)
}

/** The same activity comes once per savoir-faire: one situation, several specialties. */
function distinct(situations: readonly PscSituation[]): readonly PscSituation[] {
  const found = new Map<string, PscSituation>()
  for (const situation of situations) {
    const { structure } = situation
    const key = JSON.stringify([
      situation.professionCode,
      situation.roleCode,
      situation.mode,
      structure.technicalId,
      structure.finess,
      structure.siret,
      structure.technicalId === null ? structure.name : '',
    ])
    const earlier = found.get(key)
    found.set(key, earlier === undefined ? situation : { ...earlier, specialtyCodes: [...new Set([...earlier.specialtyCodes, ...situation.specialtyCodes])] })
  }
  return [...found.values()]
}

function rppsOf(nationalId: string, otherIds: readonly { readonly identifiant: string | null; readonly origine: string | null }[]): string | null {
  const candidates = [nationalId, ...otherIds.filter((id) => id.origine?.toUpperCase() === 'RPPS').map((id) => id.identifiant)]
  for (const candidate of candidates) {
    // Both « 8 + RPPS » and the bare number are seen in otherIds.
    if (candidate !== null && /^8\d{11}$/.test(candidate)) return candidate.slice(1)
    if (candidate !== null && /^\d{11}$/.test(candidate)) return candidate
  }
  return null
}

function lowerKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowerKeys)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.toLowerCase(), lowerKeys(inner)]))
}
