import { IconBuildingHospital, IconCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useId } from 'react'
import { dayOf, formatDay } from '../../platform/contract/dates.ts'
import { useAction } from '../../platform/web/api/use-action.ts'
import { ActionButton } from '../../platform/web/display/ActionButton.tsx'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { displayZone, formatInstant } from '../../platform/web/text/dates.ts'
import { formatPersonName } from '../../platform/web/text/names.ts'
import { typo } from '../../platform/web/text/typography.ts'
import { confirmCandidate, type HospitalCandidate, type HospitalVisit, type HospitalVisitId, reopenVisit, setVisitAside } from '../contract/visits.ts'
import { saidOfStay, type TraitRow, traitRows } from './visit-words.ts'

/** One stay as the hospital told it, beside each of those whom it may be of. */
export function VisitCard({ visit }: { readonly visit: HospitalVisit }): ReactNode {
  const titleId = useId()
  const target = { id: visit.id, personIds: visit.candidates.map(({ person }) => person.personId) }
  const aside = useAction(setVisitAside, target)
  const reopen = useAction(reopenVisit, target)
  const isDecided = visit.candidates.some(({ decision, recognised }) => decision !== null || recognised !== null)
  const hers = visit.candidates.find(({ decision, recognised }) => decision === 'hers' || (recognised !== null && decision !== 'not_hers'))
  const wasSaid = visit.candidates.find(({ decision }) => decision !== null)
  return (
    <section className="staycard" aria-labelledby={titleId}>
      <header className="staycard__head">
        <IconBuildingHospital aria-hidden="true" size={20} stroke={1.6} />
        <div>
          <h2 id={titleId}>{saidOfStay(visit).title}</h2>
          <p className="small mut">{saidOfStay(visit).when}</p>
        </div>
        <p className="small mut staycard__kept">{typo(`Détruit le ${formatDay(dayOf(visit.keptUntil, displayZone()))}${isDecided ? '' : ' sans décision'}`)}</p>
      </header>
      <div className="staycard__scroll">
        <table className="stayside">
          <caption className="vh">Ce que dit l’hôpital, et les dossiers à qui cela peut être</caption>
          <thead>
            <tr>
              <td />
              <th scope="col">Ce que dit l’hôpital</th>
              {visit.candidates.map((candidate) => (
                <th scope="col" key={candidate.id}>
                  <CandidateHead candidate={candidate} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {traitRows(visit).map((row) => (
              <Trait key={row.label} row={row} candidates={visit.candidates} />
            ))}
          </tbody>
          <tfoot>
            <tr>
              <td />
              <td className="small mut">{visit.withIns ? typo('INS transmise : comparée, jamais affichée') : 'Sans INS'}</td>
              {visit.candidates.map((candidate) => (
                <td key={candidate.id} data-head={formatPersonName(candidate.person)}>
                  <Decision visitId={visit.id} candidate={candidate} locked={hers !== undefined || wasSaid !== undefined} />
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
      <footer className="staycard__foot">
        {hers === undefined && wasSaid === undefined ? (
          <ActionButton action={aside} input={{ id: visit.id }} quiet>
            {visit.candidates.length > 1 ? 'Ce n’est aucune des nôtres' : 'Ce n’est pas elle'}
          </ActionButton>
        ) : null}
        {wasSaid !== undefined ? (
          <>
            <span className="small mut">
              {typo(`${wasSaid.decidedByName ?? ''}${wasSaid.decidedAt === null ? '' : `, le ${formatInstant(wasSaid.decidedAt)}`}`)}
            </span>
            <ActionButton action={reopen} input={{ id: visit.id }} quiet>
              Revenir sur la décision
            </ActionButton>
          </>
        ) : hers !== undefined ? (
          <>
            <span className="small mut">
              {hers.recognised === 'ins'
                ? typo('Reconnue sans vous : INS qualifiée et traits concordants')
                : typo('Reconnue sans vous : cinq traits d’identité identiques, personne d’autre ne lui ressemble')}
            </span>
            <ActionButton action={aside} input={{ id: visit.id }} quiet>
              Ce n’est pas elle
            </ActionButton>
          </>
        ) : null}
      </footer>
    </section>
  )
}

function CandidateHead({ candidate }: { readonly candidate: HospitalCandidate }): ReactNode {
  const { person, referentName, reasons } = candidate
  return (
    <>
      <Link to="/personnes/$personId" params={{ personId: person.personId } as never}>
        {formatPersonName(person)}
      </Link>
      <span className="small mut stayside__of">{[referentName === null ? null : `suivi : ${referentName}`, person.commune].filter(Boolean).join(' · ')}</span>
      <span className="small stayside__why">{reasons.join(', ')}</span>
    </>
  )
}

function Trait({ row, candidates }: { readonly row: TraitRow; readonly candidates: readonly HospitalCandidate[] }): ReactNode {
  return (
    <tr>
      <th scope="row">{row.label}</th>
      <td data-head="Hôpital">{row.told}</td>
      {row.known.map(({ text, agrees }, at) => (
        <td
          key={candidates[at]?.id}
          data-head={candidates[at] === undefined ? '' : formatPersonName(candidates[at].person)}
          className={agrees === false ? 'differs' : undefined}
        >
          <span>
            {agrees === true ? <IconCheck aria-label="identique" size={15} stroke={2} className="agrees" /> : null}
            {agrees === false ? <span className="vh">différent : </span> : null}
            {text}
          </span>
        </td>
      ))}
    </tr>
  )
}

function Decision(props: { readonly visitId: HospitalVisitId; readonly candidate: HospitalCandidate; readonly locked: boolean }): ReactNode {
  const { visitId, candidate, locked } = props
  const confirm = useAction(confirmCandidate, { id: candidate.id, visitId, personId: candidate.person.personId }, { invalidates: ['liaison', 'persons'] })
  if (candidate.decision === 'hers' || (candidate.recognised !== null && candidate.decision === null))
    return (
      <StatusPill tone="success" icon={IconCheck}>
        c’est elle
      </StatusPill>
    )
  if (candidate.decision === 'not_hers') return <StatusPill>ce n’est pas elle</StatusPill>
  if (locked) return null
  return (
    <ActionButton action={confirm} input={{ id: candidate.id }}>
      C’est elle
    </ActionButton>
  )
}
