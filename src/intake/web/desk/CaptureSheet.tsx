import './capture.css'
import { IconCloudCheck } from '@tabler/icons-react'
import { type ReactNode, type RefObject } from 'react'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { DraftWords } from '../../../platform/web/form/Form.tsx'
import { Segmented } from '../../../platform/web/form/SegmentedChoice.tsx'
import { CenterColumn } from '../../../platform/web/layout/Columns.tsx'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { useKey } from '../../../platform/web/shell/keys.ts'
import { firstKeys } from '../../contract/value-sets.ts'
import { CallBar } from './CallBar.tsx'
import { ContactFields } from './ContactFields.tsx'
import { type FirstKey } from './capture-values.ts'
import { CallerFields, RequestFields } from './RequestFields.tsx'
import type { Capture } from './use-capture.ts'

/** Focuses the field of a label: the sheet is filled from the keyboard, in the order in which the caller speaks. */
function goTo(sheet: RefObject<HTMLDivElement | null>, label: string): void {
  const labels = [...(sheet.current?.querySelectorAll('label') ?? [])]
  const found = labels.find((one) => one.textContent?.trim().startsWith(label))
  if (found?.htmlFor) document.getElementById(found.htmlFor)?.focus()
}

/** The whole capture of a call on one sheet. */
export function CaptureSheet(props: { readonly capture: Capture; readonly sheet: RefObject<HTMLDivElement | null> }): ReactNode {
  const { capture, sheet } = props
  const { values, form, change } = capture
  const keys = useValueList(firstKeys.code, firstKeys.values)
  const isRequest = values.firstKey === 'new_request'
  useKey('Ctrl+Enter', capture.answerAndClose, isRequest ? 'Répondre et clore' : 'Enregistrer')
  useKey('Alt+Enter', capture.toQualify, 'À qualifier', isRequest)
  useKey('Alt+q', () => goTo(sheet, 'Qui appelle'), 'Aller à « Qui appelle »')
  useKey('Alt+p', () => goTo(sheet, 'Pour qui'), 'Aller à « Pour qui »')
  useKey('Alt+c', () => goTo(sheet, 'Commune'), 'Aller à « Commune »', isRequest)
  useKey('Alt+t', () => goTo(sheet, isRequest ? 'Ce qui est demandé' : 'Ce qui a été dit'), 'Aller au texte')
  useKey('Alt+r', () => goTo(sheet, 'Réponse donnée maintenant'), 'Aller à la réponse', isRequest)

  return (
    <CenterColumn
      label="Saisie de l’appel"
      head={
        <CallBar
          channel={values.channel}
          onChannel={(channel) => change({ channel })}
          receivedAt={values.receivedAt}
          onReceivedAt={(receivedAt) => change({ receivedAt })}
          phone={values.callerPhone}
          startedAt={capture.startedAt}
          onEmergency={(words) => change({ urgency: 'within_24h', answer: [values.answer, words].filter(Boolean).join('\n') })}
        />
      }
      foot={<Foot capture={capture} />}
    >
      <div ref={sheet} className="stack stack--3">
        <Segmented
          label="Nature de l’appel"
          large
          digits
          value={values.firstKey}
          options={keys.values.map(({ code, label }) => ({ value: code as FirstKey, label }))}
          onChange={(firstKey) => change({ firstKey })}
        />
        <div className="form">
          <CallerFields capture={capture} />
          {isRequest ? <RequestFields capture={capture} /> : <ContactFields capture={capture} />}
        </div>
        {isRequest && form.draft.restored ? <Notice tone="info">Cette saisie avait été laissée en cours : elle est revenue telle quelle.</Notice> : null}
      </div>
    </CenterColumn>
  )
}

function Foot({ capture }: { readonly capture: Capture }): ReactNode {
  const { form, values, pending, error } = capture
  const isRequest = values.firstKey === 'new_request'
  return (
    <div className="formfoot">
      <DraftWords draft={form.draft} />
      {form.touched && !form.draft.savedAt ? (
        <span className="small mut row" style={{ gap: 5 }}>
          <Ic of={IconCloudCheck} size="s" />
          Brouillon en cours
        </span>
      ) : null}
      {error ? (
        <span className="formfoot__why formfoot__why--error" role="alert">
          {error}
        </span>
      ) : null}
      <span className="end row">
        {isRequest ? (
          <Button keys="Alt+Enter" blocked={pending} onClick={capture.toQualify}>
            {values.transferTo ? 'Transmettre' : 'À qualifier'}
          </Button>
        ) : null}
        <Button main keys="Ctrl+Enter" blocked={pending} onClick={capture.answerAndClose}>
          {isRequest ? 'Répondre et clore' : 'Enregistrer'}
        </Button>
      </span>
    </div>
  )
}
