import { dayOf } from '../../platform/contract/dates.ts'
import { notFound } from '../../platform/contract/errors.ts'
import type { Tx } from '../../platform/server/db.ts'
import { type Context, type Implementation, implement, noTarget } from '../../platform/server/implement.ts'
import { decodeCursor, encodeCursor } from '../../platform/server/keyset.ts'
import { communeOf, communeOfService, communesWithin } from '../../territory/server/api.ts'
import type { DirectoryHit } from '../contract/hit.ts'
import { mapPointCap, mapPoints } from '../contract/map-points.ts'
import { directoryCard, directorySources, searchCap, searchDirectory } from '../contract/queries.ts'
import { readableName } from '../contract/readable-name.ts'
import { isSearchable, readDirectoryQuery } from '../contract/search-text.ts'
import { termsSpeltLike } from '../contract/terms.ts'
import { localCardOf, practicesOf, readSources, skillsOf, structureOf } from './card.sql.ts'
import { readMapPoints } from './map-points.sql.ts'
import { mailboxesOf, offerOf, outsideStructureOf } from './offer-card.sql.ts'
import { correctionsOf } from './own-words.sql.ts'
import { type DirectorySearch, entriesOf, type FoundHit, type SortKey, searchAlike, searchEntries } from './search.sql.ts'
import { type Around, partiesWithNumber, readSearchWords, readSurroundings, type SearchWord, spellingsOf } from './search-terms.sql.ts'

/** Short lists suggest: they look at fewer answers. */
const [suggestions, suggestionCap] = [10, 200]

/** The commune asked for, else that of the service of whoever asks: one looks for what is near. */
async function aroundOf({ tx, actor }: Context, communeCode: string | null): Promise<Around | null> {
  if (communeCode !== null) return communeOf(tx, communeCode)
  return actor.serviceId === null ? null : communeOfService(tx, actor.serviceId)
}

function shown<Hit extends DirectoryHit>(hit: Hit): Hit {
  return { ...hit, label: hit.kind === 'structure' ? readableName(hit.label) : hit.label, place: hit.place === null ? null : readableName(hit.place) }
}

function withoutSort({ sort: _sort, ...hit }: FoundHit): DirectoryHit {
  return shown(hit)
}

function sortKeyOf(cursor: string | null): SortKey | null {
  const values = decodeCursor(cursor, 5)
  return values === null ? null : [Number(values[0]), Number(values[1]), Number(values[2]), String(values[3]), String(values[4])]
}

/** The parties that every number typed names; null when none was typed. */
async function partiesNamed(tx: Tx, numbers: readonly string[]): Promise<readonly string[] | null> {
  let named: readonly string[] | null = null
  for (const number of numbers) {
    const found = await partiesWithNumber(tx, number)
    named = named === null ? found : named.filter((partyId) => found.includes(partyId))
  }
  return named
}

/** What each word may be when it is spelt otherwise: names, trades, communes. What says a trade or a place is spelt well. */
async function likelySpellings(tx: Tx, words: readonly SearchWord[]): Promise<readonly (readonly string[])[]> {
  const doubtful = words.map(({ word, terms }) => (word.length > 3 && /^[a-z]+$/.test(word) && !terms.some(({ exact }) => exact) ? word : ''))
  const found = await spellingsOf(tx, doubtful)
  return found.map((lexemes, index) => [...lexemes, ...termsSpeltLike(doubtful[index] ?? '')])
}

/** The register that a card comes from. */
function sourceOf(kind: DirectoryHit['kind'], offered: 'social' | 'ror' | null): 'rpps' | 'finess' | 'local' | 'social' | 'ror' {
  if (kind === 'service') return offered ?? 'social'
  return kind === 'professional' ? 'rpps' : kind === 'structure' ? (offered ?? 'finess') : 'local'
}

