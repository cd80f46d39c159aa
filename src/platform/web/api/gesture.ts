let last = Date.now()

/** Seconds since somebody last touched this page: a key, a click, a finger, the wheel. The opening of the page counts as one. */
export function sinceGesture(): number {
  return (Date.now() - last) / 1000
}

/** Starts watching. Takes only what the browser says a person did; a mouse that moves by itself on a table is no gesture. Gives the function that stops. */
export function watchGestures(page: Pick<Document, 'addEventListener' | 'removeEventListener'> = document): () => void {
  const note = (event: Event): void => {
    if (event.isTrusted) last = Date.now()
  }
  const kinds = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const
  for (const kind of kinds) page.addEventListener(kind, note, { capture: true, passive: true })
  return () => {
    for (const kind of kinds) page.removeEventListener(kind, note, { capture: true })
  }
}
