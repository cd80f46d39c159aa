import { IconPlus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { OutputOf, RawInputOf } from '../../../platform/contract/action.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import type { FieldProps } from '../../../platform/web/form/FieldFrame.tsx'
import { Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { AreaField, TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { addValue, editValue } from '../../contract/actions.ts'
import { valueSetDetail } from '../../contract/queries.ts'
import { regionalCode } from '../../contract/regional-code.ts'

type SetDetail = OutputOf<typeof valueSetDetail>
type Value = SetDetail['values'][number]

/** The chosen value, or the way to add one of the region's own. */
export function ValueSide(props: { readonly setCode: string; readonly chosen: string | null }): ReactNode {
  const { data } = useJalonQuery(valueSetDetail, { code: props.setCode })
  const value = data?.values.find((one) => one.code === props.chosen)
  if (!data) return null
  return value ? <EditValue set={data} value={value} /> : <AddValue set={data} />
}

function EditValue(props: { readonly set: SetDetail; readonly value: Value }): ReactNode {
  const { set, value } = props
  const own = value.origin === 'regional'
  const form = useActionForm(editValue, {
    initialValues: () => ({
      setCode: set.code,
      code: value.code,
      changes: { nationalMapping: value.nationalMapping ?? '', ...(own ? { label: value.label, definition: value.definition ?? '' } : {}) },
    }),
    toInput: (values) => values as unknown as RawInputOf<typeof editValue>,
    done: 'Valeur modifiée.',
  })
  return (
    <>
      <h2>{value.label}</h2>
      {value.definition ? <p className="mut">{value.definition}</p> : null}
      <Form form={form}>
        {own ? (
          <>
            <TextField {...(form.field('changes.label') as FieldProps<string>)} label="Libellé" span={12} />
            <AreaField {...(form.field('changes.definition') as FieldProps<string>)} label="Définition" optional rows={3} span={12} />
          </>
        ) : null}
        <TextField
          {...(form.field('changes.nationalMapping') as FieldProps<string>)}
          label="Code de la liste nationale"
          optional
          span={12}
          help="Vide tant que la liste nationale n’est pas publiée."
        />
        <FormFoot form={form} submit="Enregistrer" />
      </Form>
      {own ? null : (
        <p className="small mut">
          Les mots de cette valeur viennent de Jalon : ils ne se changent pas. Ajoutez une valeur de la région si elle ne convient pas, et masquez celle-ci.
        </p>
      )}
    </>
  )
}

function AddValue(props: { readonly set: SetDetail }): ReactNode {
  const { set } = props
  const form = useActionForm(addValue, {
    draftKey: `territory.value:${set.code}`,
    initialValues: () => ({ setCode: set.code, label: '', definition: '', parent: '' }),
    toInput: (values) =>
      ({
        ...values,
        code: regionalCode(
          values.label,
          set.values.map((value) => value.code),
        ),
      }) as unknown as RawInputOf<typeof addValue>,
    done: 'Valeur ajoutée : elle est proposée partout.',
    onDone: () => form.reset(),
  })
  const groups = set.values.filter((value) => value.parent === null && set.values.some((other) => other.parent === value.code))
  return (
    <>
      <h2>Ajouter une valeur de la région</h2>
      <Form form={form}>
        <TextField {...(form.field('label') as FieldProps<string>)} label="Libellé" span={12} />
        {groups.length > 0 ? (
          <SelectField
            {...(form.field('parent') as FieldProps<string>)}
            label="Groupe"
            optional
            options={groups.map((group) => ({ value: group.code, label: group.label }))}
            span={12}
          />
        ) : null}
        <AreaField {...(form.field('definition') as FieldProps<string>)} label="Définition" optional rows={3} span={12} />
        <FormFoot form={form} submit="Ajouter" icon={IconPlus} />
      </Form>
      <p className="small mut">Une valeur ajoutée ne s’efface plus : on la masque quand elle ne sert plus, et ce qui l’a utilisée garde son nom.</p>
    </>
  )
}
