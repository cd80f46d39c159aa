import type { CodedSecret, Locked } from '../contract/read-key.ts'
import type { Waiting, WaitingStore } from '../contract/waiting.ts'

/** One user's place in this browser: in the clear, since it is read before anybody signs in. Nothing of any accompanied person. */
export interface Place {
  readonly userId: string
  readonly name: string
  /** Names this browser to the server for this user, with what proves it. */
  readonly device: string
  readonly secret: string
  /** After this instant the copies are destroyed. */
  readonly readUntil: string
  /** The secret of the read key under the code of the tour; null: closing the browser closes the copies. */
  readonly coded: CodedSecret | null
  readonly wrongCodes: number
}

export interface DeviceStore {
  readonly waiting: WaitingStore
  readonly places: () => Promise<readonly Place[]>
  readonly place: (userId: string) => Promise<Place | null>
  readonly keepPlace: (place: Place) => Promise<void>
  readonly copy: (userId: string, name: string) => Promise<Locked | null>
  readonly keepCopy: (userId: string, name: string, locked: Locked) => Promise<void>
  /** The read copies, the locked words and the coded secret, in one transaction. Envelopes stay. */
  readonly closeCopies: (userId: string) => Promise<void>
  /** Everything of one user, envelopes included. */
  readonly destroy: (userId: string) => Promise<void>
}

type Store = 'waiting' | 'places' | 'copies'
type WaitingRow = Waiting

/** Opens what this browser keeps for work without network; null where it keeps nothing (no IndexedDB, private window). */
export async function openDeviceStore(): Promise<DeviceStore | null> {
  if (!globalThis.indexedDB || !globalThis.crypto?.subtle) return null
  const db = await openDatabase().catch(() => null)
  if (db === null) return null

  const inOne = <T>(
    stores: readonly Store[],
    mode: IDBTransactionMode,
    work: (store: (name: Store) => IDBObjectStore, give: (value: T) => void) => void,
  ): Promise<T> =>
    new Promise((resolve, reject) => {
      // strict: what is acknowledged is on the disk, whatever happens to the battery.
      const transaction = db.transaction([...stores], mode, { durability: 'strict' })
      let given: T | undefined
      transaction.oncomplete = () => resolve(given as T)
      transaction.onerror = () => reject(transaction.error)
      transaction.onabort = () => reject(transaction.error)
      work(
        (name) => transaction.objectStore(name),
        (value) => {
          given = value
        },
      )
    })
  const read = <T>(store: Store, make: (store: IDBObjectStore) => IDBRequest): Promise<T> =>
    inOne<T>([store], 'readonly', (of, give) => {
      const request = make(of(store))
      request.onsuccess = () => give(request.result as T)
    })
  const ofUser = (userId: string): IDBKeyRange => IDBKeyRange.bound([userId], [userId, []])

  const waiting: WaitingStore = {
    list: async (userId) =>
      (await read<readonly WaitingRow[]>('waiting', (store) => store.index('user').getAll(userId))).toSorted((one, other) => one.seq - other.seq),
    append: (row, replaces) =>
      inOne<void>(['waiting'], 'readwrite', (of) => {
        const store = of('waiting')
        store.add(row)
        if (replaces === undefined) return
        const found = store.index('id').getKey([row.userId, replaces])
        found.onsuccess = () => {
          if (found.result !== undefined) store.delete(found.result)
        }
      }),
    change: (userId, id, change) =>
      inOne<Waiting | null>(['waiting'], 'readwrite', (of, give) => {
        const store = of('waiting')
        const found = store.index('id').get([userId, id])
        found.onsuccess = () => {
          const before = found.result as WaitingRow | undefined
          const after = before === undefined ? null : change(before)
          if (after !== null) store.put(after)
          give(after)
        }
      }),
    remove: (userId, id) =>
      inOne<void>(['waiting'], 'readwrite', (of) => {
        const store = of('waiting')
        const found = store.index('id').getKey([userId, id])
        found.onsuccess = () => {
          if (found.result !== undefined) store.delete(found.result)
        }
      }),
    forgetWords: (userId) => inOne<void>(['waiting'], 'readwrite', (of) => forgetWords(of('waiting'), userId)),
    othersWait: async (userId) => (await read<readonly WaitingRow[]>('waiting', (store) => store.getAll())).some((one) => one.userId !== userId),
  }

  return {
    waiting,
    places: () => read<readonly Place[]>('places', (store) => store.getAll()),
    place: async (userId) => (await read<Place | undefined>('places', (store) => store.get(userId))) ?? null,
    keepPlace: (place) => inOne<void>(['places'], 'readwrite', (of) => void of('places').put(place)),
    copy: async (userId, name) => (await read<{ readonly locked: Locked } | undefined>('copies', (store) => store.get([userId, name])))?.locked ?? null,
    keepCopy: (userId, name, locked) => inOne<void>(['copies'], 'readwrite', (of) => void of('copies').put({ userId, name, locked })),
    closeCopies: (userId) =>
      inOne<void>(['copies', 'places', 'waiting'], 'readwrite', (of) => {
        of('copies').delete(ofUser(userId))
        forgetWords(of('waiting'), userId)
        const places = of('places')
        const found = places.get(userId)
        found.onsuccess = () => {
          const place = found.result as Place | undefined
          if (place !== undefined) places.put({ ...place, coded: null, readUntil: new Date(0).toISOString(), wrongCodes: 0 } satisfies Place)
        }
      }),
    destroy: (userId) =>
      inOne<void>(['copies', 'places', 'waiting'], 'readwrite', (of) => {
        of('copies').delete(ofUser(userId))
        of('places').delete(userId)
        eachOf(of('waiting'), userId, (cursor) => cursor.delete())
      }),
  }
}

function forgetWords(store: IDBObjectStore, userId: string): void {
  eachOf(store, userId, (cursor) => cursor.update({ ...(cursor.value as WaitingRow), words: null } satisfies WaitingRow))
}

function eachOf(store: IDBObjectStore, userId: string, visit: (cursor: IDBCursorWithValue) => void): void {
  const walk = store.index('user').openCursor(userId)
  walk.onsuccess = () => {
    const cursor = walk.result
    if (cursor === null) return
    visit(cursor)
    cursor.continue()
  }
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('jalon-offline', 1)
    request.onupgradeneeded = () => {
      const waiting = request.result.createObjectStore('waiting', { keyPath: 'seq', autoIncrement: true })
      waiting.createIndex('user', 'userId')
      waiting.createIndex('id', ['userId', 'id'], { unique: true })
      request.result.createObjectStore('places', { keyPath: 'userId' })
      request.result.createObjectStore('copies', { keyPath: ['userId', 'name'] })
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
