import { IconFingerprint } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { actorFunctions, professionalCategories, type Volet } from '../../platform/contract/actor.ts'
import { auditPurposes } from '../../platform/contract/audit.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { voletWord } from '../../platform/web/display/Volet.tsx'
import { Section } from '../../platform/web/layout/Columns.tsx'
import { formatInstant } from '../../platform/web/text/dates.ts'
import { capital, typo } from '../../platform/web/text/typography.ts'
import { type TraceDetail, traceDetail } from '../contract/queries.ts'
import { basisWords, categoryWords, functionWords, mannerWords, outcomeWords, purposeWords } from '../contract/words.ts'
import { shortNumber } from './SubjectSearch.tsx'

/** One line in full, in sentences: who, what, on which basis, why; and the seal. */
export function TracePanel(props: { readonly seq: number; readonly onPerson: (id: string) => void; readonly onActor: (id: string) => void }): ReactNode {
  const query = useJalonQuery(traceDetail, { seq: props.seq })
  return (
    <QueryState query={query}>
      {(line) => (
        <>
          <div className="stack">
            <h2>{line.title}</h2>
            <p className="mut">{formatInstant(line.at)}</p>
          </div>
          <dl className="kv">
            <dt>Qui</dt>
            <dd>
              {line.actorId === null ? (
                <span className="dim">{line.actorName ?? 'Jalon, sans personne devant'}</span>
              ) : (
                <Linked label={line.actorName ?? 'Compte sans nom'} run={() => props.onActor(line.actorId ?? '')} />
              )}
            </dd>
            <dt>En tant que</dt>
            <dd>{situationOf(line)}</dd>
            <dt>Issue</dt>
            <dd>
              {outcomeWords[line.outcome]}
              {line.reason === null ? '' : typo(` : « ${line.reason} »`)}
            </dd>
            <dt>Sortie</dt>
            <dd>{mannerWords[line.manner]}</dd>
            <dt>Finalité</dt>
            <dd>{purposeOf(line.purpose)}</dd>
            <dt>Volets</dt>
            <dd>
              {line.volets.length === 0 ? <span className="dim">aucun montré</span> : capital(line.volets.map((one) => voletWord(one as Volet)).join(', '))}
            </dd>
            <dt>Poste</dt>
            <dd>{line.address ?? <span className="dim">non relevé</span>}</dd>
          </dl>
          <Section title="Personnes" count={String(line.subjects.length)}>
            {line.subjects.length === 0 ? <p className="small mut">Aucune personne accompagnée.</p> : null}
            <ul className="lines">
              {line.subjects.map(({ personId, basis }) => (
                <li key={personId} className="row sp">
                  <Linked label={shortNumber(personId)} run={() => props.onPerson(personId)} />
                  <span className="small mut">{basisWords[basis]}</span>
                </li>
              ))}
            </ul>
          </Section>
          <Section title="Sceau" end={<Ic of={IconFingerprint} size="s" />}>
            <p className="small mut">{typo(`Ligne n° ${line.seq}, scellée le ${formatInstant(line.sealedAt)}.`)}</p>
            <p className="small" style={{ wordBreak: 'break-all' }}>
              {line.hash}
            </p>
            {line.requestId === null ? null : <p className="small mut">{typo(`Requête : ${line.requestId}`)}</p>}
          </Section>
        </>
      )}
    </QueryState>
  )
}

function Linked({ label, run }: { readonly label: string; readonly run: () => void }): ReactNode {
  return (
    <button type="button" className="linklike" onClick={run}>
      {label}
    </button>
  )
}

/** « Référent de parcours, personnel de DAC, DAC Hautes-Vallées »: her situation at that moment. */
function situationOf({ functions, category, serviceName }: Pick<TraceDetail, 'functions' | 'category' | 'serviceName'>): string {
  const held = actorFunctions.filter((one) => functions.includes(one)).map((one) => functionWords[one])
  const kind = professionalCategories.find((one) => one === category)
  return capital(
    [...held, ...(kind === undefined ? [] : [categoryWords[kind].toLowerCase().replace('dac', 'DAC')]), ...(serviceName === null ? [] : [serviceName])].join(
      ', ',
    ) || 'sans situation connue',
  )
}

function purposeOf(code: string | null): string {
  const purpose = auditPurposes.find((one) => one === code)
  return purpose === undefined ? 'Non renseignée' : purposeWords[purpose]
}
