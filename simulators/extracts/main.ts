import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ExtractServer {
  readonly url: string
  /** Paths asked for so far. */
  readonly asked: readonly string[]
  /** What is published from now on, and its ETag; `cut`: the connection breaks in the middle of the body. */
  publish(path: string, file: { readonly content: string; readonly etag: string; readonly name: string; readonly cut?: boolean }): void
  close(): Promise<void>
}

/** A server of files as those of the Annuaire Santé and data.gouv.fr: a redirection to the edition of the day, its name and its ETag. */
export async function startExtractServer(port = 0): Promise<ExtractServer> {
  const files = new Map<string, Parameters<ExtractServer['publish']>[1]>()
  const asked: string[] = []
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    asked.push(path)
    if (path.startsWith('/r/')) {
      response.writeHead(302, { location: `/files/${path.slice(3)}` }).end()
      return
    }
    const file = files.get(path.replace('/files', ''))
    if (file === undefined) {
      response.writeHead(404).end()
      return
    }
    const bytes = Buffer.from(file.content)
    response.writeHead(200, { 'content-length': bytes.length, etag: file.etag, 'content-disposition': `attachment; filename="${file.name}"` })
    if (file.cut === true) response.write(bytes.subarray(0, bytes.length / 2), () => setTimeout(() => response.destroy(), 20))
    else response.end(bytes)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    publish: (path, file) => files.set(path, file),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
