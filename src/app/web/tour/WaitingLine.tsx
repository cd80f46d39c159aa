import { IconCopy, IconFileText, IconRefresh, IconTrash } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { FormDefinition } from '../../../assessments/contract/form-definition.ts'
import { standingAlone } from '../../../offline/contract/begun.ts'
import { type Outbox, type ReadableWaiting, settledAnswers } from '../../../offline/contract/outbox.ts'
import type { Words } from '../../../offline/contract/waiting.ts'
import { changeHere } from '../../../offline/web/outbox-here.ts'
import { type Volet, volets } from '../../../platform/contract/actor.ts'
import { newId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { Button } from '../../../platform/web/display/Button.tsx'
import { confirm } from '../../../platform/web/display/confirm.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { toast } from '../../../platform/web/display/toast.tsx'
import { voletWord } from '../../../platform/web/display/Volet.tsx'
import { ConflictTable } from '../../../platform/web/form/ConflictModal.tsx'
import { Segmented } from '../../../platform/web/form/SegmentedChoice.tsx'
import { formatWhen } from '../../../platform/web/text/dates.ts'
import { BegunTwice } from './BegunTwice.tsx'
import { bodyWords, formOfWords, kindWords, labelOf, refusalWords, valueWords, withoutWords } from './offline-words.ts'
import { bySomebody, discardWith, insteadOf } from './settle-begun.ts'

interface LineProps {
  readonly one: ReadableWaiting
  readonly forms: readonly { readonly id: string; readonly form: FormDefinition }[]
  /** What cannot leave before this one is settled: the answers of an evaluation that was refused. */
  readonly behind?: readonly ReadableWaiting[]
}

/** One gesture that waits: its words, when it was written, why it stays, and every way out of it. */
export function WaitingLine({ one, forms, behind = [] }: LineProps): ReactNode {
  const actor = useActor()
  const { told, refusal, state } = one
  const form = formOfWords(told, forms)
  const words =
    [one, ...behind]
      .map((each) => bodyWords(each, form))
      .filter((text) => text !== '')
      .join('\n') || bodyWords(one, form)
  const taken = refusal?.code === 'liaison.alert_taken' || refusal?.code === 'liaison.alert_settled'
  const begunToo = refusal?.code === 'assessments.begun_already'
  const change = (what: (outbox: Outbox) => Promise<unknown>): void => void changeHere(actor.userId, what)
  const discard = async (): Promise<void> => {
    const sure = await confirm({
      title: 'Effacer ce que vous avez écrit ?',
      text: 'Le serveur ne l’a pas\u00a0: ces mots seront perdus. Copiez-les d’abord s’ils servent encore.',
      action: 'Effacer',
      danger: true,
    })
    if (sure) change((outbox) => discardWith(outbox, one, behind))
  }
  return (
    <article className={state === 'waiting' ? 'waiting' : 'waiting waiting--stuck'} aria-label={kindWords(one)}>
      <div className="row sp">
        <b>{taken ? 'Alerte prise par un collègue' : kindWords(one)}</b>
        <span className="small mut nw">{formatWhen(one.writtenAt)}</span>
      </div>
      {told?.person == null ? null : <div className="small mut">{told.person.name}</div>}
      {words === null ? (
        <p className="small mut">Scellé{'\u00a0'}: seul le serveur peut l’ouvrir, à votre prochaine connexion.</p>
      ) : (
        <p className="tour__words">{words}</p>
      )}
      {refusal === null ? null : (
        <Notice tone={taken || begunToo ? 'warning' : 'alert'}>
          {taken || begunToo ? (
            told?.by === undefined ? (
              refusal.detail
            ) : (
              bySomebody(told.by, taken)
            )
          ) : (
            <>
              <b>Refusé.</b> {refusalWords(one)}
            </>
          )}
        </Notice>
      )}
      {state === 'conflict' && told?.conflict !== undefined ? (
        <Choose told={told} form={form} onChosen={(next) => change((outbox) => (next === null ? outbox.discard(one.id) : outbox.replace(one.id, next)))} />
      ) : null}
      {taken ? (
        <div className="row wrap" style={{ marginTop: 8 }}>
          <Button small main onClick={() => change((outbox) => outbox.discard(one.id))}>
            D’accord
          </Button>
        </div>
      ) : begunToo && told !== null ? (
        <BegunTwice one={one} told={told} behind={behind} />
      ) : null}
      {state === 'refused' && !taken ? (
        <div className="row wrap" style={{ marginTop: 8 }}>
          {begunToo || refusal?.code === 'attachment_infected' ? null : (
            <Button small icon={IconRefresh} onClick={() => change((outbox) => outbox.retry(one.id))}>
              Réessayer
            </Button>
          )}
          {words === null || words === '' ? null : (
            <Button small icon={IconCopy} onClick={() => void navigator.clipboard.writeText(words).then(() => toast({ text: 'Copié.' }))}>
              Copier les mots
            </Button>
          )}
          {told === null || words === null ? null : (
            <Otherwise
              told={told}
              words={words}
              refusal={refusal}
              onOtherwise={(next) => change((outbox) => insteadOf(outbox, one, behind, next))}
              onAlone={(next) => change((outbox) => outbox.replace(one.id, next))}
            />
          )}
          <Button small quiet icon={IconTrash} onClick={() => void discard()}>
            Effacer
          </Button>
        </div>
      ) : null}
    </article>
  )
}

/** Both values, field by field; nothing is kept before she has chosen. */
function Choose(props: { readonly told: Words; readonly form: FormDefinition | undefined; readonly onChosen: (next: Words | null) => void }): ReactNode {
  const { told, form } = props
  const fields = told.conflict?.fields ?? []
  return (
    <ConflictTable
      conflict={{
        fields,
        labels: Object.fromEntries(fields.map(({ field }) => [field, labelOf(form, field)])),
        words: (field, value) => valueWords(form, field, value),
        keep: (sides) => props.onChosen(settledAnswers(told, new Set(fields.map(({ field }) => field).filter((field) => sides[field] === 'mine')))),
        close: () => undefined,
      }}
    />
  )
}

/** What was refused, written otherwise: a note under another volet, or without the file that was refused; answers as a note of the file. */
function Otherwise(props: {
  readonly told: Words
  readonly words: string
  readonly refusal: ReadableWaiting['refusal']
  readonly onOtherwise: (next: Words) => void
  /** The same gesture, without what it hung on: what follows it stays. */
  readonly onAlone: (next: Words) => void
}): ReactNode {
  const { told, words, refusal } = props
  const [choosing, setChoosing] = useState(false)
  const { input } = told
  if (told.action === 'liaison.note.write') {
    const files = (input['files'] as readonly string[] | undefined) ?? []
    const refused = refusal?.files ?? files
    const rest = files.filter((id) => !refused.includes(id))
    return (
      <>
        {choosing ? (
          <Segmented<Volet>
            label="Volet"
            value={input['volet'] as Volet}
            options={volets.map((volet) => ({ value: volet, label: voletWord(volet) }))}
            onChange={(volet) => props.onOtherwise({ ...told, input: { ...input, volet, isPrivate: false, files: rest } })}
          />
        ) : (
          <Button small onClick={() => setChoosing(true)}>
            Écrire dans un autre volet
          </Button>
        )}
        {files.length === 0 ? null : (
          <Button small main onClick={() => props.onOtherwise({ ...told, input: { ...input, files: rest } })}>
            {withoutWords(files.length - rest.length, rest.length)}
          </Button>
        )}
      </>
    )
  }
  if (told.action === 'assessments.assessment.start' && input['partOf'] !== undefined && refusal?.code === 'not_found')
    return (
      <Button small main onClick={() => props.onAlone(standingAlone(told))}>
        Garder la grille à part
      </Button>
    )
  const person = told.person
  if (told.action === 'liaison.file.add' || person === null || words === '') return null
  const note = { id: newId(), personId: person.personId, type: 'observation', body: words.slice(0, 10_000), volet: 'social', files: [] }
  return (
    <Button small icon={IconFileText} onClick={() => props.onOtherwise({ action: 'liaison.note.write', input: note, person })}>
      En faire une note
    </Button>
  )
}
