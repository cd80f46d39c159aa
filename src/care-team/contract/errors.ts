import { defineErrorTexts } from '../../platform/contract/errors.ts'
import { french } from '../../platform/contract/typography.ts'

export const careTeamErrors = defineErrorTexts({
  'careTeam.party_unknown': () => french('Cette fiche n’est plus dans l’annuaire. Cherchez-la à nouveau, ou ajoutez la personne à la main.'),
  'careTeam.role_held': () => french('Ce membre a déjà ce rôle.'),
  'careTeam.role_ended': () => french('Ce rôle est déjà terminé.'),
  'careTeam.member_left': () => french('Ce membre a déjà quitté le cercle.'),
  'careTeam.ends_before_start': () => french('La fin précède le début. Votre saisie est gardée.'),
  'careTeam.not_in_future': () => french('Ce jour n’est pas encore venu. Votre saisie est gardée.'),
  'careTeam.category_not_in_team': () =>
    french('Ce rôle ne figure pas à l’article R. 1110-2 : il n’entre pas dans l’équipe de soins. Il faut l’accord de la personne.'),
  'careTeam.named_professional_only': () =>
    french('Le dossier s’ouvre à un professionnel nommé, choisi dans l’annuaire, pas à une structure, un proche ou un contact.'),
  'careTeam.volet_beyond_category': () => french('Ce volet n’est pas ouvert à ce métier (R. 1110-1).'),
  'careTeam.access_already_open': () => french('Le dossier est déjà ouvert à ce membre.'),
  'careTeam.no_access': () => french('Le dossier n’est pas ouvert à ce membre.'),
  'careTeam.silence_forbids': () => french('La personne demande de ne rien lui dire : le dossier ne peut pas lui être ouvert.'),
  'careTeam.consent_over': () => french('Cet accord est déjà terminé : son dernier jour est passé. Votre saisie est gardée.'),
  'careTeam.call_back_day': () => french('Dites quel jour rappeler, à partir d’aujourd’hui. Votre saisie est gardée.'),
  'careTeam.join_answered': () => french('Cette demande a déjà reçu sa réponse.'),
  'careTeam.join_without_access': () => french('Dites quand la personne a été informée : c’est ce qui ouvre le dossier.'),
  'careTeam.doctor_opens_to_team': () =>
    french('Le médecin traitant ouvre le dossier dans l’équipe de soins. Hors de l’équipe, l’accord de la personne est recueilli par le DAC.'),
  'careTeam.dac_role': () => french('Le référent et le binôme se changent dans l’accompagnement.'),
})
