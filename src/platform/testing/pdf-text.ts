/**
 * Reads the text of a PDF made without compression: the characters that the ToUnicode tables of its fonts give to what is drawn, page after page.
 * The space and the no-break space share a glyph, so both come out as a space. Enough for documents of ours; it is no general reader.
 */
export function pdfText(bytes: Buffer): string {
  const raw = bytes.toString('latin1')
  const objects = new Map<string, string>()
  for (const [, id, body] of raw.matchAll(/(\d+) 0 obj\r?\n([\s\S]*?)endobj/g)) objects.set(String(id), String(body))
  const fonts = new Map<string, Map<number, string>>()
  for (const body of objects.values())
    for (const [, name, id] of body.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const unicode = /\/ToUnicode (\d+) 0 R/.exec(objects.get(String(id)) ?? '')?.[1]
      if (unicode !== undefined) fonts.set(String(name), unicodeTable(objects.get(unicode) ?? ''))
    }
  const pages = [...objects.values()].filter((body) => /\/Type \/Page\b/.test(body))
  return pages
    .map((page) => pageText(streamOf(objects.get(/\/Contents (\d+) 0 R/.exec(page)?.[1] ?? '') ?? ''), fonts))
    .join('\n')
    .replaceAll('\u00a0', ' ')
}

function streamOf(body: string): string {
  return /stream\r?\n([\s\S]*?)endstream/.exec(body)?.[1] ?? ''
}

function unicodeTable(body: string): Map<number, string> {
  const table = new Map<number, string>()
  for (const [, from, , list] of streamOf(body).matchAll(/<([0-9a-f]+)> <([0-9a-f]+)> \[([^\]]*)\]/gi))
    for (const [index, [, code]] of [...String(list).matchAll(/<([0-9a-f ]*)>/gi)].entries())
      table.set(Number.parseInt(String(from), 16) + index, decode(String(code)))
  return table
}

function decode(hex: string): string {
  // A ligature gives its letters, apart.
  return (hex.replaceAll(' ', '').match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join('')
}

/** One line per text block; what is drawn at another place begins a new line. */
function pageText(content: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): string {
  let font: ReadonlyMap<number, string> | undefined
  const lines: string[] = []
  for (const [token, name, array] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (token.endsWith('Tf')) font = fonts.get(String(name))
    else
      lines.push(
        [...String(array).matchAll(/<([0-9a-f]+)>/gi)]
          .map(([, hex]) => (String(hex).match(/.{4}/g) ?? []).map((code) => font?.get(Number.parseInt(code, 16)) ?? '?').join(''))
          .join(''),
      )
  }
  return lines.join('\n')
}
