import { readFileSync } from 'node:fs'
import { createTransport } from 'nodemailer'
import { type InvitationLetter, type InvitationPort, isMssante } from '../../../care-team/contract/invitations.ts'
import type { Settings } from '../../../platform/server/settings.ts'

const timeoutMs = 10_000

export interface LetterSettings {
  readonly publicUrl: string
  readonly smtpUrl: string | null
  readonly from: string
  readonly mssanteUrl: string | null
  readonly mssanteFrom: string
  /** The certificate of the organisation, which the operator knows it by, and the authorities of the relay: PEM. */
  readonly mssanteTls?: MssanteTls
  /** Number of the product at the ANS (header X-MSS-NIL of every message). */
  readonly mssanteProduct?: string | undefined
}

export interface MssanteTls {
  readonly certificate?: string | undefined
  readonly key?: string | undefined
  readonly passphrase?: string | undefined
  readonly authorities?: string | undefined
}

/** What the installation says of the ways that letters leave; null where it has none. */
export function letterSettings(settings: Settings): LetterSettings | null {
  const { SMTP_URL, MSSANTE_SMTP_URL } = settings
  if (SMTP_URL === undefined && MSSANTE_SMTP_URL === undefined) return null
  return {
    publicUrl: settings.PUBLIC_URL,
    smtpUrl: SMTP_URL ?? null,
    from: settings.NOTICE_FROM,
    mssanteUrl: MSSANTE_SMTP_URL ?? null,
    mssanteFrom: settings.MSSANTE_FROM,
    mssanteTls: {
      certificate: read(settings.MSSANTE_CLIENT_CERTIFICATE),
      key: read(settings.MSSANTE_CLIENT_KEY),
      passphrase: settings.MSSANTE_CLIENT_KEY_PASSPHRASE,
      authorities: read(settings.MSSANTE_CA),
    },
    mssanteProduct: settings.MSSANTE_NIL,
  }
}

const read = (file: string | undefined): string | undefined => (file === undefined ? undefined : readFileSync(file, 'utf8'))

const patience = { connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs }
const open = (url: string | null): Transport | null => (url === null ? null : createTransport({ url, ...patience }))
type Transport = ReturnType<typeof createTransport>

/** Never a word in the clear: where the relay does not offer TLS, nothing is said. */
function openMssante({ mssanteUrl, mssanteTls: { certificate, key, passphrase, authorities } = {} }: LetterSettings): Transport | null {
  if (mssanteUrl === null) return null
  const own = {
    ...(certificate === undefined ? {} : { cert: certificate }),
    ...(key === undefined ? {} : { key }),
    ...(passphrase === undefined ? {} : { passphrase }),
  }
  return createTransport({
    url: mssanteUrl,
    ...patience,
    requireTLS: true,
    tls: { minVersion: 'TLSv1.2', ...own, ...(authorities === undefined ? {} : { ca: authorities }) },
  })
}

/**
 * Carries letters by SMTP: to an address of MSSanté by the relay of its operator only, to any other by the installation's own. A letter that leaves again is the
 * same to the byte, under the same Message-ID: whoever received it twice sees one.
 */
export function openLetters(settings: LetterSettings): InvitationPort {
  const product = settings.mssanteProduct === undefined ? {} : { 'X-MSS-NIL': settings.mssanteProduct }
  const ways = {
    secure: { mail: openMssante(settings), from: settings.mssanteFrom, headers: product },
    plain: { mail: open(settings.smtpUrl), from: settings.from, headers: {} },
  }
  const wayOf = (to: string) => (isMssante(to) ? ways.secure : ways.plain)
  return {
    carries: (to) => wayOf(to).mail !== null,
    send: async (letter: InvitationLetter) => {
      const { mail, from, headers } = wayOf(letter.to)
      if (mail === null) return { outcome: 'refused' }
      try {
        await mail.sendMail({
          from,
          to: letter.to,
          subject: letter.subject,
          text: letter.body,
          date: letter.writtenAt,
          messageId: `<${letter.reference}@${new URL(settings.publicUrl).hostname}>`,
          headers: { 'Auto-Submitted': 'auto-generated', ...headers },
        })
        return { outcome: 'ok' }
      } catch (error) {
        return { outcome: isRefusal(error as SmtpFailure) ? 'refused' : 'unreachable' }
      }
    },
  }
}

interface SmtpFailure {
  readonly responseCode?: number
  readonly command?: string
}

/** The address or the letter was refused for good. A relay that refuses us (certificate, mailbox of the sender) says nothing of the address: it is tried again. */
const isRefusal = ({ responseCode = 0, command }: SmtpFailure): boolean => responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA')
