import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { RawInputOf } from '../../../platform/contract/action.ts'
import { newId, type PartyId } from '../../../platform/contract/ids.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { CheckField } from '../../../platform/web/form/ChoiceCards.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import type { FieldProps } from '../../../platform/web/form/FieldFrame.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { AreaField, TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { today } from '../../../platform/web/text/dates.ts'
import { correctionFields } from '../../contract/correction.ts'
import {
  contactPreferences,
  correctCard,
  editRelation,
  exchangeKinds,
  recordExchange,
  reportError,
  reportSubjects,
  writeNote,
} from '../../contract/own-words.ts'

interface FormProps {
  readonly partyId: PartyId
  readonly onClose: () => void
}

const optionsOf = (labels: Readonly<Record<string, string>>): { value: string; label: string }[] =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))
const cancel = (onClose: () => void): ReactNode => (
  <Button small quiet onClick={onClose}>
    Annuler
  </Button>
)

export function NoteForm({ partyId, onClose }: FormProps): ReactNode {
  const form = useActionForm(writeNote, {
    draftKey: `directory.note:${partyId}`,
    initialValues: () => ({ id: newId() as string, partyId, words: '' }),
    done: 'Noté pour votre équipe.',
    onDone: onClose,
  })
  return (
    <Form form={form}>
      <AreaField
        {...form.field('words')}
        label="Note pour l’équipe"
        rows={3}
        span={12}
        autoFocus
        help="Lue par votre service seulement. Rien sur une personne accompagnée."
      />
      <FormFoot form={form} submit="Noter" secondary={cancel(onClose)} />
    </Form>
  )
}

export function CorrectionForm({ partyId, onClose }: FormProps): ReactNode {
  const form = useActionForm(correctCard, {
    draftKey: `directory.correction:${partyId}`,
    initialValues: () => ({ id: newId() as string, partyId, field: 'phone', value: '' }),
    toInput: (values) => values as RawInputOf<typeof correctCard>,
    done: 'Corrigé pour toute la région ; les imports ne l’effacent pas.',
    onDone: onClose,
  })
  const opening = form.values.field === 'opening'
  return (
    <Form form={form}>
      <SelectField {...(form.field('field') as FieldProps<string>)} label="Ce qui est à corriger" options={optionsOf(correctionFields)} span={12} />
      <TextField
        {...form.field('value')}
        label={correctionFields[form.values.field as keyof typeof correctionFields] ?? 'Valeur'}
        span={12}
        autoFocus
        placeholder={opening ? 'Lun. au ven. 8 h – 19 h, sam. 9 h – 12 h' : undefined}
      />
      <FormFoot form={form} submit="Corriger" secondary={cancel(onClose)} />
    </Form>
  )
}

export function ReportForm({ partyId, onClose }: FormProps): ReactNode {
  const form = useActionForm(reportError, {
    draftKey: `directory.errorReport:${partyId}`,
    initialValues: () => ({ id: newId() as string, partyId, about: 'phone', words: '' }),
    toInput: (values) => values as RawInputOf<typeof reportError>,
    done: 'Signalé : l’administration régionale le suit.',
    onDone: onClose,
  })
  return (
    <Form form={form}>
      <SelectField {...(form.field('about') as FieldProps<string>)} label="Ce qui est faux" options={optionsOf(reportSubjects)} span={12} />
      <AreaField
        {...form.field('words')}
        label="Précision"
        optional
        rows={2}
        span={12}
        autoFocus
        help="Transmis à qui tient le répertoire. Rien sur une personne accompagnée."
      />
      <FormFoot form={form} submit="Signaler" secondary={cancel(onClose)} />
    </Form>
  )
}

export function ExchangeForm({ partyId, onClose }: FormProps): ReactNode {
  const form = useActionForm(recordExchange, {
    draftKey: `directory.exchange:${partyId}`,
    initialValues: () => ({ id: newId() as string, partyId, kind: 'call_out', happenedOn: today() as string, subject: '' }),
    toInput: (values) => values as RawInputOf<typeof recordExchange>,
    done: 'Échange noté.',
    onDone: onClose,
  })
  return (
    <Form form={form}>
      <SelectField {...(form.field('kind') as FieldProps<string>)} label="Échange" options={optionsOf(exchangeKinds)} span={7} />
      <DayField {...(form.field('happenedOn') as FieldProps<string>)} label="Le" span={5} />
      <TextField
        {...form.field('subject')}
        label="À quel sujet"
        span={12}
        autoFocus
        placeholder="Présentation du DAC à la MSP"
        help="Rien sur une personne accompagnée."
      />
      <FormFoot form={form} submit="Noter l’échange" secondary={cancel(onClose)} />
    </Form>
  )
}

export function RelationForm({
  partyId,
  onClose,
  onConflict,
  relation,
}: FormProps & {
  /** A colleague wrote meanwhile: what she wrote is to be read. */
  readonly onConflict: () => void
  readonly relation: {
    readonly tags: readonly string[]
    readonly prefers: string | null
    readonly prefersWords: string | null
    readonly noCampaign: boolean
    readonly version: number
  }
}): ReactNode {
  // What one has read: it moves on after a conflict only, once what the colleague wrote is shown below.
  const [seen, setSeen] = useState(relation.version)
  const form = useActionForm(editRelation, {
    initialValues: () => ({
      partyId,
      tags: relation.tags.join(', '),
      prefers: relation.prefers ?? '',
      prefersWords: relation.prefersWords ?? '',
      noCampaign: relation.noCampaign,
    }),
    toInput: ({ tags, prefers, ...values }) =>
      ({
        ...values,
        baseVersion: seen,
        prefers: prefers === '' ? null : prefers,
        tags: tags
          .split(',')
          .map((tag) => tag.trim())
          .filter(Boolean),
      }) as RawInputOf<typeof editRelation>,
    done: 'Étiquettes et préférences enregistrées.',
    onDone: onClose,
  })
  const { error } = form.action
  const reread = useRef(onConflict)
  reread.current = onConflict
  const inConflict = error?.code === 'relation_changed'
  useEffect(() => {
    if (inConflict) reread.current()
  }, [inConflict])
  useEffect(() => {
    if (inConflict) setSeen(relation.version)
  }, [inConflict, relation.version])
  return (
    <Form form={form}>
      <TextField
        {...form.field('tags')}
        label="Étiquettes"
        optional
        span={12}
        autoFocus
        placeholder="MSP, relais territorial"
        help="Séparées par des virgules. Pour votre service."
      />
      <SelectField
        {...(form.field('prefers') as FieldProps<string>)}
        label="Préfère être joint"
        optional
        placeholder="Sans préférence"
        options={optionsOf(contactPreferences)}
        span={12}
      />
      <TextField {...form.field('prefersWords')} label="Quand, comment" optional span={12} placeholder="Entre 13 h et 14 h" />
      <CheckField {...(form.field('noCampaign') as FieldProps<boolean>)} label="Ne veut pas de courrier d’information" />
      <FormFoot form={form} submit="Enregistrer" secondary={cancel(onClose)} />
    </Form>
  )
}
