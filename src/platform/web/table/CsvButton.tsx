import { IconDownload } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { AnyQuery, RawInputOf } from '../../contract/action.ts'
import { errorDetail } from '../api/api-error.ts'
import { downloadCsv } from '../api/client.ts'
import { Button } from '../display/Button.tsx'
import { toast } from '../display/toast.tsx'

/** Saves as CSV the whole of a list under the filters that it is shown with; its query needs a `csv` shape. */
export function CsvButton<C extends AnyQuery>(props: {
  readonly contract: C
  readonly input: RawInputOf<C>
  /** Where there is room for an icon only: what it says to readers. */
  readonly label?: string | undefined
}): ReactNode {
  const [pending, setPending] = useState(false)
  const save = async (): Promise<void> => {
    setPending(true)
    try {
      await downloadCsv(props.contract, props.input)
    } catch (error) {
      toast({ text: errorDetail(error), tone: 'warning' })
    } finally {
      setPending(false)
    }
  }
  return (
    <Button small quiet icon={IconDownload} iconOnly={props.label !== undefined} label={props.label} blocked={pending} onClick={() => void save()}>
      {props.label === undefined ? 'CSV' : null}
    </Button>
  )
}
