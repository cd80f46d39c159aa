import { french } from '../../platform/contract/typography.ts'
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
  no_sharing: french('Ce professionnel ne voit plus rien dès son prochain clic. Les autres continuent de voir.'),
  hidden_address: french(
    'L’adresse ne sort sur aucun document, aucune feuille et aucun message qui lui est remis. Hors du DAC, elle n’est montrée à personne.',
  ),
  at_risk: french('Les structures marquées sensibles ne disent leur nom qu’au DAC qui accompagne. Cette mention ne se voit pas ailleurs.'),
}
