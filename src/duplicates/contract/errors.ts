import { defineErrorTexts, type ErrorTexts } from '../../platform/contract/errors.ts'
import { french } from '../../platform/contract/typography.ts'

/** Why two identities may not be merged, as the comparison says it before anything is asked. */
export const obstacles: Readonly<Record<string, string>> = {
  already_merged: french('L’une de ces identités a été fusionnée entre-temps.'),
  two_matricules: french(
    'Deux INS différentes : ce sont deux personnes, aux yeux de l’INSi. Vérifiez les pièces d’identité, et retirez d’abord l’INS qui n’est pas la sienne.',
  ),
  archived: french('L’un des dossiers est archivé : faites-le sortir de l’archive d’abord.'),
  erasure_open: french('Un effacement est demandé pour l’une des deux : il se décide d’abord.'),
  limited: french('L’usage de l’un des dossiers est limité à la demande de la personne : rien ne s’y écrit.'),
  two_episodes: french('Un même DAC a un accompagnement ouvert dans chacun des deux dossiers : clôturez-en un d’abord (motif : doublon).'),
  two_plans: french('Un même DAC a un PPCS en cours dans chacun des deux dossiers : clôturez-en un d’abord.'),
  identity_changed: french('Une des deux identités a été corrigée depuis la proposition : comparez de nouveau.'),
  kept_by_others: french('Un des deux dossiers est suivi par un autre service : une personne de ce service doit proposer ou valider.'),
  not_to_review: french('Cette paire n’est plus à examiner.'),
  not_proposed: french('Cette fusion n’est plus à valider.'),
  not_done: french('Cette fusion est déjà défaite.'),
  undo_later_first: french('Une fusion plus récente repose sur celle-ci : défaites-la d’abord.'),
  one_file: french('C’est le même dossier : choisissez l’autre.'),
  twice: french('Une même donnée existe dans les deux dossiers et ne peut y être qu’une fois : réglez-la d’abord.'),
}

export const duplicatesErrors: ErrorTexts = defineErrorTexts(
  Object.fromEntries(Object.entries(obstacles).map(([code, text]) => [`duplicates.${code}`, () => text])),
)
