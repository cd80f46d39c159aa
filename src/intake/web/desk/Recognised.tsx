import { IconCheck, IconInfoCircle, IconUserQuestion } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useDeferredValue } from 'react'
import type { Candidate } from '../../../persons/contract/queries.ts'
import { ageOn, formatDay } from '../../../platform/contract/dates.ts'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Hit } from '../../../platform/web/display/Hit.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { EmptyState } from '../../../platform/web/display/Notice.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { CheckField } from '../../../platform/web/form/ChoiceCards.tsx'
import { HitList } from '../../../platform/web/form/ComboField.tsx'
import { SideColumn } from '../../../platform/web/layout/Columns.tsx'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { formatWhen, today } from '../../../platform/web/text/dates.ts'
import { formatPersonName } from '../../../platform/web/text/names.ts'
import { dacForCommune } from '../../../territory/contract/queries.ts'
import { headlineOf } from '../../contract/headline.ts'
import { similarRequests } from '../../contract/queries.ts'
import { type RequestLine, statusWords } from '../../contract/request-line.ts'
import { motives } from '../../contract/value-sets.ts'
import { KnownPerson } from '../KnownPerson.tsx'
import { useNarrow } from '../use-narrow.ts'
import { phoneWords, whoIs } from '../words.ts'
import { toldPerson } from './capture-values.ts'
import type { Capture } from './use-capture.ts'

/** What the system already knows of what is being typed: persons, médecin traitant, DAC of the commune, a request that may be the same. */
export function Recognised({ capture }: { readonly capture: Capture }): ReactNode {
  const { values, persons } = capture
  const nothing = !values.personId && !persons.open && values.communeCode === null
  return (
    <SideColumn side="right" label="Reconnu pendant la frappe">
      <h2>Reconnu pendant la frappe</h2>
      {values.personId ? <KnownPerson personId={values.personId as PersonId} /> : <Candidates capture={capture} />}
      <CommuneCard capture={capture} />
      <Similar capture={capture} />
      {nothing ? (
        <EmptyState icon={IconUserQuestion} title="Rien à reconnaître encore">
          Un nom, une date de naissance, un téléphone ou une commune suffisent.
        </EmptyState>
      ) : null}
    </SideColumn>
  )
}

function Candidates({ capture }: { readonly capture: Capture }): ReactNode {
  const { persons, values } = capture
  const narrow = useNarrow()
  return (
    <>
      {narrow ? null : (
        <HitList combo={persons} label="Personnes possibles" dashed={(hit) => !hit.inScope} render={(hit, key) => <CandidateLines hit={hit} at={key} />} />
      )}
      {persons.open && persons.hits.length === 0 ? (
        <EmptyState icon={IconUserQuestion} title={`Personne ne répond à «\u00a0${toldPerson(values.person).name || values.person}\u00a0»`}>
          La demande garde le nom tel qu’il est dit. L’identité se crée à la qualification.
        </EmptyState>
      ) : null}
    </>
  )
}

/** A person within sight with what the desk may know; one known elsewhere with partial traits and the organisation in charge. */
export function CandidateLines({ hit, at }: { readonly hit: Candidate; readonly at: ReactNode }): ReactNode {
  const { person } = hit
  const age = person.birthDay ? `, ${ageOn(person.birthDay, today())}\u00a0ans` : ''
  return (
    <>
      <div className="row sp">
        <h3>
          {formatPersonName(person)}
          {hit.inScope ? age : person.birthDay ? `, ${formatDay(person.birthDay)}` : ''}
        </h3>
        {at}
      </div>
      <div className="small mut">
        {hit.inScope
          ? [
              person.birthDay ? `${person.sex === 'M' ? 'Né' : person.sex === 'F' ? 'Née' : 'Né(e)'} le ${formatDay(person.birthDay)}` : null,
              hit.address,
              person.commune,
            ]
              .filter(Boolean)
              .join(' · ')
          : [person.commune, hit.organisations.join(', '), 'traits partiels'].filter(Boolean).join(' · ')}
      </div>
      {hit.callerInstruction ? (
        <dl className="kv">
          <dt>Consigne</dt>
          <dd className="semi">{hit.callerInstruction}</dd>
        </dl>
      ) : null}
      {hit.inScope ? null : <div className="small dim">La relier ouvre à notre DAC son identité et ses coordonnées ; l’autre équipe le lira.</div>}
    </>
  )
}

