/**
 * Calls back once if the process that started this one is gone: the host's Node (its channel closes) or npm (another parent shows).
 * Without it, a kill -9 of either would leave this process at work, holding its port and its folder.
 */
export function whenAbandoned(callback: () => void): void {
  let told = false
  const tell = (): void => {
    if (told) return
    told = true
    callback()
  }
  process.once('disconnect', tell)
  if (process.env['npm_lifecycle_event'] === undefined) return
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) tell()
  }, 500).unref()
}
