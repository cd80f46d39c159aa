/** What the registration of the service at the ANS gives. Endpoints are set one by one: the authorize host is not the issuer's. */
export interface PscSettings {
  readonly issuer: string
  readonly authorizeUrl: string
  readonly tokenUrl: string
  readonly userinfoUrl: string
  readonly jwksUrl: string
  readonly logoutUrl: string
  readonly clientId: string
  readonly clientSecret: string
  /** The only level accepted: eidas1. */
  readonly acr: string
  /** Registered at the ANS; its origin is the public address of Jalon. */
  readonly redirectUri: string
  readonly postLogoutRedirectUri: string
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
  readonly PSC_CLIENT_SECRET: string
  readonly PSC_ACR: string
}

/** The settings of this login, from the environment already checked. */
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
    acr: environment.PSC_ACR,
    redirectUri: `${origin}/login/callback`,
    postLogoutRedirectUri: `${origin}/login/bye`,
  }
}
