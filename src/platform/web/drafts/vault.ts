/** One draft as it is kept in this browser. */
export interface LocalDraft {
  readonly content: unknown
  /** ISO instant of the last change. */
  readonly savedAt: string
}

export interface Vault {
  readonly read: (key: string) => Promise<LocalDraft | null>
  readonly write: (key: string, draft: LocalDraft) => Promise<void>
  /** The server has what was typed at that instant: unless something was typed since, nothing waits any more. */
  readonly sent: (key: string, savedAt: string) => Promise<void>
  /** What lies here and has not reached the server, whatever tab or sitting it was typed in. */
  readonly unsent: () => Promise<readonly { readonly key: string; readonly draft: LocalDraft }[]>
  readonly remove: (key: string) => Promise<void>
  /** Whether drafts of other users lie sealed here that never reached the server: only they can open them. */
  readonly othersWait: () => Promise<boolean>
  /** Everything of this user in this browser, key included: at an explicit logout. */
  readonly wipe: () => Promise<void>
  /** Locks the key again under the secret of a new session, without losing what is in memory. */
  readonly rewrap: (secret: string) => Promise<void>
}

interface KeyRecord {
  readonly userId: string
  readonly iv: Uint8Array<ArrayBuffer>
  readonly wrapped: ArrayBuffer
}

interface SealedDraft {
  readonly userId: string
  readonly key: string
  readonly iv: Uint8Array<ArrayBuffer>
  readonly sealed: ArrayBuffer
  readonly savedAt?: string
  /** Absent on what an earlier version of Jalon kept: nobody knows. */
  readonly sent?: boolean
}

/**
 * Opens the drafts of a user in this browser. They are sealed with AES-GCM by a key of this user on this device; that key lies in
 * IndexedDB wrapped under `secret`, which the server gives to a live session only and which stays in memory: once the session is
 * lost, what lies here cannot be read. Gives null where the browser has no WebCrypto or no IndexedDB (drafts then live on the server alone).
 */
export async function openVault(userId: string, secret: string): Promise<Vault | null> {
  if (!globalThis.crypto?.subtle || !globalThis.indexedDB) return null
  const db = await openDatabase()
  const key = await openKey(db, userId, secret)

  const open = async (found: SealedDraft): Promise<LocalDraft | null> => {
    try {
      const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: found.iv }, key.usable, found.sealed)
      return JSON.parse(new TextDecoder().decode(opened)) as LocalDraft
    } catch {
      return null
    }
  }

  return {
    read: async (name) => {
      const found = await ask<SealedDraft | undefined>(db, 'drafts', 'readonly', (store) => store.get([userId, name]))
      return found ? open(found) : null
    },
    write: async (name, draft) => {
      const iv = crypto.getRandomValues(new Uint8Array(12))
      const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key.usable, new TextEncoder().encode(JSON.stringify(draft)))
      await ask(db, 'drafts', 'readwrite', (store) => store.put({ userId, key: name, iv, sealed, savedAt: draft.savedAt, sent: false } satisfies SealedDraft))
    },
    sent: (name, savedAt) =>
      new Promise((resolve, reject) => {
        // One transaction: what is typed meanwhile comes after it, whole.
        const transaction = db.transaction('drafts', 'readwrite')
        const store = transaction.objectStore('drafts')
        const reading = store.get([userId, name])
        reading.onsuccess = () => {
          const found = reading.result as SealedDraft | undefined
          if (found?.savedAt === savedAt) store.put({ ...found, sent: true } satisfies SealedDraft)
        }
        transaction.oncomplete = () => resolve()
        transaction.onerror = () => reject(transaction.error)
      }),
    unsent: async () => {
      const all = await ask<readonly SealedDraft[]>(db, 'drafts', 'readonly', (store) => store.getAll(IDBKeyRange.bound([userId], [userId, []])))
      const waiting = await Promise.all(all.filter(({ sent }) => sent !== true).map(async (one) => ({ key: one.key, draft: await open(one) })))
      // What nobody can open any more waits for nobody.
      return waiting.flatMap(({ key: name, draft }) => (draft === null ? [] : [{ key: name, draft }]))
    },
    othersWait: async () => {
      const all = await ask<readonly SealedDraft[]>(db, 'drafts', 'readonly', (store) => store.getAll())
      return all.some((one) => one.userId !== userId && one.sent !== true)
    },
    remove: async (name) => {
      await ask(db, 'drafts', 'readwrite', (store) => store.delete([userId, name]))
    },
    wipe: async () => {
      await ask(db, 'keys', 'readwrite', (store) => store.delete(userId))
      await ask(db, 'drafts', 'readwrite', (store) => store.delete(IDBKeyRange.bound([userId], [userId, []])))
    },
    rewrap: async (next) => {
      await storeKey(db, userId, next, key.raw)
    },
  }
}

