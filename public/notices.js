// Shows « un événement vous attend » when Jalon is not on screen, and opens it. It holds nothing and caches nothing.
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
