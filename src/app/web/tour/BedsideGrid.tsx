import { type ReactNode, useState } from 'react'
import { readingOf } from '../../../assessments/web/words.ts'
import type { CarriedFile } from '../../../offline/contract/queries.ts'
import { formatDay } from '../../../platform/contract/dates.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { beginHere, goTo } from './BeginAssessment.tsx'
import { useOffline } from './use-offline.ts'

/** The place of a grid inside an evaluation, at the bedside: what is known of it, or the way to fill it here, with the form that the tour took along. */
export function BedsideGrid(props: {
  readonly file: CarriedFile
  readonly within: { readonly id: string; readonly there: boolean; readonly grids: CarriedFile['assessments'][number]['detail']['grids'] }
  readonly code: string
  readonly label: string
}): ReactNode {
  const { file, within, code, label } = props
  const { carrying } = useOffline()
  const [pending, setPending] = useState(false)
  const form = file.begins.includes(code) ? carrying?.tour?.forms.find((one) => one.code === code) : undefined
  const here =
    carrying?.begun.find(({ personId, formCode }) => personId === file.personId && formCode === code)?.id ??
    file.assessments.find(({ detail }) => detail.assessment.formCode === code)?.detail.assessment.id
  const known = within.grids.find(({ formCode, result }) => formCode === code && result !== null)
  const fill = async (): Promise<void> => {
    if (form === undefined) return
    setPending(true)
    // An evaluation begun here may be poured into a colleague's: its grid stands by itself, and shows in whichever is kept.
    goTo(await beginHere(file, form, within.there ? within.id : undefined))
    setPending(false)
  }
  return (
    <div className="row wrap">
      <span className="grow">
        <b className="semi">{label}</b>
        {form === undefined ? null : (
          <span className="small dim">
            {' '}
            {form.minutes}
            {'\u00a0'}min
          </span>
        )}
        {known?.result == null ? null : (
          <span className="small"> {[known.result.printed, readingOf(known.result), `le ${formatDay(known.performedOn)}`].filter(Boolean).join(' · ')}</span>
        )}
      </span>
      {here !== undefined ? (
        <Button small quiet onClick={() => goTo(here)}>
          Reprendre
        </Button>
      ) : form !== undefined ? (
        <Button small blocked={pending} onClick={() => void fill()}>
          {known === undefined ? 'Coter ici' : 'Coter à nouveau ici'}
        </Button>
      ) : (
        <span className="small mut">se remplit dans le dossier, avec le réseau</span>
      )}
    </div>
  )
}
