import { IconFileUpload } from '@tabler/icons-react'
import { type ReactNode, useRef, useState } from 'react'
import { errorDetail } from '../../../platform/web/api/api-error.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { LongWork } from '../../../platform/web/display/LongWork.tsx'
import { toast } from '../../../platform/web/display/toast.tsx'
import { CheckField } from '../../../platform/web/form/ChoiceCards.tsx'
import { FieldFrame } from '../../../platform/web/form/FieldFrame.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { Card } from '../../../platform/web/layout/Columns.tsx'
import { formatSize } from '../../../platform/web/text/numbers.ts'
import { type FileSource, fileHelp, fileSources, importSources } from '../../contract/import-sources.ts'
import { type Sending, sendFile } from './send-file.ts'

/** A file chosen here is sent in parts, then imported by the server while one does something else. */
export function SendFile(props: {
  /** Once the sending ended, well or not; with the import that starts, when one does. */
  readonly onSent: (importId: string | null) => void
}): ReactNode {
  const [source, setSource] = useState<FileSource>('rpps')
  const [file, setFile] = useState<File | null>(null)
  const [allowShrink, setAllowShrink] = useState(false)
  const [sending, setSending] = useState<Sending | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const stop = useRef<AbortController | null>(null)
  const send = async (): Promise<void> => {
    if (file === null) {
      setFault('Choisissez d’abord un fichier.')
      return
    }
    setFault(null)
    stop.current = new AbortController()
    setSending({ done: 0, total: file.size })
    let started: string | null = null
    try {
      started = await sendFile(source, file, allowShrink, setSending, stop.current.signal)
      setFile(null)
      toast({ text: 'Fichier reçu : l’import commence. Vous pouvez quitter cette page.' })
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'AbortError')) setFault(errorDetail(error))
    } finally {
      setSending(null)
      props.onSent(started)
    }
  }
  if (sending !== null) {
    return (
      <LongWork
        title={`Envoi de ${file?.name ?? 'ce fichier'}`}
        state="running"
        done={Math.round(sending.done / 1024)}
        total={Math.round(sending.total / 1024)}
        unit="Kio envoyés"
        onCancel={() => stop.current?.abort()}
      />
    )
  }
  return (
    <Card title="Importer un fichier">
      <div className="form">
        <SelectField
          label="Répertoire"
          span={5}
          value={source}
          onChange={(chosen) => setSource(chosen as FileSource)}
          options={fileSources.map((value) => ({ value, label: importSources[value] }))}
        />
        <FieldFrame label="Fichier" span={7} help={fileHelp[source]} error={fault ?? undefined}>
          {(control) => (
            <span className="row">
              <span className="btn btn--s filepick">
                <label htmlFor={control.id}>Choisir un fichier</label>
                <input
                  {...control}
                  className="vh"
                  type="file"
                  accept={source === 'finess' ? '.json,.csv,.gz,.zip' : source.startsWith('social') ? '.json,.gz,.zip' : '.txt,.csv,.gz,.zip'}
                  onChange={(event) => {
                    setFile(event.currentTarget.files?.[0] ?? null)
                    setFault(null)
                  }}
                />
              </span>
              <span className="small cut">{file ? `${file.name}, ${formatSize(file.size)}` : 'aucun fichier choisi'}</span>
            </span>
          )}
        </FieldFrame>
        <CheckField
          value={allowShrink}
          onChange={setAllowShrink}
          label="Accepter une forte baisse"
          detail="Sans cela, un fichier qui retirerait plus d’un cinquième des fiches est tenu pour incomplet et refusé."
        />
      </div>
      <div className="row">
        <Button main icon={IconFileUpload} onClick={() => void send()}>
          Envoyer et importer
        </Button>
      </div>
    </Card>
  )
}
