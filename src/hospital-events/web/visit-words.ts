import { formatDay } from '../../platform/contract/dates.ts'
import { formatInstant } from '../../platform/web/text/dates.ts'
import { typo } from '../../platform/web/text/typography.ts'
import type { HospitalCandidate, HospitalVisit } from '../contract/visits.ts'

/** A stay in a title and in one line, as the hospital told it last. */
export function saidOfStay(visit: HospitalVisit): { readonly title: string; readonly when: string } {
  const what =
    visit.state === 'cancelled'
      ? 'Entrée annulée'
      : visit.state === 'discharged'
        ? visit.kind === 'emergency'
          ? 'Sortie des urgences'
          : 'Sortie d’hôpital'
        : visit.kind === 'emergency'
          ? 'Passage aux urgences'
          : 'Hospitalisation'
  const when = [
    visit.admittedAt === null ? null : `entrée le ${formatInstant(visit.admittedAt)}`,
    visit.dischargedAt === null ? null : `sortie le ${formatInstant(visit.dischargedAt)}`,
    `dernière nouvelle le ${formatInstant(visit.lastAt)}`,
  ]
  return { title: `${what}, ${visit.senderName}`, when: typo(when.filter(Boolean).join(' · ')) }
}

export interface TraitRow {
  readonly label: string
  readonly told: string
  /** Candidate by candidate; `agrees` is null where one of the two does not say. */
  readonly known: readonly { readonly text: string; readonly agrees: boolean | null }[]
}

/** Without accents, case nor punctuation: « LEFÈVRE-MÜLLER » and « Lefevre Muller » agree. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/gu, '')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, ' ')
    .trim()

const sexes: Readonly<Record<string, string>> = { F: 'féminin', M: 'masculin', I: 'indéterminé' }

/** The five strict traits and the used name, told and known, line by line. */
export function traitRows({ traits, birthPlaceName, candidates }: HospitalVisit): readonly TraitRow[] {
  const row = (
    label: string,
    told: string | null,
    known: (candidate: HospitalCandidate) => string | null,
    shown: (text: string) => string = (text) => text,
  ): TraitRow => ({
    label,
    told: told ? shown(told) : 'non dit',
    known: candidates.map((candidate) => {
      const its = known(candidate)
      return { text: its ? shown(its) : 'non connu', agrees: told && its ? plain(told) === plain(its) : null }
    }),
  })
  const place = (code: string | null, name: string | null): string | null => (code === null ? name : `${name ?? 'commune'} (${code})`)
  const placeRow = row('Lieu de naissance', place(traits.birthPlaceCode, birthPlaceName), ({ birthPlaceCode, birthPlaceName: name }) =>
    place(birthPlaceCode, name),
  )
  return [
    row('Nom de naissance', traits.birthName, ({ birthName }) => birthName),
    row('Prénoms', traits.givenNames.join(' '), ({ givenNames }) => givenNames.join(' ')),
    row('Date de naissance', traits.birthDate, ({ person }) => person.birthDay, formatDay),
    row(
      'Sexe',
      traits.sex,
      ({ person }) => person.sex,
      (sex) => sexes[sex] ?? sex,
    ),
    {
      ...placeRow,
      // The code decides: a commune has several spellings, and may have been merged.
      known: placeRow.known.map((one, at) => ({
        ...one,
        agrees:
          traits.birthPlaceCode && candidates[at]?.birthPlaceCode ? traits.birthPlaceCode === candidates[at].birthPlaceCode : one.agrees === true ? true : null,
      })),
    },
    row('Nom utilisé', traits.usedName, ({ usedName }) => usedName),
  ]
}
