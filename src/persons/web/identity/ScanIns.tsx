import { IconCamera, IconScan } from '@tabler/icons-react'
import { type ReactNode, useRef, useState } from 'react'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { type InsDatamatrix, readInsDatamatrix } from '../../contract/ins-datamatrix.ts'
import type { InsIdentity } from '../../contract/insi.ts'
import { readPhoto } from './read-photo.ts'
import { useScanner } from './use-scanner.ts'

/** A DataMatrix INS from a scanner, wherever the focus is, or from a photo. Nothing is recorded by reading. */
export function ScanIns({ onRead }: { readonly onRead: (identity: InsIdentity) => void }): ReactNode {
  const [said, setSaid] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const file = useRef<HTMLInputElement>(null)
  const take = (read: InsDatamatrix): void => {
    setSaid(read.ok ? null : read.message)
    if (read.ok) onRead(read.identity)
  }
  useScanner((text) => take(readInsDatamatrix(text)))
  return (
    <div className="stack">
      <div className="row wrap small" style={{ gap: '6px 12px' }}>
        <span className="row mut" style={{ gap: 5 }}>
          <Ic of={IconScan} size="s" />
          DataMatrix INS : scannez-le à tout moment
        </span>
        <Button small quiet icon={IconCamera} blocked={busy} onClick={() => file.current?.click()}>
          {busy ? 'Lecture…' : 'Photo'}
        </Button>
        <input
          ref={file}
          type="file"
          accept="image/*"
          capture="environment"
          className="vh"
          tabIndex={-1}
          aria-label="Photo d’un DataMatrix INS"
          onChange={async (event) => {
            const photo = event.currentTarget.files?.[0]
            event.currentTarget.value = ''
            if (photo === undefined) return
            setBusy(true)
            take(await readPhoto(photo))
            setBusy(false)
          }}
        />
      </div>
      {said === null ? null : (
        <Notice tone="warning" live>
          {said}
        </Notice>
      )}
    </div>
  )
}
