import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import type { Datamatrix } from './datamatrix.ts'

/** A PDF of A4 pages in Source Sans 3, tagged (PDF/UA: headings, paragraphs, lists and tables are real), in French, with a header and a footer on each page. */
export interface Sheet {
  readonly h1: (text: string) => void
  readonly h2: (text: string, beside?: string) => void
  readonly h3: (text: string, beside?: string) => void
  readonly p: (text: string, look?: { readonly quiet?: boolean; readonly quote?: boolean }) => void
  readonly list: (items: readonly string[]) => void
  readonly table: (head: readonly string[], rows: readonly (readonly string[])[], widths: readonly (number | '*')[]) => void
  /** A DataMatrix with its lines on the left; `alt` is what a reader says of it. */
  readonly symbol: (datamatrix: Datamatrix, lines: readonly string[], alt: string) => void
  readonly gap: (points?: number) => void
  /** Closes the document. Gives its bytes. */
  readonly end: () => Promise<Buffer>
}

export interface SheetOptions {
  readonly title: string
  readonly author: string
  /** Two lines at the head of each page: who it is about, which version and to whom it was handed. */
  readonly header: readonly [left: string, right: string][]
  /** In the foot of each page, before its number. */
  readonly foot: string
  /** The instant written into the file. */
  readonly at: Date
  /** False leaves the text readable in the bytes, for tests. */
  readonly compress?: boolean
}

// Read from the package as files: the font is embedded, subset to the letters used.
const font = (name: string): string => createRequire(import.meta.url).resolve(`@expo-google-fonts/source-sans-3/${name}`)
const fonts = {
  regular: font('400Regular/SourceSans3_400Regular.ttf'),
  semi: font('600SemiBold/SourceSans3_600SemiBold.ttf'),
  italic: font('400Regular_Italic/SourceSans3_400Regular_Italic.ttf'),
}

const ink = '#22211f'
const quiet = '#5c5850'
const line = '#cfc9bd'
const margin = { top: 92, bottom: 56, left: 42, right: 42 }

