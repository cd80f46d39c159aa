import './liaison.css'
import { IconPlayerPlay } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { RawInputOf } from '../../platform/contract/action.ts'
import { newId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { Notice } from '../../platform/web/display/Notice.tsx'
import { ErrorState, Waiting } from '../../platform/web/display/QueryState.tsx'
import { CheckField, Facets } from '../../platform/web/form/ChoiceCards.tsx'
import { FieldFrame } from '../../platform/web/form/FieldFrame.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { Section } from '../../platform/web/layout/Columns.tsx'
import { formatWhen } from '../../platform/web/text/dates.ts'
import { formatCivilName } from '../../platform/web/text/names.ts'
import { plural } from '../../platform/web/text/typography.ts'
import { writeAlertRule } from '../contract/actions.ts'
import { type AlertRule, type AlertRuleId, levelWords, ruleTrigger } from '../contract/alert-rule.ts'
import { measureKinds } from '../contract/measure-kinds.ts'
import { alertRulePreview } from '../contract/queries.ts'
import { noteEvents } from '../contract/value-sets.ts'
import { escalationChoices } from './rule-words.ts'

/** A rule to change, one of the region to tell in the DAC's own way, or, with neither, a new one. */
export interface RuleToWrite {
  readonly rule: AlertRule | null
  readonly adapts: AlertRule | null
}

interface Values {
  readonly id: AlertRuleId
  /** The version that is changed; 0 for a new rule. */
  readonly baseVersion: number
  readonly title: string
  readonly trigger: AlertRule['when']['trigger']
  readonly words: string
  readonly types: string[]
  readonly urgent: boolean
  readonly events: string[]
  readonly kind: string
  readonly below: string
  readonly above: string
  readonly lossPercent: string
  readonly days: string
  readonly levels: string[]
  readonly escalateAfter: string
  readonly active: string
  readonly reason: string
}

const triggers = [
  { value: 'event', label: 'Un événement' },
  { value: 'note', label: 'Des mots' },
  { value: 'measure', label: 'Une mesure' },
  { value: 'silence', label: 'Un silence' },
  { value: 'plan_term', label: 'Un terme' },
] as const

/** What is typed and is no number stays wrong, so that the contract refuses it in words: a bound must not vanish in silence. */
const figure = (typed: string): number | null => (typed.trim() === '' ? null : Number(typed.replace(',', '.').trim()))
const shown = (value: number | null): string => (value === null ? '' : String(value).replace('.', ','))

/** The condition as it is typed; the contract judges it. */
function conditionOf(values: Values): unknown {
  const days = figure(values.days)
  switch (values.trigger) {
    case 'note':
      return {
        trigger: 'note',
        types: values.types,
        urgent: values.urgent,
        words: values.words
          .split(/[,;\n]/)
          .map((word) => word.trim())
          .filter(Boolean),
      }
    case 'event':
      return { trigger: 'event', events: values.events }
    case 'measure':
      return values.kind === 'personal'
        ? { trigger: 'measure', personal: true }
        : {
            trigger: 'measure',
            kind: values.kind || null,
            below: figure(values.below),
            above: figure(values.above),
            lossPercent: figure(values.lossPercent),
            days,
          }
    case 'silence':
      return { trigger: 'silence', days, levels: values.levels }
    case 'plan_term':
      return { trigger: 'plan_term', days: days ?? 0 }
  }
}

function valuesOf(from: AlertRule | null, id: AlertRuleId, baseVersion: number): Values {
  const when = from?.when
  return {
    id,
    baseVersion,
    title: from?.title ?? '',
    trigger: when?.trigger ?? 'event',
    words: when?.trigger === 'note' ? when.words.join(', ') : '',
    types: when?.trigger === 'note' ? [...when.types] : [],
    urgent: when?.trigger === 'note' && when.urgent,
    events: when?.trigger === 'event' ? [...when.events] : [],
    kind: when?.trigger === 'measure' ? (when.personal ? 'personal' : (when.kind ?? '')) : '',
    below: when?.trigger === 'measure' ? shown(when.below) : '',
    above: when?.trigger === 'measure' ? shown(when.above) : '',
    lossPercent: when?.trigger === 'measure' ? shown(when.lossPercent) : '',
    days: when !== undefined && 'days' in when ? shown(when.days) : '',
    levels: when?.trigger === 'silence' ? [...when.levels] : ['sustained', 'intensive'],
    escalateAfter: from === null ? '120' : from.escalateAfter === null ? '' : String(from.escalateAfter),
    active: from === null || from.active ? 'yes' : 'no',
    reason: '',
  }
}

export function AlertRuleForm(props: { readonly written: RuleToWrite; readonly ofRegion: boolean; readonly onDone: () => void }): ReactNode {
  const { rule, adapts } = props.written
  const actor = useActor()
  const serviceId = props.ofRegion ? null : actor.serviceId
  const form = useActionForm<typeof writeAlertRule, Values>(writeAlertRule, {
    target: { serviceId },
    initialValues: () => valuesOf(rule ?? adapts, rule?.id ?? newId<AlertRuleId>(), rule?.version ?? 0),
    toInput: (values) =>
      ({
        id: values.id,
        baseVersion: values.baseVersion,
        replaces: adapts?.id ?? null,
        ofRegion: props.ofRegion,
        title: values.title,
        when: conditionOf(values),
        escalateAfter: values.escalateAfter === '' ? null : Number(values.escalateAfter),
        active: values.active === 'yes',
        reason: values.reason.trim() === '' ? null : values.reason,
      }) as RawInputOf<typeof writeAlertRule>,
    fieldOf: (path) => (path.startsWith('when.') ? (path.split('.')[1] ?? 'when') : path),
    done: rule === null ? 'Règle écrite.' : 'Nouvelle version de la règle.',
    onDone: props.onDone,
  })
  const { values } = form
  const { error } = form.action
  // Somebody wrote this rule meanwhile: what was typed may still be written, over her version, once she who types has been told.
  const newer = error?.code === 'liaison.rule_changed' ? ((error.details as { readonly version?: number } | null)?.version ?? null) : null
  return (
    <Section title={rule !== null ? `Changer « ${rule.title} »` : adapts !== null ? `Adapter « ${adapts.title} » pour votre DAC` : 'Nouvelle règle'}>
      <Form form={form} label="Règle d’alerte">
        <TextField {...form.field('title')} label="Nom de la règle" span={8} autoFocus placeholder="Ce que l’équipe lira" />
        <SegmentedChoice
          {...form.field('active')}
          label="État"
          span={4}
          options={[
            { value: 'yes', label: 'Active' },
            { value: 'no', label: 'Arrêtée' },
          ]}
        />
        <SegmentedChoice {...form.field('trigger')} label="Ce qui alerte" span={12} options={triggers} />
        {values.trigger === 'event' ? (
          <FieldFrame label="Événement rapporté par une note" span={12} group error={form.errors['events']}>
            {() => (
              <div className="facetgrid">
                <Facets
                  label="Événements"
                  options={noteEvents.values.map(({ code, label }) => ({ value: code, label }))}
                  value={values.events}
                  onChange={(events) => form.set('events', events)}
                />
              </div>
            )}
          </FieldFrame>
        ) : null}
        {values.trigger === 'note' ? (
          <>
            <TextField
              {...form.field('words')}
              label="Mots, ou débuts de mots"
              span={12}
              optional
              placeholder="fugue, introuvable, ne répond"
              help="Un seul suffit. Accents et majuscules ne comptent pas."
            />
            <CheckField {...form.field('urgent')} label="Seulement si une réponse rapide est demandée" />
          </>
        ) : null}
        {values.trigger === 'measure' ? (
          <>
            <SelectField
              {...form.field('kind')}
              label="Mesure"
              span={6}
              options={[
                { value: 'personal', label: 'Toutes, au seuil fixé pour la personne' },
                ...measureKinds.map(({ code, label }) => ({ value: code, label })),
              ]}
            />
            {values.kind === 'personal' ? null : (
              <>
                <TextField {...form.field('below')} label="Sous" span={3} optional inputMode="decimal" />
                <TextField {...form.field('above')} label="Au-dessus de" span={3} optional inputMode="decimal" />
                <TextField {...form.field('lossPercent')} label="Perte, en %" span={3} optional inputMode="decimal" />
                <TextField {...form.field('days')} label="En combien de jours" span={3} optional inputMode="numeric" />
              </>
            )}
          </>
        ) : null}
        {values.trigger === 'silence' ? (
          <>
            <TextField {...form.field('days')} label="Jours sans visite ni contact" span={4} inputMode="numeric" />
            <FieldFrame label="Niveaux de suivi" span={8} group error={form.errors['levels']}>
              {() => (
                <Facets
                  label="Niveaux"
                  options={(['brief', 'sustained', 'intensive'] as const).map((value) => ({ value, label: levelWords[value] }))}
                  value={values.levels}
                  onChange={(levels) => form.set('levels', levels)}
                />
              )}
            </FieldFrame>
          </>
        ) : null}
        {values.trigger === 'plan_term' ? (
          <TextField {...form.field('days')} label="Jours après le terme du PPCS" span={4} optional inputMode="numeric" placeholder="0" />
        ) : null}
        <SelectField
          {...form.field('escalateAfter')}
          label="Va plus loin si personne ne la prend en"
          span={6}
          placeholder="Ne va pas plus loin"
          options={escalationChoices}
        />
        <TextField {...form.field('reason')} label="Pourquoi ce changement" span={6} optional />
        {form.errors['when'] ? (
          <p className="err" style={{ gridColumn: 'span 12' }} role="alert">
            {form.errors['when']}
          </p>
        ) : null}
        {newer === null || newer === values.baseVersion ? null : (
          <div style={{ gridColumn: 'span 12' }}>
            <Button small onClick={() => form.setAll({ baseVersion: newer })}>
              Écrire par-dessus la version {newer}
            </Button>
          </div>
        )}
        {props.ofRegion ? null : <Preview condition={conditionOf(values)} />}
        <FormFoot
          form={form}
          submit={rule === null ? 'Écrire la règle' : 'Écrire la nouvelle version'}
          secondary={
            <Button quiet onClick={props.onDone}>
              Annuler
            </Button>
          }
        />
      </Form>
    </Section>
  )
}

/** « Aurait alerté 14 fois ces 90 derniers jours » : tried on what the files followed now already hold. */
function Preview({ condition }: { readonly condition: unknown }): ReactNode {
  const parsed = ruleTrigger.safeParse(condition)
  const [tried, setTried] = useState<string | null>(null)
  const current = JSON.stringify(parsed.success ? parsed.data : null)
  const on = parsed.success && tried === current
  const preview = useJalonQuery(
    alertRulePreview,
    { when: (parsed.success ? parsed.data : { trigger: 'plan_term', days: 0 }) as never, days: 90 },
    { enabled: on },
  )
  const { data } = preview
  return (
    <div style={{ gridColumn: 'span 12' }} className="stack stack--2">
      <div>
        <Button small icon={IconPlayerPlay} blocked={!parsed.success} onClick={() => setTried(current)}>
          Essayer sur les 90 derniers jours
        </Button>
      </div>
      {!on ? null : preview.error && !data ? (
        <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />
      ) : data === undefined ? (
        <Waiting label="Essai en cours" />
      ) : (
        <Notice tone="info" live>
          {data.times === null ? (
            'Cette condition ne s’essaie pas sur le passé.'
          ) : data.times === 0 ? (
            'N’aurait alerté pour aucun de vos dossiers.'
          ) : (
            <>
              <b>Aurait alerté {data.times} fois</b> ces 90 derniers jours, dans {plural(data.files, 'dossier')}.
              <ul className="plain small">
                {data.examples.map((one) => (
                  <li key={`${one.person.personId}${one.at}`}>
                    {formatCivilName(one.person)} · {one.title} · {formatWhen(one.at)}
                  </li>
                ))}
              </ul>
            </>
          )}
        </Notice>
      )}
    </div>
  )
}
