import { IconCertificate, IconFiles, IconMail, IconMapPin, IconPhone, IconPlugConnected, IconShieldLock, IconStethoscope } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { accompanies } from '../../../platform/contract/actor.ts'
import { formatDay } from '../../../platform/contract/dates.ts'
import type { PartyId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { ButtonLink } from '../../../platform/web/display/Button.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { QueryState, Waiting } from '../../../platform/web/display/QueryState.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { dial } from '../../../platform/web/text/dial.ts'
import { formatPhone } from '../../../platform/web/text/phones.ts'
import { plural, typo } from '../../../platform/web/text/typography.ts'
import { directoryCard } from '../../contract/queries.ts'
import { LocalCardPart } from '../local/LocalCardPart.tsx'
import { Partner } from '../partner/Partner.tsx'
import { CardTitle } from './CardTitle.tsx'
import { OfferPart } from './OfferPart.tsx'
import { type Card, Reach } from './reach.tsx'

const sourceNames: Readonly<Record<Card['source']['code'], string>> = {
  rpps: 'Répertoire national des professionnels (RPPS)',
  finess: 'Répertoire national des structures (FINESS)',
  local: 'Fiche locale',
  social: 'Services sociaux (data·inclusion)',
  ror: 'Répertoire opérationnel des ressources (ROR)',
}

/** Everything that is known of whoever is chosen, with its source and its date. */
export function CardPanel(props: {
  readonly partyId: string
  readonly near: string | null
  readonly onRemoved: () => void
  /** What the page lets one do with whoever is shown: « Ajouter au cercle » beside a person. */
  readonly gesture?: ((hit: Card['hit']) => ReactNode) | undefined
  /** The card has just been opened in the place of a list: the focus goes to its title. */
  readonly focused?: boolean | undefined
}): ReactNode {
  const card = useJalonQuery(directoryCard, { partyId: props.partyId as PartyId, near: props.near }, { keepPrevious: true })
  // The former card under the new name would offer its gestures for another.
  if (card.isPlaceholderData && card.data?.hit.partyId !== props.partyId) return <Waiting label="Lecture de la fiche" />
  return <QueryState query={card}>{(data) => <CardBody card={data} onRemoved={props.onRemoved} gesture={props.gesture} focused={props.focused} />}</QueryState>
}

function CardBody(props: {
  readonly card: Card
  readonly onRemoved: () => void
  readonly gesture?: ((hit: Card['hit']) => ReactNode) | undefined
  readonly focused?: boolean | undefined
}): ReactNode {
  const { card } = props
  const { hit } = card
  return (
    <>
      <div className="stack">
        <div className="row wrap" style={{ gap: 7 }}>
          <CardTitle focused={props.focused}>{hit.label}</CardTitle>
          {hit.kind === 'local' ? <StatusPill tone="accent">Fiche locale</StatusPill> : null}
          {hit.hasAccount ? (
            <StatusPill icon={IconPlugConnected} tone="success">
              Compte Jalon
            </StatusPill>
          ) : null}
        </div>
        <p className="mut">{[hit.detail, hit.kind === 'local' ? hit.place : null].filter(Boolean).join(' · ')}</p>
      </div>
      {props.gesture?.(hit)}
      <InMyFiles partyId={hit.partyId} />
      {card.practices.length > 0 ? (
        <Section title={hit.kind === 'structure' ? 'Coordonnées' : card.practices.length > 1 ? 'Lieux d’exercice' : 'Lieu d’exercice'}>
          <ul className="lines">
            {card.practices.map((practice) => (
              <li key={[practice.place, practice.address, practice.city, practice.detail].join('|')} className="stack" style={{ gap: 4 }}>
                <Practice practice={practice} structure={hit.kind === 'structure'} />
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {card.skills.length > 0 ? <Skills skills={card.skills} /> : null}
      {card.mailboxes.map((address) => (
        <Reach key={address} icon={IconShieldLock} href={`mailto:${address}`} text={`MSSanté : ${address}`} />
      ))}
      {card.offer ? <OfferPart offer={card.offer} /> : null}
      {card.local ? <LocalCardPart card={card} local={card.local} onRemoved={props.onRemoved} /> : null}
      {card.structure ? (
        <p className="small mut">
          {[
            card.structure.legalName ? `Portée par ${card.structure.legalName}` : null,
            card.structure.openedOn ? `ouverte le ${formatDay(card.structure.openedOn)}` : null,
            card.structure.professionals > 0
              ? `${plural(card.structure.professionals, 'professionnel')} ${card.structure.professionals >= 2 ? 'y exercent' : 'y exerce'}`
              : null,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      ) : null}
      <Partner key={hit.partyId} partyId={hit.partyId as PartyId} corrections={card.corrections} national={hit.kind !== 'local'} />
      <Section title="Source">
        <dl className="kv">
          <dt>Origine</dt>
          <dd>
            {sourceNames[card.source.code]}
            {card.source.edition ? ` du ${formatDay(card.source.edition)}` : ''}
          </dd>
          {card.rpps ? (
            <>
              <dt>RPPS</dt>
              <dd>{card.rpps}</dd>
            </>
          ) : null}
          {card.finess ? (
            <>
              <dt>FINESS</dt>
              <dd>{card.finess}</dd>
            </>
          ) : null}
          {card.siret ? (
            <>
              <dt>SIRET</dt>
              <dd>{card.siret}</dd>
            </>
          ) : null}
        </dl>
      </Section>
    </>
  )
}

/** For whoever accompanies: the files of the DAC where the card is in the circle, and what changes in several at once. */
function InMyFiles({ partyId }: { readonly partyId: string }): ReactNode {
  if (!accompanies(useActor())) return null
  return (
    <p>
      <ButtonLink small icon={IconFiles} to="/cercles/fiches/$partyId" params={{ partyId } as never}>
        Changer dans plusieurs dossiers…
      </ButtonLink>
    </p>
  )
}

/** What she can do and what she holds, under the file that says it. */
function Skills({ skills }: { readonly skills: Card['skills'] }): ReactNode {
  const groups = [
    { title: 'Savoir-faire', icon: IconStethoscope, of: skills.filter(({ kind }) => kind === 'skill') },
    { title: 'Diplômes et autorisations', icon: IconCertificate, of: skills.filter(({ kind }) => kind !== 'skill') },
  ].filter(({ of }) => of.length > 0)
  return (
    <>
      {groups.map(({ title, icon, of }) => (
        <Section key={title} title={title}>
          <ul className="stack" style={{ gap: 4 }}>
            {of.map(({ label, kind }) => (
              <li key={`${kind} ${label}`} className="small row row--top" style={{ gap: 6 }}>
                <Ic of={icon} size="s" /> <span>{kind === 'authorisation' ? typo(`${label} (autorisation d’exercice)`) : label}</span>
              </li>
            ))}
          </ul>
          <p className="small dim">{[...new Set(of.map(skillSource))].join(' · ')}</p>
        </Section>
      ))}
    </>
  )
}

const skillFiles = { rpps: 'RPPS', skills: 'RPPS, fichier des savoir-faire', diplomas: 'RPPS, fichier des diplômes' } as const
const skillSource = ({ source, edition }: Card['skills'][number]): string => `${skillFiles[source]}${edition ? ` du ${formatDay(edition)}` : ''}`

function Practice(props: { readonly practice: Card['practices'][number]; readonly structure: boolean }): ReactNode {
  const { practice } = props
  return (
    <>
      {practice.place && !props.structure ? (
        <b>
          {practice.structureId ? (
            <Link to="." search={((old: Record<string, unknown>) => ({ ...old, fiche: practice.structureId })) as never} replace>
              {practice.place}
            </Link>
          ) : (
            practice.place
          )}
        </b>
      ) : null}
      {practice.detail && !props.structure ? <span className="small mut">{practice.detail}</span> : null}
      {practice.address || practice.city ? (
        <span className="small row row--top" style={{ gap: 6 }}>
          <Ic of={IconMapPin} size="s" />
          <span>{[practice.address, [practice.postalCode, practice.city].filter(Boolean).join(' ')].filter(Boolean).join(', ')}</span>
        </span>
      ) : null}
      {practice.phones.map((phone) => (
        <Reach key={phone} icon={IconPhone} href={dial(phone)} text={formatPhone(phone)} />
      ))}
      {practice.email ? <Reach icon={IconMail} href={`mailto:${practice.email}`} text={practice.email} /> : null}
      {practice.phones.length === 0 && !practice.email ? <span className="small dim">Ni téléphone ni courriel dans le répertoire.</span> : null}
    </>
  )
}
