const longest = 72

/**
 * The line under which a request is found in a list: the first sentence of what was said, cut at a word when it is long.
 * Without words, the label of the first motive; without motive, « Demande sans texte ».
 */
export function headlineOf(text: string | null, motiveLabels: readonly string[]): string {
  const first =
    (text ?? '')
      .trim()
      .split(/(?<=[.!?…])\s|\n/u)[0]
      ?.trim()
      .replace(/[.\s]+$/u, '') ?? ''
  if (first === '') return motiveLabels[0] ?? 'Demande sans texte'
  if (first.length <= longest) return first
  const cut = first.slice(0, longest)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), longest - 20)).replace(/[,;:\s]+$/u, '')}…`
}
