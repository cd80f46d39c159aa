import { newId } from '../../platform/contract/ids.ts'

/** Why this browser cannot show notices; null when it can. */
export function pushRefusal(pushKey: unknown): string | null {
  if (typeof pushKey !== 'string') return 'Les notifications du navigateur ne sont pas réglées sur cette installation.'
  if (!('serviceWorker' in navigator) || !('PushManager' in window)) return 'Ce navigateur ne sait pas recevoir de notifications.'
  if (Notification.permission === 'denied') return 'Ce navigateur refuse les notifications de Jalon : autorisez-les dans ses réglages.'
  return null
}

export interface BrowserToWrite {
  readonly id: string
  readonly endpoint: string
  readonly p256dh: string
  readonly auth: string
  readonly label: string
}

/** Asks the browser to be written to; null when its user says no, or when it cannot. */
export async function subscribeBrowser(pushKey: string): Promise<BrowserToWrite | null> {
  if ((await Notification.requestPermission()) !== 'granted') return null
  await navigator.serviceWorker.register('/service-worker.js')
  // A worker that is still being installed takes no subscription.
  const worker = await navigator.serviceWorker.ready
  const subscription = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: pushKey })
  const { endpoint, keys } = subscription.toJSON()
  if (endpoint === undefined || keys === undefined) return null
  return { id: newId(), endpoint, p256dh: keys['p256dh'] ?? '', auth: keys['auth'] ?? '', label: browserName(navigator.userAgent) }
}

/** « Firefox sur Windows »: enough to recognise it in a list. */
export function browserName(agent: string): string {
  const browser = /Edg\//.test(agent)
    ? 'Edge'
    : /Firefox\//.test(agent)
      ? 'Firefox'
      : /Chrome\//.test(agent)
        ? 'Chrome'
        : /Safari\//.test(agent)
          ? 'Safari'
          : 'Navigateur'
  const system = /Android/.test(agent)
    ? 'Android'
    : /iPhone|iPad/.test(agent)
      ? 'iOS'
      : /Windows/.test(agent)
        ? 'Windows'
        : /Mac OS/.test(agent)
          ? 'macOS'
          : /Linux/.test(agent)
            ? 'Linux'
            : 'appareil inconnu'
  return `${browser} sur ${system}`
}
