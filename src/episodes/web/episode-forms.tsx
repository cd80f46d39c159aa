import './episodes.css'
import { type ComponentType, type ReactNode, useState } from 'react'
import type { OutputOf } from '../../platform/contract/action.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { CheckField } from '../../platform/web/form/ChoiceCards.tsx'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { SegmentedChoice } from '../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../platform/web/form/SelectField.tsx'
import { AreaField, TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { useValueList, type ValueList } from '../../platform/web/lists/value-lists.tsx'
import { today } from '../../platform/web/text/dates.ts'
import { plural } from '../../platform/web/text/typography.ts'
import { changeBinome, changeLevel, changeReferent, closeEpisode, putToSleep, reopenEpisode, setProblems } from '../contract/actions.ts'
import { type fileSynthesis, followers } from '../contract/queries.ts'
import { startCriticalSequence } from '../contract/sequences.ts'
import { type Level, levels } from '../contract/value-sets.ts'
import { MultiChoice } from './MultiChoice.tsx'

export type EpisodeOfFile = NonNullable<OutputOf<typeof fileSynthesis>['episode']>

export interface EpisodeFormProps {
  readonly episode: EpisodeOfFile
  readonly onDone: () => void
  /** What the team booked and is still to come, said by the agenda; told which of it ends with the accompaniment. */
  readonly Ahead?: AheadPart | undefined
}

export type AheadPart = ComponentType<{ readonly personId: PersonId; readonly onChange: (cancelled: readonly string[]) => void }>

const levelOptions = levels.values.map((value) => ({ value: value.code, label: value.label }))
const conflictLabels = {
  level: 'Niveau',
  referentId: 'Référent',
  binomeId: 'Binôme',
  state: 'État',
  wakeUpOn: 'Réveil',
  dormancyReason: 'Motif',
  closedOn: 'Clôture',
  closureReason: 'Motif de clôture',
  population: 'Population',
  difficulty: 'Difficultés',
}

/** Colleagues who may follow files, each with her load. */
function useFollowerOptions(): readonly { readonly value: string; readonly label: string }[] {
  const query = useJalonQuery(followers, {})
  return (query.data?.rows ?? []).map((one) => ({
    value: one.userId,
    label: `${one.name}, ${plural(one.open, 'situation')}${one.intensive > 0 ? ` dont ${one.intensive} en intensif` : ''}`,
  }))
}

export function LevelForm({ episode, onDone }: EpisodeFormProps): ReactNode {
  const form = useActionForm(changeLevel, {
    target: episode,
    record: episode.id,
    initialValues: { id: episode.id, baseVersion: episode.version, level: episode.level as Level, reason: '' },
    labels: conflictLabels,
    done: 'Niveau changé.',
    onDone,
  })
  return (
    <Form form={form}>
      <SegmentedChoice {...form.field('level')} label="Niveau d’accompagnement" options={levelOptions} span={12} />
      <TextField {...form.field('reason')} label="Pourquoi" optional span={12} />
      <div style={{ gridColumn: '1 / -1' }}>
        <FormFoot form={form} submit="Changer le niveau" />
      </div>
    </Form>
  )
}

export function ReferentForm({ episode, onDone }: EpisodeFormProps): ReactNode {
  const options = useFollowerOptions()
  const reasons = useValueList('episodes.referent_change_reason')
  const form = useActionForm(changeReferent, {
    target: episode,
    record: episode.id,
    initialValues: { id: episode.id, baseVersion: episode.version, referentId: '', reason: '', handoverUntil: '' },
    labels: conflictLabels,
    done: 'Référent changé.',
    onDone,
  })
  const binome = useActionForm(changeBinome, {
    target: episode,
    record: episode.id,
    initialValues: { id: episode.id, baseVersion: episode.version, binomeId: (episode.binomeId ?? '') as string },
    labels: conflictLabels,
    done: 'Binôme changé.',
    onDone,
  })
  return (
    <div className="stack stack--4">
      <Form form={form}>
        <SelectField {...form.field('referentId')} label="Nouveau référent" span={8} options={options.filter((one) => one.value !== episode.referentId)} />
        <DayField {...form.field('handoverUntil')} label="Passage de relais jusqu’au" optional span={4} />
        <SelectField {...form.field('reason')} label="Pourquoi" span={12} options={reasons.options} />
        <div style={{ gridColumn: '1 / -1' }}>
          <FormFoot form={form} submit="Changer de référent" />
        </div>
      </Form>
      <Form form={binome}>
        <SelectField
          {...binome.field('binomeId')}
          label="Binôme"
          span={8}
          placeholder="Aucun"
          options={options.filter((one) => one.value !== episode.referentId)}
        />
        <div style={{ gridColumn: '1 / -1' }}>
          <FormFoot form={binome} submit="Changer le binôme" />
        </div>
      </Form>
    </div>
  )
}

export function ProblemsForm({ episode, onDone }: EpisodeFormProps): ReactNode {
  const populations = useValueList('steering.population')
  const difficulties = useValueList('steering.difficulty')
  const ofAxis = (axis: 'population' | 'difficulty') => ({
    principal: episode.problems.find((one) => one.axis === axis && one.principal)?.code ?? '',
    others: episode.problems.filter((one) => one.axis === axis && !one.principal).map((one) => one.code),
  })
  const form = useActionForm(setProblems, {
    target: episode,
    record: episode.id,
    initialValues: { baseVersion: episode.version, population: ofAxis('population'), difficulty: ofAxis('difficulty') },
    toInput: (typed) => ({ id: episode.id, ...typed }),
    labels: conflictLabels,
    done: 'Problématiques enregistrées.',
    onDone,
  })
  const axis = (path: 'population' | 'difficulty', { options }: ValueList, first: string, besides: string): ReactNode => {
    const principal = form.values[path].principal
    return (
      <>
        <SelectField {...form.field(`${path}.principal`)} label={first} span={12} options={options} placeholder="Non dite" />
        <MultiChoice
          label={besides}
          options={options.filter((one) => one.value !== principal)}
          value={form.values[path].others.filter((code) => code !== principal)}
          onChange={(others) => form.set(path, { ...form.values[path], others })}
        />
      </>
    )
  }
  return (
    <Form form={form}>
      {axis('population', populations, 'Problématique principale', 'Aussi')}
      {axis('difficulty', difficulties, 'Difficulté principale', 'Autres difficultés')}
      <div style={{ gridColumn: '1 / -1' }}>
        <FormFoot form={form} submit="Enregistrer" />
      </div>
    </Form>
  )
}

export function SequenceForm({ episode, onDone }: EpisodeFormProps): ReactNode {
  const kinds = useValueList('episodes.critical_sequence')
  const form = useActionForm(startCriticalSequence, {
    target: episode,
    draftKey: `episodes.sequence:${episode.id}`,
    initialValues: () => ({ id: newId<never>(), episodeId: episode.id, kind: '', startsOn: today(), reason: '', reinforce: false }),
    invalidates: ['liaison'],
    done: (output) => `Séquence ouverte, ${plural(output.steps, 'moment')} dans les tâches du référent.`,
    onDone,
  })
  return (
    <Form form={form}>
      <SelectField {...form.field('kind')} label="Moment critique" span={8} options={kinds.options} />
      <DayField {...form.field('startsOn')} label="Jour J" span={4} help="Par exemple le jour de la sortie." />
      <AreaField {...form.field('reason')} label="Ce qui se passe" optional rows={2} />
      {episode.level === 'intensive' ? null : (
        <CheckField
          {...form.field('reinforce')}
          label="Renforcer l’accompagnement"
          detail="Niveau intensif pendant la séquence, avec retour proposé au bilan."
        />
      )}
      <div style={{ gridColumn: '1 / -1' }}>
        <FormFoot form={form} submit="Ouvrir la séquence" />
      </div>
    </Form>
  )
}

export function DormancyForm({ episode, onDone }: EpisodeFormProps): ReactNode {
  const reasons = useValueList('episodes.dormancy_reason')
  const form = useActionForm(putToSleep, {
    target: episode,
    record: episode.id,
    initialValues: { id: episode.id, baseVersion: episode.version, wakeUpOn: episode.wakeUpOn ?? '', reason: episode.dormancyReason ?? '' },
    labels: conflictLabels,
    done: 'En veille.',
    onDone,
  })
  return (
    <Form form={form}>
      <SelectField {...form.field('reason')} label="Pourquoi" span={8} options={reasons.options} />
      <DayField {...form.field('wakeUpOn')} label="Réveil le" span={4} help="Ce jour-là, la situation revient dans « Ma journée »." />
      <div style={{ gridColumn: '1 / -1' }}>
        <FormFoot form={form} submit={episode.state === 'dormant' ? 'Prolonger la veille' : 'Mettre en veille'} />
      </div>
    </Form>
  )
}

export function ClosureForm({ episode, onDone, Ahead }: EpisodeFormProps): ReactNode {
  const reasons = useValueList('episodes.closure_reason')
  const balances = useValueList('episodes.closure_balance')
  const [cancelAppointments, setCancelled] = useState<readonly string[] | null>(Ahead === undefined ? [] : null)
  const form = useActionForm(closeEpisode, {
    target: episode,
    waiting: cancelAppointments === null,
    draftKey: `episodes.close:${episode.id}`,
    initialValues: { reason: '', balance: '', objectives: '', relay: '' },
    toInput: (typed) => ({ id: episode.id, baseVersion: episode.version, ...typed, cancelAppointments: [...(cancelAppointments ?? [])] }),
    labels: conflictLabels,
    invalidates: ['liaison', 'persons', 'careTeam', 'agenda'],
    done: (output) =>
      `Accompagnement clos. ${output.sightsEnded > 0 ? `${plural(output.sightsEnded, 'accès', 'accès')} du cercle terminé${output.sightsEnded > 1 ? 's' : ''}.` : ''}`.trim(),
    onDone,
  })
  return (
    <Form form={form}>
      <SelectField {...form.field('reason')} label="Motif" span={6} options={reasons.options} />
      <SelectField {...form.field('balance')} label="Bilan" span={6} options={balances.options} />
      <AreaField {...form.field('objectives')} label="Objectifs, ce qui a été obtenu, ce qui reste" optional rows={4} />
      <TextField {...form.field('relay')} label="Qui prend le relais" optional={form.values.reason !== 'relay'} span={12} />
      {Ahead === undefined ? null : <Ahead personId={episode.personId} onChange={setCancelled} />}
      <p className="small mut" style={{ gridColumn: '1 / -1' }}>
        Le cercle ne verra plus ce dossier dès la clôture. Les tâches restantes seront annulées. Le DAC le garde deux ans (CNIL, délibération 2023-095).
      </p>
      <div style={{ gridColumn: '1 / -1' }}>
        <FormFoot form={form} submit="Clore l’accompagnement" />
      </div>
    </Form>
  )
}

export function ReopenForm({ episode, onDone }: EpisodeFormProps): ReactNode {
  const reasons = useValueList('episodes.reopening_reason')
  const grounds = useValueList('episodes.dac_reason')
  const options = useFollowerOptions()
  const [initial] = useState(() => ({
    baseVersion: episode.version,
    reason: '',
    level: episode.level as Level,
    referentId: episode.referentId as string,
    grounds: [...episode.grounds],
  }))
  const form = useActionForm(reopenEpisode, {
    target: episode,
    record: episode.id,
    initialValues: initial,
    toInput: (typed) => ({ id: episode.id, ...typed }),
    labels: conflictLabels,
    invalidates: ['liaison', 'persons'],
    done: 'Accompagnement rouvert. Confirmez les membres du cercle.',
    onDone,
  })
  return (
    <Form form={form}>
      <SelectField {...form.field('reason')} label="Motif de réouverture" span={6} options={reasons.options} />
      <SelectField {...form.field('referentId')} label="Référent" span={6} options={options} />
      <SegmentedChoice {...form.field('level')} label="Niveau" options={levelOptions} span={12} />
      <MultiChoice
        label="Pourquoi le DAC intervient"
        options={grounds.options}
        value={form.values.grounds}
        onChange={(chosen) => form.set('grounds', chosen)}
        error={form.errors.grounds}
      />
      <div style={{ gridColumn: '1 / -1' }}>
        <FormFoot form={form} submit="Rouvrir l’accompagnement" />
      </div>
    </Form>
  )
}
