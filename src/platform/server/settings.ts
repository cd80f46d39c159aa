import { z } from 'zod'
import { holidayZones } from '../contract/holiday-zones.ts'

const feedAddress = (name: string) => z.url({ protocol: /^https?$/, error: `${name} doit être une adresse https.` }).optional()

const settingsSchema = z.object({
  DATABASE_URL: z
    .string({ error: 'DATABASE_URL manque : adresse PostgreSQL de l’application, par exemple postgres://jalon_app:…@hôte/jalon.' })
    .startsWith('postgres', {
      error: 'DATABASE_URL doit commencer par postgres:// ou postgresql://.',
    }),
  DATABASE_OWNER_URL: z
    .string({ error: 'DATABASE_OWNER_URL manque : adresse PostgreSQL du propriétaire (migrations et file des traitements).' })
    .startsWith('postgres', {
      error: 'DATABASE_OWNER_URL doit commencer par postgres:// ou postgresql://.',
    }),
  PORT: z.coerce.number({ error: 'PORT doit être un nombre.' }).int().min(0).max(65535).default(8000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: z.url({ error: 'PUBLIC_URL doit être l’adresse publique de Jalon, par exemple https://jalon.exemple.fr.' }),
  JALON_MODE: z.enum(['production', 'demo', 'test']).default('production'),
  TIME_ZONE: z.string().default('Europe/Paris'),
  PUBLIC_HOLIDAYS: z
    .string()
    .transform((zone) => zone.trim().toLowerCase().replaceAll('-', '_'))
    .pipe(z.enum(holidayZones, { error: `PUBLIC_HOLIDAYS vaut ${holidayZones.join(', ').replaceAll('_', '-')}.` }))
    .default('france'),
  /** Where Jalon rings as a telephone of the exchange, over UDP: « 127.0.0.1:5062 »; absent, it does not. */
  SIP_LISTEN: z
    .string()
    .regex(/^[^\s:]+:\d{1,5}$/, { error: 'SIP_LISTEN doit être une adresse et un port, par exemple 127.0.0.1:5062.' })
    .optional(),
  /** Addresses of the exchanges that may speak SIP to Jalon, separated by commas. */
  SIP_PEERS: z.string().default('127.0.0.1'),
  /** The port of hospitals, HL7 v2 over MLLP and TLS: « 0.0.0.0:2575 »; absent, it is not opened. Both sides have a certificate (files, PEM). */
  HL7_LISTEN: z
    .string()
    .regex(/^(\[[0-9a-fA-F:]+\]|[^\s:]+):\d{1,5}$/, { error: 'HL7_LISTEN doit être une adresse et un port, par exemple 0.0.0.0:2575.' })
    .optional(),
  HL7_CERTIFICATE: z.string().min(1).optional(),
  HL7_KEY: z.string().min(1).optional(),
  HL7_KEY_PASSPHRASE: z.string().min(1).optional(),
  /** The authorities whose certificates may speak; an establishment of the region must besides declare each one. */
  HL7_CA: z.string().min(1).optional(),
  /** Base map: the address of a MapLibre style; empty for the one that needs no internet. */
  MAP_STYLE_URL: z
    .union([z.literal(''), z.url({ error: 'MAP_STYLE_URL doit être l’adresse d’un style de carte, ou rien pour le fond sans internet.' })])
    .optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  // 0: nobody; 1: the reverse proxy of this machine; else its addresses, as CIDR separated by commas
  TRUST_PROXY: z
    .string()
    .regex(/^(0|1|(loopback|linklocal|uniquelocal|[0-9a-fA-F.:]+(\/\d{1,3})?)(,\s*(loopback|linklocal|uniquelocal|[0-9a-fA-F.:]+(\/\d{1,3})?))*)$/, {
      error: 'TRUST_PROXY : 0, 1 (frontal sur la même machine) ou les adresses du frontal, séparées par des virgules.',
    })
    .default('0'),
  /** Private key (Ed25519, PEM) that signs the audit; outside the database. */
  AUDIT_KEY_FILE: z.string().min(1).optional(),
  /** Where anchors of the audit go: file:/…, syslog:udp://…, separated by commas. */
  AUDIT_ANCHORS: z.string().default(''),
  PSC_ISSUER: z.url({ error: 'PSC_ISSUER manque : émetteur des jetons Pro Santé Connect.' }),
  PSC_AUTHORIZE_URL: z.url({ error: 'PSC_AUTHORIZE_URL manque.' }),
  PSC_TOKEN_URL: z.url({ error: 'PSC_TOKEN_URL manque.' }),
  PSC_USERINFO_URL: z.url({ error: 'PSC_USERINFO_URL manque.' }),
  PSC_JWKS_URL: z.url({ error: 'PSC_JWKS_URL manque.' }),
  PSC_LOGOUT_URL: z.url({ error: 'PSC_LOGOUT_URL manque.' }),
  PSC_CLIENT_ID: z.string({ error: 'PSC_CLIENT_ID manque.' }).min(1),
  PSC_CLIENT_SECRET: z.string().min(1).optional(),
  PSC_ACR: z.string().default('eidas1'),
  PSC_CLIENT_CERTIFICATE: z.string().min(1).optional(),
  PSC_CLIENT_KEY: z.string().min(1).optional(),
  PSC_CLIENT_KEY_PASSPHRASE: z.string().min(1).optional(),
  PSC_CA: z.string().min(1).optional(),
  PSC_TIMEOUT_SECONDS: z.coerce.number({ error: 'PSC_TIMEOUT_SECONDS doit être un nombre de secondes.' }).int().min(1).max(60).default(10),
  PSC_SESSION_CHECK_MINUTES: z.coerce.number({ error: 'PSC_SESSION_CHECK_MINUTES doit être un nombre de minutes.' }).int().min(0).max(60).default(0),
  /** The teleservice INSi; without its address, no INS can be retrieved nor verified. */
  INSI_URL: z.url({ error: 'INSI_URL doit être l’adresse du téléservice INSi.' }).optional(),
  INSI_CLIENT_CERTIFICATE: z.string().min(1).optional(),
  INSI_CLIENT_KEY: z.string().min(1).optional(),
  INSI_CLIENT_KEY_PASSPHRASE: z.string().min(1).optional(),
  INSI_CA: z.string().min(1).optional(),
  INSI_TIMEOUT_SECONDS: z.coerce.number({ error: 'INSI_TIMEOUT_SECONDS doit être un nombre de secondes.' }).int().min(1).max(60).default(10),
  INSI_EMITTER: z.string().max(60).default(''),
  INSI_SOFTWARE_ID: z.string().max(60).default(''),
  /** Where the national directories are read from by themselves; without an address, a feed does not run. Keys are given by who keeps each directory. */
  RPPS_URL: feedAddress('RPPS_URL'),
  SKILLS_URL: feedAddress('SKILLS_URL'),
  DIPLOMAS_URL: feedAddress('DIPLOMAS_URL'),
  MSSANTE_URL: feedAddress('MSSANTE_URL'),
  FINESS_URL: feedAddress('FINESS_URL'),
  /** PEM of the authorities of those addresses (IGC-Santé for the Annuaire Santé). */
  FEED_CA: z.string().min(1).optional(),
  ANNUAIRE_URL: feedAddress('ANNUAIRE_URL'),
  ANNUAIRE_API_KEY: z.string().min(1).optional(),
  ROR_URL: feedAddress('ROR_URL'),
  ROR_API_KEY: z.string().min(1).optional(),
  DATA_INCLUSION_URL: feedAddress('DATA_INCLUSION_URL'),
  DATA_INCLUSION_API_KEY: z.string().min(1).optional(),
  /** Départements to read, separated by commas; everything when empty. */
  DATA_INCLUSION_DEPARTMENTS: z
    .string()
    .regex(/^\s*$|^\s*(\d{2,3}|2[AB])(\s*,\s*(\d{2,3}|2[AB]))*\s*$/, {
      error: 'DATA_INCLUSION_DEPARTMENTS : des départements séparés par des virgules, par exemple 88, 54, 2A.',
    })
    .default('')
    .transform((told) =>
      told
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean),
    ),
  /** Where notices (« un événement vous attend ») leave: SMTP, an SMS gateway, the keys that sign what is written to browsers (RFC 8292). */
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, { error: 'SMTP_URL doit commencer par smtp:// ou smtps://.' })
    .optional(),
  /** The relay of the operator of MSSanté, where invitations to such addresses leave; the sender is a mailbox of that operator. */
  MSSANTE_SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, { error: 'MSSANTE_SMTP_URL doit commencer par smtp:// ou smtps://.' })
    .optional(),
  MSSANTE_FROM: z.string().max(200).default('Jalon <jalon@jalon.mssante.invalid>'),
  /** The certificate of the organisation under contract with that operator, and the authorities of its relay; the number of the product at the ANS. */
  MSSANTE_CLIENT_CERTIFICATE: z.string().min(1).optional(),
  MSSANTE_CLIENT_KEY: z.string().min(1).optional(),
  MSSANTE_CLIENT_KEY_PASSPHRASE: z.string().min(1).optional(),
  MSSANTE_CA: z.string().min(1).optional(),
  MSSANTE_NIL: z
    .string()
    .regex(/^[\w./-]{1,60}$/, { error: 'MSSANTE_NIL : le numéro du logiciel donné par l’ANS.' })
    .optional(),
  NOTICE_FROM: z.string().max(200).default('Jalon <ne-pas-repondre@jalon.invalid>'),
  SMS_URL: z.url({ error: 'SMS_URL doit être l’adresse de la passerelle de SMS.' }).optional(),
  SMS_TOKEN: z.string().max(500).default(''),
  VAPID_PUBLIC_KEY: z.string().min(80, { error: 'VAPID_PUBLIC_KEY : la clé publique, en base64url.' }).optional(),
  VAPID_PRIVATE_KEY: z.string().min(40, { error: 'VAPID_PRIVATE_KEY : la clé privée, en base64url.' }).optional(),
  /** Push services to which a browser may ask to be written. */
  PUSH_HOSTS: z.string().default('fcm.googleapis.com,updates.push.services.mozilla.com,*.push.apple.com,*.notify.windows.com'),
  /** Mon espace santé, where the appointments of whoever wants it go; without its address, nothing leaves. */
  HEALTH_SPACE_URL: z.url({ protocol: /^https?$/, error: 'HEALTH_SPACE_URL doit être l’adresse FHIR de Mon espace santé.' }).optional(),
  HEALTH_SPACE_API_KEY: z.string().min(1).optional(),
  /** Mailboxes of persons: `<matricule INS>@` this domain, reached by the relay of MSSanté. Empty: nothing is sent to persons, everything is handed over. */
  HEALTH_SPACE_MAIL_DOMAIN: z
    .string()
    .regex(/^$|^([a-z0-9-]+\.)*mssante\.fr$/, { error: 'HEALTH_SPACE_MAIL_DOMAIN doit être un domaine de MSSanté, comme patient.mssante.fr.' })
    .default(''),
  HEALTH_SPACE_CLIENT_CERTIFICATE: z.string().min(1).optional(),
  HEALTH_SPACE_CLIENT_KEY: z.string().min(1).optional(),
  HEALTH_SPACE_CA: z.string().min(1).optional(),
  /** The antivirus that looks at files before anybody opens them: `tcp://host:3310` or `unix:/run/clamav/clamd.ctl`. */
  CLAMD_URL: z
    .string()
    .regex(/^(tcp:\/\/[^/\s]+|unix:\/\S+)$/, { error: 'CLAMD_URL doit commencer par tcp:// (hôte et port) ou unix:/ (chemin de la prise).' })
    .optional(),
  /** Calendars that users may link, both ways: the applications registered at Microsoft and Google. They need SEALING_KEY, which seals the keys that users give. */
  MICROSOFT_CLIENT_ID: z.string().min(1).optional(),
  MICROSOFT_CLIENT_SECRET: z.string().min(1).optional(),
  MICROSOFT_LOGIN_URL: z.url().default('https://login.microsoftonline.com/common/oauth2/v2.0'),
  MICROSOFT_GRAPH_URL: z.url().default('https://graph.microsoft.com'),
  GOOGLE_CLIENT_ID: z.string().min(1).optional(),
  GOOGLE_CLIENT_SECRET: z.string().min(1).optional(),
  GOOGLE_AUTHORIZE_URL: z.url().default('https://accounts.google.com/o/oauth2/v2/auth'),
  GOOGLE_TOKEN_URL: z.url().default('https://oauth2.googleapis.com/token'),
  GOOGLE_API_URL: z.url().default('https://www.googleapis.com'),
  SEALING_KEY: z.string().min(32, { error: 'SEALING_KEY doit compter au moins 32 caractères tirés au hasard.' }).optional(),
  /** Former values of SEALING_KEY, separated by spaces: what was written without network under them can still be merged. */
  SEALING_KEY_FORMER: z
    .string()
    .default('')
    .transform((told) => told.split(/\s+/).filter(Boolean)),
})

