import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { StoredPasskey } from './local-sign-in.sql.ts'

/** To whom passkeys are given: the host name of Jalon. Null where there is none (an address in numbers): passkeys do not exist there. */
export interface RelyingParty {
  readonly id: string
  readonly origin: string
}

export function relyingPartyOf(publicUrl: string): RelyingParty | null {
  const { hostname, origin } = new URL(publicUrl)
  return /^[\d.]+$|:/.test(hostname) ? null : { id: hostname, origin }
}

/** Her fingerprint, face or PIN is asked each time (user verification): a passkey is two factors, and a stolen key opens nothing. */
export function registrationOptions(
  party: RelyingParty,
  user: { readonly id: string; readonly name: string; readonly displayName: string },
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  return generateRegistrationOptions({
    rpName: 'Jalon',
    rpID: party.id,
    userID: new TextEncoder().encode(user.id),
    userName: user.name,
    userDisplayName: user.displayName,
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

/** Names no account: the browser proposes the passkeys that it holds for Jalon. */
export function authenticationOptions(party: RelyingParty): Promise<PublicKeyCredentialRequestOptionsJSON> {
  return generateAuthenticationOptions({ rpID: party.id, userVerification: 'required', allowCredentials: [] })
}

export interface NewPasskey {
  readonly credentialId: string
  readonly publicKey: Buffer
  readonly counter: number
  readonly transports: readonly string[]
  readonly backedUp: boolean
}

/** What the browser made, or null when it does not answer the challenge, comes from elsewhere, or nobody was verified. */
export async function readRegistration(party: RelyingParty, response: unknown, challenge: string): Promise<NewPasskey | null> {
  try {
    const { verified, registrationInfo: info } = await verifyRegistrationResponse({
      response: response as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
    })
    if (!verified || info === undefined) return null
    const { id, publicKey, counter, transports } = info.credential
    return { credentialId: id, publicKey: Buffer.from(publicKey), counter, transports: transports ?? [], backedUp: info.credentialBackedUp }
  } catch {
    return null
  }
}

/** The new count of the passkey, or null when the answer is not hers. */
export async function readAuthentication(party: RelyingParty, response: unknown, challenge: string, passkey: StoredPasskey): Promise<number | null> {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: response as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      credential: { id: passkey.credentialId, publicKey: new Uint8Array(passkey.publicKey), counter: passkey.counter },
      requireUserVerification: true,
    })
    return verified ? authenticationInfo.newCounter : null
  } catch {
    return null
  }
}
