import { french } from '../../platform/contract/typography.ts'

/** Why what somebody sees of a person has just changed; payload of the event persons.sight.changed. */
export const sightChanges = [
  'opposition',
  'opposition_lifted',
  'refusal',
  'refusal_lifted',
  'withheld',
  'entrusted',
  'ended',
  'limitation',
  'limitation_lifted',
  'break_glass',
  'break_glass_over',
] as const
export type SightChange = (typeof sightChanges)[number]

/** What an open page says when it closes, or asks to be read again. */
export const sightChangeTexts: Readonly<Record<SightChange, string>> = {
  opposition: french('La personne s’oppose au partage : son dossier ne vous est plus ouvert.'),
  opposition_lifted: french('La personne ne s’oppose plus au partage : son dossier vous est rouvert.'),
  refusal: french('La personne ne souhaite plus partager avec vous : son dossier ne vous est plus ouvert.'),
  refusal_lifted: french('La personne accepte de nouveau de partager avec vous.'),
  withheld: french('La personne a fermé un volet de son dossier : il ne vous est plus ouvert.'),
  entrusted: french('La personne a rouvert un volet de son dossier.'),
  ended: french('Votre accès à ce dossier a pris fin.'),
  limitation: french('L’usage de ce dossier est limité à la demande de la personne : il ne se lit plus.'),
  limitation_lifted: french('L’usage de ce dossier n’est plus limité.'),
  break_glass: french('Accès exceptionnel ouvert : il est limité dans le temps et sera relu.'),
  break_glass_over: french('Votre accès exceptionnel est terminé.'),
}
