import { defineErrorTexts } from '../../platform/contract/errors.ts'
import { french } from '../../platform/contract/typography.ts'

export const privacyErrors = defineErrorTexts({
  request_already_answered: () => french('Cette demande a déjà reçu sa réponse.'),
  right_request_in_future: () => french('Ce jour n’est pas encore venu. Votre saisie est gardée.'),
  request_already_extended: () => french('Le délai a déjà été prolongé : trois mois est le plus long que permet la loi.'),
  extension_too_late: () => french('Le premier mois est passé : la prolongation devait être annoncée avant (RGPD, art. 12.3).'),
  refusal_needs_words: () => french('Dites pourquoi : la personne a droit à la raison d’un refus, même partiel. Votre saisie est gardée.'),
  asker_needs_name: () => french('Notez le nom de qui demande pour la personne. Votre saisie est gardée.'),
  limitation_already_set: () => french('L’usage de ce dossier est déjà limité.'),
  limitation_already_lifted: () => french('Cette limitation est déjà levée.'),
  erasure_not_asked: () => french('Un effacement répond à une demande d’effacement : notez-la d’abord.'),
  erasure_while_live: () =>
    french('L’accompagnement ou une demande est encore en cours : terminez-les d’abord, ou notez l’opposition de la personne, qui les arrête.'),
  erasure_held: () => french('Une procédure ou une limitation impose de garder ces données pour le moment.'),
  erasure_already_proposed: () => french('Un effacement est déjà proposé pour cette personne.'),
  erasure_plan_incomplete: () => french('Dites pourquoi chaque classe gardée l’est. Votre saisie est gardée.'),
  erasure_not_waiting: () => french('Cet effacement n’attend plus de confirmation.'),
  erasure_by_same_hand: () => french('Celui qui propose un effacement ne le confirme pas : demandez à un collègue.'),
  rule_changed_meanwhile: () => french('Quelqu’un a changé cette durée entre-temps. Rechargez, puis recommencez. Votre saisie est gardée.'),
  rule_unknown: () => french('Cette classe de données n’a pas de règle.'),
  hold_already_lifted: () => french('Cette conservation est déjà levée.'),
  archive_reader_known: () => french('Cette personne lit déjà l’archive.'),
  too_many_archive_readers: () => french('Cinq lecteurs de l’archive au plus par service : ôtez-en un d’abord.'),
  processing_changed_meanwhile: () => french('Quelqu’un a modifié cette fiche entre-temps. Rechargez, puis recommencez. Votre saisie est gardée.'),
  extract_year_not_over: () => french('Un extrait porte sur une année terminée.'),
  extract_too_small: () => french('Trop peu de personnes : cet extrait ne peut pas être publié sans risque.'),
})
