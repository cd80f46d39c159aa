import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A process that keeps streams open and writes what it is given to each of them, asking nothing: the least that telling so many sockets costs. */
const open = new Set<ServerResponse>()
const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write('retry: 2000\nevent: ready\nid: 0\ndata: {}\n\n')
    open.add(response)
    response.on('close', () => void open.delete(response))
    return
  }
  let text = ''
  request.setEncoding('utf8')
  request.on('data', (part: string) => {
    text += part
  })
  request.on('end', () => {
    for (const one of open) one.write(text)
    response.end()
  })
})
server.listen(0, '127.0.0.1', () => process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }))
process.on('disconnect', () => process.exit(0))
