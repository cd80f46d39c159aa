import './persons.css'
import { IconPlus, IconSearch, IconUserSearch } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { accompanies, isDacStaff } from '../../platform/contract/actor.ts'
import { ageOn, formatDay } from '../../platform/contract/dates.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button, ButtonLink } from '../../platform/web/display/Button.tsx'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { StatusPill, Token } from '../../platform/web/display/StatusPill.tsx'
import { toast } from '../../platform/web/display/toast.tsx'
import { TextField } from '../../platform/web/form/TextField.tsx'
import { CenterColumn, Columns, Section, SideColumn } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { formatWhen, today } from '../../platform/web/text/dates.ts'
import { formatBirthName, formatPersonName } from '../../platform/web/text/names.ts'
import { typo } from '../../platform/web/text/typography.ts'
import { opensExceptionally } from '../contract/access.ts'
import { identityStatusLabels } from '../contract/identity-status.ts'
import { readInsDatamatrix } from '../contract/ins-datamatrix.ts'
import type { InsIdentity } from '../contract/insi.ts'
import { noticesToHand } from '../contract/notice-actions.ts'
import type { PersonName } from '../contract/person.ts'
import { personCandidates, recentPersons, searchPersons } from '../contract/queries.ts'
import { canSearch, parsePersonQuery } from '../contract/query.ts'
import { OpenExceptional } from './exceptional/OpenExceptional.tsx'
import { CreatePersonDrawer } from './identity/CreatePersonDrawer.tsx'
import { CandidateCard } from './identity/LookAlikes.tsx'
import { useScanner } from './identity/use-scanner.ts'
import { useSettled } from './use-settled.ts'

/** « Personnes »: one line to find somebody, in any order; before typing, the files opened last. */
export function PersonsPage(): ReactNode {
  const [text, setText] = useState('')
  const [creating, setCreating] = useState(false)
  const [scanned, setScanned] = useState<InsIdentity | null>(null)
  // A DataMatrix scanned here is looked for first; whoever is not found is created from it.
  useScanner((typed) => {
    const read = readInsDatamatrix(typed)
    if (!read.ok) return toast({ text: read.message, tone: 'warning' })
    setScanned(read.identity)
    setText(`${read.identity.birthName} ${read.identity.birthGivenNames[0] ?? ''} ${formatDay(read.identity.birthDate)}`)
  }, !creating)
  const settled = useSettled(text.trim(), 160)
  const actor = useActor()
  const asked = canSearch(parsePersonQuery(settled))
  const found = useJalonQuery(searchPersons, { text: settled }, { enabled: asked, keepPrevious: true })
  const recent = useJalonQuery(recentPersons, { limit: 20 }, { enabled: !asked })
  const list = useRef<HTMLUListElement>(null)
  const navigate = useNavigate()
  const writes = isDacStaff(actor)
  const toHand = useJalonQuery(noticesToHand, {}, { enabled: writes }).data?.total ?? 0
  const rows = asked ? (found.data?.rows ?? []) : []

  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') {
      event.preventDefault()
      list.current?.querySelector('a')?.focus()
    } else if (event.key === 'Enter' && rows[0]) {
      event.preventDefault()
      void navigate({ to: '/personnes/$personId', params: { personId: rows[0].personId } } as never)
    }
  }
  return (
    <Page title="Personnes" hiddenHeading>
      <Columns kind="two" drawerLabel="Ailleurs">
        <CenterColumn
          label="Chercher une personne"
          head={
            // biome-ignore lint/a11y/noStaticElementInteractions: ↓ and ↵ of the field reach the list below it.
            <div className="bar persons-bar" onKeyDown={onKey}>
              <span className="grow">
                <TextField
                  value={text}
                  onChange={(typed) => {
                    setText(typed)
                    setScanned(null)
                  }}
                  label="Chercher une personne"
                  hint="nom, prénom, date de naissance, téléphone ou matricule, dans l’ordre qui vient"
                  icon={IconSearch}
                  placeholder="thiriet gérard 04111938"
                  inputMode="search"
                  maxLength={200}
                  autoFocus
                  inside={asked && found.data ? found.data.understood.map((word) => <Token key={word}>{word}</Token>) : null}
                />
              </span>
              {writes ? (
                <ButtonLink small to="/identites">
                  Identités à vérifier
                </ButtonLink>
              ) : null}
              {toHand > 0 ? (
                <ButtonLink small to="/avis-a-remettre">
                  Avis à remettre · {toHand}
                </ButtonLink>
              ) : null}
              {writes ? (
                <ButtonLink small to="/medecins-disparus">
                  Médecins traitants disparus
                </ButtonLink>
              ) : null}
              {writes ? (
                <ButtonLink small to="/doublons">
                  Doublons
                </ButtonLink>
              ) : null}
              {accompanies(actor) ? (
                <ButtonLink small to="/evenements-hospitaliers">
                  Événements hospitaliers
                </ButtonLink>
              ) : null}
              {accompanies(actor) ? (
                <ButtonLink small to="/mes-situations">
                  Mes situations
                </ButtonLink>
              ) : null}
              {writes ? (
                <Button small icon={IconPlus} onClick={() => setCreating(true)}>
                  Créer une identité
                </Button>
              ) : null}
            </div>
          }
        >
          {found.data?.refused.map((why) => (
            <p key={why} className="small t-warning" role="status">
              {why}
            </p>
          ))}
          {asked ? (
            <QueryState
              query={found}
              isEmpty={(data) => data.rows.length === 0}
              empty={
                <EmptyState
                  icon={IconUserSearch}
                  title="Personne ne répond parmi celles que vous voyez"
                  action={
                    writes ? (
                      <Button icon={IconPlus} onClick={() => setCreating(true)}>
                        Créer une identité provisoire
                      </Button>
                    ) : null
                  }
                >
                  Essayez avec le nom de naissance, ou avec la date de naissance seule. À droite, ceux que d’autres organisations connaissent.
                </EmptyState>
              }
            >
              {(data) => (
                <>
                  <PersonLines
                    listRef={list}
                    rows={data.rows.map((row) => ({ person: row, note: row.inCharge ? null : 'vue par une demande ou un dossier clos' }))}
                    label="Personnes trouvées"
                  />
                  {data.more ? <p className="small mut">Il y en a d’autres : ajoutez le prénom ou la date de naissance.</p> : null}
                </>
              )}
            </QueryState>
          ) : (
            <Section title="Ouvertes récemment">
              <QueryState
                query={recent}
                isEmpty={(data) => data.rows.length === 0}
                empty={
                  <EmptyState icon={IconUserSearch} title="Aucun dossier ouvert récemment">
                    Cherchez une personne ci-dessus. Les dossiers que vous ouvrez reviendront ici.
                  </EmptyState>
                }
              >
                {(data) => (
                  <PersonLines
                    listRef={list}
                    rows={data.rows.map((row) => ({ person: row, note: `ouverte ${formatWhen(row.openedAt)}` }))}
                    label="Dossiers ouverts récemment"
                  />
                )}
              </QueryState>
            </Section>
          )}
        </CenterColumn>
        <SideColumn side="right" label="Connues d’autres organisations">
          {writes ? <Elsewhere text={settled} asked={asked} /> : null}
        </SideColumn>
      </Columns>
      {creating ? <CreatePersonDrawer typed={text} scanned={scanned} onClose={() => setCreating(false)} /> : null}
    </Page>
  )
}

