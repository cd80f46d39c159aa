import { IconPencil, IconPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { Volet } from '../../platform/contract/actor.ts'
import { newId } from '../../platform/contract/ids.ts'
import { useAction } from '../../platform/web/api/use-action.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { VoletChip, voletWord } from '../../platform/web/display/Volet.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../platform/web/form/SegmentedChoice.tsx'
import { AreaField, TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { Section } from '../../platform/web/layout/Columns.tsx'
import { formatWhen } from '../../platform/web/text/dates.ts'
import { addBlock, addQuestion, takeBlock } from '../contract/actions.ts'
import type { Block } from '../contract/conference.ts'
import type { SheetProps } from './ConferencePage.tsx'
import { PassagePen } from './PassagePen.tsx'

/** The minutes, question by question; each passage has one pen. */
export function Minutes(props: SheetProps): ReactNode {
  const { sheet, mayWrite } = props
  const [adding, setAdding] = useState<'question' | 'passage' | null>(null)
  return (
    <Section
      title="Questions et compte rendu"
      count={sheet.blocks.length > 0 ? String(sheet.blocks.length) : undefined}
      end={
        mayWrite ? (
          <span className="row wrap" style={{ gap: 12 }}>
            <button type="button" className="linklike row" style={{ gap: 4 }} onClick={() => setAdding('question')}>
              <IconPlus className="ic ic--s" stroke={1.75} />
              Poser une question
            </button>
            <button type="button" className="linklike row" style={{ gap: 4 }} onClick={() => setAdding('passage')}>
              <IconPlus className="ic ic--s" stroke={1.75} />
              Ajouter un passage
            </button>
          </span>
        ) : undefined
      }
    >
      <div className="stack stack--4">
        {adding === 'question' ? <QuestionForm {...props} onDone={() => setAdding(null)} /> : null}
        {sheet.blocks.length === 0 ? <p className="small mut">Aucune question posée. Chaque question ouvre un passage du compte rendu.</p> : null}
        {sheet.blocks.map((block) => (
          <Passage key={block.id} {...props} block={block} />
        ))}
        {adding === 'passage' ? <PassageForm {...props} onDone={() => setAdding(null)} /> : null}
      </div>
    </Section>
  )
}

function Passage(props: SheetProps & { readonly block: Block }): ReactNode {
  const { block, target, mayWrite } = props
  const [writing, setWriting] = useState(false)
  const take = useAction(takeBlock, target)
  const other = block.editor !== null && !block.editor.isMe
  const begin = async (): Promise<void> => {
    if ((await take.run({ id: block.id })) !== null) setWriting(true)
  }
  return (
    <article className="passage" aria-label={block.heading}>
      <div className="row sp row--top">
        <h3>{block.heading}</h3>
        <VoletChip volet={block.volet} />
      </div>
      {writing ? (
        <PassagePen {...props} onDone={() => setWriting(false)} />
      ) : (
        <>
          {block.body === '' ? <p className="dim">Rien d’écrit encore.</p> : <p className="passage__body">{block.body}</p>}
          <div className="row sp small mut">
            <span>{block.writtenAt === null ? '' : `${block.writtenByName ?? ''}, ${formatWhen(block.writtenAt)}`}</span>
            {other ? (
              <span role="status" className="row" style={{ gap: 4 }}>
                <IconPencil className="ic ic--s" stroke={1.75} />
                {block.editor?.name} écrit…
              </span>
            ) : mayWrite ? (
              <Button small icon={IconPencil} onClick={() => void begin()} label={`Écrire : ${block.heading}`}>
                Écrire
              </Button>
            ) : null}
          </div>
          {take.error ? (
            <p className="small t-alert" role="alert">
              {take.error.detail}
            </p>
          ) : null}
        </>
      )}
    </article>
  )
}

const voletsOpen = (sheet: SheetProps['sheet']): readonly Volet[] =>
  (['social', 'health', 'administrative'] as const).filter((volet) => !sheet.closedVolets.includes(volet))

/** What nobody asked and the meeting spoke of all the same: a passage under its own heading, at the end of the minutes. */
function PassageForm({ sheet, target, onDone }: SheetProps & { readonly onDone: () => void }): ReactNode {
  const open = voletsOpen(sheet)
  const form = useActionForm(addBlock, {
    target,
    draftKey: `caseConferences.passage:${sheet.conference.id}`,
    initialValues: () => ({ id: newId() as string, heading: '', volet: (open[0] ?? 'administrative') as Volet }),
    toInput: (typed) => ({ ...typed, conferenceId: sheet.conference.id }),
    onDone,
  })
  return (
    <Form form={form}>
      <TextField {...form.field('heading')} label="Titre du passage" span={12} autoFocus placeholder="Points divers, prochaine rencontre…" />
      <SegmentedChoice {...form.field('volet')} label="Volet" span={12} options={open.map((value) => ({ value, label: voletWord(value) }))} />
      <div style={{ gridColumn: '1 / -1' }}>
        <FormFoot form={form} submit="Ajouter le passage" secondary={<Button onClick={onDone}>Revenir</Button>} />
      </div>
    </Form>
  )
}

function QuestionForm({ sheet, target, onDone }: SheetProps & { readonly onDone: () => void }): ReactNode {
  const open = voletsOpen(sheet)
  const form = useActionForm(addQuestion, {
    target,
    draftKey: `caseConferences.question:${sheet.conference.id}`,
    initialValues: () => ({ id: newId() as string, words: '', volet: (open[0] ?? 'administrative') as Volet }),
    toInput: (typed) => ({ ...typed, conferenceId: sheet.conference.id }),
    onDone,
  })
  return (
    <Form form={form}>
      <AreaField {...form.field('words')} label="Question posée à la concertation" rows={2} autoFocus />
      <SegmentedChoice {...form.field('volet')} label="Volet" span={12} options={open.map((value) => ({ value, label: voletWord(value) }))} />
      <div style={{ gridColumn: '1 / -1' }}>
        <FormFoot form={form} submit="Poser la question" />
      </div>
    </Form>
  )
}
