import { randomBytes } from 'node:crypto'
import type { onRequestHookHandler } from 'fastify'

declare module 'fastify' {
  interface FastifyRequest {
    /** A fresh nonce per response: Mantine's style element carries it. */
    cspNonce: string
  }
}

/** The one script that may compile WebAssembly: the worker that reads the DataMatrix of a photo, away from the pages, whose policy stays strict. */
const isDatamatrixReader = (url: string): boolean => /^\/assets\/datamatrix-worker-[\w-]+\.js$/.test(url)

/** Strict headers on every answer; `mapStyleUrl` names the one other origin that pages may read, the base map's. No inline script runs; styles need the nonce of this response. */
export function securityHeaders(publicUrl: string, mapStyleUrl = ''): onRequestHookHandler {
  const secure = publicUrl.startsWith('https://')
  const connect = mapStyleUrl === '' ? "connect-src 'self'" : `connect-src 'self' ${new URL(mapStyleUrl).origin}`
  return (request, reply, done) => {
    const nonce = randomBytes(16).toString('base64')
    request.cspNonce = nonce
    reply.header(
      'content-security-policy',
      [
        "default-src 'self'",
        isDatamatrixReader(request.url) ? "script-src 'self' 'wasm-unsafe-eval'" : `script-src 'self' 'nonce-${nonce}'`,
        `style-src 'self' 'nonce-${nonce}'`,
        // Sizes and colours set by scripts on elements (CSSOM) need no permission; a style attribute in a markup is refused.
        "style-src-attr 'none'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        connect,
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "frame-src 'none'",
        "manifest-src 'self'",
      ].join('; '),
    )
    reply.header('x-content-type-options', 'nosniff')
    reply.header('referrer-policy', 'no-referrer')
    reply.header('cross-origin-opener-policy', 'same-origin')
    reply.header('cross-origin-resource-policy', 'same-origin')
    reply.header('permissions-policy', 'camera=(), geolocation=(), microphone=(self), payment=()')
    reply.header('x-frame-options', 'DENY')
    if (secure) reply.header('strict-transport-security', 'max-age=63072000; includeSubDomains')
    done()
  }
}
