import { createTransport } from 'nodemailer'
import type { Logger } from 'nodemailer/lib/shared/index.js'
import type { NoticeAnswer, PersonNoticePort } from '../../../persons/contract/person-notices.ts'
import type { Settings } from '../../../platform/server/settings.ts'

const timeoutMs = 10_000

export interface MailboxSettings {
  readonly publicUrl: string
  readonly relayUrl: string
  readonly from: string
  /** Domain of the mailboxes of persons: `patient.mssante.fr`, another one on the test platform. */
  readonly domain: string
}

/** What the installation says of the mailbox of persons; null: none of them is written to. */
export function mailboxSettings({ PUBLIC_URL, MSSANTE_SMTP_URL, MSSANTE_FROM, HEALTH_SPACE_MAIL_DOMAIN }: Settings): MailboxSettings | null {
  if (MSSANTE_SMTP_URL === undefined || HEALTH_SPACE_MAIL_DOMAIN === '') return null
  return { publicUrl: PUBLIC_URL, relayUrl: MSSANTE_SMTP_URL, from: MSSANTE_FROM, domain: HEALTH_SPACE_MAIL_DOMAIN }
}

/**
 * The mailbox of a person in Mon espace santé, by the relay of MSSanté (SMTP). SMTP has no way to ask whether a message was taken: what was cut before the relay
 * asked for the text was not received, what was cut after is uncertain, and is said so. Never throws; the address is written nowhere.
 */
export function openMailbox({ publicUrl, relayUrl, from, domain }: MailboxSettings): PersonNoticePort {
  const host = new URL(publicUrl).hostname
  return {
    send: async ({ reference, matricule, subject, body }): Promise<NoticeAnswer> => {
      const passage = { textAsked: false }
      const mail = createTransport({
        url: relayUrl,
        connectionTimeout: timeoutMs,
        greetingTimeout: timeoutMs,
        socketTimeout: timeoutMs,
        logger: listener(passage),
        transactionLog: true,
      })
      try {
        await mail.sendMail({
          from,
          to: `${matricule}@${domain}`,
          subject,
          text: body,
          messageId: `<${reference}@${host}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
        return { outcome: 'ok' }
      } catch (error) {
        const { responseCode = 0, command = '' } = error as { readonly responseCode?: number; readonly command?: string }
        // A refusal of the mailbox or of the text is about her; one of the greeting, of our key or of our sender is about us, and is mended meanwhile.
        if (responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA')) return { outcome: 'refused' }
        return { outcome: responseCode >= 400 || !passage.textAsked ? 'unreachable' : 'uncertain' }
      }
    },
  }
}

/** Hears the conversation with the relay, and keeps nothing of it but that the relay asked for the text (354). */
function listener(passage: { textAsked: boolean }): Logger {
  const hear = (entry: unknown, ...words: readonly unknown[]): void => {
    if ((entry as { readonly tnx?: string }).tnx === 'server' && String(words[0]).startsWith('354')) passage.textAsked = true
  }
  const deaf = (): void => undefined
  return { trace: deaf, debug: hear, info: deaf, warn: deaf, error: deaf, fatal: deaf }
}
