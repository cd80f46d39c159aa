/** A text cut where it names one of these people with an @, as the composer writes it. */
export function bodyParts(body: string, names: readonly string[]): readonly { readonly text: string; readonly mention: boolean }[] {
  if (names.length === 0) return [{ text: body, mention: false }]
  const ats = [...names].sort((a, b) => b.length - a.length).map((name) => `@${name}`)
  const parts: { text: string; mention: boolean }[] = []
  let rest = body
  while (rest !== '') {
    const found = ats.map((at) => ({ at, place: rest.indexOf(at) })).filter(({ place }) => place >= 0)
    const next = found.reduce<(typeof found)[number] | null>((first, one) => (first === null || one.place < first.place ? one : first), null)
    if (next === null) break
    if (next.place > 0) parts.push({ text: rest.slice(0, next.place), mention: false })
    parts.push({ text: next.at, mention: true })
    rest = rest.slice(next.place + next.at.length)
  }
  if (rest !== '') parts.push({ text: rest, mention: false })
  return parts
}

/** What is being typed after the last @ before the cursor: « @fri » gives « fri »; null when no name is being written. */
export function mentionTyped(body: string, cursor: number): string | null {
  const found = /(?:^|[\s(])@([\p{L}'’ -]{0,30})$/u.exec(body.slice(0, cursor))
  return found === null ? null : String(found[1])
}
