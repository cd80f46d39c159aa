import type { ReactNode } from 'react'
import type { PersonId } from '../../platform/contract/ids.ts'
import { FilTab } from './FilTab.tsx'

/** The tab « Échanges » of a person's file: the notebook alone, notes and their answers. */
export function ExchangesTab(props: { readonly personId: PersonId }): ReactNode {
  return <FilTab personId={props.personId} only="liaison" />
}
