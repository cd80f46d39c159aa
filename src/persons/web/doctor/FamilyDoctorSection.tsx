import { IconMapSearch, IconPhone, IconStethoscope } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import { newId, type PartyId, type PersonId } from '../../../platform/contract/ids.ts'
import { lowerFirst } from '../../../platform/contract/typography.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { ActionButton } from '../../../platform/web/display/ActionButton.tsx'
import { Button, ButtonLink } from '../../../platform/web/display/Button.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { Card } from '../../../platform/web/layout/Columns.tsx'
import { useValueLabels } from '../../../platform/web/lists/value-lists.tsx'
import { formatInstant } from '../../../platform/web/text/dates.ts'
import { formatPhone } from '../../../platform/web/text/phones.ts'
import { nbsp, typo } from '../../../platform/web/text/typography.ts'
import { keptByHerDac } from '../../contract/access.ts'
import { recordFamilyDoctor } from '../../contract/actions.ts'
import type { PersonTarget, SharingState } from '../../contract/person.ts'
import type { PersonFamilyDoctorData } from '../../contract/queries.ts'
import { type DoctorPart, FamilyDoctorDrawer } from './FamilyDoctorDrawer.tsx'

const named = new Set(['declared', 'de_facto', 'military'])

/** Who she is, or her absence; what came out of each concertation; and the CPTS, seized or missing. */
export function FamilyDoctorSection(props: {
  readonly personId: PersonId
  readonly target: PersonTarget | null
  readonly doctor: PersonFamilyDoctorData
  readonly sharing: SharingState
}): ReactNode {
  const { doctor, target, personId } = props
  const { current, concertations, referrals, former } = doctor
  const label = useValueLabels()
  const actor = useActor()
  const [open, setOpen] = useState<DoctorPart | null>(null)
  const keeps = target !== null && keptByHerDac(actor, target, undefined).allowed
  const isNamed = current !== null && named.has(current.state)
  const record = useAction(recordFamilyDoctor, target)
  const referral = referrals.find((one) => one.outcomeAt === null)
  return (
    <Card
      title="Médecin traitant"
      badge={<StatusPill icon={IconStethoscope}>{current ? label('persons.gp_state', current.state) : 'Inconnu'}</StatusPill>}
      end={
        keeps ? (
          <span className="row">
            {isNamed ? (
              <Button small quiet icon={IconPhone} onClick={() => setOpen('concertation')}>
                Noter une concertation
              </Button>
            ) : null}
            <Button small quiet onClick={() => setOpen('doctor')}>
              {current ? 'Changer' : 'Noter'}
            </Button>
          </span>
        ) : null
      }
    >
      {isNamed ? (
        <p>
          <b>{current.name}</b>{' '}
          <span className="mut">
            {[current.commune, current.phone ? formatPhone(current.phone) : null, current.verifiedOn ? `vérifié le ${formatDay(current.verifiedOn)}` : null]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </p>
      ) : (
        <p className="mut">{current?.state === 'none' ? `Aucun depuis le ${formatDay(current.startsOn)}.` : 'À demander à la personne.'}</p>
      )}
      {isNamed && current.vanishedAt ? <Vanished personId={personId} target={target} name={current.name} since={current.vanishedAt} keeps={keeps} /> : null}
      {current?.state === 'none' && !referral ? <NothingOpen personId={personId} target={target} doctor={doctor} sharing={props.sharing} /> : null}
      {referral && current?.state === 'none' ? (
        <Notice tone={referral.state === 'no_cpts' ? 'warning' : 'info'}>
          <span className="row wrap sp">
            <span>
              <b>{referral.cptsName ?? 'Aucune CPTS sur sa commune'}</b>
              {referral.cptsName
                ? `${nbsp}: ${lowerFirst(label('persons.gp_referral_state', referral.state))}, saisie le ${formatDay(referral.sentAt)}`
                : `${nbsp}: la recherche se fait sans elle.`}
              {referral.remindOn ? `, à relancer le ${formatDay(referral.remindOn)}` : ''}
            </span>
            {keeps && referral.cptsName ? (
              <button type="button" className="linklike small" onClick={() => setOpen('referral')}>
                Suivre la saisine
              </button>
            ) : null}
          </span>
        </Notice>
      ) : null}
      {referral?.doctor && current?.state === 'none' ? (
        <Notice tone="info">
          <span className="row wrap sp">
            <span>
              {referral.state === 'designated' ? 'La personne a désigné, par la CPTS' : 'Proposé par la CPTS'}
              {nbsp}: <b>{referral.doctor.name}</b>{' '}
              <span className="mut">
                {[
                  referral.doctor.commune,
                  referral.doctor.phone ? formatPhone(referral.doctor.phone) : null,
                  referral.answeredAt ? `le ${formatDay(referral.answeredAt)}` : null,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
            <ActionButton action={record} small input={() => ({ id: newId(), personId, ...asFamilyDoctor(referral.doctor) })}>
              Noter comme médecin traitant
            </ActionButton>
          </span>
        </Notice>
      ) : null}
      {concertations.length > 0 ? (
        <ul className="lines">
          {concertations.slice(0, 4).map((one) => (
            <li key={one.id}>
              <span>{label('persons.gp_concertation', one.outcome)}</span>
              {one.opinion ? <span>{`${nbsp}: ${one.opinion}`}</span> : null}{' '}
              <span className="small mut">
                {formatInstant(one.at)} · {one.byName}
              </span>
            </li>
          ))}
        </ul>
      ) : isNamed ? (
        <p className="small mut">
          <Ic of={IconPhone} size="s" /> Pas encore de concertation notée.
        </p>
      ) : null}
      {former.length > 0 ? (
        <p className="small mut">
          {typo(
            `Avant : ${former.map((one) => `${one.name ?? label('persons.gp_state', one.state).toLocaleLowerCase('fr-FR')} jusqu’au ${formatDay(one.endsOn)}`).join(' ; ')}.`,
          )}
        </p>
      ) : null}
      {open ? <FamilyDoctorDrawer personId={personId} target={target} doctor={doctor} part={open} onClose={() => setOpen(null)} /> : null}
    </Card>
  )
}

type Proposed = NonNullable<PersonFamilyDoctorData['referrals'][number]['doctor']>

/** The doctor whom the CPTS named, as the DAC records her: declared, since the person designated her. */
function asFamilyDoctor(doctor: Proposed | null): { state: 'declared'; professionalId: PartyId | null; name: string; phone: string; commune: string } {
  return {
    state: 'declared',
    professionalId: (doctor?.partyId ?? null) as PartyId | null,
    name: doctor?.name ?? '',
    phone: doctor?.phone ?? '',
    commune: doctor?.commune ?? '',
  }
}

/** The national directory names her no more: a replacement near the person, or the CPTS. */
function Vanished(props: {
  readonly personId: PersonId
  readonly target: PersonTarget | null
  readonly name: string | null
  readonly since: string
  readonly keeps: boolean
}): ReactNode {
  const { personId } = props
  const seize = useAction(recordFamilyDoctor, props.target)
  return (
    <Notice tone="warning">
      <span className="row wrap sp">
        <span>
          {typo(
            `${props.name ?? 'Ce médecin'} n’est plus au répertoire national depuis le ${formatDay(props.since)} : retraite, départ ou radiation. À vérifier avec la personne.`,
          )}
        </span>
        {props.keeps ? (
          <span className="row wrap">
            <ButtonLink
              small
              icon={IconMapSearch}
              to="/personnes/$personId/alentours"
              params={{ personId } as never}
              search={{ metier: 'gp', geste: 'medecin' } as never}
            >
              Chercher un remplaçant
            </ButtonLink>
            <ActionButton action={seize} small quiet input={() => ({ id: newId(), personId, state: 'none' as const })}>
              Demander à la CPTS
            </ActionButton>
          </span>
        ) : null}
      </span>
    </Notice>
  )
}

/** « Aucun », and nothing is open: why, and what can be done. */
function NothingOpen(props: {
  readonly personId: PersonId
  readonly target: PersonTarget | null
  readonly doctor: PersonFamilyDoctorData
  readonly sharing: SharingState
}): ReactNode {
  const { doctor, sharing, target, personId } = props
  const seize = useAction(recordFamilyDoctor, target)
  if (doctor.cptsThere === null) return <Notice tone="warning">{typo('Sa commune est inconnue : notez-la pour savoir quelle CPTS saisir.')}</Notice>
  if (doctor.cptsThere.length === 0)
    return <Notice tone="warning">{typo('Aucune CPTS ne couvre sa commune : la recherche d’un médecin se fait sans elle.')}</Notice>
  if (sharing.opposed) return <Notice tone="warning">La personne s’oppose au partage, la CPTS n’est pas saisie.</Notice>
  if (sharing.uncollected)
    return <Notice tone="warning">{typo('Avant de donner son nom à la CPTS, informez la personne : recueillez les non-oppositions 1 et 2.')}</Notice>
  return (
    <Notice>
      <span className="row wrap sp">
        Aucune saisine de CPTS n’est ouverte.
        <ActionButton action={seize} small input={() => ({ id: newId(), personId, state: 'none' as const })}>
          Saisir la CPTS
        </ActionButton>
      </span>
    </Notice>
  )
}
