/** A name that holds the print of its file never changes; the manifest, the service worker and pictures are asked about each time (ETag). */
export function keptFor(path: string): string {
  return path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
}
