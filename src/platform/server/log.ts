import { type Logger, pino } from 'pino'

export type Log = Logger

/** Structured logs: ids, codes, counts and durations only. Bodies, queries and headers are never logged. */
export function createLog(level: string, stream?: NodeJS.WritableStream): Log {
  const options = {
    level,
    base: null,
    redact: { paths: ['req.headers', 'req.body', '*.password', '*.secret', 'err.detail', 'err.where', 'err.parameters', 'err.details'], remove: true },
    serializers: {
      // A database error repeats values in its message and detail: only its code and place are kept.
      err: (error: Error & { code?: string; table?: string; constraint?: string; kind?: string }) => ({
        type: error.name,
        code: error.code,
        table: error.table,
        constraint: error.constraint,
        kind: error.kind,
        stack: error.stack
          ?.split('\n')
          .filter((line) => line.trimStart().startsWith('at '))
          .slice(0, 6)
          .join('\n'),
      }),
    },
  }
  return stream ? pino(options, stream) : pino(options)
}
