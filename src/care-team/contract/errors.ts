import { defineErrorTexts } from '../../platform/contract/errors.ts'
import { french } from '../../platform/contract/typography.ts'

export const careTeamErrors = defineErrorTexts({
  'careTeam.party_unknown': () => french('Cette fiche n’est plus dans l’annuaire. Cherchez-la à nouveau, ou ajoutez la personne à la main.'),
  'careTeam.replaced_by_herself': () => french('C’est la même fiche. Choisissez qui vient à sa place.'),
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
  'careTeam.invitation_names': () => french('Un nom et un prénom au moins : ils sont comparés à ceux de Pro Santé Connect. Votre saisie est gardée.'),
  'careTeam.invitation_settled': () => french('Cette invitation a déjà reçu sa réponse, ou a été retirée.'),
  'careTeam.invitation_unusable': () =>
    french('Ce lien ne peut plus servir : il est passé, déjà utilisé ou retiré. Demandez-en un autre à qui vous l’a envoyé.'),
  'careTeam.invitation_for_another': () =>
    french('Cette invitation est pour quelqu’un d’autre : elle ne s’ouvre qu’avec la carte ou l’e-CPS de la personne invitée.'),
  'careTeam.invitation_closed': () => french('Ce cercle ne peut plus vous être ouvert. Appelez le service qui vous a invité.'),
  'careTeam.dac_role': () => french('Le référent et le binôme se changent dans l’accompagnement.'),
})
