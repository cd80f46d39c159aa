import { IconPencil } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { RawInputOf } from '../../../platform/contract/action.ts'
import type { ActorFunction, ServiceKind } from '../../../platform/contract/actor.ts'
import { formatDay } from '../../../platform/contract/dates.ts'
import { newId, type UserId } from '../../../platform/contract/ids.ts'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { ActionButton } from '../../../platform/web/display/ActionButton.tsx'
import { Button } from '../../../platform/web/display/Button.tsx'
import { confirm } from '../../../platform/web/display/confirm.tsx'
import { toast } from '../../../platform/web/display/toast.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import type { FieldProps } from '../../../platform/web/form/FieldFrame.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { addMembership, editMembership, endMembership } from '../../contract/actions.ts'
import type { Account } from '../../contract/queries.ts'
import { functionsValueSet } from '../../contract/territory-value-sets.ts'
import { ServiceField } from '../fields.tsx'
import { FunctionsField } from './account-fields.tsx'

type Membership = Account['memberships'][number]

/** A place of work: its functions, since when, and for the administrator how to change or end it. */
export function MembershipLine(props: { readonly membership: Membership; readonly admin: boolean; readonly name: string }): ReactNode {
  const { membership } = props
  const functions = useValueList('territory.function', functionsValueSet.values)
  const [open, setOpen] = useState(false)
  return (
    <li className="stack">
      <div className="row row--top">
        <span className="grow">
          <b>{membership.serviceName}</b>
          <span className="small mut" style={{ display: 'block' }}>
            {[membership.jobTitle, membership.functions.map(functions.label).join(', ')].filter(Boolean).join(' · ')}
          </span>
          <span className="small dim" style={{ display: 'block' }}>
            depuis le {formatDay(membership.startsOn)}
            {membership.endsOn ? `, jusqu’au ${formatDay(membership.endsOn)}` : ''}
          </span>
        </span>
        {props.admin ? (
          <Button
            small
            quiet
            iconOnly
            icon={IconPencil}
            label={`Modifier l’exercice à ${membership.serviceName}`}
            expanded={open}
            onClick={() => setOpen(!open)}
          />
        ) : null}
      </div>
      {open ? <Change membership={membership} name={props.name} onClose={() => setOpen(false)} /> : null}
    </li>
  )
}

function Change(props: { readonly membership: Membership; readonly name: string; readonly onClose: () => void }): ReactNode {
  const { membership } = props
  const [endsOn, setEndsOn] = useState<string>(today())
  const end = useAction(endMembership, undefined, {
    onDone: () => {
      toast({ text: 'Fin d’exercice enregistrée.' })
      props.onClose()
    },
  })
  const form = useActionForm(editMembership, {
    labels: { functions: 'Fonctions', jobTitle: 'Intitulé du poste' },
    record: membership.id,
    initialValues: () => ({
      id: membership.id,
      baseVersion: membership.version,
      changes: { functions: membership.functions as readonly ActorFunction[], jobTitle: membership.jobTitle ?? '' },
    }),
    toInput: (values) => values as unknown as RawInputOf<typeof editMembership>,
    done: 'Fonctions modifiées : elles valent dès son prochain clic.',
    onDone: props.onClose,
  })
  return (
    <>
      <Form form={form}>
        <FunctionsField {...(form.field('changes.functions') as FieldProps<readonly ActorFunction[]>)} kind={membership.serviceKind} />
        <TextField {...(form.field('changes.jobTitle') as FieldProps<string>)} label="Intitulé du poste" optional span={12} />
        <FormFoot form={form} submit="Enregistrer" />
      </Form>
      <div className="row wrap" style={{ alignItems: 'flex-end' }}>
        <DayField label="Dernier jour" value={endsOn} onChange={setEndsOn} span={6} pivotYear={Number(today().slice(0, 4)) + 2} />
        <ActionButton
          action={end}
          input={() => ({ id: membership.id, endsOn })}
          small
          ask={() =>
            confirm({
              title: `${props.name} quitte ${membership.serviceName} ?`,
              text: `Après le ${formatDay(endsOn)}, ce service ne lui est plus ouvert. Ses situations sont à confier à un autre référent.`,
              action: 'Mettre fin',
              danger: true,
            })
          }
        >
          Mettre fin
        </ActionButton>
      </div>
    </>
  )
}

export function AddMembership(props: { readonly userId: string; readonly onClose: () => void }): ReactNode {
  const [kind, setKind] = useState<ServiceKind | null>(null)
  const form = useActionForm(addMembership, {
    initialValues: () => ({
      id: newId<never>() as string,
      userId: props.userId as UserId,
      serviceId: '',
      functions: [] as readonly ActorFunction[],
      jobTitle: '',
      startsOn: today() as string,
    }),
    toInput: (values) => values as unknown as RawInputOf<typeof addMembership>,
    done: 'Service ajouté au compte.',
    onDone: props.onClose,
  })
  return (
    <Form form={form}>
      <ServiceField {...(form.field('serviceId') as FieldProps<string>)} label="Service" span={12} onPickKind={setKind} />
      <FunctionsField {...(form.field('functions') as FieldProps<readonly ActorFunction[]>)} kind={kind} />
      <TextField {...(form.field('jobTitle') as FieldProps<string>)} label="Intitulé du poste" optional span={6} />
      <DayField {...(form.field('startsOn') as FieldProps<string>)} label="Depuis le" span={6} />
      <FormFoot
        form={form}
        submit="Ajouter"
        secondary={
          <Button small onClick={props.onClose}>
            Annuler
          </Button>
        }
      />
    </Form>
  )
}
