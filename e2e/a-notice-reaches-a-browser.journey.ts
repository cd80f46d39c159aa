import type { CDPSession, Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { startNotices } from '../simulators/notices/main.ts'
import { newVapidKeys } from '../src/interop/notices/server/push-signature.ts'
import { newId } from '../src/platform/contract/ids.ts'
import { openSite } from './site.ts'
import { words } from './support/hand.ts'

const standIn = await startNotices()
afterAll(() => standIn.stop())
const keys = newVapidKeys()
const site = await openSite(undefined, {
  environment: { VAPID_PUBLIC_KEY: keys.publicKey, VAPID_PRIVATE_KEY: keys.privateKey, PUSH_HOSTS: standIn.pushHost },
})

test('« un événement vous attend » goes from the server to a browser that agreed: encrypted on its way, shown by the worker, without a word of anybody', async () => {
  const julie = await site.signIn('referent', { at: '/mes-notifications' })
  const { open, subscription } = standIn.aBrowser()
  const { endpoint, ...given } = subscription
  // The push services of browsers are on the internet: the stand-in is the one of this browser, all else is its own.
  await julie.context().grantPermissions(['notifications'], { origin: site.url })
  await julie.evaluate(
    (answer) => {
      PushManager.prototype.subscribe = async () => ({ toJSON: () => answer }) as unknown as PushSubscription
    },
    { endpoint, keys: given },
  )
  await julie.getByRole('button', { name: 'Ajouter ce navigateur' }).click()
  await julie.getByRole('list').getByText(words('Chrome sur')).waitFor({ timeout: 30_000 })
  await site.accessible(julie)

  // Whatever the hour at which this is played: something is due now.
  await site.owner.query(
    `insert into liaison.notice (id, user_id, way, cause, cause_id, created_at, send_after)
      select $1, user_id, 'push', 'journey', $2, now(), now() - interval '1 minute' from liaison.push_device where endpoint = $3`,
    [newId(), newId(), endpoint],
  )
  await site.owner.query(`select graphile_worker.add_job('liaison:send-notices', '{}'::json)`)
  await expect.poll(() => standIn.received.length, { timeout: 30_000 }).toBe(1)
  const message = open(Buffer.from(String(standIn.received[0]?.text), 'base64'))
  expect(JSON.parse(message)).toEqual({ reference: expect.any(String), body: 'Un événement vous attend dans Jalon.' })

  const shown = () =>
    julie.evaluate(async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(({ title, body, tag }) => ({ title, body, tag })))
  // The browser drops what its developer tools deliver while the worker starts: it is delivered until it shows, and shows once.
  const delivered = async (): ReturnType<typeof shown> => {
    await deliver(julie, message)
    return shown()
  }
  await expect
    .poll(delivered, { timeout: 30_000, interval: 1_000 })
    .toEqual([{ title: 'Jalon', body: 'Un événement vous attend dans Jalon.', tag: JSON.parse(message).reference }])
  // Told again, as after a restart: the same reference is the same notification.
  await deliver(julie, message)
  expect(await shown()).toHaveLength(1)
})

/** What the browser does of a message that its push service brings and that it has decrypted. */
async function deliver(page: Page, data: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const registrationId = await registrationOf(session)
  await session.send('ServiceWorker.deliverPushMessage', { origin: new URL(page.url()).origin, registrationId, data })
  await session.detach()
}

async function registrationOf(session: CDPSession): Promise<string> {
  const found = new Promise<string>((resolve) =>
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [one] = registrations.filter(({ isDeleted }) => !isDeleted)
      if (one !== undefined) resolve(one.registrationId)
    }),
  )
  await session.send('ServiceWorker.enable')
  return found
}
