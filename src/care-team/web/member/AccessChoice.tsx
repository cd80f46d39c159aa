import { IconEyeOff, IconHandStop, IconHeartHandshake, IconUsersGroup } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { RawInputOf } from '../../../platform/contract/action.ts'
import { type Volet, volets } from '../../../platform/contract/actor.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { VoletChip } from '../../../platform/web/display/Volet.tsx'
import { ChoiceCards } from '../../../platform/web/form/ChoiceCards.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import type { FieldProps } from '../../../platform/web/form/FieldFrame.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { typo } from '../../../platform/web/text/typography.ts'
import type { openAccess } from '../../contract/actions.ts'
import { mayJoinTeam, openedVolets, sharingCategoryOf } from './opening.ts'

/** The answer about access as a form holds it. */
export interface AccessValues {
  readonly basis: 'none' | 'care_team' | 'consent'
  readonly ground: string
  readonly informedOn: string
  readonly informedByName: string
  readonly consentOn: string
  readonly consentMode: string
  readonly consentFor: string
  readonly consentUntil: string
}

export const noAccess = (): AccessValues => ({
  basis: 'none',
  ground: 'recognised_by_person',
  informedOn: today(),
  informedByName: '',
  consentOn: today(),
  consentMode: '',
  consentFor: '',
  consentUntil: '',
})

/** What is sent: nothing for « Aucun accès ». */
export function wishOf(values: AccessValues): RawInputOf<typeof openAccess>['access'] | null {
  const { basis, ground, informedOn, informedByName, consentOn, consentMode, consentFor, consentUntil } = values
  if (basis === 'care_team') return { basis, ground, informedOn, informedByName: informedByName || null }
  return basis === 'consent' ? { basis, consentOn, consentMode, consentFor, consentUntil } : null
}

/** Named is not seeing: no access unless one chooses it, on what ground, and exactly what it opens. */
export function AccessChoice(props: {
  readonly values: AccessValues
  // biome-ignore lint/suspicious/noExplicitAny: the fields of a form, as useActionForm gives them under a prefix.
  readonly field: (name: keyof AccessValues) => FieldProps<any>
  readonly roles: readonly string[]
  /** Why the file stays closed; the two ways to open it are then not offered. */
  readonly closed: string | null
  /** Closed by what he is (a relative, a structure), not by a wish of the person. */
  readonly usual?: boolean | undefined
  /** The agreement of the person is what one came to note: no other way is offered. */
  readonly consentOnly?: boolean | undefined
  /** Leaves « Aucun accès » out, where the question is how to open. */
  readonly opensOnly?: boolean | undefined
}): ReactNode {
  const { values, field, roles, closed, opensOnly, usual, consentOnly } = props
  const actor = useActor()
  const grounds = useValueList('care_team.ground')
  const modes = useValueList('persons.information_mode')
  const categories = useValueList('care_team.sharing_category')
  const team = mayJoinTeam(roles)
  if (closed !== null)
    return (
      <div style={{ gridColumn: 'span 12' }}>
        <Notice tone={usual ? 'neutral' : 'warning'} icon={usual ? IconEyeOff : IconHandStop} live>
          <b>Aucun accès au dossier.</b> {closed}
        </Notice>
      </div>
    )
  return (
    <>
      {consentOnly ? null : (
        <>
          <div className="access-choice">
            <ChoiceCards
              {...field('basis')}
              label="Accès au dossier"
              options={[
                ...(opensOnly ? [] : [{ value: 'none', title: 'Aucun accès', detail: 'Figure au cercle, ne voit rien.', mark: <Ic of={IconEyeOff} /> }]),
                ...(team
                  ? [
                      {
                        value: 'care_team',
                        title: 'Équipe de soins',
                        detail: 'La personne en est informée et peut s’opposer.',
                        mark: <Ic of={IconUsersGroup} />,
                      },
                    ]
                  : []),
                {
                  value: 'consent',
                  title: 'Avec son accord',
                  detail: 'La personne a dit oui, par tout moyen.',
                  mark: <Ic of={IconHeartHandshake} />,
                },
              ]}
            />
          </div>
          {team || values.basis === 'care_team' ? null : (
            <p className="small mut" style={{ gridColumn: 'span 12' }}>
              {roles.length === 0
                ? 'Choisissez d’abord son rôle.'
                : typo('Ce rôle ne figure pas à l’article R. 1110-2 : il n’entre pas dans l’équipe de soins, seul l’accord de la personne ouvre le dossier.')}
            </p>
          )}
        </>
      )}
      {values.basis === 'none' ? null : <WhatOpens opened={openedVolets(roles)} category={categories.label(sharingCategoryOf(roles))} />}
      {values.basis === 'care_team' ? (
        <>
          <DayField {...field('informedOn')} label="Informée le" span={3} />
          <TextField {...field('informedByName')} label="Par" placeholder={actor.displayName} optional span={4} />
          <SelectField {...field('ground')} label="Équipe de soins au titre de" options={grounds.options} span={5} />
        </>
      ) : null}
      {values.basis === 'consent' ? (
        <>
          <DayField {...field('consentOn')} label="Accord donné le" span={4} />
          <SelectField {...field('consentMode')} label="Comment" options={modes.options} span={8} />
          <TextField {...field('consentFor')} label="Pour" placeholder="Sortie d’hôpital, PRADO…" optional span={8} />
          <DayField {...field('consentUntil')} label="Jusqu’au" optional span={4} />
        </>
      ) : null}
    </>
  )
}

const contents: Readonly<Record<Volet, string>> = {
  administrative: 'identité, coordonnées, cercle, rendez-vous',
  social: 'situation sociale, aides, évaluations et notes sociales, PPCS',
  health: 'santé, évaluations et notes de soins, PPCS',
}

/** Before anything is confirmed: volet by volet, what this trade will see. */
function WhatOpens(props: { readonly opened: readonly Volet[]; readonly category: string }): ReactNode {
  return (
    <div style={{ gridColumn: 'span 12' }}>
      <Notice tone="info" live>
        <p>
          <b>Dès l’enregistrement, le dossier s’ouvre ainsi</b> ({props.category}){'\u00a0'}:
        </p>
        <ul className="access-view">
          {volets.map((volet) => {
            const sees = volet === 'administrative' || props.opened.includes(volet)
            return (
              <li key={volet}>
                <VoletChip volet={volet} />
                <span>{sees ? contents[volet] : <b>reste fermé</b>}</span>
              </li>
            )
          })}
        </ul>
      </Notice>
    </div>
  )
}
