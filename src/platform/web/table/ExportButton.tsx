import { Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { AnyQuery, RawInputOf } from '../../contract/action.ts'
import { errorDetail } from '../api/api-error.ts'
import { downloadCsv, saveFile } from '../api/client.ts'
import { Button } from '../display/Button.tsx'
import { Ic } from '../display/Ic.tsx'
import { toast } from '../display/toast.tsx'
import { exportedRows } from '../export/exported-rows.ts'
import { displayZone } from '../text/dates.ts'

interface ExportProps<C extends AnyQuery> {
  readonly contract: C
  readonly input: RawInputOf<C>
  /** Where there is room for an icon only: what it says to readers. */
  readonly label?: string | undefined
}

/** Saves the whole of a list under the filters that it is shown with, for a spreadsheet or as CSV; its query needs a `csv` shape. */
export function ExportButton<C extends AnyQuery>(props: ExportProps<C>): ReactNode {
  const [pending, setPending] = useState(false)
  const save = async (how: (contract: C, input: RawInputOf<C>) => Promise<void>): Promise<void> => {
    setPending(true)
    try {
      await how(props.contract, props.input)
    } catch (error) {
      toast({ text: errorDetail(error), tone: 'warning' })
    } finally {
      setPending(false)
    }
  }
  if (props.label === undefined)
    return (
      <span className="row nw" style={{ gap: 2 }}>
        <Button small quiet icon={IconDownload} blocked={pending} onClick={() => void save(downloadOds)}>
          ODS
        </Button>
        <Button small quiet blocked={pending} onClick={() => void save(downloadCsv)}>
          CSV
        </Button>
      </span>
    )
  return (
    // Inside the landmark of the content; nothing hidden stands in the menu (axe: region, aria-required-children).
    <Menu position="bottom-end" portalProps={{ target: '#contenu' }} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <button type="button" className="btn btn--s btn--quiet btn--icon" aria-label={props.label} aria-disabled={pending || undefined}>
          <Ic of={IconDownload} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void save(downloadOds)}>Pour un tableur (ODS)</Menu.Item>
        <Menu.Item onClick={() => void save(downloadCsv)}>En texte (CSV)</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

async function downloadOds<C extends AnyQuery>(contract: C, input: RawInputOf<C>): Promise<void> {
  const sheet = await exportedRows(contract, input)
  const { odsOf } = await import('../export/ods.ts')
  const name = contract.csv?.file ?? 'jalon'
  saveFile(await odsOf(name, sheet, displayZone()), `${name}.ods`)
}
