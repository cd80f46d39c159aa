import { zipOf } from './zip.ts'

/** A list as a sheet: what stands at the head of its columns, and its lines. */
export interface SheetRows {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | number | null)[])[]
}

const type = 'application/vnd.oasis.opendocument.spreadsheet'

/**
 * A list as an OpenDocument spreadsheet (ISO/IEC 26300, version 1.2). Numbers and days stay numbers and days, instants read on the clock of
 * `timeZone`, a text is never a formula, and the head stays in view. Takes the name of the sheet; gives the file.
 */
export async function odsOf(name: string, sheet: SheetRows, timeZone: string, now: Date = new Date()): Promise<Blob> {
  const archive = await zipOf(
    [
      { path: 'mimetype', text: type, stored: true },
      { path: 'META-INF/manifest.xml', text: manifest },
      { path: 'content.xml', text: contentOf(name, sheet, timeZone) },
      { path: 'settings.xml', text: settingsOf(name) },
    ],
    now,
  )
  return new Blob([archive], { type })
}

const manifest = `<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="${type}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="settings.xml" manifest:media-type="text/xml"/></manifest:manifest>`

const namespaces = ['office', 'table', 'text', 'style'].map((prefix) => `xmlns:${prefix}="urn:oasis:names:tc:opendocument:xmlns:${prefix}:1.0"`).join(' ')
const styles = `<number:date-style style:name="Nday"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style><number:date-style style:name="Ninstant"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/><number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text><number:minutes number:style="long"/></number:date-style><style:style style:name="head" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="day" style:family="table-cell" style:data-style-name="Nday"/><style:style style:name="instant" style:family="table-cell" style:data-style-name="Ninstant"/>`

function contentOf(name: string, { columns, rows }: SheetRows, timeZone: string): string {
  const widths = columns.map((head, index) => widthOf([head, ...rows.slice(0, 200).map((row) => row[index] ?? null)]))
  const columnStyles = widths
    .map(
      (width, index) =>
        `<style:style style:name="c${index}" style:family="table-column"><style:table-column-properties style:column-width="${width}cm"/></style:style>`,
    )
    .join('')
  const places = columns.map((_head, index) => `<table:table-column table:style-name="c${index}"/>`).join('')
  const head = `<table:table-header-rows><table:table-row>${columns.map((one) => textCell(one, 'head')).join('')}</table:table-row></table:table-header-rows>`
  const lines = rows.map((row) => `<table:table-row>${row.map((one) => cellOf(one, timeZone)).join('')}</table:table-row>`).join('')
  return `<?xml version="1.0" encoding="UTF-8"?>
<office:document-content ${namespaces} xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.2"><office:automatic-styles>${styles}${columnStyles}</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="${escaped(sheetName(name))}">${places}${head}${lines}</table:table></office:spreadsheet></office:body></office:document-content>`
}

/** Keeps the head in view. */
function settingsOf(name: string): string {
  const item = (key: string, kind: string, value: string): string =>
    `<config:config-item config:name="${key}" config:type="${kind}">${value}</config:config-item>`
  return `<?xml version="1.0" encoding="UTF-8"?>
<office:document-settings xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" office:version="1.2"><office:settings><config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views"><config:config-item-map-entry><config:config-item-map-named config:name="Tables"><config:config-item-map-entry config:name="${escaped(sheetName(name))}">${item('VerticalSplitMode', 'short', '2')}${item('VerticalSplitPosition', 'int', '1')}${item('PositionBottom', 'int', '1')}</config:config-item-map-entry></config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings></office:document-settings>`
}

const aDay = /^\d{4}-\d{2}-\d{2}$/
const anInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})$/

function cellOf(value: string | number | null, timeZone: string): string {
  if (value === null || value === '') return '<table:table-cell/>'
  if (typeof value === 'number')
    return `<table:table-cell office:value-type="float" office:value="${value}"><text:p>${String(value).replace('.', ',')}</text:p></table:table-cell>`
  if (aDay.test(value)) return dateCell(value, 'day')
  if (anInstant.test(value)) return dateCell(onTheClock(new Date(value), timeZone), 'instant')
  return textCell(value)
}

const dateCell = (value: string, style: 'day' | 'instant'): string =>
  `<table:table-cell table:style-name="${style}" office:value-type="date" office:date-value="${value}"><text:p>${value.replace('T', ' ')}</text:p></table:table-cell>`

function textCell(value: string, style?: string): string {
  const lines = value.split(/\r\n|\r|\n/).map((line) => `<text:p>${escaped(line)}</text:p>`)
  return `<table:table-cell${style ? ` table:style-name="${style}"` : ''} office:value-type="string">${lines.join('')}</table:table-cell>`
}

/** '2026-11-22T09:42:00', as a clock of the zone shows it: a spreadsheet knows no zones. */
function onTheClock(instant: Date, timeZone: string): string {
  return instant.toLocaleString('sv-SE', { timeZone, hourCycle: 'h23' }).replace(' ', 'T')
}

const widthOf = (cells: readonly (string | number | null)[]): number =>
  Math.min(9, Math.max(2, ...cells.map((cell) => Math.round((String(cell ?? '').length * 0.2 + 0.4) * 10) / 10)))

/** What names of sheets may not hold. */
const sheetName = (name: string): string => name.replace(/[[\]*?:/\\']/g, ' ').slice(0, 31)

function escaped(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 cannot hold them.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .toWellFormed()
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  )
}
