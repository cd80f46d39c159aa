import { french } from '../../platform/contract/typography.ts'

/** How long an alert waits before it goes further: minutes of opening of the DAC. */
export const escalationChoices: readonly { readonly value: string; readonly label: string }[] = [
  { value: '30', label: '30 minutes d’ouverture' },
  { value: '60', label: '1 heure d’ouverture' },
  { value: '120', label: '2 heures d’ouverture' },
  { value: '240', label: '4 heures d’ouverture' },
  { value: '570', label: 'Une journée d’ouverture' },
  { value: '1140', label: 'Deux journées d’ouverture' },
]

/** « Sans réponse en 2 heures d’ouverture : le binôme, puis les responsables d’équipe ; eux d’abord s’il n’y a pas de binôme. » */
export function escalationWords(minutes: number | null): string {
  if (minutes === null) return 'Reste à prendre par le référent et son binôme.'
  const known = escalationChoices.find((choice) => choice.value === String(minutes))?.label.toLowerCase()
  return french(
    `Sans réponse en ${known ?? `${minutes} minutes d’ouverture`} : le binôme, puis les responsables d’équipe ; eux d’abord s’il n’y a pas de binôme.`,
  )
}
