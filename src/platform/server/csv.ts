import type { CsvShape } from '../contract/action.ts'

/** A cell that a spreadsheet would run as a formula is kept as text by an apostrophe. */
const formula = /^[=+\-@\t\r]/

function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value).replace('.', ',')
  const text = formula.test(value) ? `'${value}` : value
  return /[";\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** CSV as French spreadsheets open it: UTF-8 with a byte order mark, `;`, CRLF, decimal comma. */
export function csvOf<Output>(shape: CsvShape<Output>, output: Output): string {
  const lines = [shape.columns, ...shape.rows(output)].map((row) => row.map(cell).join(';'))
  return `\uFEFF${lines.join('\r\n')}\r\n`
}
