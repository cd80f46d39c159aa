import { IconLock, IconMapPin, IconPencil, IconPlus, IconUsers } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { OutputOf } from '../../../platform/contract/action.ts'
import { formatDay } from '../../../platform/contract/dates.ts'
import { useAction } from '../../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { ActionButton } from '../../../platform/web/display/ActionButton.tsx'
import { Button } from '../../../platform/web/display/Button.tsx'
import { confirm } from '../../../platform/web/display/confirm.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { toast } from '../../../platform/web/display/toast.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { Section } from '../../../platform/web/layout/Columns.tsx'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { formatPhone } from '../../../platform/web/text/phones.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { closeService } from '../../contract/actions.ts'
import { serviceDetail } from '../../contract/queries.ts'
import { cptsStatuses, legalKinds, serviceKindsValueSet, siteKinds } from '../../contract/territory-value-sets.ts'
import { EditService } from './EditService.tsx'
import { SiteForm } from './SiteForm.tsx'

export type ServiceDetail = OutputOf<typeof serviceDetail>

/** A service with its organisme, its places, and the way to its communes and its users. */
export function ServicePanel(props: { readonly id: string }): ReactNode {
  const detail = useJalonQuery(serviceDetail, { id: props.id }, { keepPrevious: true })
  return <QueryState query={detail}>{(data) => <Detail key={data.service.id} detail={data} />}</QueryState>
}

function Detail(props: { readonly detail: ServiceDetail }): ReactNode {
  const { service, legalPerson, communes, members } = props.detail
  const kinds = useValueList('territory.service_kind', serviceKindsValueSet.values)
  const statuses = useValueList('territory.cpts_status', cptsStatuses.values)
  const legal = useValueList('territory.legal_kind', legalKinds.values)
  const [editing, setEditing] = useState(false)
  if (editing) return <EditService detail={props.detail} onClose={() => setEditing(false)} />
  return (
    <>
      <div className="stack">
        <div className="row wrap" style={{ gap: 7 }}>
          <h2>{service.name}</h2>
          {service.endsOn ? <StatusPill icon={IconLock}>Fermé après le {formatDay(service.endsOn)}</StatusPill> : null}
        </div>
        <p className="mut">{[kinds.label(service.kind), service.cptsStatus ? statuses.label(service.cptsStatus) : null].filter(Boolean).join(' · ')}</p>
      </div>
      <dl className="kv">
        <dt>Organisme</dt>
        <dd>
          {legalPerson ? (
            [legalPerson.name, legalPerson.legalForm ? legal.label(legalPerson.legalForm) : null, legalPerson.siren].filter(Boolean).join(', ')
          ) : (
            <span className="dim">non renseigné</span>
          )}
        </dd>
        <dt>Téléphone</dt>
        <dd>{service.phone ? formatPhone(service.phone) : <span className="dim">aucun</span>}</dd>
        <dt>Courriel</dt>
        <dd>{service.email ?? <span className="dim">aucun</span>}</dd>
        <dt>Adresse</dt>
        <dd>
          {[service.address, [service.postalCode, service.communeName].filter(Boolean).join(' ')].filter(Boolean).join(', ') || (
            <span className="dim">non renseignée</span>
          )}
        </dd>
        <dt>FINESS</dt>
        <dd>{service.finess ?? <span className="dim">non renseigné</span>}</dd>
        <dt>Public</dt>
        <dd>{service.openToPublic ? 'Répond aux personnes et aux proches' : 'Répond aux professionnels'}</dd>
      </dl>
      <div className="row wrap">
        <Button small icon={IconPencil} onClick={() => setEditing(true)}>
          Modifier
        </Button>
        <span className="small row" style={{ gap: 6 }}>
          <Ic of={IconMapPin} size="s" />
          <Link to="/administration/perimetres" search={{ service: service.id } as never}>
            {plural(communes, 'commune')}
          </Link>
          {communes === 0 && service.announcedDepartments.length > 0 ? (
            <span className="mut">annoncé pour {service.announcedDepartments.join(' et ')}</span>
          ) : null}
        </span>
        <span className="small row" style={{ gap: 6 }}>
          <Ic of={IconUsers} size="s" />
          <Link to="/administration/utilisateurs" search={{ service: service.id } as never}>
            {plural(members, 'utilisateur')}
          </Link>
        </span>
      </div>
      <Sites detail={props.detail} />
      {service.endsOn ? null : <Close id={service.id} name={service.name} />}
    </>
  )
}

function Sites(props: { readonly detail: ServiceDetail }): ReactNode {
  const kinds = useValueList('territory.site_kind', siteKinds.values)
  const [open, setOpen] = useState<string | null>(null)
  return (
    <Section
      title="Lieux"
      end={
        <button type="button" className="linklike" onClick={() => setOpen(open === 'new' ? null : 'new')}>
          <Ic of={IconPlus} size="s" /> Ajouter un lieu
        </button>
      }
    >
      {open === 'new' ? <SiteForm serviceId={props.detail.service.id} onClose={() => setOpen(null)} /> : null}
      {props.detail.sites.length === 0 && open !== 'new' ? <p className="small mut">Aucun lieu en plus de l’adresse du service.</p> : null}
      <ul className="lines">
        {props.detail.sites.map((site) => (
          <li key={site.id}>
            {open === site.id ? (
              <SiteForm serviceId={props.detail.service.id} site={site} onClose={() => setOpen(null)} />
            ) : (
              <div className="row">
                <span className="grow">
                  <b>{site.name}</b> <span className="small mut">{kinds.label(site.kind)}</span>
                  <span className="small mut" style={{ display: 'block' }}>
                    {[
                      site.address,
                      site.communeName,
                      site.phone ? formatPhone(site.phone) : null,
                      site.endsOn ? `fermé après le ${formatDay(site.endsOn)}` : null,
                    ]
                      .filter(Boolean)
                      .join(', ')}
                  </span>
                </span>
                <Button small quiet iconOnly icon={IconPencil} label={`Modifier ${site.name}`} onClick={() => setOpen(site.id)} />
              </div>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Close(props: { readonly id: string; readonly name: string }): ReactNode {
  const [endsOn, setEndsOn] = useState<string>(today())
  const close = useAction(closeService, undefined, { onDone: () => toast({ text: 'Service fermé.' }) })
  return (
    <Section title="Fermer le service">
      <div className="form">
        <DayField label="Dernier jour" value={endsOn} onChange={setEndsOn} span={6} pivotYear={Number(today().slice(0, 4)) + 2} />
      </div>
      <ActionButton
        action={close}
        input={() => ({ id: props.id, endsOn })}
        small
        quiet
        icon={IconLock}
        ask={() =>
          confirm({
            title: `Fermer ${props.name} ?`,
            text: 'Ce qui a été fait reste lisible. Les communes et les utilisateurs doivent déjà l’avoir quitté.',
            action: 'Fermer le service',
            danger: true,
          })
        }
      >
        Fermer le service
      </ActionButton>
    </Section>
  )
}
