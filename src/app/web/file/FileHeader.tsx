import type { ReactNode } from 'react'
import type { PersonId } from '../../../platform/contract/ids.ts'
import '../../../platform/web/layout/PersonHeader.css'

/** Gathers what the header says from the capabilities that know it, and hands it to PersonHeader. */
export function FileHeader(props: { readonly personId: PersonId; readonly slim: boolean; readonly tabs: ReactNode }): ReactNode {
  return (
    <header className={props.slim ? 'person person--slim' : 'person'}>
      <div className="person__id">
        <h1>Dossier</h1>
      </div>
      {props.tabs}
    </header>
  )
}
