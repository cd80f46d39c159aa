import './episodes.css'
import { Modal } from '@mantine/core'
import { type ComponentType, type ReactNode, useState } from 'react'
import { Segmented } from '../../platform/web/form/SegmentedChoice.tsx'
import { EpisodeHistory } from './EpisodeHistory.tsx'
import {
  type AheadPart,
  ClosureForm,
  DormancyForm,
  type EpisodeFormProps,
  type EpisodeOfFile,
  LevelForm,
  ProblemsForm,
  ReferentForm,
  ReopenForm,
  SequenceForm,
} from './episode-forms.tsx'

const changes = {
  level: { label: 'Niveau', form: LevelForm },
  referent: { label: 'Référent', form: ReferentForm },
  problems: { label: 'Problématiques', form: ProblemsForm },
  sequence: { label: 'Séquence critique', form: SequenceForm },
  dormancy: { label: 'Veille', form: DormancyForm },
  closure: { label: 'Clôture', form: ClosureForm },
} as const satisfies Record<string, { label: string; form: ComponentType<EpisodeFormProps> }>

export type EpisodeChange = keyof typeof changes | 'history'

/** Everything that can change in an accompaniment, one thing at a time; a closed one can only be read or reopened. */
export function EpisodeDialog(props: {
  readonly episode: EpisodeOfFile
  readonly first?: EpisodeChange | undefined
  readonly Ahead?: AheadPart | undefined
  readonly onClose: () => void
}): ReactNode {
  const [shown, setShown] = useState<EpisodeChange>(props.first ?? 'level')
  const closed = props.episode.state === 'closed'
  const Shown = shown === 'history' ? null : closed ? ReopenForm : changes[shown].form
  return (
    <Modal opened onClose={props.onClose} title="L’accompagnement" size="lg">
      <div className="dialognav">
        <Segmented
          label="Que changer"
          inline
          value={closed && shown !== 'history' ? 'level' : shown}
          onChange={setShown}
          options={[
            ...(closed
              ? [{ value: 'level' as EpisodeChange, label: 'Réouverture' }]
              : Object.entries(changes).map(([value, change]) => ({ value: value as EpisodeChange, label: change.label }))),
            { value: 'history', label: 'Historique' },
          ]}
        />
      </div>
      {Shown === null ? (
        <EpisodeHistory episodeId={props.episode.id} personId={props.episode.personId} />
      ) : (
        <Shown key={shown} episode={props.episode} onDone={props.onClose} Ahead={props.Ahead} />
      )}
    </Modal>
  )
}