function PersonLines(props: {
  readonly rows: readonly { readonly person: PersonName; readonly note: string | null }[]
  readonly label: string
  readonly listRef: React.Ref<HTMLUListElement>
}): ReactNode {
  const move = (event: KeyboardEvent<HTMLUListElement>): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    const links = [...event.currentTarget.querySelectorAll('a')]
    const next = links[links.indexOf(document.activeElement as HTMLAnchorElement) + (event.key === 'ArrowDown' ? 1 : -1)]
    if (next) {
      event.preventDefault()
      next.focus()
    }
  }
  return (
    <ul className="found" aria-label={props.label} ref={props.listRef} onKeyDown={move}>
      {props.rows.map(({ person, note }) => (
        <li key={person.personId}>
          <Link to="/personnes/$personId" params={{ personId: person.personId } as never}>
            <span>
              <b>{formatPersonName(person)}</b> <span className="mut">{formatBirthName(person)}</span>
            </span>
            <span className="row small mut">
              {person.identityStatus === 'PROV' ? <StatusPill tone="warning">{identityStatusLabels.PROV}</StatusPill> : null}
              {person.deathDay ? <StatusPill>décès le {formatDay(person.deathDay)}</StatusPill> : null}
            </span>
            <span className="small mut">
              {[
                person.birthDay ? `${formatDay(person.birthDay)}, ${ageOn(person.birthDay, person.deathDay ?? today())} ans` : 'date de naissance inconnue',
                person.commune ?? 'commune inconnue',
              ].join(' · ')}
            </span>
            <span className="small mut">{note}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

/** Look-alikes that the actor does not see: names, birth day, commune, who accompanies them. Nothing more, and it is audited. */
function Elsewhere({ text, asked }: { readonly text: string; readonly asked: boolean }): ReactNode {
  const { data } = useJalonQuery(personCandidates, { text }, { enabled: asked, keepPrevious: true })
  const rows = asked ? (data?.rows.filter((row) => !row.inScope) ?? []) : []
  const [opening, setOpening] = useState<PersonName | null>(null)
  const mayOpen = opensExceptionally(useActor(), null, null).allowed
  return (
    <Section title="Connues d’autres organisations" count={rows.length > 0 ? String(rows.length) : undefined}>
      {rows.length > 0 ? (
        <div className="stack">
          {rows.map((row) => (
            <CandidateCard
              key={row.person.personId}
              candidate={row}
              best={false}
              otherwise={
                mayOpen ? (
                  <span className="small">
                    <button type="button" className="linklike" onClick={() => setOpening(row.person)}>
                      Accès exceptionnel…
                    </button>
                  </span>
                ) : null
              }
            />
          ))}
          <p className="small mut">{typo('Une demande à son sujet ouvre son volet administratif à votre DAC ; celui qui l’accompagne le voit.')}</p>
        </div>
      ) : (
        <p className="small mut">
          {asked && data?.everywhere
            ? 'Personne d’approchant ailleurs.'
            : typo(
                'Avec une date de naissance, un téléphone ou un matricule, la recherche s’étend aux autres organisations : seuls les traits d’identification en sortent.',
              )}
        </p>
      )}
      {opening ? (
        <OpenExceptional
          personId={opening.personId}
          who={[formatPersonName(opening), formatBirthName(opening), opening.birthDay ? formatDay(opening.birthDay) : null].filter(Boolean).join(', ')}
          onClose={() => setOpening(null)}
        />
      ) : null}
    </Section>
  )
}
