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
  }
}

const open = (url: string | null): ReturnType<typeof createTransport> | null =>
  url === null ? null : createTransport({ url, connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs })

/** Carries letters by SMTP: to an address of MSSanté by the relay of its operator only, to any other by the installation's own. */
export function openLetters(settings: LetterSettings): InvitationPort {
  const ways = { secure: { mail: open(settings.mssanteUrl), from: settings.mssanteFrom }, plain: { mail: open(settings.smtpUrl), from: settings.from } }
  const wayOf = (to: string) => (isMssante(to) ? ways.secure : ways.plain)
  return {
    carries: (to) => wayOf(to).mail !== null,
    send: async (letter: InvitationLetter) => {
      const { mail, from } = wayOf(letter.to)
      if (mail === null) return { outcome: 'refused' }
      try {
        await mail.sendMail({
          from,
          to: letter.to,
          subject: letter.subject,
          text: letter.body,
          messageId: `<${letter.reference}@${new URL(settings.publicUrl).hostname}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
        return { outcome: 'ok' }
      } catch (error) {
        const { responseCode = 0 } = error as { readonly responseCode?: number }
        return { outcome: responseCode >= 500 ? 'refused' : 'unreachable' }
      }
    },
  }
}
