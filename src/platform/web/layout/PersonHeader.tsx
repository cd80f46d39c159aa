import './PersonHeader.css'
import { IconAlertTriangle, IconEarOff, IconHandStop, IconScale } from '@tabler/icons-react'
import { Fragment, type ReactNode } from 'react'
import { ageOn, formatDay } from '../../contract/dates.ts'
import type { Icon } from '../display/Ic.tsx'
import { Ic } from '../display/Ic.tsx'
import { type PillTone, StatusPill } from '../display/StatusPill.tsx'
import { today } from '../text/dates.ts'
import { formatBirthName, formatPersonName, type NameTraits } from '../text/names.ts'
import { plural } from '../text/typography.ts'

/** One fact of the header. An absent fact is written (« aucun », « non recueillie »), never left blank. */
export interface HeaderFact {
  readonly value: ReactNode
  readonly detail?: ReactNode
}

export interface PersonHeaderProps {
  readonly person: NameTraits & {
    readonly birthDay?: string | null | undefined
    readonly commune?: string | null | undefined
    readonly deathDay?: string | null | undefined
  }
  /** The state of the identity, as words: « INS qualifiée », « Identité provisoire ». */
  readonly identity: { readonly word: string; readonly tone: PillTone; readonly icon?: Icon | undefined }
  readonly referent: HeaderFact & { readonly label?: string | undefined }
  readonly doctor: HeaderFact & { readonly phone?: string | null | undefined }
  readonly protection: HeaderFact & { readonly isNone?: boolean | undefined }
  readonly sharing: HeaderFact & { readonly limited?: boolean | undefined }
  /** Those that nobody has taken yet, and those that somebody deals with. */
  readonly alerts: { readonly count: number; readonly taken?: number | undefined; readonly detail?: ReactNode }
  /** « Ne rien dire à… » and the hidden address: above everything, it wraps and is never cut. */
  readonly silence?:
    | {
        readonly to: ReactNode
        readonly detail?: ReactNode
        /** Since when and why: told where there is room. */
        readonly since?: ReactNode
        readonly short?: string | undefined
        readonly how?: ReactNode
      }
    | null
    | undefined
  /** Buttons at the right of the name. */
  readonly actions?: ReactNode
  /** Slim on the tabs other than Synthèse. */
  readonly slim?: boolean | undefined
  /** The TabLinks of the file. */
  readonly tabs?: ReactNode
}

/** Who this is, what binds us, what must not be said: same order everywhere. On a phone it folds by itself. */
export function PersonHeader(props: PersonHeaderProps): ReactNode {
  return props.slim ? <Slim {...props} /> : <Full {...props} />
}

function Full(props: PersonHeaderProps): ReactNode {
  const { referent, doctor, protection, sharing, alerts } = props
  return (
    <header className="person">
      <div className="person__id">
        <Name {...props} />
        <Identity {...props} />
        <span className="only-phone">
          <Limits {...props} />
        </span>
        <span className="end row wrap no-phone">{props.actions}</span>
      </div>
      <dl className="facts">
        <Fact label={referent.label ?? 'Référent'} fact={referent} wide />
        <Fact label="Médecin traitant" fact={doctor} />
        <Fact label="Protection" fact={protection} wide />
        <Fact label="Information et partage" fact={sharing} icon={sharing.limited ? <Ic of={IconHandStop} size="s" /> : null} wide />
        <div className={alerts.count > 0 ? 'is-alert' : undefined}>
          <dt>Alertes ouvertes</dt>
          <dd>
            {alerts.count > 0 ? <b>{alerts.count} à prendre</b> : alerts.taken ? `${alerts.taken} en cours` : 'aucune'}{' '}
            {alerts.detail ? <small className="cut">{alerts.detail}</small> : null}
          </dd>
        </div>
      </dl>
      <Silence {...props} />
      {props.tabs}
    </header>
  )
}

function Slim(props: PersonHeaderProps): ReactNode {
  const { alerts, silence } = props
  return (
    <header className="person person--slim">
      <div className="person__id">
        <Name {...props} slim />
        <Identity {...props} />
        <Limits {...props} />
        <span className="end row wrap no-phone" style={{ gap: 10 }}>
          {alerts.count > 0 ? (
            <StatusPill tone="alert" icon={IconAlertTriangle}>
              {plural(alerts.count, 'alerte')}
            </StatusPill>
          ) : null}
          {silence ? (
            <StatusPill tone="solid" icon={IconEarOff}>
              {silence.short ?? silence.to}
            </StatusPill>
          ) : null}
        </span>
      </div>
      <Silence {...props} phoneOnly />
      {props.tabs}
    </header>
  )
}

function Name({ person, slim }: PersonHeaderProps): ReactNode {
  const traits = [
    person.deathDay ? `décès le ${formatDay(person.deathDay)}` : person.birthDay ? `${ageOn(person.birthDay, today())} ans` : 'âge inconnu',
    person.birthDay ? formatDay(person.birthDay) : null,
    slim ? null : person.sex === 'F' ? 'F' : person.sex === 'M' ? 'M' : 'sexe non précisé',
    person.commune ?? 'commune inconnue',
  ].filter(Boolean)
  const birthName = slim ? null : formatBirthName(person)
  return (
    <h1>
      {formatPersonName(person)}{' '}
      {birthName ? (
        <span className="birth">
          {birthName} <span className="no-phone">· </span>
        </span>
      ) : null}
      <span className="birth birth--traits">
        {traits.map((trait, index) => (
          <Fragment key={trait}>
            {index > 0 ? ' · ' : ''}
            <span className="nw">{trait}</span>
          </Fragment>
        ))}
      </span>
    </h1>
  )
}

function Identity({ identity }: PersonHeaderProps): ReactNode {
  return (
    <StatusPill tone={identity.tone} icon={identity.icon}>
      {identity.word}
    </StatusPill>
  )
}

function Limits({ protection, sharing }: PersonHeaderProps): ReactNode {
  return (
    <span className="row wrap" style={{ gap: 5 }}>
      {protection.isNone ? null : <StatusPill icon={IconScale}>{protection.value}</StatusPill>}
      {sharing.limited ? (
        <StatusPill tone="warning" icon={IconHandStop}>
          Partage limité
        </StatusPill>
      ) : null}
    </span>
  )
}

function Fact(props: { readonly label: string; readonly fact: HeaderFact; readonly icon?: ReactNode; readonly wide?: boolean | undefined }): ReactNode {
  return (
    <div className={props.wide ? 'only-wide' : undefined}>
      <dt>{props.label}</dt>
      <dd>
        {props.icon} {props.fact.value} {props.fact.detail ? <small>{props.fact.detail}</small> : null}
      </dd>
    </div>
  )
}

function Silence({ silence, phoneOnly }: PersonHeaderProps & { readonly phoneOnly?: boolean }): ReactNode {
  if (!silence) return null
  return (
    <div className={phoneOnly ? 'silence silence--phone' : 'silence'}>
      <Ic of={IconEarOff} />
      <span>
        <b>{silence.to}</b> {silence.detail} {silence.since ? <span className="no-phone">{silence.since}</span> : null}
      </span>
      {silence.how ? <span className="silence__how">{silence.how}</span> : null}
    </div>
  )
}
