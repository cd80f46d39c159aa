import { createTransport } from 'nodemailer'
import type { NoticeAnswer, NoticeMessage, NoticePort, NoticeWay, PushTarget } from '../../../liaison/contract/notice.ts'
import type { Settings } from '../../../platform/server/settings.ts'
import { encryptPush } from './push-encryption.ts'
import { type VapidKeys, vapidAuthorization } from './push-signature.ts'

const timeoutMs = 10_000

export interface NoticeSettings {
  readonly publicUrl: string
  readonly smtpUrl: string | null
  readonly from: string
  readonly smsUrl: string | null
  readonly smsToken: string
  readonly vapid: VapidKeys | null
  /** Hosts of push services to which a browser may ask to be written: an address that it gives is otherwise a way into the network. */
  readonly pushHosts: readonly string[]
}

/** What the installation says of the ways that notices leave; null where it has none. */
export function noticeSettings(settings: Settings): NoticeSettings | null {
  const { SMTP_URL, SMS_URL, VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY } = settings
  if (SMTP_URL === undefined && SMS_URL === undefined && VAPID_PUBLIC_KEY === undefined) return null
  return {
    publicUrl: settings.PUBLIC_URL,
    smtpUrl: SMTP_URL ?? null,
    from: settings.NOTICE_FROM,
    smsUrl: SMS_URL ?? null,
    smsToken: settings.SMS_TOKEN,
    vapid: VAPID_PUBLIC_KEY === undefined || VAPID_PRIVATE_KEY === undefined ? null : { publicKey: VAPID_PUBLIC_KEY, privateKey: VAPID_PRIVATE_KEY },
    pushHosts: settings.PUSH_HOSTS.split(',').map((host) => host.trim().toLowerCase()),
  }
}

/** Carries notices by e-mail (SMTP), SMS (a gateway over HTTP) and to browsers (RFC 8030, encrypted by RFC 8291, signed by RFC 8292). */
export function openNotices(settings: NoticeSettings): NoticePort {
  const ways: NoticeWay[] = [
    ...(settings.smtpUrl === null ? [] : (['email'] as const)),
    ...(settings.smsUrl === null ? [] : (['sms'] as const)),
    ...(settings.vapid === null ? [] : (['push'] as const)),
  ]
  const mail =
    settings.smtpUrl === null
      ? null
      : createTransport({ url: settings.smtpUrl, connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs })
  const link = `${settings.publicUrl}/nouveautes`
  return {
    ways,
    send: async (message) => {
      if (message.way === 'email') return byMail(mail, settings.from, message, link)
      if (message.way === 'sms') return bySms(settings, message, link)
      return toBrowsers(settings, message)
    },
  }
}

async function byMail(mail: ReturnType<typeof createTransport> | null, from: string, message: NoticeMessage, link: string): Promise<NoticeAnswer> {
  if (mail === null) return { outcome: 'unreachable', because: 'not connected' }
  try {
    await mail.sendMail({
      from,
      to: String(message.to),
      subject: message.subject,
      text: `${message.body}\n\n${link}\n\nCe message ne dit rien de personne : connectez-vous pour lire.\nVos choix : ${new URL('/mes-notifications', link).href}\n`,
      // A second try of the same is the same message for whoever receives it.
      messageId: `<${message.reference}@${new URL(link).hostname}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    return { outcome: 'ok' }
  } catch (error) {
    const { responseCode = 0, code = 'error' } = error as { readonly responseCode?: number; readonly code?: string }
    return responseCode >= 500 ? { outcome: 'refused', because: `SMTP ${responseCode}` } : { outcome: 'unreachable', because: code }
  }
}

async function bySms({ smsUrl, smsToken }: NoticeSettings, message: NoticeMessage, link: string): Promise<NoticeAnswer> {
  const response = await post(String(smsUrl), {
    headers: { 'content-type': 'application/json', authorization: `Bearer ${smsToken}`, 'idempotency-key': message.reference },
    body: JSON.stringify({ reference: message.reference, to: message.to, text: `${message.body} ${link}` }),
  })
  return answerOf(response)
}

async function toBrowsers(settings: NoticeSettings, message: NoticeMessage): Promise<NoticeAnswer> {
  const { vapid } = settings
  if (vapid === null) return { outcome: 'unreachable', because: 'not connected' }
  const gone: string[] = []
  const answers: NoticeAnswer[] = []
  for (const target of message.to as readonly PushTarget[]) {
    if (!mayBeWritten(target.endpoint, settings.pushHosts)) {
      gone.push(target.id)
      continue
    }
    const body = sealed(target, { reference: message.reference, body: message.body })
    if (body === null) {
      gone.push(target.id)
      continue
    }
    const response = await post(target.endpoint, {
      headers: {
        authorization: await vapidAuthorization(target.endpoint, settings.publicUrl, vapid),
        'content-encoding': 'aes128gcm',
        'content-type': 'application/octet-stream',
        ttl: String(keptSeconds),
        // What a push service has not delivered yet is replaced by the same, never doubled (32 characters at most).
        topic: message.reference.replaceAll('-', ''),
      },
      body: new Uint8Array(body),
    })
    if (response !== null && (response.status === 404 || response.status === 410)) gone.push(target.id)
    else answers.push(answerOf(response))
  }
  const ok = answers.find(({ outcome }) => outcome === 'ok')
  if (ok !== undefined) return { outcome: 'ok', gone }
  const late = answers.find(({ outcome }) => outcome === 'unreachable')
  if (late !== undefined) return late
  return { outcome: 'refused', because: 'no browser takes it', gone }
}

/** For how long a push service keeps what it could not deliver. */
const keptSeconds = 3600

/** Null for a browser whose keys are none: nothing can ever be written to it. */
function sealed(target: PushTarget, told: { readonly reference: string; readonly body: string }): Buffer | null {
  try {
    return encryptPush(JSON.stringify(told), target)
  } catch {
    return null
  }
}

/** True for an address of a known push service; of none other, and never in clear outside this machine. */
export function mayBeWritten(endpoint: string, hosts: readonly string[]): boolean {
  const url = URL.parse(endpoint)
  if (url === null || url.username !== '') return false
  const known = hosts.some((host) => (host.startsWith('*.') ? url.hostname.endsWith(host.slice(1)) : url.host === host || url.hostname === host))
  return known && (url.protocol === 'https:' || url.hostname === '127.0.0.1')
}

async function post(url: string, init: { readonly headers: Record<string, string>; readonly body: BodyInit }): Promise<Response | null> {
  try {
    const response = await fetch(url, { method: 'POST', ...init, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) })
    await response.arrayBuffer()
    return response
  } catch {
    return null
  }
}

function answerOf(response: Response | null): NoticeAnswer {
  if (response === null) return { outcome: 'unreachable', because: 'no answer' }
  if (response.ok) return { outcome: 'ok' }
  const because = `HTTP ${response.status}`
  return response.status === 429 || response.status >= 500 ? { outcome: 'unreachable', because } : { outcome: 'refused', because }
}
