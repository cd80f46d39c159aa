/** Keeps Jalon itself in this browser, so that it opens without network. False where the browser cannot (no service worker, private window). */
export async function keepJalonHere(): Promise<boolean> {
  if (!('serviceWorker' in navigator)) return false
  try {
    await navigator.serviceWorker.register('/service-worker.js')
    const late = new Promise<never>((_resolve, reject) => setTimeout(() => reject(new Error('the shell is not kept yet')), 20_000))
    await Promise.race([navigator.serviceWorker.ready, late])
    return true
  } catch {
    return false
  }
}
