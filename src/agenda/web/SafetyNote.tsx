import { IconAlertTriangle, IconDog, IconKey, IconUsers } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { verdictOf } from '../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { Ic, type Icon } from '../../platform/web/display/Ic.tsx'
import { ErrorState, Waiting } from '../../platform/web/display/QueryState.tsx'
import { TokenChoice } from '../../platform/web/display/StatusPill.tsx'
import { CheckField } from '../../platform/web/form/ChoiceCards.tsx'
import { Form, FormFoot } from '../../platform/web/form/Form.tsx'
import { AreaField, TextField } from '../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../platform/web/form/use-action-form.ts'
import { useValueLabels, useValueList } from '../../platform/web/lists/value-lists.tsx'
import { formatDayOf } from '../../platform/web/text/dates.ts'
import { writeSafetyNote } from '../contract/actions.ts'
import type { OccurrenceId, SafetyNoteId } from '../contract/appointment.ts'
import { type SafetyNote as Note, safetyNoteQuery } from '../contract/queries.ts'

/** What one must know at the door. Read by the team of the DAC; by a partner around the visit only. */
export function SafetyNote(props: { readonly personId: PersonId; readonly occurrenceId?: OccurrenceId | undefined }): ReactNode {
  const actor = useActor()
  const [writing, setWriting] = useState(false)
  const query = useJalonQuery(safetyNoteQuery, { personId: props.personId, occurrenceId: props.occurrenceId ?? null })
  const writes = verdictOf(writeSafetyNote, actor, {} as never)?.allowed ?? false
  const note = query.data?.note
  // At the door, dangers that could not be read must not look like no danger.
  if (query.data === undefined) {
    return (
      <section className="agenda-safety" aria-label="Consignes de visite">
        <h3>Consignes de visite</h3>
        {query.error ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : <Waiting label="Lecture des consignes" />}
      </section>
    )
  }
  if (note === undefined || (note === null && query.data?.setAside.length === 0 && !writes)) return null
  return (
    <section className="agenda-safety" aria-label="Consignes de visite">
      <div className="row sp">
        <h3>Consignes de visite</h3>
        {writes && !writing ? (
          <Button quiet small onClick={() => setWriting(true)}>
            {note === null ? 'Ajouter' : 'Compléter'}
          </Button>
        ) : null}
      </div>
      {writing ? (
        <SafetyForm personId={props.personId} note={note} onDone={() => setWriting(false)} />
      ) : note === null ? (
        <p className="small mut">Aucune consigne : ni code, ni danger noté.</p>
      ) : (
        <Lines note={note} />
      )}
      {query.data?.setAside.map((one) => (
        <div key={one.id}>
          <p className="small semi">Du dossier fusionné avec celui-ci, à reprendre ci-dessus :</p>
          <Lines note={one} />
        </div>
      ))}
    </section>
  )
}

function Lines({ note }: { readonly note: Note }): ReactNode {
  const label = useValueLabels()
  const line = (icon: Icon, words: ReactNode, strong = false): ReactNode => (
    <li className={strong ? 't-alert semi' : undefined}>
      <Ic of={icon} size="s" />
      <span>{words}</span>
    </li>
  )
  return (
    <>
      <ul>
        {note.neverAlone
          ? line(IconUsers, <>Ne pas y aller seul{note.comesAlong ? ` : avec ${note.comesAlong}` : ''}</>, true)
          : note.comesAlong
            ? line(IconUsers, `Avec ${note.comesAlong}`)
            : null}
        {note.dangers.length > 0 || note.dangerWords
          ? line(
              IconAlertTriangle,
              [note.dangers.map((one) => label('agenda.visit_danger', one)).join(', '), note.dangerWords].filter(Boolean).join(' : '),
              true,
            )
          : null}
        {note.doorCode ? line(IconKey, <>Code {note.doorCode}</>) : null}
        {note.accessWords ? line(IconKey, note.accessWords) : null}
        {note.animals ? line(IconDog, note.animals) : null}
      </ul>
      <p className="small mut">
        {note.writtenByName}, le {formatDayOf(note.writtenAt)}. Pour qui y va : l’équipe du DAC, et les partenaires invités, de 48 h avant la visite à 12 h
        après.
      </p>
    </>
  )
}

function SafetyForm(props: { readonly personId: PersonId; readonly note: Note | null; readonly onDone: () => void }): ReactNode {
  const { note, personId } = props
  const dangers = useValueList('agenda.visit_danger')
  const label = useValueLabels()
  const form = useActionForm(writeSafetyNote, {
    target: {} as never,
    record: note?.id ?? personId,
    initialValues: {
      id: (note?.id ?? newId<SafetyNoteId>()) as string,
      personId,
      baseVersion: note?.version ?? 0,
      changes: {
        doorCode: note?.doorCode ?? '',
        accessWords: note?.accessWords ?? '',
        animals: note?.animals ?? '',
        dangers: [...(note?.dangers ?? [])],
        dangerWords: note?.dangerWords ?? '',
        neverAlone: note?.neverAlone ?? false,
        comesAlong: note?.comesAlong ?? '',
      },
    },
    labels: {
      doorCode: 'Code',
      accessWords: 'Accès',
      animals: 'Animaux',
      dangers: 'Précautions',
      dangerWords: 'Lesquelles',
      neverAlone: 'Ne pas y aller seul',
      comesAlong: 'Avec qui',
    },
    words: (field, value) => (field === 'dangers' && Array.isArray(value) ? value.map((one) => label('agenda.visit_danger', String(one))).join(', ') : value),
    done: 'Consignes enregistrées.',
    onDone: props.onDone,
  })
  const chosen = form.values.changes.dangers ?? []
  return (
    <Form form={form}>
      <TextField {...form.field('changes.doorCode')} label="Code, digicode" span={4} optional autoFocus />
      <TextField {...form.field('changes.animals')} label="Animaux" span={8} optional placeholder="Chien, à enfermer" />
      <TextField {...form.field('changes.accessWords')} label="Accès" span={12} optional placeholder="Sonner deux fois, 3e gauche, clé chez la voisine" />
      <fieldset style={{ gridColumn: '1 / -1' }} className="row wrap agenda-who" aria-label="Précautions">
        {dangers.options.map((one) => (
          <TokenChoice
            key={one.value}
            on={chosen.includes(one.value)}
            onChange={() =>
              form.setAll({
                changes: {
                  ...form.values.changes,
                  dangers: chosen.includes(one.value) ? chosen.filter((other) => other !== one.value) : [...chosen, one.value],
                },
              })
            }
          >
            {one.label}
          </TokenChoice>
        ))}
      </fieldset>
      {chosen.length > 0 ? <AreaField {...form.field('changes.dangerWords')} label="Lesquelles, ce qu’il faut faire" rows={2} optional /> : null}
      <CheckField {...form.field('changes.neverAlone')} label="Ne pas y aller seul" span={5} />
      <TextField {...form.field('changes.comesAlong')} label="Avec qui" span={7} optional />
      <div style={{ gridColumn: '1 / -1' }}>
        <FormFoot form={form} submit="Enregistrer" secondary={<Button onClick={props.onDone}>Annuler</Button>} />
      </div>
    </Form>
  )
}
