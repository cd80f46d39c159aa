import { defineErrorTexts } from '../../platform/contract/errors.ts'

export const signInErrorTexts = defineErrorTexts({
  setting_changed: () => 'Ce réglage a changé pendant votre saisie. Rechargez la page, puis recommencez : rien n’a été enregistré.',
  local_sign_in_off: () => 'La connexion sans Pro Santé Connect n’est pas ouverte dans cette région. Ouvrez-la d’abord, avec sa date de fin.',
  local_sign_in_end: () => 'Donnez la date de fin de la période de transition : au plus tard dans un an.',
  email_missing: () => 'Ce compte n’a pas de courriel : ajoutez-le avant d’inviter.',
  invitation_used: () => 'Cette invitation a déjà servi ou n’est plus valable.',
  sign_in_refused: () =>
    'Connexion refusée : vérifiez ce que vous avez saisi et recommencez. Après plusieurs essais, il faut attendre un quart d’heure. Pour retrouver un accès perdu, demandez une nouvelle invitation à l’administration régionale.',
  local_sign_in_closed: () => 'La connexion sans Pro Santé Connect n’est pas ouverte.',
  invitation_invalid: () => 'Ce lien n’est plus valable : il a déjà servi, il a expiré ou une invitation plus récente l’a remplacé. Demandez-en une nouvelle.',
  passkey_refused: () => 'Cette clé n’a pas pu être enregistrée. Recommencez ; le navigateur doit vous demander votre empreinte, votre visage ou votre code.',
  identifier_taken: () => 'Cette adresse sert déjà à un autre compte. Demandez à l’administration régionale de corriger le vôtre.',
  no_membership: () => 'Votre compte n’est rattaché à aucun service aujourd’hui. Adressez-vous à votre responsable.',
  choice_expired: () => 'Le choix de votre service a expiré, ou il a déjà servi. Recommencez la connexion : rien n’est perdu.',
  confirm_by_psc: () => 'Vous vous êtes connecté par Pro Santé Connect : confirmez par Pro Santé Connect.',
  limits_order: () => 'La durée totale doit dépasser la durée sans geste.',
})
