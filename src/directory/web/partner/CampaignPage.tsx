import { IconCalendar, IconMailOff, IconSpeakerphone } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import { useInfiniteJalonQuery, useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { ButtonLink } from '../../../platform/web/display/Button.tsx'
import { EmptyState } from '../../../platform/web/display/Notice.tsx'
import { Token } from '../../../platform/web/display/StatusPill.tsx'
import { Facets } from '../../../platform/web/form/ChoiceCards.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { Bar, CenterColumn, Columns, Section, SideColumn } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { DataTable } from '../../../platform/web/table/DataTable.tsx'
import { useUrlFilters } from '../../../platform/web/table/use-url-filters.ts'
import { formatPhone } from '../../../platform/web/text/phones.ts'
import { plural, typo } from '../../../platform/web/text/typography.ts'
import { type DirectoryFacet, facetLabel } from '../../contract/facets.ts'
import { campaign, contactPreferences } from '../../contract/own-words.ts'

const offered: readonly DirectoryFacet[] = [
  'gp',
  'nurse',
  'pharmacist',
  'specialist',
  'physiotherapist',
  'social_worker',
  'msp',
  'cds',
  'ssiad',
  'sad',
  'ehpad',
  'hospital',
  'ccas',
  'clic',
]
const askedLabels = { never: 'Jamais demandeurs', notSince: 'Pas de demande depuis le…', since: 'Ont demandé depuis le…', any: 'Tous' } as const
type Asked = keyof typeof askedLabels

/** Liste de diffusion: partners of the perimeter by what they asked, to write to them or call them; the file for the mail merge is one click away. */
export function CampaignPage(): ReactNode {
  const { filters, setFilter } = useUrlFilters({ metier: 'codes', demande: 'code', depuis: 'day', departement: 'code' })
  // Labels are free words: they stay out of the address, which lands in histories.
  const [tag, setTag] = useState<string | null>(null)
  const facets = (filters.metier ?? ['gp']) as readonly DirectoryFacet[]
  const asked = (filters.demande as Asked | undefined) ?? 'never'
  const dated = asked === 'since' || asked === 'notSince'
  const undated = dated && !filters.depuis
  const departmentCode = filters.departement ?? null
  const input = { facets: [...facets], asked, since: dated ? (filters.depuis ?? null) : null, tag, departmentCode }
  const list = useInfiniteJalonQuery(campaign, input, { enabled: !undated && facets.length > 0 })
  const choices = useJalonQuery(campaign, { ...input, limit: 1 }, { enabled: !undated && facets.length > 0, keepPrevious: true }).data
  return (
    <Page title="Liste de diffusion">
      <Bar
        title="Liste de diffusion"
        end={
          <ButtonLink small to="/annuaire">
            Annuaire
          </ButtonLink>
        }
      ></Bar>
      <Columns kind="circle">
        <SideColumn side="left" label="Critères">
          <Section title="Métier">
            <Facets
              label="Métier"
              options={offered.map((facet) => ({ value: facet, label: facetLabel(facet) }))}
              value={facets}
              onChange={(codes) => setFilter('metier', codes)}
            />
          </Section>
          <Section title="Demandes à votre service">
            <Facets
              label="Demandes à votre service"
              options={Object.entries(askedLabels).map(([value, label]) => ({ value, label }))}
              value={[asked]}
              onChange={(codes) => setFilter('demande', codes.find((code) => code !== asked) ?? asked)}
            />
            {dated ? <DayField label="Depuis le" span={12} value={filters.depuis ?? ''} onChange={(day) => setFilter('depuis', day || null)} /> : null}
          </Section>
          {choices && choices.departments.length > 1 ? (
            <Section title="Département">
              <Facets
                label="Département"
                options={choices.departments.map(({ code, name }) => ({ value: code, label: name }))}
                value={departmentCode === null ? [] : [departmentCode]}
                onChange={(codes) => setFilter('departement', codes.find((code) => code !== departmentCode) ?? null)}
              />
            </Section>
          ) : null}
          {choices && (choices.tags.length > 0 || tag !== null) ? (
            <Section title="Étiquette">
              <Facets
                label="Étiquette"
                options={choices.tags.map((one) => ({ value: one.tag, label: one.tag, count: one.count }))}
                value={tag === null ? [] : [tag]}
                onChange={(tags) => setTag(tags.find((one) => one !== tag) ?? null)}
              />
            </Section>
          ) : null}
          {choices && choices.optedOut > 0 ? (
            <p className="small mut" role="status">
              {typo(
                `${plural(choices.optedOut, 'partenaire')} de ces critères ${choices.optedOut > 1 ? 'ne veulent' : 'ne veut'} pas d’information : hors de la liste.`,
              )}
            </p>
          ) : null}
          <p className="small dim">
            Ceux dont le lieu principal est dans le périmètre de votre service. Qui ne veut pas de courrier d’information n’y est pas.
          </p>
        </SideColumn>
        <CenterColumn label="Liste de diffusion" flush>
          {undated ? (
            <EmptyState icon={IconCalendar} title="Choisissez la date">
              La liste compte les demandes à partir de ce jour.
            </EmptyState>
          ) : (
            <DataTable
              list={list}
              caption="Partenaires"
              unit={['partenaire', 'partenaires']}
              rowKey={(row) => row.partyId}
              rowLink={(row) => ({ to: '/annuaire', search: { fiche: row.partyId } })}
              csv
              columns={[
                { key: 'label', head: 'Nom', cell: (row) => row.label },
                { key: 'detail', head: 'Métier', cell: (row) => row.detail },
                { key: 'city', head: 'Commune', cell: (row) => row.city ?? '' },
                { key: 'phone', head: 'Téléphone', cell: (row) => <span className="nw">{row.phone ? formatPhone(row.phone) : ''}</span> },
                { key: 'requests', head: 'Demandes', num: true, cell: (row) => (row.requests === 0 ? '0' : `${row.requests}`) },
                { key: 'last', head: 'Dernière', cell: (row) => (row.lastRequestAt ? formatDay(row.lastRequestAt) : <span className="dim">jamais</span>) },
                {
                  key: 'tags',
                  head: 'Étiquettes',
                  cell: (row) => (
                    <span className="row wrap" style={{ gap: 4 }}>
                      {row.tags.map((tag) => (
                        <Token key={tag}>{tag}</Token>
                      ))}
                      {row.prefers ? <span className="small mut">{contactPreferences[row.prefers]}</span> : null}
                    </span>
                  ),
                },
              ]}
              empty={
                <EmptyState
                  icon={facets.length === 0 ? IconSpeakerphone : IconMailOff}
                  title={facets.length === 0 ? 'Choisissez un métier' : 'Personne ne répond à ces critères'}
                >
                  Le périmètre de votre service dit où chercher ; les demandes reçues disent qui vous connaît déjà.
                </EmptyState>
              }
            />
          )}
        </CenterColumn>
      </Columns>
    </Page>
  )
}
