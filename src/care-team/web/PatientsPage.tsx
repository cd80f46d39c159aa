import './patients/patients.css'
import { IconKey, IconPlus, IconUsersGroup, IconUsersPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ageOn } from '../../platform/contract/dates.ts'
import { useInfiniteJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button, ButtonLink } from '../../platform/web/display/Button.tsx'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { ErrorState, Waiting } from '../../platform/web/display/QueryState.tsx'
import { StatusPill } from '../../platform/web/display/StatusPill.tsx'
import { VoletShape } from '../../platform/web/display/Volet.tsx'
import { Bar, CenterColumn, Columns, SideColumn } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { useValueLabels } from '../../platform/web/lists/value-lists.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { ExportButton } from '../../platform/web/table/ExportButton.tsx'
import { formatWhen, today } from '../../platform/web/text/dates.ts'
import { dial } from '../../platform/web/text/dial.ts'
import { formatBirthName, formatPersonName } from '../../platform/web/text/names.ts'
import { formatPhone } from '../../platform/web/text/phones.ts'
import { plural } from '../../platform/web/text/typography.ts'
import { type FollowedPatient, followedPatients } from '../contract/queries.ts'

/** « Mes patients suivis »: where an outside professional comes in. Whom she follows, the last changed first; `asked` holds what is awaited of her. */
export function PatientsPage(props: { readonly asked?: ReactNode }): ReactNode {
  const list = useInfiniteJalonQuery(followedPatients, {})
  useEvents(['careTeam.*', 'liaison.*', 'persons.*'], () => list.retry())
  const changed = list.rows.filter((row) => row.changes > 0)
  const quiet = list.rows.filter((row) => row.changes === 0)
  return (
    <Page title="Mes patients">
      <Bar title="Mes patients suivis" end={list.rows.length > 0 ? <ExportButton contract={followedPatients} input={{}} label="Exporter la liste" /> : null}>
        {list.total === null ? null : (
          <span className="small mut" role="status">
            {plural(list.total, 'personne')}
            {changed.length > 0 ? `, du nouveau pour ${changed.length}` : ''}
          </span>
        )}
      </Bar>
      <Columns kind="two" drawerLabel="Ce qui m’est demandé">
        <CenterColumn
          label="Personnes suivies"
          flush
          foot={
            <div className="patients__foot">
              <NewRequest />
            </div>
          }
        >
          {list.loading ? <Waiting label="Lecture de vos patients" /> : null}
          {list.error ? <ErrorState error={list.error} onRetry={list.retry} /> : null}
          {!list.loading && !list.error && list.rows.length === 0 ? (
            <div style={{ padding: 16 }}>
              <EmptyState icon={IconUsersGroup} title="Aucun dossier ne vous est ouvert">
                Un dossier s’ouvre quand le DAC vous nomme dans l’équipe de soins de la personne, ou qu’elle donne son accord. Vous pouvez demander un appui
                pour une personne que vous suivez.
              </EmptyState>
            </div>
          ) : null}
          <Group title="Du nouveau depuis votre passage" rows={changed} />
          <Group title={changed.length > 0 ? 'Sans changement' : 'Rien de nouveau depuis votre passage'} rows={quiet} />
          {list.hasMore ? (
            <div className="tablemore">
              <Button small onClick={list.more} blocked={list.loadingMore}>
                Afficher la suite
              </Button>
            </div>
          ) : null}
          <div className="patients__more">
            <ButtonLink quiet icon={IconUsersGroup} to="/mes-concertations">
              Mes concertations
            </ButtonLink>
            <ButtonLink quiet icon={IconUsersPlus} to="/rejoindre-un-cercle">
              Rejoindre un cercle
            </ButtonLink>
            <ButtonLink quiet icon={IconKey} to="/acces-exceptionnel">
              Accès exceptionnel
            </ButtonLink>
          </div>
        </CenterColumn>
        <SideColumn side="right" label="Ce qui m’est demandé">
          {props.asked}
        </SideColumn>
      </Columns>
    </Page>
  )
}

const NewRequest = (): ReactNode => (
  <ButtonLink icon={IconPlus} to="/demandes/nouvelle">
    Nouvelle demande au DAC
  </ButtonLink>
)

function Group({ title, rows }: { readonly title: string; readonly rows: readonly FollowedPatient[] }): ReactNode {
  if (rows.length === 0) return null
  return (
    <section aria-label={title}>
      <h2 className="patients__group">
        {title} <span className="n">{rows.length}</span>
      </h2>
      <ul className="lines">
        {rows.map((row) => (
          <Patient key={row.person.personId} row={row} />
        ))}
      </ul>
    </section>
  )
}

function Patient({ row }: { readonly row: FollowedPatient }): ReactNode {
  const label = useValueLabels()
  const { person, last, referent } = row
  const params = { personId: person.personId } as never
  const age = person.birthDay === null ? null : `${ageOn(person.birthDay, person.deathDay ?? today())}\u00a0ans`
  const born = formatBirthName(person)
  return (
    <li className="patient">
      <div className="patient__who">
        <div className="row wrap" style={{ gap: '2px 8px' }}>
          <h3>
            <Link to="/personnes/$personId" params={params} className="patient__name">
              {formatPersonName(person)}
            </Link>
          </h3>
          {row.changes > 0 ? <StatusPill tone="accent">{row.changes >= 50 ? 'plus de 50 nouveautés' : plural(row.changes, 'nouveauté')}</StatusPill> : null}
          {person.deathDay === null ? null : <StatusPill>décès</StatusPill>}
        </div>
        <p className="small mut">{[born, age, person.commune].filter(Boolean).join(' · ')}</p>
        <p className="small mut">
          {row.roles.length > 0
            ? `Vous${'\u00a0'}: ${row.roles.map((role) => label('care_team.role', role).toLocaleLowerCase('fr-FR')).join(', ')}`
            : 'Avec son accord'}
          {row.services.length > 0 ? ` · ${row.services.join(', ')}` : ''}
        </p>
      </div>
      <div className="patient__last">
        {last === null ? (
          <p className="small mut">Rien d’écrit encore.</p>
        ) : (
          <>
            <VoletShape volet={last.volet} named />
            <div className="grow">
              <p className={row.changes > 0 ? 'semi' : undefined}>{last.title}</p>
              <p className="small mut">
                {formatWhen(last.at)} · {last.authorName}
              </p>
            </div>
          </>
        )}
      </div>
      <div className="patient__call">
        {referent === null ? (
          <span className="small mut">sans référent</span>
        ) : (
          <>
            <span className="small mut">
              Référent{'\u00a0'}: {referent.name}
            </span>
            {referent.phone ? (
              <a className="small nw" href={dial(referent.phone)}>
                {formatPhone(referent.phone)}
              </a>
            ) : null}
          </>
        )}
      </div>
    </li>
  )
}
