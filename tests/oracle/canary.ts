import { inflateSync } from 'node:zlib'
import type { Row } from './rule.ts'

/** Where a canary string was planted: the table, and the row that it stands for. */
export interface Planted {
  readonly token: string
  readonly table: string
  readonly id: string
  /** Null for what belongs to an organisation and to no person. */
  readonly person: string | null
  readonly row: Row
  /** Of what belongs to no person: the one user, or the one service, to whom it may be shown. Nobody where absent. */
  readonly of?: { readonly user?: string; readonly service?: string }
}

const letters = 'ABCDEFGHIJKLMNOPRSTUVWXY'
const pattern = /ZQ([A-PR-Y]{6})QZ/gi

/** Every string planted in a database: unique, made of letters so that it may stand in a name, and found whatever the case. */
export class Canaries {
  readonly all: Planted[] = []
  readonly byPlace = new Map<string, Planted[]>()

  plant(what: Omit<Planted, 'token'>): Planted {
    const planted = { ...what, token: tokenOf(this.all.length) }
    this.all.push(planted)
    const place = `${what.person} ${what.table}`
    const there = this.byPlace.get(place)
    if (there === undefined) this.byPlace.set(place, [planted])
    else there.push(planted)
    return planted
  }

  /** Takes the last one back: its row was refused. */
  forget(): void {
    const last = this.all.pop()
    if (last !== undefined) this.byPlace.get(`${last.person} ${last.table}`)?.pop()
  }

  /** Those of a table and a person. */
  of(person: string, table: string): readonly Planted[] {
    return this.byPlace.get(`${person} ${table}`) ?? []
  }

  /** The canaries in a text, each once. */
  in(text: string): Set<Planted> {
    const found = new Set<Planted>()
    for (const [, code] of text.matchAll(pattern)) {
      const planted = this.all[indexOf(String(code).toUpperCase())]
      if (planted !== undefined) found.add(planted)
    }
    return found
  }
}

function tokenOf(index: number): string {
  let [rest, code] = [index, '']
  for (let place = 0; place < 6; place++) {
    code = letters[rest % letters.length] + code
    rest = Math.floor(rest / letters.length)
  }
  return `ZQ${code}QZ`
}

function indexOf(code: string): number {
  return [...code].reduce((index, letter) => index * letters.length + letters.indexOf(letter), 0)
}

/** The text of a body: as it is, and what a PDF in base64 says. */
export function textOf(body: string): string {
  const documents = [...body.matchAll(/"base64":"(JVBER[A-Za-z0-9+/=]+)"/g)].map(([, base64]) => pdfText(Buffer.from(String(base64), 'base64')))
  return [body, ...documents].join('\n')
}

/** Every string of a PDF, read with each of its fonts in turn (a font numbers its own glyphs): enough to find a canary, not to lay out a page. */
export function pdfText(file: Buffer): string {
  const raw = file.toString('latin1')
  const streams = [...raw.matchAll(/stream\r?\n/g)].map((match) => {
    const start = match.index + match[0].length
    const content = file.subarray(start, raw.indexOf('endstream', start))
    try {
      return inflateSync(content).toString('latin1')
    } catch {
      return content.toString('latin1')
    }
  })
  const fonts = streams.filter((stream) => stream.includes('begincmap')).map(unicodeTable)
  const drawn = streams
    .filter((stream) => /T[jJ]\b/.test(stream))
    .map((stream) => [...stream.matchAll(/<([0-9a-f]+)>/gi)].map(([, hex]) => String(hex)).join(''))
  return drawn.flatMap((hex) => fonts.map((font) => hex.replace(/.{4}/g, (glyph) => font.get(Number.parseInt(glyph, 16)) ?? ''))).join('\n')
}

function unicodeTable(cmap: string): Map<number, string> {
  const table = new Map<number, string>()
  for (const [, from, , list] of cmap.matchAll(/<([0-9a-f]+)> <([0-9a-f]+)> \[([^\]]*)\]/gi))
    for (const [offset, [, code]] of [...String(list).matchAll(/<([0-9a-f]*)>/gi)].entries())
      table.set(
        Number.parseInt(String(from), 16) + offset,
        String(code).replace(/.{4}/g, (unit) => String.fromCharCode(Number.parseInt(unit, 16))),
      )
  return table
}
