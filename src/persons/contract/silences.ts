import { french } from '../../platform/contract/typography.ts'
import { nameKey, nameWords } from './names.ts'
import type { Silence } from './person.ts'

/** « Ne rien dire à Marc Perrin », as the header, the Fil and every call say it. */
export function silenceTitle({ kind, towards }: Pick<Silence, 'kind' | 'towards'>): string {
  const titles: Readonly<Record<Silence['kind'], string>> = {
    tell_nothing: `Ne rien dire à ${towards}`,
    no_call: `Ne pas appeler ${towards}`,
    no_sharing: `Ne rien partager avec ${towards}`,
    hidden_address: `Adresse cachée à ${towards}`,
    at_risk: 'Personne en danger',
  }
  return titles[kind]
}

/** What each one blocks, as written on the screen. */
export const silenceEffects: Readonly<Record<Silence['kind'], string>> = {
  tell_nothing: french('Affiché avant tout appel, courrier ou invitation. Cette personne n’est pas invitée au cercle.'),
  no_call: french('Affiché avant tout appel. Passer par la personne elle-même ou par quelqu’un d’autre.'),
  no_sharing: french('Ce professionnel ne voit plus rien dès son prochain clic, y compris par son service. Les autres continuent de voir.'),
  hidden_address: french(
    'L’adresse ne sort sur aucun document, aucune feuille et aucun message qui lui est remis. Hors du DAC, elle n’est montrée à personne.',
  ),
  at_risk: french('Les structures marquées sensibles ne disent leur nom qu’au DAC qui accompagne. Cette mention ne se voit pas ailleurs.'),
}

/** Whoever something is about to be said, sent or shown to. */
export interface Recipient {
  /** Her account, her card of the directory, when they are known. */
  readonly partyIds: readonly string[]
  readonly name: string | null
}

/**
 * The wish of the person that forbids telling this recipient anything, or null. Compared by account and card, else by name: every word of the shorter
 * name in the other, two words at least (« M. Marc Perrin » is « Marc Perrin », « Marc » alone is nobody in particular).
 */
export function silenceTowards(
  silences: readonly Pick<Silence, 'kind' | 'towards' | 'partyId'>[],
  { partyIds, name }: Recipient,
): Pick<Silence, 'kind' | 'towards' | 'partyId'> | null {
  return (
    silences.find(
      ({ kind, towards, partyId }) =>
        (kind === 'tell_nothing' || kind === 'no_sharing') && ((partyId !== null && partyIds.includes(partyId)) || (name !== null && sameName(towards, name))),
    ) ?? null
  )
}

const titles = new Set(['M', 'MME', 'MLLE', 'MR', 'DR', 'DOCTEUR', 'MONSIEUR', 'MADAME', 'PR'])

/** Every word of the shorter name in the other, two words at least; titles do not count. */
export function sameName(one: string, other: string): boolean {
  const [shorter, longer] = [one, other].map((name) => nameWords(name).filter((word) => !titles.has(word))).sort((a, b) => a.length - b.length) as [
    string[],
    string[],
  ]
  return shorter.length >= 2 && shorter.every((word) => longer.includes(word))
}

/** True if a text that is about to leave says the address that the person hides. Spelling, case and punctuation do not matter. */
export function saysAddress(text: string, address: string | null): boolean {
  const key = address === null ? '' : nameKey(address)
  return key.length >= 6 && nameKey(text).includes(key)
}
