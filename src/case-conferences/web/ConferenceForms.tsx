import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { dayOf } from '../../platform/contract/dates.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { displayZone } from '../../platform/web/text/dates.ts'
import { cancelConference, editConference } from '../contract/actions.ts'
import type { SheetProps } from './ConferencePage.tsx'
import { hourOf, instantOf } from './instant.ts'

const whole = { gridColumn: '1 / -1' }
type Props = Pick<SheetProps, 'sheet' | 'target'> & { readonly onClose: () => void }

/** Who reads it nowhere in Jalon: a task says to whom somebody must speak. */
function ToTell({ sheet }: Pick<SheetProps, 'sheet'>): ReactNode {
  const names = sheet.participants.filter(({ partyId, state }) => partyId === null && state !== 'declined').map(({ name }) => name)
  return (
    <p className="small mut" style={{ ...whole, margin: 0 }}>
      Ceux qui ont un compte le voient chez eux et dans leur agenda.
      {names.length === 0 ? null : ` Une tâche vous rappellera de prévenir ${names.join(', ')}.`}
    </p>
  )
}

/** Another hour, another place, another link. Those who had answered are asked again when the hour changes. */
export function MoveConference({ sheet, target, onClose }: Props): ReactNode {
  const { conference } = sheet
  const before: { readonly on: string; readonly at: string } = { on: dayOf(conference.startsAt, displayZone()), at: hourOf(conference.startsAt) }
  const form = useActionForm(editConference, {
    target,
    draftKey: `caseConferences.move:${conference.id}`,
    initialValues: () => ({
      baseVersion: conference.version,
      ...before,
      minutes: String(conference.minutes),
      place: conference.place ?? '',
      videoUrl: conference.videoUrl ?? '',
      because: '',
    }),
    toInput: ({ on, at, minutes, place, videoUrl, because, baseVersion }) => ({
      id: conference.id,
      baseVersion,
      because,
      changes: {
        ...(on === before.on && at === before.at ? {} : { startsAt: instantOf(on, at) }),
        minutes: Number(minutes),
        place: place.trim() === '' ? null : place,
        videoUrl: videoUrl.trim() === '' ? null : videoUrl,
      },
    }),
    fieldOf: (path) => (path === 'changes.startsAt' ? 'on' : path.replace(/^changes\./, '')),
    invalidates: ['agenda', 'liaison'],
    done: 'Concertation modifiée.',
    onDone: onClose,
  })
  const moves = form.values.on !== before.on || form.values.at !== before.at
  return (
    <Modal opened onClose={onClose} title="Déplacer la concertation" size="lg">
      <Form form={form}>
        <DayField {...form.field('on')} label="Le" span={5} autoFocus />
        <TextField {...form.field('at')} label="À" span={3} />
        <TextField {...form.field('minutes')} label="Durée, en minutes" span={4} inputMode="numeric" />
        <TextField {...form.field('place')} label="Lieu" optional span={5} />
        <TextField {...form.field('videoUrl')} label="Lien de la visio" optional span={7} placeholder="https://" />
        {moves ? <TextField {...form.field('because')} label="Pourquoi" span={12} placeholder="Le médecin traitant n’est pas libre ce jour-là" /> : null}
        {moves ? <ToTell sheet={sheet} /> : null}
        <div style={whole}>
          <FormFoot form={form} submit={moves ? 'Déplacer et prévenir' : 'Enregistrer'} />
        </div>
      </Form>
    </Modal>
  )
}

/** It will not take place; what was asked and brought stays to be read. */
export function CancelConference({ sheet, target, onClose }: Props): ReactNode {
  const form = useActionForm(cancelConference, {
    target,
    initialValues: { because: '' },
    toInput: (typed) => ({ ...typed, id: sheet.conference.id }),
    invalidates: ['agenda', 'liaison'],
    done: 'Concertation annulée.',
    onDone: onClose,
  })
  return (
    <Modal opened onClose={onClose} title="Annuler la concertation" size="md">
      <Form form={form}>
        <TextField {...form.field('because')} label="Pourquoi" span={12} autoFocus placeholder="Mme Perrin est hospitalisée" />
        <ToTell sheet={sheet} />
        <div style={whole}>
          <FormFoot form={form} submit="Annuler la concertation" secondary={<Button onClick={onClose}>Garder</Button>} />
        </div>
      </Form>
    </Modal>
  )
}
