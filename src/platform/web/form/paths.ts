/** Reads 'actions.2.term' in a value; undefined where the path leads nowhere. */
export function valueAt(root: unknown, path: string): unknown {
  let at = root
  for (const part of path.split('.')) {
    if (at === null || typeof at !== 'object') return undefined
    at = (at as Record<string, unknown>)[part]
  }
  return at
}

/** Gives the same value with one path changed; what the path does not touch keeps its identity. */
export function withValueAt<T>(root: T, path: string, value: unknown): T {
  const [head, ...rest] = path.split('.') as [string, ...string[]]
  const copy = (Array.isArray(root) ? [...root] : { ...root }) as Record<string, unknown>
  copy[head] = rest.length === 0 ? value : withValueAt(copy[head] ?? {}, rest.join('.'), value)
  return copy as T
}
