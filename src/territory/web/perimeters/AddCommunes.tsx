import { IconX } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { OutputOf } from '../../../platform/contract/action.ts'
import { formatDay, parseDay } from '../../../platform/contract/dates.ts'
import type { ServiceId } from '../../../platform/contract/ids.ts'
import { callQuery } from '../../../platform/web/api/client.ts'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { ActionButton } from '../../../platform/web/display/ActionButton.tsx'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { toast } from '../../../platform/web/display/toast.tsx'
import { ComboField } from '../../../platform/web/form/ComboField.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { AreaField } from '../../../platform/web/form/TextField.tsx'
import { useCombo } from '../../../platform/web/form/use-combo.ts'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { addToPerimeter } from '../../contract/actions.ts'
import { areas, perimeterPreview } from '../../contract/queries.ts'
import { perimeterSources } from '../../contract/territory-value-sets.ts'

type Area = OutputOf<typeof areas>['rows'][number]

/** Communes by EPCI, by département, or pasted: shown before anything is recorded, with every overlap and every unknown code. */
export function AddCommunes(props: {
  readonly service: { readonly id: string; readonly name: string; readonly kind: string }
  readonly onAdded: () => void
}): ReactNode {
  const { service } = props
  const [chosen, setChosen] = useState<readonly Area[]>([])
  const [typedArea, setTypedArea] = useState('')
  const [text, setText] = useState('')
  const [startsOn, setStartsOn] = useState<string>(today())
  const [source, setSource] = useState('service')
  const sources = useValueList('territory.perimeter_source', perimeterSources.values)
  const combo = useCombo<Area>({
    search: async (typed, signal) => (await callQuery(areas, { text: typed }, signal)).rows,
    keyOf: (one) => `${one.kind}${one.code}`,
    onPick: (one) => {
      setTypedArea('')
      setChosen((old) => (old.some((other) => other.code === one.code && other.kind === one.kind) ? old : [...old, one]))
    },
  })
  const codes = (kind: Area['kind']): string[] => chosen.filter((one) => one.kind === kind).map((one) => one.code)
  const ready = parseDay(startsOn).ok && (chosen.length > 0 || /\d/.test(text))
  const preview = useJalonQuery(
    perimeterPreview,
    { serviceId: service.id, text, epciCodes: codes('epci'), departmentCodes: codes('department'), startsOn },
    { enabled: ready, keepPrevious: true },
  )
  const rows = ready ? (preview.data?.rows ?? []) : []
  const unknown = ready ? (preview.data?.unknown ?? []) : []
  const fresh = rows.filter((row) => !row.already && (service.kind !== 'dac' || row.other === null))
  const taken = service.kind === 'dac' ? rows.filter((row) => row.other !== null) : []
  const add = useAction(addToPerimeter, undefined, {
    onDone: ({ added }) => {
      setChosen([])
      setText('')
      toast({ text: `${plural(added, 'commune ajoutée', 'communes ajoutées')} au périmètre.` })
      props.onAdded()
    },
  })
  return (
    <div className="stack stack--3">
      <h2>Ajouter des communes</h2>
      <div className="form">
        <ComboField
          label="EPCI ou département"
          optional
          span={12}
          combo={combo}
          value={typedArea}
          onChange={setTypedArea}
          placeholder="Ballons, ou 88"
          option={(one) => (
            <>
              {one.name}{' '}
              <span className="small mut">
                {one.kind === 'epci' ? 'EPCI' : 'département'}, {plural(one.communes, 'commune')}
              </span>
            </>
          )}
        />
        {chosen.length > 0 ? (
          <ul className="f row wrap" style={{ gridColumn: 'span 12' }}>
            {chosen.map((one) => (
              <li key={`${one.kind}${one.code}`} className="tok">
                {one.name}
                <Button
                  small
                  quiet
                  iconOnly
                  icon={IconX}
                  label={`Retirer ${one.name}`}
                  onClick={() => setChosen((old) => old.filter((other) => other !== one))}
                />
              </li>
            ))}
          </ul>
        ) : null}
        <AreaField
          label="Codes INSEE"
          optional
          rows={3}
          span={12}
          value={text}
          onChange={setText}
          placeholder="88408, 88383… ou un tableau collé : seuls les codes sont lus"
        />
        <DayField label="À partir du" value={startsOn} onChange={setStartsOn} span={6} pivotYear={Number(today().slice(0, 4)) + 5} />
        <SelectField label="Origine" options={sources.options} value={source} onChange={setSource} span={6} />
      </div>
      {unknown.length > 0 ? (
        <Notice tone="warning" live>
          {plural(unknown.length, 'code inconnu', 'codes inconnus')} : {unknown.join(', ')}. {unknown.length > 1 ? 'Ils ne seront' : 'Il ne sera'} pas ajouté
          {unknown.length > 1 ? 's' : ''}.
        </Notice>
      ) : null}
      {taken.length > 0 ? (
        <Notice tone="alert" live>
          <b>{plural(taken.length, 'commune a', 'communes ont')} déjà un autre DAC à cette date.</b> Une commune relève d’un seul DAC : mettez d’abord fin à
          l’ancien périmètre.
          <ul className="adminlist small">
            {taken.map((row) => (
              <li key={row.communeCode}>
                {row.communeName} : {row.other?.serviceName}, depuis le {formatDay(row.other?.startsOn ?? '')}
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {rows.length > 0 ? (
        <details>
          <summary className="small">
            {plural(fresh.length, 'commune')} à ajouter
            {rows.some((row) => row.already) ? `, ${rows.filter((row) => row.already).length} déjà dans le périmètre` : ''}
          </summary>
          <p className="small mut adminlist">{fresh.map((row) => row.communeName).join(', ')}</p>
        </details>
      ) : null}
      <ActionButton
        action={add}
        main
        input={() => ({ serviceId: service.id as ServiceId, communeCodes: fresh.map((row) => row.communeCode), startsOn, source })}
      >
        {fresh.length > 0 ? `Ajouter ${plural(fresh.length, 'commune')}` : 'Ajouter au périmètre'}
      </ActionButton>
    </div>
  )
}
