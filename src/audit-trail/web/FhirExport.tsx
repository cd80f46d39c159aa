import { type ReactNode, useState } from 'react'
import type { RawInputOf } from '../../platform/contract/action.ts'
import { errorDetail } from '../../platform/web/api/api-error.ts'
import { callQuery } from '../../platform/web/api/client.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import type { Icon } from '../../platform/web/display/Ic.tsx'
import { toast } from '../../platform/web/display/toast.tsx'
import { traceEvents, type traceLines } from '../contract/queries.ts'

/** The lines shown, as FHIR events one per line (NDJSON), page after page. */
export function FhirExport({ asked, icon }: { readonly asked: RawInputOf<typeof traceLines>; readonly icon: Icon }): ReactNode {
  const [written, setWritten] = useState<number | null>(null)
  const run = async (): Promise<void> => {
    setWritten(0)
    try {
      const parts: string[] = []
      let cursor: string | null = null
      do {
        const page: { readonly resources: readonly unknown[]; readonly next: string | null } = await callQuery(traceEvents, {
          ...asked,
          profile: 'balp',
          cursor,
        })
        parts.push(...page.resources.map((resource) => `${JSON.stringify(resource)}\n`))
        setWritten(parts.length)
        cursor = page.next
      } while (cursor !== null)
      save(new Blob(parts, { type: 'application/fhir+ndjson' }), 'traces.ndjson')
    } catch (error) {
      toast({ text: errorDetail(error), tone: 'warning' })
    } finally {
      setWritten(null)
    }
  }
  return (
    <Button small icon={icon} disabled={written !== null} onClick={() => void run()}>
      {written === null || written === 0 ? 'Exporter en FHIR' : `${written.toLocaleString('fr-FR')} événements`}
    </Button>
  )
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
