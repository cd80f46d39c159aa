import { startAuthentication, startRegistration } from '@simplewebauthn/browser'
import { send } from '../../platform/web/api/client.ts'

/** What the region offers besides Pro Santé Connect. */
export interface Methods {
  readonly passkey: boolean
  readonly password: boolean
}

export interface SignedIn {
  readonly signedIn: boolean
  readonly refusedBefore?: number
  readonly choose?: readonly { readonly id: string; readonly serviceName: string; readonly jobTitle: string | null }[]
}

export interface Enrolment {
  readonly name: string
  readonly serviceName: string | null
  readonly identifier: string
  readonly expiresAt: string
  readonly ceremony: string
  readonly passkey: Parameters<typeof startRegistration>[0]['optionsJSON'] | null
  readonly code: { readonly secret: string; readonly address: string } | null
}

async function post<Answer>(path: string, body: unknown): Promise<Answer> {
  return (await (await send(`/login/local/${path}`, JSON.stringify(body))).json()) as Answer
}

export async function methods(): Promise<Methods> {
  return (await (await send('/login/methods', null)).json()) as Methods
}

type Challenge = { readonly ceremony: string; readonly options: Parameters<typeof startAuthentication>[0]['optionsJSON'] }

/** Asks the browser for a passkey, which asks for her fingerprint, face or PIN. Throws what the browser throws when she gives up. */
async function answerChallenge(path: string): Promise<{ ceremony: string; response: unknown }> {
  const { ceremony, options } = await post<Challenge>(path, {})
  return { ceremony, response: await startAuthentication({ optionsJSON: options }) }
}

export async function signInByPasskey(): Promise<SignedIn> {
  return post('passkey', await answerChallenge('passkey/options'))
}
export function signInByPassword(answer: { readonly identifier: string; readonly password: string; readonly code: string }): Promise<SignedIn> {
  return post('password', answer)
}
export function chooseService(membershipId: string): Promise<SignedIn> {
  return post('situation', { membershipId })
}
export async function confirmByPasskey(): Promise<void> {
  await post('confirm', await answerChallenge('confirm/options'))
}
export async function confirmByPassword(answer: { readonly password: string; readonly code: string }): Promise<void> {
  await post('confirm', answer)
}
export function openInvitation(link: InvitationLink): Promise<Enrolment> {
  return post('invitation', link)
}
export async function enrolPasskey(link: InvitationLink, { ceremony, passkey }: Enrolment, name: string): Promise<void> {
  if (passkey === null) throw new Error('no passkey here')
  await post('enrol', { ...link, ceremony, passkey: { response: await startRegistration({ optionsJSON: passkey }), name } })
}
export async function enrolPassword(
  link: InvitationLink,
  { ceremony }: Enrolment,
  answer: { readonly password: string; readonly code: string },
): Promise<void> {
  await post('enrol', { ...link, ceremony, password: answer })
}

export interface InvitationLink {
  readonly id: string
  readonly secret: string
}

/** The link travels after the #: no server and no log ever sees its secret. */
export function invitationAddress({ id, secret }: InvitationLink): string {
  return `${window.location.origin}/invitation#${id}.${secret}`
}

export function readInvitation(fragment: string): InvitationLink | null {
  const [, id, secret] = /^#([0-9a-f-]{36})\.([\w-]{20,200})$/i.exec(fragment) ?? []
  return id !== undefined && secret !== undefined ? { id, secret } : null
}

/** A secret of 256 bits and its SHA-256: the server receives the second only. */
export async function newInvitationSecret(): Promise<{ readonly secret: string; readonly hash: string }> {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  const secret = btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret)))
  return { secret, hash: [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('') }
}

/** What the user reads when the browser, not the server, refused. */
export function passkeyErrorText(error: unknown): string | null {
  const name = (error as { name?: string } | null)?.name
  if (name === 'NotAllowedError' || name === 'AbortError') return 'Vous n’avez pas confirmé, ou le délai est passé. Recommencez.'
  if (name === 'InvalidStateError') return 'Cet appareil a déjà une clé pour ce compte.'
  return null
}
