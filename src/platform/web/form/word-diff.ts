/** A piece of a text: `changed` where it differs from the other version. */
export interface DiffPart {
  readonly text: string
  readonly changed: boolean
}

/** Splits `text` by what it shares with `other` at its beginning and at its end, on whole words. For two short versions of one field. */
export function wordDiff(text: string, other: string): readonly DiffPart[] {
  const mine = text.split(/(?<=\s)/)
  const theirs = other.split(/(?<=\s)/)
  let head = 0
  while (head < mine.length && head < theirs.length && mine[head] === theirs[head]) head += 1
  let tail = 0
  while (tail < mine.length - head && tail < theirs.length - head && mine[mine.length - 1 - tail] === theirs[theirs.length - 1 - tail]) tail += 1
  const parts = [
    { text: mine.slice(0, head).join(''), changed: false },
    { text: mine.slice(head, mine.length - tail).join(''), changed: true },
    { text: mine.slice(mine.length - tail).join(''), changed: false },
  ]
  return parts.filter((part) => part.text !== '')
}
