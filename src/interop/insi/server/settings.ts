import { readFileSync } from 'node:fs'

/** What the registration of the structure at the teleservice gives (CNDA). */
export interface InsiSettings {
  readonly url: string
  /** PEM contents: the certificate of the organisation (IGC-Santé) opens the teleservice. */
  readonly certificate: string
  readonly key: string
  readonly passphrase: string | undefined
  /** Authorities to trust besides those of the system. */
  readonly authorities: string | undefined
  readonly timeoutSeconds: number
  /** Identifier of the structure that asks, and approval number of the software (IDAM): both go into each message. */
  readonly emitter: string
  readonly softwareId: string
}

/** The variables of the environment, as src/platform/server/settings.ts reads and checks them. */
export interface InsiEnvironment {
  readonly INSI_URL?: string | undefined
  readonly INSI_CLIENT_CERTIFICATE?: string | undefined
  readonly INSI_CLIENT_KEY?: string | undefined
  readonly INSI_CLIENT_KEY_PASSPHRASE?: string | undefined
  readonly INSI_CA?: string | undefined
  readonly INSI_TIMEOUT_SECONDS: number
  readonly INSI_EMITTER: string
  readonly INSI_SOFTWARE_ID: string
}

/** The settings of the teleservice, or null where it is not connected. Certificates are read here: a file that cannot be read stops the start. */
export function insiSettings(environment: InsiEnvironment): InsiSettings | null {
  const { INSI_URL: url, INSI_CLIENT_CERTIFICATE: certificate, INSI_CLIENT_KEY: key } = environment
  if (url === undefined || certificate === undefined || key === undefined) return null
  return {
    url,
    certificate: readFileSync(certificate, 'utf8'),
    key: readFileSync(key, 'utf8'),
    passphrase: environment.INSI_CLIENT_KEY_PASSPHRASE,
    authorities: environment.INSI_CA === undefined ? undefined : readFileSync(environment.INSI_CA, 'utf8'),
    timeoutSeconds: environment.INSI_TIMEOUT_SECONDS,
    emitter: environment.INSI_EMITTER,
    softwareId: environment.INSI_SOFTWARE_ID,
  }
}
