import { IconPrinter } from '@tabler/icons-react'
import { Fragment, type ReactNode } from 'react'
import template from '../../../../docs/aipd.md?raw'
import { french } from '../../../platform/contract/typography.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Treatment } from './Treatment.tsx'

/** The AIPD filled with what the product does, as docs/aipd.md keeps it: to be completed by those who answer for the treatment. */
export function ImpactPage(): ReactNode {
  return (
    <Treatment
      title="Analyse d’impact (AIPD)"
      end={
        <Button small icon={IconPrinter} onClick={() => window.print()}>
          Imprimer
        </Button>
      }
    >
      <div className="prose">{blocksOf(french(template)).map((block) => drawn(block))}</div>
    </Treatment>
  )
}

interface Block {
  readonly key: string
  readonly kind: 'h2' | 'h3' | 'p' | 'ul' | 'table'
  readonly lines: readonly string[]
}

/** The little of Markdown that the document uses: headings, paragraphs, lists, tables. Its own title stays with the page. */
function blocksOf(markdown: string): readonly Block[] {
  return markdown.split(/\n{2,}/).flatMap((text, index): Block[] => {
    const lines = text.trim().split('\n')
    const first = lines[0] ?? ''
    const key = `${index}${first.slice(0, 20)}`
    if (first === '' || first.startsWith('# ')) return []
    if (first.startsWith('### ')) return [{ key, kind: 'h3', lines: [first.slice(4)] }]
    if (first.startsWith('## ')) return [{ key, kind: 'h2', lines: [first.slice(3)] }]
    if (first.startsWith('- '))
      return [
        {
          key,
          kind: 'ul',
          lines: text
            .trim()
            .split(/\n(?=- )/)
            .map((line) => line.slice(2).replace(/\n\s*/g, ' ')),
        },
      ]
    if (first.startsWith('|')) return [{ key, kind: 'table', lines: lines.filter((line) => !/^\|[-| ]+\|$/.test(line)) }]
    return [{ key, kind: 'p', lines: [lines.join(' ')] }]
  })
}

function drawn({ key, kind, lines }: Block): ReactNode {
  const [first = ''] = lines
  if (kind === 'h2') return <h2 key={key}>{inline(first)}</h2>
  if (kind === 'h3') return <h3 key={key}>{inline(first)}</h3>
  if (kind === 'p') return <p key={key}>{inline(first)}</p>
  if (kind === 'ul')
    return (
      <ul key={key}>
        {lines.map((line) => (
          <li key={line}>{inline(line)}</li>
        ))}
      </ul>
    )
  const cells = (line: string): readonly string[] =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
  return (
    // On a telephone a wide table scrolls in itself: the keyboard must reach it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolling is what it is reached for.
    <table key={key} tabIndex={0}>
      <thead>
        <tr>
          {cells(first).map((cell) => (
            <th key={cell} scope="col">
              {inline(cell)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.slice(1).map((line) => (
          <tr key={line}>
            {cells(line).map((cell, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: cells of a fixed text.
              <td key={index}>{inline(cell)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** **bold** only. */
function inline(text: string): ReactNode {
  return text.split(/\*\*(.+?)\*\*/).map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of a fixed text.
      <b key={index}>{part}</b>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of a fixed text.
      <Fragment key={index}>{part}</Fragment>
    ),
  )
}
