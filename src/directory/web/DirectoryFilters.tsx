import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../platform/contract/dates.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Facets } from '../../platform/web/form/ChoiceCards.tsx'
import { CommuneField } from '../../platform/web/form/CommuneField.tsx'
import { Section } from '../../platform/web/layout/Columns.tsx'
import { plural, typo } from '../../platform/web/text/typography.ts'
import { type DirectoryFacet, facetLabel } from '../contract/facets.ts'
import { sourceNames } from '../contract/import-sources.ts'
import { followsPartners } from '../contract/own-words.ts'
import { directorySources, type SearchZone } from '../contract/queries.ts'
import { publicLabel, themeLabel } from '../contract/social-themes.ts'

interface Counted {
  readonly code: string
  readonly count: number
}

const usual: readonly DirectoryFacet[] = [
  'gp',
  'nurse',
  'specialist',
  'physiotherapist',
  'pharmacy',
  'ssiad',
  'sad',
  'ehpad',
  'social_worker',
  'msp',
  'social_service',
]

/** How many trades are listed before one asks for all of them. */
const shortList = 10

export function DirectoryFilters(props: {
  readonly around: { readonly code: string; readonly name: string } | null
  /** Null when there are too many answers to be counted, undefined while they are. */
  readonly facets: readonly { readonly facet: string; readonly count: number }[] | null | undefined
  readonly chosenFacets: readonly DirectoryFacet[]
  readonly within: SearchZone | null
  readonly themes: readonly Counted[]
  readonly chosenThemes: readonly string[]
  readonly onThemes: (codes: string[]) => void
  readonly publics: readonly Counted[]
  readonly chosenPublics: readonly string[]
  readonly onPublics: (codes: string[]) => void
  readonly onAround: (code: string | null) => void
  readonly onWithin: (within: SearchZone | null) => void
  readonly onFacets: (codes: string[]) => void
  readonly onClear: () => void
}): ReactNode {
  const [all, setAll] = useState(false)
  const actor = useActor()
  const counted = props.facets ?? []
  const options = [
    ...counted.map(({ facet, count }) => ({ value: facet, label: facetLabel(facet), count })),
    ...props.chosenFacets
      .filter((facet) => !counted.some((one) => one.facet === facet))
      .map((facet) => ({ value: facet, label: facetLabel(facet), ...(props.facets ? { count: 0 } : {}) })),
    // Too many answers to be counted: what narrows them is offered all the same.
    ...(props.facets === null ? usual.filter((facet) => !props.chosenFacets.includes(facet)).map((facet) => ({ value: facet, label: facetLabel(facet) })) : []),
  ]
  const shown = all ? options : options.filter((option, index) => index < shortList || (props.chosenFacets as readonly string[]).includes(option.value))
  const zones: readonly { readonly value: SearchZone; readonly label: string }[] = [
    { value: 'commune', label: props.around?.name ?? 'La commune' },
    { value: 'km10', label: 'Moins de 10\u00a0km' },
    { value: 'km20', label: 'Moins de 20\u00a0km' },
    { value: 'epci', label: 'Son intercommunalité' },
    { value: 'department', label: 'Son département' },
  ]
  return (
    <>
      <Section
        title="Autour de"
        end={
          props.chosenFacets.length > 0 || props.within ? (
            <button type="button" className="linklike" onClick={props.onClear}>
              Effacer
            </button>
          ) : null
        }
      >
        <CommuneField
          label="Commune"
          bare
          span={12}
          value={props.around?.code ?? ''}
          shown={props.around?.name}
          onChange={(code) => props.onAround(code || null)}
        />
      </Section>
      {props.around ? (
        <Section title="Distance">
          <Facets
            label="Distance"
            options={zones}
            value={props.within ? [props.within] : []}
            onChange={(values) => props.onWithin((values.at(-1) as SearchZone | undefined) ?? null)}
          />
        </Section>
      ) : null}
      <Section title="Métier">
        {options.length === 0 ? (
          <p className="small mut">
            {props.facets === undefined
              ? ''
              : typo(props.facets === null ? 'Trop de réponses pour les compter : précisez la recherche ou la distance.' : 'Aucune réponse.')}
          </p>
        ) : (
          <>
            <Facets label="Métier ou nature de structure" options={shown} value={props.chosenFacets} onChange={props.onFacets} />
            {options.length > shown.length ? (
              <button type="button" className="linklike small" onClick={() => setAll(true)}>
                Les {options.length} métiers
              </button>
            ) : null}
          </>
        )}
      </Section>
      <ServiceFacets title="Thème" label="Thème des services" counted={props.themes} chosen={props.chosenThemes} name={themeLabel} onChange={props.onThemes} />
      <ServiceFacets
        title="Public"
        label="Public des services"
        counted={props.publics}
        chosen={props.chosenPublics}
        name={publicLabel}
        onChange={props.onPublics}
      />
      <Sources />
      <p className="small stack" style={{ gap: 6 }}>
        {followsPartners(actor).allowed ? <Link to="/annuaire/diffusion">Liste de diffusion</Link> : null}
        <Link to="/annuaire/signalements">Erreurs signalées</Link>
      </p>
    </>
  )
}

/** What services are for; absent where no service answers. */
function ServiceFacets(props: {
  readonly title: string
  readonly label: string
  readonly counted: readonly Counted[]
  readonly chosen: readonly string[]
  readonly name: (code: string) => string
  readonly onChange: (codes: string[]) => void
}): ReactNode {
  const missing = props.chosen.filter((code) => !props.counted.some((one) => one.code === code)).map((code) => ({ code, count: 0 }))
  const options = [...props.counted.slice(0, shortList), ...missing].map(({ code, count }) => ({ value: code, label: props.name(code), count }))
  if (options.length === 0) return null
  return (
    <Section title={props.title}>
      <Facets label={props.label} options={options} value={props.chosen} onChange={props.onChange} />
    </Section>
  )
}

/** « RPPS du 01/10/2026, FINESS du 05/09/2026 et 38 fiches locales. » */
function Sources(): ReactNode {
  const { data } = useJalonQuery(directorySources, {})
  if (!data) return null
  const national = data.sources.map(({ code, edition, importedAt }) => `${sourceNames[code]} du ${formatDay(edition ?? importedAt)}`)
  return (
    <p className="small dim">
      {national.length === 0 ? 'Aucun répertoire national importé' : national.join(', ')} et{' '}
      {data.localCards === 0 ? 'aucune fiche locale' : plural(data.localCards, 'fiche locale', 'fiches locales')}.
    </p>
  )
}
