import { IconTrash } from '@tabler/icons-react'
import { type ReactNode, useDeferredValue } from 'react'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { verdictOf } from '../../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { useValueLabels, useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { plural } from '../../../platform/web/text/typography.ts'
import { publishPractice, type RelaunchContent, relaunchContent, relaunchPreview } from '../../contract/practices.ts'
import type { WrittenPractice } from './written-practice.ts'

interface TypedRule {
  readonly kind: string
  readonly actorAfter: string
  readonly followerAfter: string
  readonly letterAfter: string
}
interface Values {
  readonly ofRegion?: boolean
  readonly rules: readonly TypedRule[]
}

const typedOf = ({ rules }: RelaunchContent): Values => ({
  rules: [...rules]
    .sort((a, b) => Number(a.kind !== null) - Number(b.kind !== null))
    .map(({ kind, actorAfter, followerAfter, letterAfter }) => ({
      kind: kind ?? '',
      actorAfter: String(actorAfter ?? ''),
      followerAfter: String(followerAfter ?? ''),
      letterAfter: String(letterAfter ?? ''),
    })),
})
/** Empty: never. What is no number is left for the schema to refuse. */
const days = (typed: string): number | null => (typed.trim() === '' ? null : Number(typed))
const contentOf = ({ rules }: Values) => ({
  rules: rules.map((rule) => ({
    kind: rule.kind === '' ? null : rule.kind,
    actorAfter: days(rule.actorAfter),
    followerAfter: days(rule.followerAfter),
    letterAfter: days(rule.letterAfter),
  })),
})

/** One rule for every kind of task, others for the kinds that are not like the rest; tried on the late tasks of today before it is published. */
export function RelaunchForm({ practice, ofRegion }: { readonly practice: WrittenPractice<RelaunchContent>; readonly ofRegion: boolean }): ReactNode {
  const actor = useActor()
  const kinds = useValueList('episodes.task_kind')
  const label = useValueLabels()
  const verdict = verdictOf(publishPractice, actor, undefined as never, { ofRegion })
  const mayWrite = verdict?.allowed ?? false
  const form = useActionForm<typeof publishPractice, Values>(publishPractice, {
    draftKey: mayWrite ? `episodes.practice:relaunch:${practice.version}` : undefined,
    initialValues: () => ({ ofRegion, ...typedOf(practice.content) }),
    toInput: (values) => ({ ofRegion, baseVersion: practice.version, practice: { subject: 'relaunch', content: contentOf(values) as RelaunchContent } }),
    fieldOf: (path) => path.replace(/^practice\.content\./, ''),
    done: 'Règle publiée : elle sert dès la prochaine demi-heure ouverte.',
  })
  const { rules } = form.values
  const put = (changed: readonly TypedRule[]): void => form.setAll({ ...form.values, rules: changed })
  return (
    <Form form={form} label="Tâches en retard">
      {rules.map((rule, at) => (
        <fieldset key={rule.kind} className="checklist__moment" disabled={!mayWrite}>
          <legend className="vh">{rule.kind === '' ? 'Toutes les tâches' : label('episodes.task_kind', rule.kind)}</legend>
          <div className="form">
            {at === 0 ? (
              <p className="semi" style={{ gridColumn: '1 / -1', margin: 0 }}>
                {rules.length > 1 ? 'Toutes les autres tâches' : 'Toutes les tâches'}
              </p>
            ) : (
              <p className="semi row sp" style={{ gridColumn: '1 / -1', margin: 0 }}>
                {label('episodes.task_kind', rule.kind)}
                <Button
                  small
                  quiet
                  icon={IconTrash}
                  label={`Retirer la règle ${label('episodes.task_kind', rule.kind)}`}
                  onClick={() => put(rules.filter((one) => one !== rule))}
                >
                  Retirer
                </Button>
              </p>
            )}
            <TextField
              {...form.field(`rules.${at}.actorAfter`)}
              label="Qui a la tâche, après"
              optional
              span={4}
              inputMode="numeric"
              help="Jours ouvrés de retard"
            />
            <TextField
              {...form.field(`rules.${at}.followerAfter`)}
              label="Référent ou binôme"
              optional
              span={4}
              inputMode="numeric"
              help="Jours ouvrés de retard"
            />
            <TextField
              {...form.field(`rules.${at}.letterAfter`)}
              label="Courrier de relance"
              optional
              span={4}
              inputMode="numeric"
              help="Si elle est confiée hors de Jalon"
            />
          </div>
        </fieldset>
      ))}
      <p className="small mut" style={{ gridColumn: '1 / -1', margin: 0 }}>
        Un champ vide : pas de relance à cette étape.
      </p>
      {ofRegion ? null : <Preview values={form.values} />}
      {mayWrite ? (
        <>
          <div style={{ gridColumn: '1 / -1' }}>
            <SelectField
              name="kind"
              label="Une règle pour une autre nature de tâche"
              optional
              span={12}
              value=""
              onChange={(kind) => (kind === '' ? undefined : put([...rules, { ...(rules[0] as TypedRule), kind }]))}
              options={kinds.options.filter(({ value }) => !rules.some((rule) => rule.kind === value))}
            />
          </div>
          <div style={{ gridColumn: '1 / -1' }}>
            <FormFoot form={form} submit={`Publier la version ${practice.version + 1}`} />
          </div>
        </>
      ) : (
        <div style={{ gridColumn: '1 / -1' }}>
          <Notice>{verdict !== null && !verdict.allowed ? verdict.reason : null}</Notice>
        </div>
      )}
    </Form>
  )
}

/** What the rule as it is typed would do to the late tasks of this morning. */
function Preview({ values }: { readonly values: Values }): ReactNode {
  const mayTry = verdictOf(relaunchPreview, useActor(), undefined as never)?.allowed ?? false
  const read = relaunchContent.safeParse(useDeferredValue(contentOf(values)))
  const query = useJalonQuery(relaunchPreview, { content: read.success ? read.data : (undefined as never) }, { enabled: mayTry && read.success })
  if (!mayTry) return null
  const { data } = query
  return (
    <div style={{ gridColumn: '1 / -1' }} aria-live="polite">
      <Notice tone="info">
        {!read.success
          ? 'Complétez la règle pour voir son effet.'
          : data === undefined
            ? 'Essai sur les tâches d’aujourd’hui…'
            : `Aujourd’hui, sur ${plural(data.late, 'tâche')} en retard : ${data.actor} à rappeler à qui les a, ${data.follower} à son référent ou binôme, ${plural(data.letters, 'courrier')} de relance.`}
      </Notice>
    </div>
  )
}
