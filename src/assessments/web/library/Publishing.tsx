import { IconUpload } from '@tabler/icons-react'
import { type ReactNode, useMemo } from 'react'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { toast } from '../../../platform/web/display/toast.tsx'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { plural } from '../../../platform/web/text/typography.ts'
import { publishForm } from '../../contract/actions.ts'
import type { FormDefinition } from '../../contract/form-definition.ts'
import { formDifference } from '../../contract/form-difference.ts'
import { addForms, currentForm, formVersion } from '../../contract/library.ts'
import { FormFacts } from './FormFacts.tsx'

/** Before a version is published: what it is, what it changes, and the one gesture. */
export function Publishing(props: {
  readonly candidate: { readonly form: FormDefinition | null; readonly definition: string }
  readonly onLeave: () => void
  readonly onPublished: (code: string, version: string) => void
}): ReactNode {
  const { form, definition } = props.candidate
  const publish = useAction(publishForm, undefined)
  const leave = (
    <Button quiet onClick={props.onLeave}>
      Laisser
    </Button>
  )
  if (form === null) return <p>{leave}</p>
  const known = formVersion(form.code, form.version)
  const run = async (): Promise<void> => {
    const done = await publish.run({ definition })
    if (done === null) return
    addForms([form])
    toast({ text: `« ${form.title} », version ${done.version} : publié.` })
    props.onPublished(done.code, done.version)
  }
  const faults = (publish.error?.details as { faults?: readonly string[] } | null | undefined)?.faults ?? []
  return (
    <>
      <Section title="À publier">
        <FormFacts form={form} />
      </Section>
      <Changes form={form} />
      {known ? (
        <Notice tone="warning">La version {form.version} est déjà publiée : donnez un autre numéro à la vôtre, dans le fichier.</Notice>
      ) : (
        <p className="small mut">
          Proposé aussitôt à tous ceux qui évaluent. Une version publiée ne change plus et ne s’efface pas : ce qui sera répondu portera son numéro.
        </p>
      )}
      {publish.error ? (
        <Notice tone="alert" live>
          {publish.error.detail}
          {faults.length > 0 ? (
            <ul>
              {faults.map((fault) => (
                <li key={fault}>{fault}</li>
              ))}
            </ul>
          ) : null}
        </Notice>
      ) : null}
      <div className="row">
        <Button main icon={IconUpload} blocked={publish.pending || known !== undefined} onClick={() => void run()}>
          Publier la version {form.version}
        </Button>
        {leave}
      </div>
    </>
  )
}

/** What those who answer will find changed. */
function Changes({ form }: { readonly form: FormDefinition }): ReactNode {
  const current = currentForm(form.code)
  const difference = useMemo(() => (current ? formDifference(current, form) : null), [current, form])
  if (current === undefined || difference === null) return <p>Premier formulaire de ce nom{'\u00a0'}: il s’ajoute aux autres.</p>
  const lines = [
    { words: 'ajoutée', labels: difference.added },
    { words: 'retirée', labels: difference.removed },
    { words: 'modifiée', labels: difference.changed },
  ].filter(({ labels }) => labels.length > 0)
  return (
    <Section title={`Par rapport à la version ${current.version}`}>
      <ul className="lines">
        {lines.map(({ words, labels }) => (
          <li key={words}>
            <b>
              {plural(labels.length, 'question')} {words}
              {labels.length > 1 ? 's' : ''}
            </b>
            <span className="small mut" style={{ display: 'block' }}>
              {labels.slice(0, 6).join(' · ')}
              {labels.length > 6 ? ` · et ${labels.length - 6} de plus` : ''}
            </span>
          </li>
        ))}
        {difference.scoring ? <li>Le score ne se compte plus de la même façon.</li> : null}
        {lines.length === 0 && !difference.scoring ? <li>Aucune question ne change.</li> : null}
      </ul>
    </Section>
  )
}
