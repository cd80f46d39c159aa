import { startServer } from '../src/app/server/main.ts'
import { readSettings } from '../src/platform/server/settings.ts'

/**
 * The server of a bench, in a process of its own as in production: `fork('serve.ts')` with the settings in the environment. Its clock goes on from
 * BENCH_INSTANT: what was written around an instant stays as old as it was.
 */
const from = new Date(String(process.env['BENCH_INSTANT'])).getTime()
const started = Date.now()
const server = await startServer(readSettings(process.env), { clock: () => new Date(from + (Date.now() - started)) })
process.send?.({ url: server.url })
process.on('disconnect', () => void server.stop().then(() => process.exit(0)))
