import type { OutputOf } from '../../platform/contract/action.ts'
import { newId } from '../../platform/contract/ids.ts'
import { ApiError } from '../../platform/web/api/api-error.ts'
import { callQuery, send } from '../../platform/web/api/client.ts'
import type { Session } from '../../platform/web/api/SessionProvider.tsx'
import { createSignal } from '../../platform/web/api/signal.ts'
import type { Begun } from '../contract/begun.ts'
import { fromBase64, toBase64 } from '../contract/envelope.ts'
import { type CarriedFile, tour } from '../contract/queries.ts'
import { lockWithCode, openWithCode, type ReadKey, readKeyFrom } from '../contract/read-key.ts'
import type { KnownSection } from '../contract/section-edit.ts'
import { readAgain } from '../contract/section-edit.ts'
import { readsStill, type Terms } from '../contract/terms.ts'
import { type DeviceStore, openDeviceStore, type Place } from './device-store.ts'
import { keepJalonHere } from './install.ts'

export type Tour = OutputOf<typeof tour>

/** What this page may read and write without network, from the opening of the session on. */
export interface Carrying {
  readonly session: Session
  readonly terms: Omit<Terms, 'readSecret'>
  readonly read: ReadKey
  readonly store: DeviceStore
  readonly tour: Tour | null
  /** Evaluations begun here that the tour does not hold yet. */
  readonly begun: readonly Begun[]
  /** Opened without network, with the code of the tour. */
  readonly withoutNetwork: boolean
  /** The browser may be closed: the code of the tour opens the copies again. */
  readonly coded: boolean
  /** Milliseconds by which the clock of the server is ahead of this device's. */
  readonly ahead: number
}

/** Null until the keys of the session are there, and once they are gone. */
export const carrying = createSignal<Carrying | null>(null)

let storing: Promise<DeviceStore | null> | undefined
export function deviceStore(): Promise<DeviceStore | null> {
  storing ??= openDeviceStore()
  return storing
}

/** The secret of the read key of this session: in the memory of the page alone. */
let readSecret: Uint8Array<ArrayBuffer> | null = null

export async function ask<T>(path: string, body: unknown): Promise<T> {
  return (await (await send(`/api/offline/${path}`, JSON.stringify(body))).json()) as T
}