export type Settings = z.output<typeof settingsSchema>

const feedAddresses = ['RPPS_URL', 'SKILLS_URL', 'DIPLOMAS_URL', 'MSSANTE_URL', 'FINESS_URL', 'ANNUAIRE_URL', 'ROR_URL', 'DATA_INCLUSION_URL'] as const

/** Plan IGN in grey, of the Géoplateforme: public, without a key. */
const planIgn = 'https://data.geopf.fr/annexes/ressources/vectorTiles/styles/PLAN.IGN/gris.json'

/** The style of the base map; '' for our own, which needs no internet: the only one of demos and tests unless they name another. */
export function mapStyleOf(settings: Settings): string {
  return settings.MAP_STYLE_URL ?? (settings.JALON_MODE === 'production' ? planIgn : '')
}

/** Thrown when the environment does not allow a start; `lines` are French sentences for the operator. */
export class SettingsError extends Error {
  readonly lines: readonly string[]
  constructor(lines: readonly string[]) {
    super(lines.join('\n'))
    this.name = 'SettingsError'
    this.lines = lines
  }
}

/**
 * Reads the settings from the environment. Refuses, listing every fault in French, what is missing or malformed; and in production
 * a stand-in login (an issuer on a loopback address) or an address that is not https.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const parsed = settingsSchema.safeParse(environment)
  if (!parsed.success) throw new SettingsError(parsed.error.issues.map((issue) => `${issue.path.join('.')} : ${issue.message}`))
  const settings = parsed.data
  if (settings.PSC_CLIENT_SECRET === undefined && settings.PSC_CLIENT_CERTIFICATE === undefined) {
    throw new SettingsError(['PSC_CLIENT_SECRET manque (ou PSC_CLIENT_CERTIFICATE et PSC_CLIENT_KEY, dans l’espace de confiance).'])
  }
  if ((settings.VAPID_PUBLIC_KEY === undefined) !== (settings.VAPID_PRIVATE_KEY === undefined)) {
    throw new SettingsError(['VAPID_PUBLIC_KEY et VAPID_PRIVATE_KEY vont ensemble.'])
  }
  if (settings.HL7_LISTEN !== undefined && (settings.HL7_CERTIFICATE === undefined || settings.HL7_KEY === undefined || settings.HL7_CA === undefined)) {
    throw new SettingsError(['HL7_LISTEN demande HL7_CERTIFICATE, HL7_KEY et HL7_CA : sans certificat des deux côtés, aucune conversation.'])
  }
  if (settings.INSI_URL !== undefined && (settings.INSI_CLIENT_CERTIFICATE === undefined || settings.INSI_CLIENT_KEY === undefined)) {
    throw new SettingsError(['INSI_URL demande INSI_CLIENT_CERTIFICATE et INSI_CLIENT_KEY : le téléservice INSi ne répond qu’à un certificat.'])
  }
  const keyless = (['ANNUAIRE', 'ROR', 'DATA_INCLUSION'] as const).filter(
    (name) => settings[`${name}_URL`] !== undefined && settings[`${name}_API_KEY`] === undefined,
  )
  if (keyless.length > 0) throw new SettingsError(keyless.map((name) => `${name}_URL demande ${name}_API_KEY : la clé que donne le service.`))
  if (settings.JALON_MODE === 'production') {
    const faults: string[] = []
    const loopback = /^https?:\/\/(127\.|localhost|\[::1\])/
    if ([settings.PSC_ISSUER, settings.PSC_AUTHORIZE_URL, settings.PSC_TOKEN_URL].some((url) => loopback.test(url))) {
      faults.push('La connexion pointe vers une doublure de Pro Santé Connect : refusée en production. Renseignez les adresses PSC_… réelles.')
    }
    if ((settings.PSC_CLIENT_CERTIFICATE === undefined) !== (settings.PSC_CLIENT_KEY === undefined)) {
      faults.push('PSC_CLIENT_CERTIFICATE et PSC_CLIENT_KEY vont ensemble : le certificat et sa clé.')
    }
    if (settings.INSI_URL !== undefined && loopback.test(settings.INSI_URL)) faults.push('INSI_URL pointe vers une doublure : refusée en production.')
    for (const name of ['MICROSOFT_LOGIN_URL', 'MICROSOFT_GRAPH_URL', 'GOOGLE_AUTHORIZE_URL', 'GOOGLE_TOKEN_URL', 'GOOGLE_API_URL'] as const)
      if (!settings[name].startsWith('https://')) faults.push(`${name} doit être en https en production.`)
    if (settings.HEALTH_SPACE_URL?.startsWith('http://')) faults.push('HEALTH_SPACE_URL doit être en https en production.')
    if (settings.AUDIT_KEY_FILE === undefined)
      faults.push('AUDIT_KEY_FILE manque : clé qui signe les traces, à créer par « npm run jalon -- audit key FICHIER ».')
    for (const name of feedAddresses) if (settings[name]?.startsWith('http://')) faults.push(`${name} doit être en https en production.`)
    if (!settings.PUBLIC_URL.startsWith('https://')) faults.push('PUBLIC_URL doit être en https en production.')
    if (faults.length > 0) throw new SettingsError(faults)
  }
  return settings
}
