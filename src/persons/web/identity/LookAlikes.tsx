import { IconUsersGroup } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Hit } from '../../../platform/web/display/Hit.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { formatPersonName } from '../../../platform/web/text/names.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import type { Candidate } from '../../contract/queries.ts'
import { personCandidates } from '../../contract/queries.ts'
import { useSettled } from '../use-settled.ts'

export interface TypedTraits {
  readonly birthName?: string | null | undefined
  readonly usedName?: string | null | undefined
  readonly firstNames?: string | null | undefined
  readonly birthDate?: string | null | undefined
  readonly sex?: 'F' | 'M' | 'I' | null | undefined
  readonly birthPlaceCode?: string | null | undefined
  readonly phone?: string | null | undefined
  readonly except?: string | null | undefined
}

/** Persons who look like the one being typed. Those of other organisations show little: names, birth day, commune, who accompanies them. */
export function LookAlikes(props: { readonly traits: TypedTraits; readonly onCount?: ((same: number) => void) | undefined }): ReactNode {
  const traits = useSettled(props.traits)
  const named = `${traits.birthName ?? ''}${traits.usedName ?? ''}`.trim().length >= 2
  const { data } = useJalonQuery(
    personCandidates,
    { ...traits, except: (traits.except ?? null) as never },
    { enabled: named || Boolean(traits.phone), keepPrevious: true },
  )
  const rows = named || traits.phone ? (data?.rows ?? []) : []
  const same = rows.filter((row) => row.level === 'same').length
  const { onCount } = props
  useEffect(() => onCount?.(same), [same, onCount])
  if (rows.length === 0) return null
  return (
    <section className="stack" aria-label="Identités proches">
      <h3 className="row small">
        <Ic of={IconUsersGroup} size="s" /> {plural(rows.length, 'identité proche', 'identités proches')}
      </h3>
      {rows.map((row, index) => (
        <CandidateCard key={row.person.personId} candidate={row} best={index === 0 && row.level === 'same'} />
      ))}
      {data?.everywhere === false ? <p className="small mut">La date de naissance fera aussi chercher hors de votre périmètre.</p> : null}
    </section>
  )
}

const levels: Readonly<Record<Candidate['level'], string>> = { same: 'sans doute la même', probable: 'très proche', possible: 'à comparer' }

export function CandidateCard(props: {
  readonly candidate: Candidate
  readonly best: boolean
  /** What one may do with someone whose file is not open: « Accès exceptionnel… ». */
  readonly otherwise?: ReactNode
}): ReactNode {
  const { candidate, best } = props
  const { person, inScope, organisations, reasons, level, address } = candidate
  return (
    <Hit best={best} dashed={!inScope}>
      <div className="row sp">
        <b>{formatPersonName(person)}</b>
        {inScope ? (
          <Link className="small" to="/personnes/$personId" params={{ personId: person.personId } as never}>
            Dossier
          </Link>
        ) : (
          <span className="small mut">traits partiels</span>
        )}
      </div>
      <div className="small mut">
        {[person.birthDay ? formatDay(person.birthDay) : 'date inconnue', inScope && address ? address : null, person.commune, organisations.join(', ')]
          .filter(Boolean)
          .join(' · ')}
      </div>
      <div className="small">
        {levels[level]}
        {reasons.length > 0 ? <span className="mut">{`\u00a0: ${reasons.join(', ')}`}</span> : null}
      </div>
      {inScope ? null : props.otherwise}
    </Hit>
  )
}
