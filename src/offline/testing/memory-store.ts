import { inOrder, type Waiting, type WaitingStore } from '../contract/waiting.ts'

/** The store of a device in memory: each call is one step, as a transaction of IndexedDB is. */
export function memoryStore(): WaitingStore {
  let rows: readonly Waiting[] = []
  let seq = 0
  const isIt = (userId: string, id: string) => (one: Waiting) => one.userId === userId && one.id === id
  return {
    list: async (userId) => inOrder(rows.filter((one) => one.userId === userId)),
    append: async (waiting, replaces) => {
      seq += 1
      rows = [...rows.filter((one) => one.id !== replaces), { ...waiting, seq }]
    },
    change: async (userId, id, change) => {
      const before = rows.find(isIt(userId, id))
      const after = before === undefined ? null : change(before)
      if (after !== null) rows = rows.map((one) => (one === before ? after : one))
      return after
    },
    remove: async (userId, id) => {
      rows = rows.filter((one) => !isIt(userId, id)(one))
    },
    forgetWords: async (userId) => {
      rows = rows.map((one) => (one.userId === userId ? { ...one, words: null } : one))
    },
    othersWait: async (userId) => rows.some((one) => one.userId !== userId),
  }
}