const randomSecret = (): string =>
  toBase64(crypto.getRandomValues(new Uint8Array(32)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

/** True where this browser keeps something of her: copies, or gestures that wait. */
export async function somethingHere(userId: string): Promise<boolean> {
  const store = await deviceStore()
  return store !== null && ((await store.place(userId)) !== null || (await store.waiting.list(userId)).length > 0)
}

/** The session is live and the server answers: takes its keys. Copies of a former session are destroyed: no key opens them any more. */
export async function openCarrying(session: Session): Promise<void> {
  const store = await deviceStore()
  if (store === null) return
  const { userId } = session.actor
  const { readSecret: secret, ...terms } = await ask<Terms>('terms', { carries: null, holds: heldBy(await store.place(userId)) })
  readSecret = fromBase64(secret)
  const read = await readKeyFrom(readSecret)
  const place = await followRegion(store, userId, terms)
  const locked = await store.copy(userId, 'tour')
  const alive = locked !== null && place !== null && readsStill(place, new Date())
  const kept = alive ? ((await read.open('tour', locked)) as Tour | null) : null
  if (locked !== null && kept === null) await store.closeCopies(userId)
  const ahead = Date.parse(terms.now) - Date.now()
  const coded = kept !== null && place?.coded != null
  const begun = kept === null ? [] : await begunKept(store, read, userId)
  carrying.set({ session: bare(session), terms, read, store, tour: kept, begun, withoutNetwork: false, coded, ahead })
}

const heldBy = (place: Place | null): { readonly device: string; readonly secret: string } | null =>
  place === null ? null : { device: place.device, secret: place.secret }

/** What the region decided since the tour was taken holds for it too: until when it reads, and whether a code opens it again. */
async function followRegion(store: DeviceStore, userId: string, terms: Omit<Terms, 'readSecret'>): Promise<Place | null> {
  const place = await store.place(userId)
  if (place === null || (await store.copy(userId, 'tour')) === null) return place
  const followed: Place = { ...place, readUntil: terms.readUntil, coded: terms.reopening ? place.coded : null }
  await store.keepPlace(followed)
  return followed
}

/** At a contact with the server, while files lie here: its terms of now. Nothing changes when nobody answers. */
export async function heedTerms(): Promise<void> {
  const here = carrying.get()
  if (here === null || here.tour === null || here.withoutNetwork) return
  const { userId } = here.session.actor
  try {
    const { readSecret: _same, ...terms } = await ask<Terms>('terms', { carries: null, holds: heldBy(await here.store.place(userId)) })
    const place = await followRegion(here.store, userId, terms)
    const now = carrying.get()
    if (now !== null) carrying.set({ ...now, terms, coded: place?.coded != null, ahead: Date.parse(terms.now) - Date.now() })
  } catch {
    // The next contact asks again.
  }
}

/** What is kept of a session to draw the pages again: who she is and the settings, never a secret. */
function bare({ actor, settings, method }: Session): Session {
  return { actor, settings, method }
}

/** Takes the files of today's visits along. With a code, a browser that was closed opens them again without network. */
export async function carryTour(code: string | null): Promise<Tour> {
  const here = carrying.get()
  if (here === null || readSecret === null)
    throw new ApiError({ status: 0, code: 'network', detail: 'Réseau perdu\u00a0: la tournée se prépare avec le réseau.' })
  const { store, read, session } = here
  const { userId, displayName } = session.actor
  const place: Place = (await store.place(userId)) ?? newPlace(userId, displayName)
  const { readSecret: _same, ...terms } = await ask<Terms>('terms', { carries: heldBy(place), holds: null })
  const taken = await callQuery(tour, {})
  await keepJalonHere()
  const begun = await keepTour(here, taken)
  const coded = !terms.reopening ? null : code !== null ? await lockWithCode(code, readSecret) : place.coded
  await store.keepCopy(userId, 'session', await read.lock('session', { session, terms }))
  await store.keepPlace({ ...place, readUntil: terms.readUntil, coded, wrongCodes: 0 })
  carrying.set({ ...here, terms, tour: taken, begun, coded: coded !== null, withoutNetwork: false })
  return taken
}

function newPlace(userId: string, name: string): Place {
  return { userId, name, device: newId(), secret: randomSecret(), readUntil: new Date(0).toISOString(), coded: null, wrongCodes: 0 }
}

/** Keeps the files locked; sections read again keep as their own what still waits here. */
async function keepTour({ store, read, session, begun }: Carrying, taken: Tour): Promise<readonly Begun[]> {
  const { userId } = session.actor
  await store.keepCopy(userId, 'tour', await read.lock('tour', taken))
  const waiting = await Promise.all(
    (await store.waiting.list(userId)).map(async ({ id, words }) => (words === null ? null : ((await read.open(`words:${userId}:${id}`, words)) as never))),
  )
  for (const { assessments } of taken.files)
    for (const { detail } of assessments)
      for (const { section, version, answers, observations } of detail.sections)
        await keepSection(detail.assessment.id, section, readAgain({ version, answers, observations }, detail.assessment.id, section, waiting))
  // What still waits here stays on the page; what has arrived comes with the tour.
  const ids = new Set((await store.waiting.list(userId)).map(({ envelope }) => envelope.about))
  const still = begun.filter(({ id }) => ids.has(id) && !taken.files.some(({ assessments }) => assessments.some(({ detail }) => detail.assessment.id === id)))
  await keepBegun(store, read, userId, still)
  return still
}

async function keepBegun(store: DeviceStore, read: ReadKey, userId: string, begun: readonly Begun[]): Promise<void> {
  await store.keepCopy(userId, 'begun', await read.lock('begun', begun))
}

async function begunKept(store: DeviceStore, read: ReadKey, userId: string): Promise<readonly Begun[]> {
  const locked = await store.copy(userId, 'begun')
  return locked === null ? [] : (((await read.open('begun', locked)) as readonly Begun[] | null) ?? [])
}

/** An evaluation begun here: its page is kept beside the tour, with its sections still empty. */
export async function addBegun(begun: Begun, sections: readonly string[]): Promise<void> {
  for (const section of sections) await keepSection(begun.id, section, { version: 1, answers: {}, observations: {}, own: {} })
  await changeBegun((before) => [...before, begun])
}

/** Its answers went elsewhere, or it was given up: it leaves the page. */
export async function dropBegun(id: string): Promise<void> {
  await changeBegun((before) => before.filter((one) => one.id !== id))
}

async function changeBegun(change: (before: readonly Begun[]) => readonly Begun[]): Promise<void> {
  const here = carrying.get()
  if (here === null) return
  const { userId } = here.session.actor
  // Another tab of this browser may have begun one too.
  const begun = change(await begunKept(here.store, here.read, userId))
  await keepBegun(here.store, here.read, userId, begun)
  carrying.set({ ...here, begun })
}

/** Ended on the server: nobody writes in it any more, here neither. */
export async function dropEnded(assessmentId: string): Promise<void> {
  await dropBegun(assessmentId)
  await changeTour((file) => ({ ...file, assessments: file.assessments.filter(({ detail }) => detail.assessment.id !== assessmentId) }))
}

/** The server has it: the alert is hers, in the copy too. */
export async function markAlertTaken(alertId: string): Promise<void> {
  const actor = carrying.get()?.session.actor
  if (actor === undefined) return
  const hers = { state: 'taken' as const, takenById: actor.userId, takenByName: actor.displayName }
  await changeTour((file) => ({ ...file, alerts: file.alerts.map((one) => (one.id === alertId ? { ...one, ...hers } : one)) }))
}

async function changeTour(change: (file: CarriedFile) => CarriedFile): Promise<void> {
  const here = carrying.get()
  if (here === null || here.tour === null) return
  const changed = { ...here.tour, files: here.tour.files.map(change) }
  carrying.set({ ...here, tour: changed })
  await here.store.keepCopy(here.session.actor.userId, 'tour', await here.read.lock('tour', changed))
}

const sectionName = (assessmentId: string, section: string): string => `section:${assessmentId}:${section}`

export async function keepSection(assessmentId: string, section: string, known: KnownSection): Promise<void> {
  const here = carrying.get()
  if (here === null) return
  const name = sectionName(assessmentId, section)
  await here.store.keepCopy(here.session.actor.userId, name, await here.read.lock(name, known))
}

/** One section of an evaluation that was taken along; null when it was not, or cannot be read any more. */
export async function sectionKept(assessmentId: string, section: string): Promise<KnownSection | null> {
  const here = carrying.get()
  if (here === null) return null
  const name = sectionName(assessmentId, section)
  const locked = await here.store.copy(here.session.actor.userId, name)
  return locked === null ? null : ((await here.read.open(name, locked)) as KnownSection | null)
}

/** Those who may open their copies in this browser without network, with their code. */
export async function whoMayOpen(): Promise<readonly Place[]> {
  const store = await deviceStore()
  if (store === null) return []
  const places = await store.places()
  const now = new Date()
  for (const place of places) if (place.coded !== null && !readsStill(place, now)) await store.closeCopies(place.userId)
  return places.filter((place) => place.coded !== null && readsStill(place, now))
}

/** What lies in this browser of somebody, and that nothing opens while there is no network. */
export interface Sealed {
  readonly name: string
  /** Files taken along without a code: their key was in the page that was closed. */
  readonly closedFiles: boolean
  /** Gestures written here that have not left. */
  readonly waiting: number
}

/** Told to whoever opens Jalon without network where no code opens anything: names of users, and how many gestures of each wait. */
export async function sealedHere(): Promise<readonly Sealed[]> {
  const store = await deviceStore()
  if (store === null) return []
  const now = new Date()
  const all = await Promise.all(
    (await store.places()).map(async (place) => ({
      name: place.name,
      closedFiles: place.coded === null && readsStill(place, now),
      waiting: (await store.waiting.list(place.userId)).length,
    })),
  )
  return all.filter(({ closedFiles, waiting }) => closedFiles || waiting > 0)
}

/** Tries after which the copies are destroyed. */
export const mostWrongCodes = 5

/** Opens the copies without network. Gives the session to draw the pages with; else how many tries are left (0: destroyed). */
export async function openWithoutNetwork(userId: string, code: string): Promise<Session | number> {
  const store = await deviceStore()
  const place = (await store?.place(userId)) ?? null
  if (store === null || place === null || place.coded === null) return 0
  // Counted before the answer is known: closing the page does not give a try back.
  const wrongCodes = place.wrongCodes + 1
  await store.keepPlace({ ...place, wrongCodes })
  const secret = await openWithCode(code, place.coded)
  if (secret === null) {
    if (wrongCodes >= mostWrongCodes) await store.closeCopies(userId)
    return Math.max(0, mostWrongCodes - wrongCodes)
  }
  const read = await readKeyFrom(secret)
  const [keptSession, keptTour] = await Promise.all([store.copy(userId, 'session'), store.copy(userId, 'tour')])
  const opened = keptSession === null ? null : ((await read.open('session', keptSession)) as { session: Session; terms: Omit<Terms, 'readSecret'> } | null)
  if (opened === null || keptTour === null) {
    await store.closeCopies(userId)
    return 0
  }
  readSecret = secret
  await store.keepPlace({ ...place, wrongCodes: 0 })
  const begun = await begunKept(store, read, userId)
  carrying.set({ ...opened, read, store, begun, tour: (await read.open('tour', keptTour)) as Tour | null, withoutNetwork: true, coded: true, ahead: 0 })
  return opened.session
}

/** The keys go from memory; with `copies`, what lies here goes too. Envelopes stay sealed until their author is back. */
export async function closeCarrying({ copies, userId }: { readonly copies: boolean; readonly userId: string }): Promise<void> {
  readSecret = null
  carrying.set(null)
  if (copies) await (await deviceStore())?.closeCopies(userId)
}

/** Everything of this user in this browser, once her envelopes are on the server. */
export async function destroyHere(userId: string): Promise<void> {
  readSecret = null
  carrying.set(null)
  await (await deviceStore())?.destroy(userId)
}