interface OpenKey {
  readonly usable: CryptoKey
  /** The same key under a wrapping key that never leaves memory, so that a new session can lock it again without ever exposing it. */
  readonly raw: { readonly wrapped: ArrayBuffer; readonly iv: Uint8Array<ArrayBuffer>; readonly by: CryptoKey }
}

const aes = { name: 'AES-GCM', length: 256 } as const

async function openKey(db: IDBDatabase, userId: string, secret: string): Promise<OpenKey> {
  const locked = await ask<KeyRecord | undefined>(db, 'keys', 'readonly', (store) => store.get(userId))
  const by = await wrappingKey(userId, secret)
  if (locked) {
    try {
      const usable = await crypto.subtle.unwrapKey('raw', locked.wrapped, by, { name: 'AES-GCM', iv: locked.iv }, aes, false, ['encrypt', 'decrypt'])
      return { usable, raw: { wrapped: locked.wrapped, iv: locked.iv, by } }
    } catch {
      // Locked under a secret that no longer exists: nobody can read these drafts, the copies on the server remain.
    }
  }
  const fresh = await crypto.subtle.generateKey(aes, true, ['encrypt', 'decrypt'])
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const wrapped = await crypto.subtle.wrapKey('raw', fresh, by, { name: 'AES-GCM', iv })
  await ask(db, 'keys', 'readwrite', (store) => store.put({ userId, iv, wrapped } satisfies KeyRecord))
  const usable = await crypto.subtle.unwrapKey('raw', wrapped, by, { name: 'AES-GCM', iv }, aes, false, ['encrypt', 'decrypt'])
  return { usable, raw: { wrapped, iv, by } }
}

async function storeKey(db: IDBDatabase, userId: string, secret: string, raw: OpenKey['raw']): Promise<void> {
  const movable = await crypto.subtle.unwrapKey('raw', raw.wrapped, raw.by, { name: 'AES-GCM', iv: raw.iv }, aes, true, ['encrypt', 'decrypt'])
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const wrapped = await crypto.subtle.wrapKey('raw', movable, await wrappingKey(userId, secret), { name: 'AES-GCM', iv })
  await ask(db, 'keys', 'readwrite', (store) => store.put({ userId, iv, wrapped } satisfies KeyRecord))
}

async function wrappingKey(userId: string, secret: string): Promise<CryptoKey> {
  const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
  const material = await crypto.subtle.importKey('raw', bytes(secret), 'HKDF', false, ['deriveKey'])
  return crypto.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt: bytes(userId), info: bytes('jalon drafts') }, material, aes, false, [
    'wrapKey',
    'unwrapKey',
  ])
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('jalon', 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore('keys', { keyPath: 'userId' })
      request.result.createObjectStore('drafts', { keyPath: ['userId', 'key'] })
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

function ask<T>(db: IDBDatabase, name: 'keys' | 'drafts', mode: IDBTransactionMode, make: (store: IDBObjectStore) => IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(name, mode)
    const request = make(transaction.objectStore(name))
    transaction.oncomplete = () => resolve(request.result as T)
    transaction.onerror = () => reject(transaction.error)
  })
}
