import '@mantine/spotlight/styles.layer.css'
import './palette.css'
import { Input } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { createSpotlight, Spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useQueries } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from 'react'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { Keys } from '../../../platform/web/display/Keys.tsx'
import { type PaletteHit, type PaletteSearch, type PaletteTarget, wordsMatch } from '../../../platform/web/palette/registry.ts'
import { paletteFor } from '../palette.ts'

const [store, spotlight] = createSpotlight()

/** A line of the palette: somebody or something found, or an action with its key. */
interface Line extends PaletteHit {
  readonly keys?: string | undefined
}

interface Group {
  readonly title: string
  readonly lines: readonly Line[]
}

/** Ctrl K: persons, professionals, structures and actions, from anywhere. What is typed goes by POST and stays nowhere. */
export function Palette(props: { readonly query: string; readonly onQuery: (query: string) => void; readonly onClose: () => void }): ReactNode {
  const { query } = props
  const actor = useActor()
  const navigate = useNavigate()
  const [asked] = useDebouncedValue(query.trim(), 160)
  const { actions, searches } = paletteFor(actor)
  const go = (target: PaletteTarget): void => {
    props.onClose()
    void navigate(target as never)
  }
  useEffect(() => spotlight.open(), [])

  const enough = (source: PaletteSearch): boolean => asked.length >= (source.minLength ?? 2)
  const answers = useQueries({
    queries: searches.map((source) => ({
      queryKey: ['palette', source.key, asked],
      queryFn: ({ signal }: { signal: AbortSignal }) => source.search(asked, signal),
      enabled: enough(source),
      staleTime: 20_000,
      gcTime: 20_000,
    })),
  })
  const groups: readonly Group[] = [
    ...searches.map((source, index) => ({ title: source.title, lines: enough(source) ? (answers[index]?.data ?? []) : [] })),
    { title: 'Actions et pages', lines: actions.filter((action) => query.trim() === '' || wordsMatch(query, `${action.title} ${action.words ?? ''}`)) },
  ].filter(({ lines }) => lines.length > 0)
  const lines = groups.flatMap((group) => group.lines)
  const waiting = answers.some((answer) => answer.isFetching) || asked !== query.trim()
  // The first line is chosen while one types; the arrows choose another, that later answers do not take away.
  const [moved, setMoved] = useState<string | null>(null)
  const movedTo = lines.findIndex((line) => line.key === moved)
  const chosen = movedTo >= 0 || query.trim() === '' ? movedTo : 0
  const picked = lines[chosen]
  // Enter never opens what answers half a name: it waits for what answers the whole of it.
  const [entered, setEntered] = useState(false)
  useEffect(() => {
    if (!entered || waiting) return
    setEntered(false)
    if (picked !== undefined) go(picked.target)
  })
  const list = useId()
  const lineId = (index: number): string => `${list}-${index}`
  const step = (by: number): void => {
    const next = chosen < 0 && by < 0 ? lines.length - 1 : (chosen + by + lines.length) % lines.length
    setMoved(lines[next]?.key ?? null)
    document.getElementById(lineId(next))?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || !['ArrowDown', 'ArrowUp', 'Enter'].includes(event.key)) return
    event.preventDefault()
    if (event.key !== 'Enter') step(event.key === 'ArrowDown' ? 1 : -1)
    else if (movedTo < 0 && waiting) setEntered(true)
    else if (picked !== undefined) go(picked.target)
  }
  const ask = (text: string): void => {
    setMoved(null)
    setEntered(false)
    props.onQuery(text)
  }
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={ask}
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
      <Input
        classNames={{ input: 'palette__search' }}
        size="lg"
        value={query}
        onChange={(event) => ask(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        placeholder="Une personne, un professionnel, une structure, une action…"
        leftSection={<Ic of={IconSearch} />}
        role="combobox"
        aria-label="Chercher"
        aria-autocomplete="list"
        aria-expanded={lines.length > 0}
        aria-controls={lines.length > 0 ? list : undefined}
        aria-activedescendant={chosen >= 0 && lines.length > 0 ? lineId(chosen) : undefined}
        data-autofocus
        autoComplete="off"
      />
      <Spotlight.ActionsList>
        {lines.length > 0 ? (
          <div role="listbox" id={list} aria-label="Ce qui répond">
            {groups.map((group) => (
              <Spotlight.ActionsGroup key={group.title} label={group.title} role="group" aria-label={group.title}>
                {group.lines.map((line) => {
                  const index = lines.indexOf(line)
                  return (
                    <Spotlight.Action
                      key={line.key}
                      ref={(node) => {
                        // The library keeps an id for itself.
                        if (node !== null) node.id = lineId(index)
                      }}
                      role="option"
                      aria-selected={index === chosen}
                      data-selected={index === chosen || undefined}
                      label={line.title}
                      description={line.detail ?? ''}
                      leftSection={<Ic of={line.icon} />}
                      rightSection={line.keys ? <Keys k={line.keys} /> : undefined}
                      onClick={() => go(line.target)}
                    />
                  )
                })}
              </Spotlight.ActionsGroup>
            ))}
          </div>
        ) : (
          <Spotlight.Empty>{waiting ? 'Recherche…' : 'Rien ne répond. Essayez une date de naissance, une commune, un autre mot.'}</Spotlight.Empty>
        )}
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
