// Opens Jalon without network: the page, which holds nothing of anybody, and the files of this version. What the server answers to a user never comes here.
// It also shows « un événement vous attend » when Jalon is not on screen.
const shell = __SHELL__
const cacheName = `jalon-shell-${shell.version}`
const ours = new Set(shell.files)
/** Addresses that only the server can answer. */
const ofTheServer = /^\/(api|login|logout|health|metrics|agenda\/flux)(\/|$)/

self.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(cacheName)
      await cache.addAll(shell.files.map((file) => new Request(file, { credentials: 'omit' })))
      // Asked as nobody: the page is the same for everyone.
      const page = await fetch('/', { credentials: 'omit', cache: 'no-store' })
      if (!page.ok || page.redirected) throw new Error('no page to keep')
      await cache.put('/', page)
    })(),
  )
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith('jalon-shell-') && name !== cacheName) await caches.delete(name)
      await self.clients.claim()
    })(),
  )
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (ours.has(url.pathname)) event.respondWith(kept(request, url.pathname))
  else if (request.mode === 'navigate' && !ofTheServer.test(url.pathname)) event.respondWith(pageOf(request))
})

async function kept(request, path) {
  const cache = await caches.open(cacheName)
  return (await cache.match(path, { ignoreVary: true })) ?? fetch(request)
}

/** The server's page while it answers; else the one that was kept, with the policy that it came with. */
async function pageOf(request) {
  try {
    return await fetch(request)
  } catch (error) {
    const page = await (await caches.open(cacheName)).match('/', { ignoreVary: true })
    if (page === undefined) throw error
    return page
  }
}

self.addEventListener('push', (event) => {
  const { reference, body } = event.data ? event.data.json() : {}
  event.waitUntil(
    self.registration.showNotification('Jalon', { body: body || 'Un événement vous attend dans Jalon.', tag: reference, icon: '/jalon.svg', lang: 'fr' }),
  )
})
self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(self.clients.matchAll({ type: 'window' }).then((open) => (open.length > 0 ? open[0].focus() : self.clients.openWindow('/nouveautes'))))
})