export const directoryReadings: readonly Implementation[] = [
  implement(searchDirectory, {
    load: noTarget,
    run: async (context, { text, near, within, facets, themes, publics, withFacets, limit, cursor }) => {
      const query = readDirectoryQuery(text)
      const { tx } = context
      const around = await aroundOf(context, near)
      const place = around === null ? null : { code: around.code, name: around.name, latitude: around.latitude, longitude: around.longitude }
      const bounded = (within !== null && around !== null) || facets.length > 0 || themes.length > 0 || publics.length > 0
      if (!isSearchable(query) && !bounded)
        return { rows: [], next: null, total: 0, facets: withFacets ? [] : null, themes: [], publics: [], around: place, approximate: false }
      const search: DirectorySearch = {
        words: await readSearchWords(tx, query.words, around?.departmentCode ?? null),
        named: await partiesNamed(tx, query.numbers),
        around,
        surroundings: await readSurroundings(tx, around, within),
        within,
        nearby: around !== null && (within === 'km10' || within === 'km20') ? await communesWithin(tx, around, within === 'km10' ? 10 : 20) : null,
        facets,
        themes,
        publics,
        limit,
        after: sortKeyOf(cursor),
        cap: withFacets || limit > suggestions ? searchCap : suggestionCap,
      }
      const found = await searchEntries(tx, search, withFacets && cursor === null)
      const rows = found.rows.slice(0, limit)
      const last = rows[rows.length - 1]
      const { counts } = found
      const told = {
        facets: counts?.facets?.map((row) => ({ ...row })) ?? null,
        themes: [...(counts?.themes ?? [])],
        publics: [...(counts?.publics ?? [])],
        around: place,
      }
      if (rows.length === 0 && cursor === null) {
        const alike = await searchAlike(tx, search, await likelySpellings(tx, search.words))
        return { rows: alike.map(withoutSort), next: null, total: alike.length, ...told, approximate: alike.length > 0 }
      }
      const next = found.rows.length > limit && last !== undefined ? encodeCursor(last.sort) : null
      return { rows: rows.map(withoutSort), next, total: found.total, ...told, approximate: false }
    },
  }),
  implement(directoryCard, {
    load: noTarget,
    run: async (context, { partyId, near }) => {
      const { tx } = context
      const [entry] = await entriesOf(tx, [partyId], await aroundOf(context, near))
      if (entry === undefined) throw notFound('directory party')
      const { rpps, finess, ...hit } = entry
      const { sources } = await readSources(tx)
      const structure = hit.kind === 'structure' ? await structureOf(tx, partyId) : null
      const outside = hit.kind === 'structure' && structure === null ? await outsideStructureOf(tx, partyId) : null
      const offered = hit.kind === 'service' ? await offerOf(tx, partyId) : outside
      const code = sourceOf(hit.kind, offered?.offer.source ?? null)
      const edition = code === 'social' ? (outside === null ? 'social_services' : 'social_structures') : code
      const practices =
        hit.kind === 'professional' ? await practicesOf(tx, partyId) : structure !== null ? [structure.practice] : offered !== null ? [offered.practice] : []
      return {
        hit: shown(hit),
        rpps,
        finess,
        siret: structure?.siret ?? outside?.siret ?? null,
        skills: hit.kind === 'professional' ? [...(await skillsOf(tx, partyId))] : [],
        practices: practices.map((practice) => ({
          ...practice,
          place: practice.place === null ? null : readableName(practice.place),
          address: practice.address === null ? null : readableName(practice.address),
        })),
        structure:
          structure === null
            ? null
            : {
                legalName: structure.legalName === null ? null : readableName(structure.legalName),
                openedOn: structure.openedOn,
                professionals: structure.professionals,
              },
        offer: offered?.offer ?? null,
        mailboxes: hit.kind === 'local' || hit.kind === 'service' ? [] : [...(await mailboxesOf(tx, partyId))],
        corrections: [...(await correctionsOf(tx, partyId))],
        local: hit.kind === 'local' ? await localCardOf(tx, partyId) : null,
        source: { code, edition: sources.find((source) => source.code === edition)?.edition ?? null },
      }
    },
  }),
  implement(mapPoints, {
    load: noTarget,
    run: async ({ tx, now, timeZone }, { facets }) => {
      const found = await readMapPoints(tx, facets, dayOf(now, timeZone))
      return { rows: found.slice(0, mapPointCap).map((row) => ({ ...row, label: readableName(row.label) })), cut: found.length > mapPointCap }
    },
  }),
  implement(directorySources, { load: noTarget, run: ({ tx }) => readSources(tx) }),
]
