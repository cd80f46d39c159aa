import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { frenchSpaces } from './scripts/french-spaces.ts'
import { offlineShell } from './scripts/offline-shell.ts'

/** The browser's part. The server replaces __CSP_NONCE__ in index.html at each answer; nothing is inlined. */
export default defineConfig(({ command }) => ({
  plugins: [react(), frenchSpaces(), offlineShell()],
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: 'dist/web',
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      output: {
        // What changes only with a new version of a library stays in the browser's cache from one release of ours to the next.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            // With zod goes what forbids it to generate code: it must be said before the first schema is made, wherever that schema lands.
            {
              name: 'libraries',
              test: /node_modules\/(@tanstack\/(query-core|react-query|router-core|react-router|history|store|react-store)|zod|uuid)\/|src\/app\/web\/zod-french\.ts/,
            },
          ],
        },
      },
    },
  },
  define: { __GALLERY__: JSON.stringify(command === 'serve' || process.env.JALON_GALLERY === 'on') },
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: { '/api': 'http://127.0.0.1:8000', '/login': 'http://127.0.0.1:8000', '/logout': 'http://127.0.0.1:8000' },
  },
}))
