/** What a caller can do about an error; each kind has one HTTP status and one FHIR issue code. */
export type ErrorKind = 'not_found' | 'forbidden' | 'invalid' | 'conflict' | 'unavailable'

/** Ids, codes, counts and limits only: these reach the logs. */
export type ErrorParams = Readonly<Record<string, string | number | boolean | null>>

/**
 * The one error that an action or a query may throw on purpose.
 *
 * `code` finds the French text (see `errorText`); `params` fill it and are logged, so they never hold an identity trait;
 * `details` go to the caller only (the two versions of a record in conflict, the faults of a form) and are never logged.
 */
export class DomainError extends Error {
  readonly code: string
  readonly kind: ErrorKind
  readonly params: ErrorParams
  readonly details: unknown

  constructor(kind: ErrorKind, code: string, params: ErrorParams = {}, details?: unknown) {
    super(`${kind}: ${code}`)
    this.name = 'DomainError'
    this.kind = kind
    this.code = code
    this.params = params
    this.details = details
  }
}

/** The same answer for what does not exist and for what the actor may not see. */
export function notFound(what = 'record'): DomainError {
  return new DomainError('not_found', 'not_found', { what })
}

/** A verdict turned into an error: the French reason travels as it is. */
export function forbidden(reason: string): DomainError {
  return new DomainError('forbidden', 'forbidden', {}, { reason })
}

/** A rule of the trade that what was asked would break. `code` has its text in the capability's `errors.ts`. */
export function invalid(code: string, params: ErrorParams = {}, details?: unknown): DomainError {
  return new DomainError('invalid', code, params, details)
}

/** Somebody or something was faster. `code` has its text in the capability's `errors.ts`. */
export function conflict(code: string, params: ErrorParams = {}, details?: unknown): DomainError {
  return new DomainError('conflict', code, params, details)
}

/** French texts by error code. A capability adds its own with `defineErrorTexts`. */
export type ErrorTexts = Readonly<Record<string, (params: ErrorParams) => string>>

const texts = new Map<string, (params: ErrorParams) => string>()

/** Registers the French texts of a capability's error codes; a code said twice is a mistake of ours. */
export function defineErrorTexts(added: ErrorTexts): ErrorTexts {
  for (const [code, text] of Object.entries(added)) {
    if (texts.has(code)) throw new Error(`error code declared twice: ${code}`)
    texts.set(code, text)
  }
  return added
}

/** What the user reads for an error code: what happened, what is kept, what to do. */
export function errorText(code: string, params: ErrorParams = {}): string {
  return texts.get(code)?.(params) ?? 'Une erreur inattendue est survenue. Ce que vous avez saisi est gardé.'
}

defineErrorTexts({
  not_found: () => 'Cet élément n’existe pas, ou il ne vous est pas ouvert.',
  forbidden: () => 'Cette action ne vous est pas ouverte.',
  input_invalid: () => 'Certaines réponses sont à corriger. Votre saisie est gardée.',
  idempotency_mismatch: () => 'Cette demande a déjà été envoyée avec un autre contenu. Rechargez la page avant de recommencer.',
  idempotency_key_missing: () => 'L’en-tête Idempotency-Key manque.',
  stale_version: () => 'Quelqu’un a enregistré une autre version pendant votre saisie. Rien n’est perdu : choisissez ligne par ligne.',
  id_taken: () => 'Cet enregistrement existe déjà : il a sans doute été envoyé deux fois. Rechargez la page pour le voir.',
  signed_out: () => 'Votre session est terminée. Reconnectez-vous : votre saisie est gardée.',
  another_user: () => 'Une autre personne s’est connectée dans ce navigateur. Rien n’a été fait en son nom, et ce que vous avez tapé est gardé pour vous.',
  reauthentication_required: () => 'Confirmez d’abord que c’est bien vous : ce geste le demande. Votre saisie est gardée.',
  too_many_files: () =>
    'Un nombre inhabituel de dossiers a été ouvert avec votre compte : l’ouverture d’autres dossiers est suspendue. Adressez-vous à votre direction ou à l’administration régionale.',
  origin_refused: () => 'Cette requête ne vient pas de Jalon.',
  too_many_requests: () => 'Trop de requêtes en peu de temps. Réessayez dans une minute.',
  unavailable: () => 'Le service ne répond pas pour le moment. Votre saisie est gardée : réessayez dans un instant.',
  payload_too_large: () => 'Ce contenu est trop volumineux.',
  attachment_empty: () => 'Ce fichier est vide.',
  attachment_too_large: ({ megabytes }) => `Ce fichier est trop lourd : ${megabytes} Mo au plus.`,
  attachment_type: () => 'Ce type de fichier n’est pas accepté : envoyez un PDF, une image, un texte ou un document sans macro.',
  attachment_waiting: () => 'L’antivirus n’a pas encore vérifié ce fichier : réessayez dans un instant.',
  attachment_infected: () => 'L’antivirus a refusé ce fichier : personne ne peut l’ouvrir ni l’envoyer. Retirez-le.',
  attachment_missing: () =>
    'Un fichier joint n’est pas sur le serveur : il n’y est jamais arrivé, ou il a attendu plus d’un jour. Choisissez-le de nouveau, ou envoyez sans lui. Votre texte est gardé.',
  attachment_unreadable: () => 'Cette image ne se lit pas. Enregistrez-la de nouveau avant de l’envoyer.',
})
