import { defineErrorTexts, type ErrorTexts } from '../../platform/contract/errors.ts'
import { french } from '../../platform/contract/typography.ts'

export const agendaErrors: ErrorTexts = defineErrorTexts({
  'agenda.no_service': () => french('Sans service, un rendez-vous se prend dans l’agenda d’une personne.'),
  'agenda.kind_of_person': () => french('Ce rendez-vous concerne une personne : prenez-le depuis son agenda.'),
  'agenda.kind_of_team': () => french('Une réunion ou une permanence se prend dans l’agenda de l’équipe.'),
  'agenda.rule_unreadable': () => french('Cette répétition n’est pas comprise. Votre saisie est gardée.'),
  'agenda.rule_empty': () => french('Cette répétition ne donne aucune date. Vérifiez les jours et la fin.'),
  'agenda.rule_too_long': ({ most, days }) => french(`Une répétition donne au plus ${most} dates, sur ${days} jours. Prévoyez-en moins, puis renouvelez.`),
  'agenda.year_unlikely': () => french('Cette date est trop éloignée : vérifiez l’année. Votre saisie est gardée.'),
  'agenda.too_long': () => french('Un rendez-vous dure 31 jours au plus.'),
  'agenda.not_a_colleague': () => french('Cette personne ne travaille pas dans votre service aujourd’hui.'),
  'agenda.not_in_circle': () => french('Cet intervenant n’est pas du cercle de la personne. Ajoutez-le d’abord au cercle.'),
  'agenda.not_open_to_her': ({ count }) =>
    french(
      Number(count) > 1
        ? 'Plusieurs participants ne verraient pas ce rendez-vous : le volet ne leur est pas ouvert. Changez le volet, ou ouvrez-leur le dossier depuis le cercle.'
        : 'Un participant ne verrait pas ce rendez-vous : le volet ne lui est pas ouvert. Changez le volet, ou ouvrez-lui le dossier depuis le cercle.',
    ),
  'agenda.already_invited': () => french('Cette personne participe déjà à ce rendez-vous.'),
  'agenda.cancelled': () => french('Ce rendez-vous est annulé.'),
  'agenda.fulfilled': () => french('Ce rendez-vous a eu lieu : il ne se déplace plus.'),
  'agenda.not_yet': () => french('Ce rendez-vous n’a pas encore commencé.'),
  'agenda.no_activity': () => french('Ce genre de rendez-vous ne fait pas d’activité du DAC.'),
  'agenda.note_exists': () => french('Un collègue vient d’écrire ces consignes. Relisez-les, puis complétez-les. Votre saisie est gardée.'),
  'agenda.calendar_too_large': ({ most }) =>
    french(
      `Cet agenda a trop de rendez-vous pour être repris en une fois (${String(most)} à venir, ou vingt mille dates). Exportez une période plus courte. Rien n’a été changé.`,
    ),
  'agenda.calendar_unreadable': () => french('Ce fichier n’est pas un agenda que Jalon sache lire (.ics). Rien n’a été changé.'),
  'agenda.nothing_differs': () => french('Cette différence est déjà réglée.'),
  'agenda.decided_in_future': () => french('Cette date n’est pas encore venue.'),
  'agenda.decided_already': () => french('C’est déjà ce que le dossier dit de son accord.'),
  'agenda.absence_backwards': () => french('La fin de l’absence vient avant son début.'),
  'agenda.absence_too_long': () => french('Une absence dure un an au plus ; prolongez-la ensuite.'),
  'agenda.hospital_is_a_stay': () => french('Une hospitalisation se note par « Hospitalisation », avec son établissement et ses dates.'),
  'agenda.stay_there_already': () =>
    french('Un séjour est déjà noté à ces dates dans cet établissement : ouvrez-le dans l’agenda pour le compléter. Votre saisie est gardée.'),
  'agenda.stay_cancelled': () => french('Cette hospitalisation est annulée.'),
  'agenda.stay_backwards': () => french('La sortie vient avant l’entrée.'),
  'agenda.exit_told': () => french('L’établissement a annoncé la sortie : sa date fait foi.'),
  'agenda.exit_to_come': () => french('Cette date n’est pas encore venue : la sortie se note le jour venu.'),
  'agenda.stay_not_over': () => french('Cette date n’est pas encore venue : notez-la comme sortie prévue.'),
  'agenda.substitute_absent': () => french('La personne qui remplacerait est absente aussi. Nommez quelqu’un d’autre.'),
})
