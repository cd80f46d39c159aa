import { type ReactNode, useRef } from 'react'
import { Columns } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { CaptureSheet } from './desk/CaptureSheet.tsx'
import { QueueColumn } from './desk/QueueColumn.tsx'
import { Recognised } from './desk/Recognised.tsx'
import { useCapture } from './desk/use-capture.ts'

/** The request desk: what waits, the call that is being taken, what is recognised of it. */
export function DeskPage(): ReactNode {
  const sheet = useRef<HTMLDivElement>(null)
  const capture = useCapture(() => requestAnimationFrame(() => sheet.current?.querySelector<HTMLInputElement>('input[role=combobox]')?.focus()))
  useEvents(['intake.*'])
  return (
    <Page title="Demandes">
      <Columns kind="desk" drawerLabel="Reconnu">
        <QueueColumn />
        <CaptureSheet capture={capture} sheet={sheet} />
        <Recognised capture={capture} />
      </Columns>
    </Page>
  )
}
