import type { ReactNode } from 'react'
import { type DirectoryHit, hitDetail } from '../../../directory/contract/hit.ts'
import { searchDirectory } from '../../../directory/contract/queries.ts'
import { callQuery } from '../../../platform/web/api/client.ts'
import { Token } from '../../../platform/web/display/StatusPill.tsx'
import { ComboField } from '../../../platform/web/form/ComboField.tsx'
import { PhoneField } from '../../../platform/web/form/PhoneField.tsx'
import { SegmentedChoice } from '../../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import type { ActionForm } from '../../../platform/web/form/use-action-form.ts'
import { useCombo } from '../../../platform/web/form/use-combo.ts'
import { useValueLabels } from '../../../platform/web/lists/value-lists.tsx'
import { typo } from '../../../platform/web/text/typography.ts'
import type { CircleChange, changeManyFiles } from '../../contract/many-files.ts'
import { rolesOfTheEpisode } from '../../contract/roles.ts'
import { useRoleOptions } from '../member/use-role-options.ts'

export interface ChangeValues {
  readonly id: string
  readonly kind: CircleChange['kind']
  readonly from: string
  readonly to: string
  readonly place: string
  readonly phone: string
  readonly newParty: string
  readonly newName: string
  readonly because: string
}

/** The change as the action takes it; incomplete while something is still to be chosen. */
export function changeOf({ kind, from, to, place, phone, newParty, newName }: ChangeValues): CircleChange {
  if (kind === 'role') return { kind, from, to }
  if (kind === 'place') return { kind, place, phone: phone === '' ? null : phone }
  return { kind, partyId: newParty, name: newName }
}

const searchCards = async (text: string, signal: AbortSignal): Promise<readonly DirectoryHit[]> =>
  (await callQuery(searchDirectory, { text, limit: 7 }, signal)).rows

/** Her role, where she works, or who comes in her place. */
export function WhatChanges(props: {
  readonly form: ActionForm<typeof changeManyFiles, ChangeValues>
  /** Those that the card holds in these files. */
  readonly roles: readonly string[]
  readonly partyId: string
}): ReactNode {
  const { form, roles } = props
  const { values } = form
  const label = useValueLabels()
  const offered = useRoleOptions('directory', values.from === '' ? [] : [values.from])
  const combo = useCombo<DirectoryHit>({
    search: searchCards,
    keyOf: (hit) => hit.partyId,
    onPick: (hit) => form.setAll({ newParty: hit.partyId, newName: hit.label }),
  })
  return (
    <>
      <SegmentedChoice
        {...form.field('kind')}
        label="Ce qui change"
        span={12}
        options={[
          { value: 'role', label: 'Son rôle' },
          { value: 'place', label: 'Son lieu d’exercice' },
          { value: 'replace', label: 'Remplacé par…' },
        ]}
      />
      {values.kind === 'role' ? (
        <>
          <SelectField
            {...form.field('from')}
            label="Rôle d’aujourd’hui"
            span={6}
            options={roles.filter((role) => !rolesOfTheEpisode.includes(role)).map((value) => ({ value, label: label('care_team.role', value) }))}
          />
          <SelectField {...form.field('to')} label="Devient" span={6} options={offered} />
        </>
      ) : null}
      {values.kind === 'place' ? (
        <>
          <TextField {...form.field('place')} label="Nouvelle structure ou nouveau lieu" span={8} />
          <PhoneField {...form.field('phone')} label="Nouveau téléphone" optional span={4} />
        </>
      ) : null}
      {values.kind === 'replace' ? (
        <ComboField
          combo={combo}
          value={values.newName}
          onChange={(newName) => form.setAll({ newName, newParty: '' })}
          error={form.errors.newName}
          label="Qui vient à sa place"
          help={typo('Reprend les rôles, ce qui est fait et les passages. Les accès ne passent pas de l’un à l’autre : la personne est informée d’abord.')}
          span={12}
          inside={values.newParty === '' ? undefined : <Token ok>de l’annuaire</Token>}
          option={(hit) => (
            <>
              <b>{hit.label}</b> <span className="small mut">{hitDetail(hit)}</span>
            </>
          )}
        />
      ) : null}
    </>
  )
}
