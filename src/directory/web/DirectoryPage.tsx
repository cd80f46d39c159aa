import './directory.css'
import { IconMap2, IconMapPin, IconPlus, IconPrinter, IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useDeferredValue, useState } from 'react'
import { useInfiniteJalonQuery, useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button, ButtonLink } from '../../platform/web/display/Button.tsx'
import { Ic } from '../../platform/web/display/Ic.tsx'
import { Keys } from '../../platform/web/display/Keys.tsx'
import { EmptyState, Notice } from '../../platform/web/display/Notice.tsx'
import { ErrorState, Waiting } from '../../platform/web/display/QueryState.tsx'
import { Bar, CenterColumn, Columns, SideColumn } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { ExportButton } from '../../platform/web/table/ExportButton.tsx'
import { useUrlFilters } from '../../platform/web/table/use-url-filters.ts'
import { plural } from '../../platform/web/text/typography.ts'
import type { DirectoryFacet } from '../contract/facets.ts'
import type { DirectoryHit } from '../contract/hit.ts'
import { type SearchZone, searchCap, searchDirectory } from '../contract/queries.ts'
import { isSearchable, readDirectoryQuery } from '../contract/search-text.ts'
import type { Public, ThemeFamily } from '../contract/social-themes.ts'
import { CardPanel } from './card/CardPanel.tsx'
import { DirectoryFilters } from './DirectoryFilters.tsx'
import { HitRows } from './HitRows.tsx'
import { LocalCardForm } from './local/LocalCardForm.tsx'
import { HitsMap } from './map/HitsMap.tsx'
import { PrintedList } from './PrintedList.tsx'

/** Annuaire: one box for professionals, structures and local cards, the nearest first; beside them the same on the map, and the card of the chosen one. */
export function DirectoryPage(): ReactNode {
  return <DirectoryBrowser title="Annuaire" near={null} />
}

