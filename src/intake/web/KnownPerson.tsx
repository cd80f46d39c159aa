import { IconAlertTriangle, IconEarOff, IconEyeOff, IconScale, IconShieldCheck, IconShieldQuestion } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { IdentityStatus } from '../../persons/contract/person.ts'
import { type PersonHeaderData, personHeader } from '../../persons/contract/queries.ts'
import { gpStates, protectionMeasures } from '../../persons/contract/value-sets.ts'
import { ageOn, formatDay } from '../../platform/contract/dates.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Hit } from '../../platform/web/display/Hit.tsx'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { Notice } from '../../platform/web/display/Notice.tsx'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { useValueList } from '../../platform/web/lists/value-lists.tsx'
import { today } from '../../platform/web/text/dates.ts'
import { formatPersonName } from '../../platform/web/text/names.ts'
import { phoneWords } from './words.ts'

const identityWords: Readonly<Record<IdentityStatus, string>> = {
  PROV: 'Identité provisoire',
  VALI: 'Identité validée',
  RECUP: 'INS récupérée',
  QUAL: 'INS qualifiée',
}

/** A person of Jalon beside a request: identity, contacts, what must not be said, her médecin traitant. Not the rest of her file. */
export function KnownPerson(props: { readonly personId: PersonId; readonly actions?: ReactNode }): ReactNode {
  const { data, error } = useJalonQuery(personHeader, { personId: props.personId })
  if (error)
    return (
      <Hit dashed label="Personne reliée">
        <span className="small mut">Personne connue d’une autre équipe : son identité s’ouvrira quand la demande sera enregistrée.</span>
        {props.actions}
      </Hit>
    )
  if (!data) return null
  return (
    <>
      <PersonCard data={data} actions={props.actions} />
      <FamilyDoctorCard data={data} />
    </>
  )
}

function PersonCard({ data, actions }: { readonly data: PersonHeaderData; readonly actions: ReactNode }): ReactNode {
  const { person } = data
  const measures = useValueList(protectionMeasures.code, protectionMeasures.values)
  const silences = data.sharing.silences.filter(({ kind }) => kind === 'tell_nothing' || kind === 'no_call' || kind === 'hidden_address')
  return (
    <Hit best label="Personne connue">
      <div className="row sp">
        <h3>
          {formatPersonName(person)}
          {person.birthDay ? `, ${ageOn(person.birthDay, today())}\u00a0ans` : ''}
        </h3>
        <Link className="small" to="/personnes/$personId" params={{ personId: person.personId } as never}>
          Dossier
        </Link>
      </div>
      <div className="small mut">
        {[
          person.birthDay
            ? `${person.sex === 'M' ? 'Né' : person.sex === 'F' ? 'Née' : 'Né(e)'} le ${formatDay(person.birthDay)}`
            : 'Date de naissance inconnue',
          person.commune,
          data.phone ? phoneWords(data.phone) : null,
        ]
          .filter(Boolean)
          .join(' · ')}
      </div>
      <div className="row wrap" style={{ gap: 5 }}>
        <StatusPill
          tone={person.identityStatus === 'QUAL' ? 'success' : 'neutral'}
          icon={person.identityStatus === 'QUAL' ? IconShieldCheck : IconShieldQuestion}
        >
          {identityWords[person.identityStatus]}
        </StatusPill>
        {data.inCharge ? <StatusPill tone="accent">Suivie par notre DAC</StatusPill> : null}
        {data.protections.map(({ id, measure }) => (
          <StatusPill key={id} icon={IconScale}>
            {measures.label(measure)}
          </StatusPill>
        ))}
        {person.deathDay ? <StatusPill icon={IconAlertTriangle}>décès le {formatDay(person.deathDay)}</StatusPill> : null}
      </div>
      {silences.map((silence) => (
        <Notice key={silence.id} tone="alert" icon={IconEarOff}>
          <b>{silence.kind === 'hidden_address' ? 'Adresse à ne donner à personne' : `Ne rien dire à ${silence.towards}`}</b>
          {silence.relation ? `, ${silence.relation}` : ''}
        </Notice>
      ))}
      {data.callerInstruction ? (
        <dl className="kv">
          <dt>Consigne</dt>
          <dd className="semi">{data.callerInstruction}</dd>
        </dl>
      ) : null}
      {data.sharing.opposed ? <Notice tone="warning">Elle s’oppose au partage de ses informations.</Notice> : null}
      {data.volets.includes('health') ? null : (
        <div className="notice notice--hidden" style={{ padding: '6px 9px' }}>
          <Ic of={IconEyeOff} size="s" />
          <span>{data.inCharge ? 'À l’accueil, le volet santé reste fermé.' : 'Une demande n’ouvre que l’identité et les coordonnées.'}</span>
        </div>
      )}
      {actions}
    </Hit>
  )
}

function FamilyDoctorCard({ data }: { readonly data: PersonHeaderData }): ReactNode {
  const states = useValueList(gpStates.code, gpStates.values)
  const doctor = data.familyDoctor
  return (
    <Hit label="Médecin traitant">
      <div className="row">
        <span className="micro semi dim">Médecin traitant {doctor ? states.label(doctor.state).toLowerCase() : ''}</span>
        {doctor?.verifiedOn ? <span className="end micro dim">vérifié le {formatDay(doctor.verifiedOn)}</span> : null}
      </div>
      {doctor?.name ? (
        <div className="row sp">
          <b>{doctor.name}</b>
          {doctor.phone ? <span className="nw">{phoneWords(doctor.phone)}</span> : null}
        </div>
      ) : (
        <span className="small mut">{doctor?.state === 'none' ? 'Elle n’en a pas.' : 'À demander.'}</span>
      )}
    </Hit>
  )
}
