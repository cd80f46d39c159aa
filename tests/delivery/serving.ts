import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export interface ServingProcess {
  readonly url: string
  readonly process: ChildProcess
  /** As a machine that fails: nothing is flushed, nobody is told. */
  readonly kill: () => void
  readonly stop: () => Promise<void>
}

/** The whole server in a process of its own, on a database that several may share. */
export async function aServingProcess(urls: { readonly appUrl: string; readonly ownerUrl: string }, from: Date): Promise<ServingProcess> {
  const nowhere = 'http://127.0.0.1:1'
  const settings = {
    DATABASE_URL: urls.appUrl,
    DATABASE_OWNER_URL: urls.ownerUrl,
    PORT: '0',
    JALON_MODE: 'demo',
    PUBLIC_URL: 'http://127.0.0.1',
    PSC_ISSUER: nowhere,
    PSC_AUTHORIZE_URL: nowhere,
    PSC_TOKEN_URL: nowhere,
    PSC_USERINFO_URL: nowhere,
    PSC_JWKS_URL: nowhere,
    PSC_LOGOUT_URL: nowhere,
    PSC_CLIENT_ID: 'test',
    PSC_CLIENT_SECRET: 'test',
    LOG_LEVEL: 'fatal',
    BENCH_INSTANT: from.toISOString(),
  }
  const process = fork(fileURLToPath(new URL('../../bench/serve.ts', import.meta.url)), { env: { ...globalThis.process.env, ...settings } })
  const ended = once(process, 'exit').then(() => Promise.reject(new Error('the server did not start')))
  const [{ url }] = (await Promise.race([once(process, 'message'), ended])) as [{ url: string }]
  ended.catch(() => undefined)
  return {
    url,
    process,
    kill: () => void process.kill('SIGKILL'),
    stop: async () => {
      if (process.exitCode !== null || process.signalCode !== null) return
      process.disconnect()
      const late = setTimeout(() => process.kill('SIGKILL'), 5_000)
      await once(process, 'exit')
      clearTimeout(late)
    },
  }
}