/** The directory as a page shows it: for itself, or around a person, with what one does there with whoever is found. */
export function DirectoryBrowser(props: {
  readonly title: string
  /** Told on the page only: the title goes into the history of the browser, where no name of a person does. */
  readonly heading?: string | undefined
  /** Where one looks from, unless the user says otherwise. */
  readonly near: string | null
  /** The way back, in the bar above. */
  readonly where?: ReactNode
  readonly gesture?: ((hit: DirectoryHit) => ReactNode) | undefined
  /** Above the results, and under each of them. */
  readonly above?: ReactNode
  readonly under?: ((hit: DirectoryHit) => ReactNode) | undefined
}): ReactNode {
  const { filters, setFilter, clear } = useUrlFilters({
    autour: 'code',
    zone: 'code',
    metier: 'codes',
    theme: 'codes',
    public: 'codes',
    fiche: 'id',
    ajout: 'code',
  })
  const navigate = useNavigate()
  const [typed, setTyped] = useState('')
  const [printing, setPrinting] = useState(false)
  const text = useDeferredValue(typed.trim())
  const facets = (filters.metier ?? []) as readonly DirectoryFacet[]
  const themes = (filters.theme ?? []) as readonly ThemeFamily[]
  const publics = (filters.public ?? []) as readonly Public[]
  const searching = isSearchable(readDirectoryQuery(text))
  // Without a word, the page shows what there is around: an empty page would teach nothing.
  const within = (filters.zone as SearchZone | undefined) ?? (searching ? null : 'department')
  const input = {
    text,
    near: filters.autour ?? props.near,
    within,
    facets: [...facets],
    themes: [...themes],
    publics: [...publics],
    withFacets: true,
    limit: 40,
  }
  const list = useInfiniteJalonQuery(searchDirectory, input)
  const head = useJalonQuery(searchDirectory, { ...input, limit: 1 }, { keepPrevious: true }).data
  const around = head?.around ?? null

  if (printing) return <PrintedList rows={list.rows} around={around?.name ?? null} onClose={() => setPrinting(false)} />
  const chosen = filters.fiche ?? list.rows[0]?.partyId ?? null
  return (
    <Page title={props.title} where={props.where}>
      <Bar
        title={props.heading ?? props.title}
        end={
          <>
            {list.rows.length > 0 ? (
              <ExportButton label="Enregistrer la liste" contract={searchDirectory} input={{ ...input, withFacets: false, limit: 100 }} />
            ) : null}
            <Button small icon={IconPrinter} blocked={list.rows.length === 0} onClick={() => setPrinting(true)}>
              Liste à remettre
            </Button>
            <Button small icon={IconPlus} pressed={filters.ajout !== undefined} onClick={() => setFilter('ajout', filters.ajout ? null : '1')}>
              Fiche locale
            </Button>
          </>
        }
      >
        <label className="in dirsearch">
          <Ic of={IconSearch} size="s" />
          <input
            className="bare grow"
            value={typed}
            placeholder="Nom, métier, commune, téléphone, RPPS, FINESS…"
            aria-label="Rechercher dans l’annuaire"
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </label>
        <span className="small mut" role="status">
          {list.loading ? '' : counted(list.total, list.rows.length, around?.name ?? null)}
        </span>
      </Bar>
      <Columns kind="dir" drawerLabel={filters.ajout ? 'Fiche locale' : 'Fiche'}>
        <SideColumn side="left" label="Filtres">
          <DirectoryFilters
            around={around}
            facets={head?.facets}
            chosenFacets={facets}
            within={(filters.zone as SearchZone | undefined) ?? null}
            onAround={(code) => setFilter('autour', code)}
            onWithin={(zone) => setFilter('zone', zone)}
            onFacets={(codes) => setFilter('metier', codes)}
            themes={head?.themes ?? []}
            chosenThemes={themes}
            onThemes={(codes) => setFilter('theme', codes)}
            publics={head?.publics ?? []}
            chosenPublics={publics}
            onPublics={(codes) => setFilter('public', codes)}
            onClear={clear}
          />
        </SideColumn>
        <CenterColumn
          label="Résultats"
          flush
          head={
            <div className="dirhead small mut">
              <span className="row" style={{ gap: 5 }}>
                <Ic of={IconMapPin} size="s" />
                {head === undefined ? '' : around ? `Les plus proches de ${around.name} d’abord` : 'Par ordre alphabétique'}
              </span>
              <span className="end row dirhead__keys" style={{ gap: 4 }}>
                <Keys k="ArrowUp" /> <Keys k="ArrowDown" /> parcourir · <Keys k="Enter" /> ouvrir
              </span>
            </div>
          }
        >
          {props.above}
          {list.error && list.rows.length === 0 ? (
            <ErrorState error={list.error} onRetry={list.retry} />
          ) : list.loading ? (
            <Waiting />
          ) : list.rows.length === 0 ? (
            <div style={{ padding: 16 }}>
              <EmptyState
                icon={IconSearch}
                title={searching ? 'Personne ne répond à cette recherche' : 'L’annuaire est vide ici'}
                action={
                  <Button small icon={IconPlus} onClick={() => setFilter('ajout', '1')}>
                    Ajouter une fiche locale
                  </Button>
                }
              >
                {searching
                  ? 'Essayez un mot de moins, ou seulement le début du nom. Un service social, un bailleur ou une aide à domicile absent des répertoires nationaux se note en une ligne.'
                  : 'Les répertoires nationaux n’ont pas encore été importés, ou rien n’est connu dans ce département.'}
              </EmptyState>
            </div>
          ) : (
            <>
              {head?.approximate ? (
                <div style={{ padding: '10px 16px 0' }}>
                  <Notice tone="info" live>
                    Rien ne commence comme cela. Voici des noms qui y ressemblent.
                  </Notice>
                </div>
              ) : null}
              <HitRows rows={list.rows} chosen={chosen} under={props.under} />
              {list.hasMore ? (
                <div style={{ padding: 12, textAlign: 'center' }}>
                  <Button small blocked={list.loadingMore} onClick={list.more}>
                    {list.loadingMore ? 'Chargement…' : 'Suite'}
                  </Button>
                </div>
              ) : null}
            </>
          )}
        </CenterColumn>
        <SideColumn side="right" label={filters.ajout ? 'Nouvelle fiche locale' : 'Carte et fiche'} flush>
          {filters.ajout ? null : (
            <div className="dirmap">
              <span className="dirmap__whole no-print">
                <ButtonLink small icon={IconMap2} to="/annuaire/carte">
                  Carte du territoire
                </ButtonLink>
              </span>
              <HitsMap rows={list.rows} around={around} chosen={filters.fiche ?? null} onChoose={(partyId) => setFilter('fiche', partyId)} />
            </div>
          )}
          <div className="dircard stack stack--4">
            {filters.ajout ? (
              <LocalCardForm
                onClose={() => setFilter('ajout', null)}
                onSaved={(partyId) =>
                  void navigate({ to: '.', search: ((old: Record<string, unknown>) => ({ ...old, ajout: undefined, fiche: partyId })) as never, replace: true })
                }
              />
            ) : chosen ? (
              <CardPanel partyId={chosen} near={filters.autour ?? props.near} onRemoved={() => setFilter('fiche', null)} gesture={props.gesture} />
            ) : null}
          </div>
        </SideColumn>
      </Columns>
    </Page>
  )
}

function counted(total: number | null, shown: number, around: string | null): string {
  const where = around ? ` autour de ${around}` : ''
  return total === null ? `Plus de ${searchCap.toLocaleString('fr-FR')} réponses${where}\u00a0: précisez` : `${plural(total || shown, 'résultat')}${where}`
}
