import type { Adapter, AdapterPayload } from 'oidc-provider'

interface Kept {
  readonly payload: AdapterPayload
  readonly until: number
}

/** Keeps the artefacts of one stand-in in memory; a restart forgets them. */
export function memoryAdapter(): { readonly adapter: (name: string) => Adapter; readonly forget: (name: string) => void } {
  const kept = new Map<string, Kept>()
  const find = (key: string): AdapterPayload | undefined => {
    const found = kept.get(key)
    if (found !== undefined && found.until > Date.now()) return found.payload
    kept.delete(key)
    return undefined
  }
  const forget = (name: string): void => {
    for (const key of kept.keys()) if (key.startsWith(`${name}:`)) kept.delete(key)
  }
  const adapter = (name: string): Adapter => ({
    upsert: async (id, payload, expiresIn) => {
      if (kept.size > 5000) for (const [key, { until }] of kept) if (until <= Date.now()) kept.delete(key)
      kept.set(`${name}:${id}`, { payload, until: Date.now() + (expiresIn ?? 3600) * 1000 })
    },
    find: async (id) => find(`${name}:${id}`),
    findByUid: async (uid) => {
      for (const [key, { payload }] of kept) if (key.startsWith(`${name}:`) && payload.uid === uid) return find(key)
      return undefined
    },
    findByUserCode: async () => undefined,
    consume: async (id) => {
      const found = kept.get(`${name}:${id}`)
      if (found !== undefined) found.payload.consumed = Math.floor(Date.now() / 1000)
    },
    destroy: async (id) => void kept.delete(`${name}:${id}`),
    revokeByGrantId: async (grantId) => {
      for (const [key, { payload }] of kept) if (payload.grantId === grantId) kept.delete(key)
    },
  })
  return { adapter, forget }
}
