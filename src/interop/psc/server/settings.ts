import { readFileSync } from 'node:fs'

/** What the registration of the service at the ANS gives. Endpoints are set one by one: the authorize host is not the issuer's. */
export interface PscSettings {
  readonly issuer: string
  readonly authorizeUrl: string
  readonly tokenUrl: string
  readonly userinfoUrl: string
  readonly jwksUrl: string
  readonly logoutUrl: string
  readonly clientId: string
  /** Absent where the client certificate alone identifies Jalon (« espace de confiance »). */
  readonly clientSecret: string | undefined
  /** PEM contents, for the calls that Jalon itself makes to Pro Santé Connect. */
  readonly tls: PscTls | undefined
  readonly timeoutSeconds: number
  /** The only level accepted: eidas1. */
  readonly acr: string
  /** Registered at the ANS; its origin is the public address of Jalon. */
  readonly redirectUri: string
  readonly postLogoutRedirectUri: string
}

export interface PscTls {
  readonly certificate: string | undefined
  readonly key: string | undefined
  readonly passphrase: string | undefined
  /** Authorities to trust besides those of the system (IGC-Santé). */
  readonly authorities: string | undefined
}

/** The variables of the environment, as src/platform/server/settings.ts reads and checks them. */
export interface PscEnvironment {
  readonly PUBLIC_URL: string
  readonly PSC_ISSUER: string
  readonly PSC_AUTHORIZE_URL: string
  readonly PSC_TOKEN_URL: string
  readonly PSC_USERINFO_URL: string
  readonly PSC_JWKS_URL: string
  readonly PSC_LOGOUT_URL: string
  readonly PSC_CLIENT_ID: string
  readonly PSC_CLIENT_SECRET?: string | undefined
  readonly PSC_CLIENT_CERTIFICATE?: string | undefined
  readonly PSC_CLIENT_KEY?: string | undefined
  readonly PSC_CLIENT_KEY_PASSPHRASE?: string | undefined
  readonly PSC_CA?: string | undefined
  readonly PSC_TIMEOUT_SECONDS: number
  readonly PSC_ACR: string
}

/** The settings of this login, from the environment already checked. Certificates are read here: a file that cannot be read stops the start. */
export function pscSettings(environment: PscEnvironment): PscSettings {
  const origin = new URL(environment.PUBLIC_URL).origin
  return {
    issuer: environment.PSC_ISSUER,
    authorizeUrl: environment.PSC_AUTHORIZE_URL,
    tokenUrl: environment.PSC_TOKEN_URL,
    userinfoUrl: environment.PSC_USERINFO_URL,
    jwksUrl: environment.PSC_JWKS_URL,
    logoutUrl: environment.PSC_LOGOUT_URL,
    clientId: environment.PSC_CLIENT_ID,
    clientSecret: environment.PSC_CLIENT_SECRET,
    tls: tlsOf(environment),
    timeoutSeconds: environment.PSC_TIMEOUT_SECONDS,
    acr: environment.PSC_ACR,
    redirectUri: `${origin}/login/callback`,
    postLogoutRedirectUri: `${origin}/login/bye`,
  }
}

/** Undefined when neither a client certificate nor an authority is set. */
function tlsOf(environment: PscEnvironment): PscTls | undefined {
  const { PSC_CLIENT_CERTIFICATE: certificate, PSC_CLIENT_KEY: key, PSC_CA: authorities } = environment
  if (certificate === undefined && authorities === undefined) return undefined
  const read = (file: string | undefined): string | undefined => (file === undefined ? undefined : readFileSync(file, 'utf8'))
  return { certificate: read(certificate), key: read(key), passphrase: environment.PSC_CLIENT_KEY_PASSPHRASE, authorities: read(authorities) }
}
