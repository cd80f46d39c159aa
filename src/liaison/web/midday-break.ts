type Pair = [opens: number, closes: number]

const noon = 12 * 60
const again = 14 * 60

/** The day with its midday break: 12 h to 14 h where it is open over them, else its middle hour. Minutes since midnight. */
export function withBreak(hours: readonly Pair[]): Pair[] {
  const [opens, closes] = [hours[0]?.[0] ?? 510, hours.at(-1)?.[1] ?? 1080]
  if (opens < noon && closes > again)
    return [
      [opens, noon],
      [again, closes],
    ]
  const middle = Math.round((opens + closes) / 2 / 15) * 15
  return closes - opens < 120
    ? [[opens, closes]]
    : [
        [opens, middle - 30],
        [middle + 30, closes],
      ]
}

/** From the first opening to the last closing. */
export function withoutBreak(hours: readonly Pair[]): Pair[] {
  const [first, last] = [hours[0], hours.at(-1)]
  return first === undefined || last === undefined ? [] : [[first[0], last[1]]]
}
