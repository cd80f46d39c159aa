import { joinTestServer } from './test-server.ts'

/** Vitest calls it once per run. The server itself starts with the first test that asks for a database. */
export async function setup(): Promise<() => Promise<void>> {
  const user = await joinTestServer()
  return () => user.leave()
}
