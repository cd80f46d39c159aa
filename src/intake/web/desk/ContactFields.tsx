import type { ReactNode } from 'react'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { Token } from '../../../platform/web/display/StatusPill.tsx'
import { ComboField } from '../../../platform/web/form/ComboField.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { AreaField } from '../../../platform/web/form/TextField.tsx'
import { typo } from '../../../platform/web/text/typography.ts'
import { colleagues } from '../../../territory/contract/queries.ts'
import { useNarrow } from '../use-narrow.ts'
import { CandidateLines } from './Recognised.tsx'
import type { Capture } from './use-capture.ts'

/** Follow-up of a known file, message, mistake: a few words, and for whom. */
export function ContactFields({ capture }: { readonly capture: Capture }): ReactNode {
  const { values, form, change } = capture
  const narrow = useNarrow()
  const team = useJalonQuery(colleagues, { functions: ['front_desk', 'referent', 'doctor', 'team_lead'] }, { enabled: values.firstKey === 'message' })
  return (
    <>
      {values.firstKey === 'message' ? (
        <SelectField
          label="Pour"
          span={5}
          value={values.colleagueId}
          error={form.errors['colleagueId']}
          options={(team.data?.rows ?? []).map(({ userId, name, jobTitle }) => ({
            value: userId,
            label: jobTitle ? `${name}, ${jobTitle.toLowerCase()}` : name,
          }))}
          onChange={(colleagueId) => change({ colleagueId })}
        />
      ) : null}
      {values.firstKey === 'mistake' ? null : (
        <ComboField
          label="Pour qui"
          hint="nom, date de naissance : dans l’ordre qui vient"
          span={values.firstKey === 'message' ? 7 : 12}
          combo={capture.persons}
          option={narrow ? (hit) => <CandidateLines hit={hit} at={null} /> : undefined}
          value={values.person}
          onChange={(person) => change({ person, personId: null })}
          inside={values.personId ? <Token ok>reconnue</Token> : null}
        />
      )}
      <AreaField
        label="Ce qui a été dit"
        optional={values.firstKey === 'mistake'}
        rows={values.firstKey === 'mistake' ? 2 : 5}
        value={values.text}
        onChange={(text) => change({ text })}
      />
      <div className="f" style={{ '--span': 12 } as React.CSSProperties}>
        <Notice>
          {values.firstKey === 'follow_up'
            ? 'Va dans les échanges de la personne. N’est pas compté comme une demande.'
            : values.firstKey === 'message'
              ? 'Arrive à votre collègue, avec le numéro à rappeler. N’est pas compté comme une demande.'
              : typo('Faux numéro, démarchage : noté en une touche, compté nulle part.')}
        </Notice>
      </div>
    </>
  )
}
