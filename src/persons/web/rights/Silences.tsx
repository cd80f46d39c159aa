import { Modal } from '@mantine/core'
import { IconEarOff, IconPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { type DirectoryHit, hitDetail } from '../../../directory/contract/hit.ts'
import { searchDirectory } from '../../../directory/contract/queries.ts'
import { formatDay } from '../../../platform/contract/dates.ts'
import { newId, type PersonId } from '../../../platform/contract/ids.ts'
import { callQuery } from '../../../platform/web/api/client.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { ComboField } from '../../../platform/web/form/ComboField.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { useCombo } from '../../../platform/web/form/use-combo.ts'
import { Card } from '../../../platform/web/layout/Columns.tsx'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { typo } from '../../../platform/web/text/typography.ts'
import { colleagues } from '../../../territory/contract/queries.ts'
import { keptByHerDac } from '../../contract/access.ts'
import { endSilence, recordSilence } from '../../contract/actions.ts'
import { nameWords } from '../../contract/names.ts'
import type { PersonTarget, Silence } from '../../contract/person.ts'
import { silenceEffects, silenceTitle } from '../../contract/silences.ts'

/** « Ne rien dire à… », « ne rien partager avec… », the hidden address: since when, by whose wish, and what each one blocks. */
export function Silences(props: { readonly personId: PersonId; readonly target: PersonTarget | null; readonly silences: readonly Silence[] }): ReactNode {
  const { personId, target, silences } = props
  const [asked, setAsked] = useState<'new' | Silence | null>(null)
  const actor = useActor()
  const keeps = target !== null && keptByHerDac(actor, target, undefined).allowed
  return (
    <Card
      title="Ce qu’elle demande de taire"
      end={
        keeps ? (
          <Button small quiet icon={IconPlus} onClick={() => setAsked('new')}>
            Noter une consigne
          </Button>
        ) : null
      }
      flush
    >
      {silences.length === 0 ? (
        <p className="in-card small mut">Aucune consigne. Une consigne notée ici s’affiche avant tout appel, courrier ou invitation.</p>
      ) : (
        <ul className="rights">
          {silences.map((one) => (
            <li key={one.id} className="right">
              <div className="row row--top">
                <span className="t-alert">
                  <Ic of={IconEarOff} size="s" />
                </span>
                <h3 className="grow">
                  {silenceTitle(one)}
                  {one.relation ? `, ${one.relation}` : ''}
                </h3>
                {keeps ? (
                  <span className="end small">
                    <button type="button" className="linklike" onClick={() => setAsked(one)}>
                      Lever
                    </button>
                  </span>
                ) : null}
              </div>
              <p className="small mut">
                Depuis le {formatDay(one.since)}
                {one.reason ? ` · ${one.reason}` : ''}
              </p>
              <p className="small">{silenceEffects[one.kind]}</p>
            </li>
          ))}
        </ul>
      )}
      {asked === 'new' ? <SilenceDialog personId={personId} target={target} onClose={() => setAsked(null)} /> : null}
      {asked !== null && asked !== 'new' ? <LiftDialog personId={personId} target={target} silence={asked} onClose={() => setAsked(null)} /> : null}
    </Card>
  )
}

interface Values {
  readonly id: string
  readonly kind: Silence['kind'] | ''
  readonly towards: string
  readonly relation: string
  readonly partyId: string | null
  readonly since: string
  readonly reason: string
}

/** Somebody whom a consigne may name: a card of the directory, or a colleague, who reads through her service. */
interface Named {
  readonly partyId: string
  readonly label: string
  readonly detail: string
}

async function cardsNamed(text: string, signal: AbortSignal): Promise<readonly Named[]> {
  const { rows } = await callQuery(searchDirectory, { text, limit: 6 }, signal)
  return rows.map((hit: DirectoryHit) => ({ partyId: hit.partyId, label: hit.label, detail: hitDetail(hit) }))
}

async function colleaguesNamed(text: string, signal: AbortSignal): Promise<readonly Named[]> {
  const words = nameWords(text)
  const { rows } = await callQuery(colleagues, {}, signal)
  return rows
    .filter((row) => words.length > 0 && words.every((word) => nameWords(row.name).some((part) => part.startsWith(word))))
    .slice(0, 4)
    .map((row) => ({ partyId: row.userId, label: row.name, detail: [row.jobTitle, 'de votre service'].filter(Boolean).join(', ') }))
}

function SilenceDialog(props: { readonly personId: PersonId; readonly target: PersonTarget | null; readonly onClose: () => void }): ReactNode {
  const relations = useValueList('persons.relation')
  const form = useActionForm<typeof recordSilence, Values>(recordSilence, {
    target: props.target,
    initialValues: () => ({ id: newId(), kind: '', towards: '', relation: '', partyId: null, since: today(), reason: '' }),
    toInput: (values) => ({ ...values, kind: values.kind as Silence['kind'], personId: props.personId }),
    fieldOf: (path) => (path === 'partyId' ? 'towards' : path),
    done: 'Consigne notée. Elle s’affiche dès maintenant en tête du dossier.',
    onDone: props.onClose,
  })
  const named = form.values.kind === 'no_sharing'
  const combo = useCombo<Named>({
    search: async (text, signal) => [...(named ? await colleaguesNamed(text, signal) : []), ...(await cardsNamed(text, signal))],
    keyOf: (one) => one.partyId,
    onPick: (one) => form.setAll({ towards: one.label, partyId: one.partyId }),
  })
  return (
    <Modal opened onClose={props.onClose} title="Ce qu’elle demande de taire" size="lg">
      <Form form={form}>
        <SegmentedChoice
          value={form.values.kind || null}
          onChange={(kind) => form.set('kind', kind)}
          error={form.errors.kind}
          label="Elle demande de"
          span={12}
          options={[
            { value: 'tell_nothing', label: 'Ne rien dire à' },
            { value: 'no_call', label: 'Ne pas appeler' },
            { value: 'no_sharing', label: 'Ne rien partager avec' },
            { value: 'hidden_address', label: 'Cacher son adresse à' },
          ]}
        />
        <ComboField
          combo={combo}
          value={form.values.towards}
          onChange={(towards) => form.setAll({ towards, partyId: null })}
          error={form.errors.towards}
          label={named ? 'Quel professionnel' : 'Qui'}
          hint={named ? 'un collègue, ou quelqu’un de l’annuaire' : 'un proche, ou quelqu’un de l’annuaire'}
          span={7}
          option={(one) => (
            <>
              <b>{one.label}</b> <span className="small mut">{one.detail}</span>
            </>
          )}
        />
        <SelectField {...form.field('relation')} label="Lien avec elle" optional options={relations.options} span={5} />
        <DayField {...form.field('since')} label="Depuis le" span={4} />
        <TextField {...form.field('reason')} label="Pourquoi" optional hint="affiché avec la consigne" span={8} />
        {form.values.kind ? (
          <p className="small mut" style={{ gridColumn: 'span 12' }}>
            {silenceEffects[form.values.kind]}
          </p>
        ) : null}
        <FormFoot form={form} submit="Noter la consigne" />
      </Form>
    </Modal>
  )
}

function LiftDialog(props: {
  readonly personId: PersonId
  readonly target: PersonTarget | null
  readonly silence: Silence
  readonly onClose: () => void
}): ReactNode {
  const form = useActionForm(endSilence, {
    target: props.target,
    initialValues: { id: props.silence.id, personId: props.personId as string, reason: '' },
    done: 'Consigne levée.',
    onDone: props.onClose,
  })
  return (
    <Modal opened onClose={props.onClose} title={typo(`Lever : ${silenceTitle(props.silence)}`)}>
      <Form form={form}>
        <TextField {...form.field('reason')} label="Pourquoi" hint="gardé dans l’historique" autoFocus span={12} />
        <FormFoot form={form} submit="Lever la consigne" />
      </Form>
    </Modal>
  )
}
