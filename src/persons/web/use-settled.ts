import { useEffect, useState } from 'react'

/** The value once it has not changed for a moment: what is typed is asked about after a pause. Compared by content. */
export function useSettled<T>(value: T, pause = 350): T {
  const [settled, setSettled] = useState(value)
  const key = JSON.stringify(value)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the content decides, not the object.
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pause)
    return () => clearTimeout(timer)
  }, [key, pause])
  return settled
}
