import { Modal } from '@mantine/core'
import { IconPlus, IconScale } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import { newId, type PersonId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { PhoneField } from '../../../platform/web/form/PhoneField.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { useValueLabels, useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { formatPhone } from '../../../platform/web/text/phones.ts'
import { typo } from '../../../platform/web/text/typography.ts'
import { keptByHerDac } from '../../contract/access.ts'
import { editProtection, recordProtection } from '../../contract/actions.ts'
import type { PersonTarget } from '../../contract/person.ts'
import { healthInformationTexts, healthInformationTo, protectionDoubts, protectionFacts } from '../../contract/protection.ts'
import type { ProtectionRecord } from '../../contract/queries.ts'
import type { ProtectionScope } from '../../contract/value-sets.ts'

type Measure = keyof typeof protectionFacts

/** The measures of protection: who exercises them, until when, what they change for us, and what is to be checked. */
export function Protections(props: {
  readonly personId: PersonId
  readonly target: PersonTarget | null
  readonly protections: readonly ProtectionRecord[]
}): ReactNode {
  const [asked, setAsked] = useState<'new' | ProtectionRecord | null>(null)
  const actor = useActor()
  const keeps = props.target !== null && keptByHerDac(actor, props.target, undefined).allowed
  return (
    <Section
      title="Protection"
      end={
        keeps ? (
          <Button small quiet icon={IconPlus} onClick={() => setAsked('new')}>
            Ajouter
          </Button>
        ) : null
      }
    >
      {props.protections.length === 0 ? <p className="small mut">Aucune mesure connue.</p> : null}
      <ul className="lines">
        {props.protections.map((one) => (
          <Measure key={one.id} record={one} onEdit={keeps ? () => setAsked(one) : null} />
        ))}
      </ul>
      {asked !== null ? (
        <ProtectionDialog personId={props.personId} target={props.target} record={asked === 'new' ? null : asked} onClose={() => setAsked(null)} />
      ) : null}
    </Section>
  )
}

function Measure({ record, onEdit }: { readonly record: ProtectionRecord; readonly onEdit: (() => void) | null }): ReactNode {
  const label = useValueLabels()
  const facts = record.measure in protectionFacts ? protectionFacts[record.measure as Measure] : null
  const scope = (record.scope ?? 'unknown') as ProtectionScope
  const doubts = facts ? protectionDoubts(record.measure as Measure, { scope, startsOn: record.startsOn, endsOn: record.endsOn }, today()) : []
  return (
    <li className="stack" style={{ gap: 3 }}>
      <div className="row">
        <Ic of={IconScale} size="s" />
        <b>{label('persons.protection_measure', record.measure)}</b>
        {onEdit ? (
          <span className="end small">
            <button type="button" className="linklike" onClick={onEdit}>
              Modifier
            </button>
          </span>
        ) : null}
      </div>
      <p className="small mut">
        {[
          record.representativeName,
          record.representativePhone ? formatPhone(record.representativePhone) : null,
          record.scope ? label('persons.protection_scope', record.scope).toLocaleLowerCase('fr-FR') : null,
          record.startsOn ? `depuis le ${formatDay(record.startsOn)}` : null,
          record.endsOn ? `jusqu’au ${formatDay(record.endsOn)}` : null,
          record.documentSeen ? typo(`vu : ${record.documentSeen}`) : null,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {facts ? <p className="small">{facts.meaning}</p> : null}
      {facts ? <p className="small mut">{healthInformationTexts[healthInformationTo(record.measure as Measure, scope)]}</p> : null}
      {doubts.map((doubt) => (
        <Notice key={doubt} tone="warning">
          {doubt}
        </Notice>
      ))}
    </li>
  )
}

interface Values {
  readonly measure: string
  readonly scope: string
  readonly holderKind: string
  readonly representativeName: string
  readonly representativePhone: string
  readonly documentSeen: string
  readonly startsOn: string
  readonly endsOn: string
}

const valuesOf = (record: ProtectionRecord | null): Values => ({
  measure: record?.measure ?? '',
  scope: record?.scope ?? '',
  holderKind: record?.holderKind ?? '',
  representativeName: record?.representativeName ?? '',
  representativePhone: record?.representativePhone ? formatPhone(record.representativePhone) : '',
  documentSeen: record?.documentSeen ?? '',
  startsOn: record?.startsOn ?? '',
  endsOn: record?.endsOn ?? '',
})

function ProtectionDialog(props: {
  readonly personId: PersonId
  readonly target: PersonTarget | null
  readonly record: ProtectionRecord | null
  readonly onClose: () => void
}): ReactNode {
  return (
    <Modal opened onClose={props.onClose} title={props.record ? 'Corriger la mesure' : 'Mesure de protection'} size="lg">
      {props.record ? <EditForm {...props} record={props.record} /> : <NewForm {...props} />}
    </Modal>
  )
}

function NewForm(props: { readonly personId: PersonId; readonly target: PersonTarget | null; readonly onClose: () => void }): ReactNode {
  const form = useActionForm<typeof recordProtection, Values & { readonly id: string }>(recordProtection, {
    target: props.target,
    initialValues: () => ({ id: newId(), ...valuesOf(null) }),
    toInput: (values) => ({ ...values, personId: props.personId }),
    done: 'Mesure notée.',
    onDone: props.onClose,
  })
  return (
    <Form form={form}>
      <Fields field={form.field} />
      <FormFoot form={form} submit="Enregistrer" />
    </Form>
  )
}

const codedFields: Readonly<Record<string, string>> = {
  measure: 'persons.protection_measure',
  scope: 'persons.protection_scope',
  holderKind: 'persons.protection_holder',
}

function EditForm(props: {
  readonly personId: PersonId
  readonly target: PersonTarget | null
  readonly record: ProtectionRecord
  readonly onClose: () => void
}): ReactNode {
  const { record } = props
  const label = useValueLabels()
  const form = useActionForm<typeof editProtection, { readonly baseVersion: number; readonly changes: Values }>(editProtection, {
    target: props.target,
    record: record.id,
    initialValues: { baseVersion: record.version, changes: valuesOf(record) },
    toInput: (values) => ({ ...values, id: record.id, personId: props.personId }),
    labels: {
      measure: 'Mesure',
      scope: 'Étendue',
      representativeName: 'Nom',
      representativePhone: 'Téléphone',
      endsOn: 'Fin',
      startsOn: 'Début',
      documentSeen: 'Document vu',
      holderKind: 'Exercée par',
    },
    words: (field, value) => {
      const set = codedFields[field]
      return set === undefined ? value : label(set, String(value))
    },
    done: 'Mesure corrigée.',
    onDone: props.onClose,
  })
  return (
    <Form form={form}>
      <Fields field={(path: string) => form.field(`changes.${path}`)} />
      <FormFoot form={form} submit="Enregistrer" />
    </Form>
  )
}

// biome-ignore lint/suspicious/noExplicitAny: the same fields stand at two depths of two forms; each is typed by its schema.
function Fields({ field }: { readonly field: (path: any) => any }): ReactNode {
  const measures = useValueList('persons.protection_measure')
  const scopes = useValueList('persons.protection_scope')
  const holders = useValueList('persons.protection_holder')
  const groups = new Map(measures.values.map((one) => [one.code, one.label]))
  const options = measures.values.filter((one) => one.parent).map((one) => ({ value: one.code, label: one.label, group: groups.get(one.parent ?? '') }))
  return (
    <>
      <SelectField {...field('measure')} label="Mesure" options={options} span={7} />
      <SelectField {...field('scope')} label="Étendue" optional options={scopes.options} span={5} />
      <SelectField {...field('holderKind')} label="Exercée par" optional options={holders.options} span={5} />
      <TextField {...field('representativeName')} label="Nom" optional hint="du mandataire, du proche, du service" span={7} />
      <PhoneField {...field('representativePhone')} label="Téléphone" optional span={5} />
      <TextField {...field('documentSeen')} label="Document vu" optional hint="jugement, ordonnance" span={7} />
      <DayField {...field('startsOn')} label="Début" optional span={4} />
      <DayField {...field('endsOn')} label="Fin" optional span={4} />
    </>
  )
}