function CommuneCard({ capture }: { readonly capture: Capture }): ReactNode {
  const { values, change } = capture
  const actor = useActor()
  const { data } = useJalonQuery(dacForCommune, { communeCode: values.communeCode ?? '' }, { enabled: values.communeCode !== null })
  if (values.communeCode === null || !data) return null
  const { commune, dac, cpts, announced } = data
  const ours = dac?.id === actor.serviceId
  return (
    <Hit label="DAC de la commune">
      <span className="micro semi dim">Pour {commune.name}</span>
      <div className="row sp">
        <b>{dac?.name ?? announced[0]?.name ?? 'Aucun DAC enregistré'}</b>
        {ours ? (
          <StatusPill tone="success" icon={IconCheck}>
            c’est nous
          </StatusPill>
        ) : dac?.phone ? (
          <span className="nw">{phoneWords(dac.phone)}</span>
        ) : null}
      </div>
      <div className="small mut">{cpts.length > 0 ? cpts.map(({ name }) => name).join(', ') : 'Aucune CPTS sur cette commune'}</div>
      {dac && !ours ? (
        <CheckField
          label="Lui transmettre la demande à l’enregistrement"
          detail="Elle ne sera plus visible ici, la trace de l’envoi reste."
          value={values.transferTo === dac.id}
          onChange={(on) => change({ transferTo: on ? dac.id : null })}
        />
      ) : null}
    </Hit>
  )
}

function Similar({ capture }: { readonly capture: Capture }): ReactNode {
  const { values } = capture
  const told = toldPerson(values.person)
  const key = useDeferredValue(
    JSON.stringify({
      personId: values.personId,
      name: values.personId || told.name.length < 4 ? null : told.name,
      birthDate: values.personId ? null : told.birthDate,
      communeCode: values.communeCode,
      phone: /^0\d{9}$/.test(values.callerPhone) ? values.callerPhone : null,
    }),
  )
  const input = JSON.parse(key) as { readonly personId: string | null; readonly name: string | null; readonly phone: string | null }
  const { data } = useJalonQuery(similarRequests, input as never, { enabled: Boolean(input.personId ?? input.name ?? input.phone), keepPrevious: true })
  if (!input.personId && !input.name && !input.phone) return null
  const close = (data?.rows ?? []).filter(({ because }) => because !== 'phone')
  return (close.length > 0 ? close.slice(0, 2) : (data?.rows ?? []).slice(0, 1)).map((row) => <SimilarCard key={row.id} row={row} because={row.because} />)
}

const becauseWords = { person: 'même personne', name: 'nom proche', phone: 'même téléphone' } as const

/** A request that may be the same: what it says, why it is proposed, the way to look at it. */
export function SimilarCard(props: { readonly row: RequestLine; readonly because: keyof typeof becauseWords; readonly action?: ReactNode }): ReactNode {
  const { row } = props
  const list = useValueList(motives.code, motives.values)
  return (
    <Hit dashed label="Demande proche">
      <div className="row">
        <Ic of={IconInfoCircle} size="s" />
        <b className="small">
          Demande proche, {formatWhen(row.receivedAt)} · {becauseWords[props.because]}
        </b>
      </div>
      <div className="small mut">
        {headlineOf(row.text, row.motives.map(list.label))}. {whoIs(row)}. {statusWords[row.status]}
        {row.assignedTo ? `, ${row.assignedTo.name}` : ''}.{' '}
        {props.action ?? (
          <Link to="/demandes/$requestId" params={{ requestId: row.id } as never}>
            Voir
          </Link>
        )}
      </div>
    </Hit>
  )
}
