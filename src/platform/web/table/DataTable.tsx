import './table.css'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { Link, type LinkProps, useNavigate } from '@tanstack/react-router'
import { isValidElement, type KeyboardEvent, type ReactNode } from 'react'
import type { AnyQuery } from '../../contract/action.ts'
import { ApiError } from '../api/api-error.ts'
import type { ListQuery, RowOf } from '../api/use-query.ts'
import { Button } from '../display/Button.tsx'
import { Ic } from '../display/Ic.tsx'
import { ErrorState, Waiting } from '../display/QueryState.tsx'
import { ScrollRegion } from '../layout/ScrollRegion.tsx'
import { plural } from '../text/typography.ts'
import { ExportButton } from './ExportButton.tsx'

export interface Column<Row> {
  readonly key: string
  readonly head: string
  readonly cell: (row: Row) => ReactNode
  /** Figures go right. */
  readonly num?: boolean | undefined
  /** The code by which the query sorts; the head becomes a button. */
  readonly sort?: string | undefined
  readonly width?: number | string | undefined
  /** Buttons, or a state in words: on a telephone the head is not repeated before them. */
  readonly saysItself?: boolean | undefined
}

/** 'due' ascending, '-due' descending: as it stands in the address. */
export type Sort = string

export interface DataTableProps<C extends AnyQuery> {
  readonly list: ListQuery<C>
  /** Read aloud before the table. */
  readonly caption: string
  readonly columns: readonly Column<RowOf<C>>[]
  readonly rowKey: (row: RowOf<C>) => string
  /** Where a row leads; its first cell is the link, the whole row follows it. */
  readonly rowLink?: ((row: RowOf<C>) => Pick<LinkProps, 'to' | 'params' | 'search'>) | undefined
  /** True where a group begins: a stronger line above. */
  readonly startsGroup?: ((row: RowOf<C>, before: RowOf<C> | undefined) => boolean) | undefined
  readonly sort?: Sort | undefined
  readonly onSort?: ((sort: Sort) => void) | undefined
  /** Offers a file (ODS, CSV) of exactly what is shown; the query needs a `csv` shape. */
  readonly csv?: boolean | undefined
  /** What is counted: ['demande', 'demandes']. */
  readonly unit?: readonly [string, string] | undefined
  readonly bar?: ReactNode
  readonly empty: ReactNode
}

/** A list of the server: sticky head, rows by ↑ ↓ ↵, the rest by « Suite ». The counter is the server's, or says « au moins ». */
export function DataTable<C extends AnyQuery>(props: DataTableProps<C>): ReactNode {
  const { list, columns, unit = ['ligne', 'lignes'] } = props
  const count = list.total ?? list.rows.length
  // Of a list that is not open to her there is nothing to count, nor to take away.
  const closed = list.error instanceof ApiError && list.error.status === 403 && list.rows.length === 0
  return (
    <div className="tablewrap">
      <div className="tablebar">
        <span role="status">
          {closed ? '' : list.loading ? 'Chargement…' : `${list.total === null && list.hasMore ? 'au moins ' : ''}${plural(count, unit[0], unit[1])}`}
        </span>
        {props.bar}
        {props.csv && list.contract.csv && !closed ? (
          <span className="end">
            <ExportButton contract={list.contract} input={list.input} />
          </span>
        ) : null}
      </div>
      {list.error && list.rows.length === 0 ? (
        <div style={{ padding: 16 }}>
          <ErrorState error={list.error} onRetry={list.retry} />
        </div>
      ) : list.loading ? (
        <div style={{ padding: 16 }}>
          <Waiting />
        </div>
      ) : list.rows.length === 0 ? (
        <div style={{ padding: 16 }}>{props.empty}</div>
      ) : (
        <ScrollRegion region label={props.caption} className="tablescroll">
          <table className="tbl tbl--rows tbl--sticky">
            <caption className="vh">{props.caption}</caption>
            <colgroup>
              {columns.map((column) => (
                <col key={column.key} style={column.width === undefined ? undefined : { width: column.width }} />
              ))}
            </colgroup>
            <thead>
              <tr>
                {columns.map((column) => (
                  <Head key={column.key} column={column} sort={props.sort} onSort={props.onSort} />
                ))}
              </tr>
            </thead>
            <tbody onKeyDown={moveBetweenRows}>
              {list.rows.map((row, index) => (
                <Row
                  key={props.rowKey(row)}
                  row={row}
                  columns={columns}
                  link={props.rowLink?.(row)}
                  group={props.startsGroup?.(row, list.rows[index - 1]) ?? false}
                />
              ))}
            </tbody>
          </table>
          {list.hasMore ? (
            <div className="tablemore">
              <Button small blocked={list.loadingMore} onClick={list.more}>
                {list.loadingMore ? 'Chargement…' : 'Suite'}
              </Button>
            </div>
          ) : null}
        </ScrollRegion>
      )}
    </div>
  )
}

function Head<R>(props: { readonly column: Column<R>; readonly sort: Sort | undefined; readonly onSort: ((sort: Sort) => void) | undefined }): ReactNode {
  const { column, sort, onSort } = props
  const code = column.sort
  const up = sort === code
  const down = sort === `-${code}`
  return (
    <th scope="col" className={column.num ? 'num' : undefined} aria-sort={code && (up || down) ? (up ? 'ascending' : 'descending') : undefined}>
      {code && onSort ? (
        <button type="button" onClick={() => onSort(up ? `-${code}` : code)}>
          {column.head}
          {up ? <Ic of={IconArrowUp} size="s" /> : down ? <Ic of={IconArrowDown} size="s" /> : null}
        </button>
      ) : (
        column.head
      )}
    </th>
  )
}

function Row<R>(props: {
  readonly row: R
  readonly columns: readonly Column<R>[]
  readonly link: Pick<LinkProps, 'to' | 'params' | 'search'> | undefined
  readonly group: boolean
}): ReactNode {
  const navigate = useNavigate()
  const { link, row } = props
  const open = link ? () => void navigate(link as never) : undefined
  return (
    // The link of the first cell is the keyboard's way; the row is a larger target for the mouse.
    <tr
      data-link={link ? '' : undefined}
      data-group={props.group ? '' : undefined}
      onClick={open && ((event) => (event.target as HTMLElement).closest('a, button, input, label') ?? open())}
    >
      {props.columns.map((column, index) => {
        const inside = column.cell(row)
        const className = column.num ? 'num' : undefined
        return index === 0 ? (
          <th key={column.key} scope="row" className={className}>
            {link ? <Link {...(link as LinkProps)}>{inside}</Link> : inside}
          </th>
        ) : (
          <td key={column.key} className={className} data-head={column.saysItself ? undefined : column.head} data-none={isNothing(inside) ? '' : undefined}>
            {inside}
          </td>
        )
      })}
    </tr>
  )
}

/** On a telephone, where each cell has its line, what is not known takes none. */
const isNothing = (inside: ReactNode): boolean =>
  inside === null ||
  inside === undefined ||
  inside === false ||
  inside === '' ||
  inside === '–' ||
  (isValidElement<{ readonly children?: ReactNode }>(inside) && inside.props.children === '–')

/** ↑ and ↓ go from the link of a row to that of its neighbour. */
function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 'nextElementSibling' : event.key === 'ArrowUp' ? 'previousElementSibling' : null
  if (!step || !(event.target as HTMLElement).matches('th > a')) return
  const next = (event.target as HTMLElement).closest('tr')?.[step]?.querySelector<HTMLElement>('th > a')
  if (!next) return
  event.preventDefault()
  next.focus()
}
