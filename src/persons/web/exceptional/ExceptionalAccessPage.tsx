import './exceptional.css'
import { IconKey, IconLock, IconUserSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { EmptyState } from '../../../platform/web/display/Notice.tsx'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { CenterColumn, Columns, Section, SideColumn } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { formatHour, formatWhen } from '../../../platform/web/text/dates.ts'
import { formatBirthName, formatPersonName } from '../../../platform/web/text/names.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import { opensExceptionally } from '../../contract/access.ts'
import { exceptionalAccessCandidates, myExceptionalAccesses } from '../../contract/access-queries.ts'
import type { PersonName } from '../../contract/person.ts'
import { OpenExceptional } from './OpenExceptional.tsx'

/** Who is in front of me and whose file is not open to me: her name and her exact day of birth, then the exceptional way in. */
export function ExceptionalAccessPage(): ReactNode {
  const actor = useActor()
  const verdict = opensExceptionally(actor, null, null)
  const [name, setName] = useState('')
  const [birthDate, setBirthDate] = useState('')
  const [asked, setAsked] = useState<{ readonly name: string; readonly birthDate: string } | null>(null)
  const [opening, setOpening] = useState<PersonName | null>(null)
  const found = useJalonQuery(exceptionalAccessCandidates, asked ?? { name: '', birthDate: '' }, { enabled: asked !== null && verdict.allowed, staleTime: 0 })
  return (
    <Page title="Accès exceptionnel">
      <Columns kind="two" drawerLabel="Mes accès">
        <CenterColumn label="Accès exceptionnel">
          <div className="stack stack--4" style={{ maxWidth: 700 }}>
            <div>
              <h1>Accès exceptionnel</h1>
              <p className="mut">
                Pour une personne que vous soignez ou accompagnez maintenant, et dont le dossier ne vous est pas ouvert. Tracé, limité à 24 heures, relu par vos
                responsables, visible par la personne.
              </p>
            </div>
            {verdict.allowed ? (
              <form
                className="form"
                aria-label="Retrouver la personne"
                onSubmit={(event) => {
                  event.preventDefault()
                  setAsked({ name, birthDate })
                }}
              >
                <TextField value={name} onChange={setName} label="Nom de naissance ou nom utilisé" span={7} maxLength={100} autoFocus />
                <DayField value={birthDate} onChange={setBirthDate} label="Date de naissance" span={5} />
                <div className="row" style={{ gridColumn: '1 / -1' }}>
                  <Button main={opening === null} type="submit" icon={IconUserSearch} blocked={name.trim().length < 2 || birthDate === ''}>
                    Retrouver la personne
                  </Button>
                  <span className="small mut">Les deux sont nécessaires ; la recherche est tracée.</span>
                </div>
              </form>
            ) : (
              <EmptyState icon={IconLock} title="L’accès exceptionnel ne vous est pas ouvert">
                {verdict.reason}
              </EmptyState>
            )}
            {asked === null ? null : (
              <QueryState
                query={found}
                isEmpty={(data) => data.rows.length === 0}
                empty={
                  <EmptyState icon={IconUserSearch} title="Personne à ce nom, né ce jour-là, à qui un accès puisse être ouvert">
                    Vérifiez l’orthographe sur un document d’identité. Sinon, appelez le DAC de sa commune.
                  </EmptyState>
                }
              >
                {(data) => (
                  <ul className="lines" aria-label="Personnes retrouvées">
                    {data.rows.map(({ person, inScope }) => (
                      <li key={person.personId} className="row sp wrap">
                        <span>
                          <b>{formatPersonName(person)}</b> <span className="mut">{formatBirthName(person)}</span>
                          <span className="small mut" style={{ display: 'block' }}>
                            {[person.birthDay ? formatDay(person.birthDay) : null, person.commune].filter(Boolean).join(' · ')}
                          </span>
                        </span>
                        {inScope ? (
                          <Link to="/personnes/$personId" params={{ personId: person.personId } as never}>
                            Son dossier vous est ouvert
                          </Link>
                        ) : (
                          <Button
                            small
                            icon={IconKey}
                            label={`Accès exceptionnel au dossier de ${formatPersonName(person)}`}
                            onClick={() => setOpening(person)}
                          >
                            Accès exceptionnel…
                          </Button>
                        )}
                      </li>
                    ))}
                  </ul>
                )}
              </QueryState>
            )}
          </div>
        </CenterColumn>
        <SideColumn side="right" label="Mes accès exceptionnels">
          {verdict.allowed ? <Mine /> : null}
        </SideColumn>
      </Columns>
      {opening ? (
        <OpenExceptional
          personId={opening.personId as PersonId}
          who={[formatPersonName(opening), formatBirthName(opening), opening.birthDay ? formatDay(opening.birthDay) : null].filter(Boolean).join(', ')}
          onClose={() => setOpening(null)}
        />
      ) : null}
    </Page>
  )
}

/** What I opened in the last ninety days, and what was said of it. */
function Mine(): ReactNode {
  const mine = useJalonQuery(myExceptionalAccesses, {})
  return (
    <Section title="Mes accès exceptionnels" count="90 derniers jours">
      <QueryState query={mine} isEmpty={(data) => data.rows.length === 0} empty={<p className="small mut">Aucun.</p>}>
        {(data) => (
          <ul className="lines">
            {data.rows.map((row) => (
              <li key={row.id}>
                <div className="row sp">
                  {row.live ? (
                    <Link to="/personnes/$personId" params={{ personId: row.personId } as never}>
                      {row.person ? formatPersonName(row.person) : `Dossier ${row.reference}`}
                    </Link>
                  ) : (
                    <b>{row.person ? formatPersonName(row.person) : `Dossier ${row.reference}`}</b>
                  )}
                  {row.live ? (
                    <StatusPill tone="warning">jusqu’à {formatHour(row.endsAt)}</StatusPill>
                  ) : row.review ? (
                    <StatusPill tone={row.review.outcome === 'justified' ? 'success' : 'alert'}>
                      {row.review.outcome === 'justified' ? 'Justifié' : 'Non justifié'}
                    </StatusPill>
                  ) : (
                    <span className="small mut">à relire</span>
                  )}
                </div>
                <p className="small mut">
                  {formatWhen(row.openedAt)} · {row.reasonLabel.toLocaleLowerCase('fr-FR')} · {plural(row.reads, 'lecture')}
                </p>
              </li>
            ))}
          </ul>
        )}
      </QueryState>
    </Section>
  )
}
