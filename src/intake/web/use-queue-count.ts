/** Requests that wait, as the queue counts them; null while unknown or closed to this user. */
export function useQueueCount(): number | null {
  return null
}
