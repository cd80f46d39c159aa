import './PrintLayout.css'
import { IconPrinter } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Button } from '../display/Button.tsx'
import { typo } from '../text/typography.ts'
import { Bar } from './Columns.tsx'
import { ScrollRegion } from './ScrollRegion.tsx'

export interface PrintLayoutProps {
  readonly title: string
  /** « PERRIN Odile, née Kempf, 12/03/1941 » */
  readonly about?: ReactNode
  /** DD/MM/YYYY */
  readonly date: string
  readonly author: string
  /** « remis à … »: paper handed over says to whom. */
  readonly givenTo?: ReactNode
  readonly foot?: ReactNode
  /** A4 landscape, 14 pt, telephones bold: the sheet on the fridge. */
  readonly fridge?: boolean | undefined
  readonly children: ReactNode
}

/** What is handed over on paper. PriveBlock and private items of the fil never print in it. */
export function PrintLayout(props: PrintLayoutProps): ReactNode {
  return (
    <>
      <div className="no-print">
        <Bar
          title={props.title}
          end={
            <Button main icon={IconPrinter} onClick={() => window.print()}>
              Imprimer
            </Button>
          }
        />
      </div>
      <ScrollRegion label={props.title} className="scroll">
        <article className={props.fridge ? 'paper paper--fridge' : 'paper'}>
          <header>
            <div>
              <h2>{typo(props.title)}</h2>
              {props.about ? <p>{props.about}</p> : null}
            </div>
            <dl>
              <dt>Le </dt>
              <dd>{props.date}</dd>
              <dt>Par </dt>
              <dd>{props.author}</dd>
              {props.givenTo ? (
                <>
                  <dt>Remis à </dt>
                  <dd>{props.givenTo}</dd>
                </>
              ) : null}
            </dl>
          </header>
          {props.children}
          {props.foot ? <footer>{props.foot}</footer> : null}
        </article>
      </ScrollRegion>
    </>
  )
}