/** Begins a document. Everything written goes below what came before; a block that does not fit goes on to the next page. */
export function openSheet({ title, author, header, foot, at, compress = true }: SheetOptions): Sheet {
  const doc = new PDFDocument({
    size: 'A4',
    margins: margin,
    bufferPages: true,
    compress,
    pdfVersion: '1.7',
    subset: 'PDF/UA' as never,
    tagged: true,
    lang: 'fr-FR',
    displayTitle: true,
    font: fonts.regular,
    info: { Title: title, Author: author, CreationDate: at, ModDate: at },
  })
  doc.registerFont('regular', fonts.regular).registerFont('semi', fonts.semi).registerFont('italic', fonts.italic)
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const finished = new Promise<Buffer>((resolve, reject) => doc.on('end', () => resolve(Buffer.concat(chunks))).on('error', reject))
  const root = doc.struct('Document')
  doc.addStructure(root)
  const width = doc.page.width - margin.left - margin.right

  const room = (needed: number): void => {
    if (doc.y + needed > doc.page.height - margin.bottom) doc.addPage()
  }
  const text = (
    type: string,
    words: string,
    look: { readonly font: string; readonly size: number; readonly color?: string; readonly indent?: number; readonly after?: number },
  ): void => {
    doc
      .font(look.font)
      .fontSize(look.size)
      .fillColor(look.color ?? ink)
    doc.text(words, margin.left + (look.indent ?? 0), doc.y, { width: width - (look.indent ?? 0), structParent: root, structType: type })
    doc.y += look.after ?? 3
  }
  const heading = (type: string, words: string, size: number, beside: string | undefined, needed: number): void => {
    room(needed)
    text(type, beside === undefined ? words : `${words}  –  ${beside}`, { font: 'semi', size, after: 2 })
  }

  return {
    h1: (words) => heading('H1', words, 18, undefined, 60),
    h2: (words, beside) => {
      doc.y += 10
      heading('H2', words, 13, beside, 90)
    },
    h3: (words, beside) => {
      doc.y += 3
      heading('H3', words, 11, beside, 60)
    },
    p: (words, look = {}) => text('P', words, { font: look.quote ? 'italic' : 'regular', size: 10.5, color: look.quiet ? quiet : ink }),
    list: (items) => {
      const list = doc.struct('L')
      root.add(list)
      for (const item of items) {
        doc.font('regular').fontSize(10.5).fillColor(ink)
        const entry = doc.struct('LI')
        list.add(entry)
        doc.text(`•  ${item}`, margin.left + 6, doc.y, { width: width - 6, structParent: entry, structType: 'LBody' })
        entry.end()
        doc.y += 2
      }
      list.end()
      doc.y += 2
    },
    table: (head, rows, widths) => {
      room(60)
      doc.font('regular').fontSize(9.5).fillColor(ink)
      doc.x = margin.left
      doc.table({
        structParent: root,
        columnStyles: [...widths],
        defaultStyle: { border: { top: 0.5, bottom: 0.5, left: 0, right: 0 }, borderColor: line, padding: '3pt 5pt 3pt 0pt', textColor: ink },
        data: [
          head.map((one) => ({ text: one, type: 'TH' as const, font: { src: 'semi' as never, size: 9 }, textColor: quiet })),
          ...rows.map((row) => row.map((one) => ({ text: one, type: 'TD' as const }))),
        ],
      } as never)
      doc.x = margin.left
      doc.y += 6
    },
    symbol: (datamatrix, lines, alt) => {
      const side = 64
      room(side + 10)
      const top = doc.y + 4
      const step = side / Math.max(datamatrix.width, datamatrix.height)
      root.add(
        doc.struct('Figure', { alt }, () => {
          doc.fillColor('#000000')
          for (let row = 0; row < datamatrix.height; row += 1)
            for (let column = 0; column < datamatrix.width; column += 1)
              if (datamatrix.black(column, row)) doc.rect(margin.left + column * step, top + row * step, step, step)
          doc.fill()
        }),
      )
      doc.y = top
      for (const [index, words] of lines.entries()) {
        doc
          .font(index === 0 ? 'semi' : 'regular')
          .fontSize(9.5)
          .fillColor(index === 0 ? ink : quiet)
        doc.text(words, margin.left + side + 12, doc.y, { width: width - side - 12, structParent: root, structType: 'P' })
        doc.y += 2
      }
      doc.x = margin.left
      doc.y = Math.max(doc.y, top + side + 6)
    },
    gap: (points = 8) => {
      doc.y += points
    },
    end: async () => {
      root.end()
      const { count } = doc.bufferedPageRange()
      for (let page = 0; page < count; page++) {
        doc.switchToPage(page)
        doc.markContent('Artifact', { type: 'Pagination' })
        furnish(doc, header, foot, page + 1, count)
        doc.endMarkedContent()
      }
      doc.end()
      return finished
    },
  }
}

/** Header and footer of a page, outside the reading order. */
function furnish(doc: PDFKit.PDFDocument, header: SheetOptions['header'], foot: string, page: number, count: number): void {
  const width = doc.page.width - margin.left - margin.right
  const half = width / 2
  header.forEach(([left, right], index) => {
    const y = 34 + index * 14
    doc
      .font(index === 0 ? 'semi' : 'regular')
      .fontSize(index === 0 ? 10.5 : 9.5)
      .fillColor(index === 0 ? ink : quiet)
    doc.text(left, margin.left, y, { width: half + 40, height: 13, ellipsis: true, lineBreak: false })
    doc.text(right, margin.left + half + 44, y, { width: half - 44, height: 13, align: 'right', ellipsis: true, lineBreak: false })
  })
  doc
    .moveTo(margin.left, 34 + header.length * 14 + 4)
    .lineTo(margin.left + width, 34 + header.length * 14 + 4)
    .lineWidth(0.8)
    .strokeColor(line)
    .stroke()
  // The page ends above the footer: text written below its margin would open another page.
  const bottom = doc.page.margins.bottom
  doc.page.margins.bottom = 0
  doc.font('regular').fontSize(8.5).fillColor(quiet)
  doc.text(foot, margin.left, doc.page.height - 38, { width: width - 70, height: 11, ellipsis: true, lineBreak: false })
  doc.text(`page ${page} sur ${count}`, margin.left + width - 66, doc.page.height - 38, { width: 66, align: 'right', lineBreak: false })
  doc.page.margins.bottom = bottom
}
