import '@mantine/spotlight/styles.layer.css'
import './palette.css'
import { useDebouncedValue } from '@mantine/hooks'
import { createSpotlight, Spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useQueries } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { Keys } from '../../../platform/web/display/Keys.tsx'
import { type PaletteHit, type PaletteTarget, wordsMatch } from '../../../platform/web/palette/registry.ts'
import { paletteFor } from '../palette.ts'

const [store, spotlight] = createSpotlight()

/** Ctrl K: persons, professionals, structures and actions, from anywhere. What is typed goes by POST and stays nowhere. */
export function Palette(props: { readonly onClose: () => void }): ReactNode {
  const actor = useActor()
  const navigate = useNavigate()
  const [query, setQuery] = useState('')
  const [asked] = useDebouncedValue(query.trim(), 160)
  const { actions, searches } = paletteFor(actor)
  useEffect(() => spotlight.open(), [])

  const answers = useQueries({
    queries: searches.map((source) => ({
      queryKey: ['palette', source.key, asked],
      queryFn: ({ signal }: { signal: AbortSignal }) => source.search(asked, signal),
      enabled: asked.length >= (source.minLength ?? 2),
      staleTime: 20_000,
      gcTime: 20_000,
    })),
  })
  const found = actions.filter((action) => query.trim() === '' || wordsMatch(query, `${action.title} ${action.words ?? ''}`))
  const groups = searches.map((source, index) => ({
    source,
    answer: answers[index],
    hits: (asked.length >= (source.minLength ?? 2) ? (answers[index]?.data ?? []) : []) as readonly PaletteHit[],
  }))
  const waiting = answers.some((answer) => answer.isFetching) || asked !== query.trim()
  const nothing = found.length === 0 && groups.every((group) => group.hits.length === 0)
  const go = (target: PaletteTarget): void => {
    props.onClose()
    void navigate(target as never)
  }
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      scrollable
      maxHeight={440}
      onSpotlightClose={props.onClose}
      className="palette"
      lockScroll={false}
      overlayProps={{ blur: 0, backgroundOpacity: 0.4 }}
      size={640}
      attributes={{ content: { 'aria-label': 'Chercher' } }}
    >
      <Spotlight.Search placeholder="Une personne, un professionnel, une structure, une action…" leftSection={<Ic of={IconSearch} />} aria-label="Chercher" />
      <Spotlight.ActionsList>
        {groups.map(({ source, hits }) =>
          hits.length > 0 ? (
            <Spotlight.ActionsGroup key={source.key} label={source.title}>
              {hits.map((hit) => (
                <Spotlight.Action
                  key={hit.key}
                  label={hit.title}
                  description={hit.detail ?? ''}
                  leftSection={<Ic of={hit.icon} />}
                  onClick={() => go(hit.target)}
                />
              ))}
            </Spotlight.ActionsGroup>
          ) : null,
        )}
        {found.length > 0 ? (
          <Spotlight.ActionsGroup label="Actions et pages">
            {found.map((action) => (
              <Spotlight.Action
                key={action.key}
                label={action.title}
                leftSection={<Ic of={action.icon} />}
                rightSection={action.keys ? <Keys k={action.keys} /> : undefined}
                onClick={() => go(action.target)}
              />
            ))}
          </Spotlight.ActionsGroup>
        ) : null}
        {nothing ? (
          <Spotlight.Empty>{waiting ? 'Recherche…' : 'Rien ne répond. Essayez une date de naissance, une commune, un autre mot.'}</Spotlight.Empty>
        ) : null}
      </Spotlight.ActionsList>
      <Spotlight.Footer className="no-phone">
        <span>
          <Keys k="ArrowDown" /> <Keys k="ArrowUp" /> parcourir
        </span>
        <span>
          <Keys k="Enter" /> ouvrir
        </span>
        <span>
          <Keys k="Escape" /> fermer
        </span>
      </Spotlight.Footer>
    </Spotlight.Root>
  )
}
