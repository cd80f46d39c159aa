import { defineErrorTexts } from '../../platform/contract/errors.ts'
import { french } from '../../platform/contract/typography.ts'

export const caseConferencesErrors = defineErrorTexts({
  'caseConferences.signed': () => french('Le compte rendu est signé : il ne change plus. Écrivez une note au carnet pour compléter.'),
  'caseConferences.cancelled': () => french('Cette concertation est annulée.'),
  'caseConferences.not_held': () => french('La concertation n’a pas encore eu lieu : notez d’abord qui était présent.'),
  'caseConferences.already_held': () => french('Cette concertation a déjà eu lieu.'),
  'caseConferences.already_invited': () => french('Cette personne est déjà invitée.'),
  'caseConferences.silence_forbids': () =>
    french('La personne accompagnée demande de ne rien dire à cet invité, ou de ne rien partager avec lui : il ne peut pas être invité.'),
  'caseConferences.not_in_circle': () => french('Seuls les membres du cercle peuvent être invités avec leur fiche. Ajoutez d’abord cette personne au cercle.'),
  'caseConferences.block_taken': () => french('Quelqu’un écrit ce passage en ce moment. Votre texte est gardé.'),
  'caseConferences.block_not_yours': () => french('Reprenez la main sur ce passage avant d’écrire. Votre texte est gardé.'),
  'caseConferences.being_written': () => french('Un passage est encore en cours d’écriture. Attendez qu’il soit rendu avant de signer.'),
  'caseConferences.nobody_present': () => french('Personne n’est noté présent. Dites qui était là avant de signer.'),
  'caseConferences.agreement_missing': () => french('Dites d’abord ce que la personne en pense : d’accord, refus, ou accord de son représentant.'),
  'caseConferences.agreement_refused': () => french('La personne refuse : rien n’est envoyé ni repris dans son PPCS.'),
  'caseConferences.decision_answered': () => french('Cette décision a déjà reçu sa réponse.'),
  'caseConferences.decision_refused': () =>
    french(
      'La personne à qui elle était confiée a refusé : une action ne s’impose pas. Confiez-la à quelqu’un d’autre, ou reprenez-la dans une nouvelle concertation.',
    ),
  'caseConferences.decided_when_signed': () =>
    french('Le compte rendu est signé : ce qui est décidé ne change plus de mains. Réunissez une nouvelle concertation, ou créez une tâche.'),
  'caseConferences.decision_used': () => french('Cette décision est déjà reprise.'),
  'caseConferences.not_signed': () => french('Signez d’abord le compte rendu.'),
  'caseConferences.volet_closed_to_her': () =>
    french('Le volet santé ne lui est pas ouvert : remettez-lui une copie sans ce volet. Sans fiche, seule la personne ou qui la représente le reçoit.'),
  'caseConferences.letter_volet_closed': () =>
    french(
      'Cette décision est du volet santé, qui n’est pas ouvert à qui elle est confiée : confiez-la à un professionnel de santé, ou redites-la sans ce qui relève de la santé.',
    ),
  'caseConferences.volet_closed_to_you': () => french('Un des volets ne vous est pas ouvert : vous ne pouvez pas le remettre.'),
  'caseConferences.past_start': () => french('Cette date est passée de plus d’un an. Votre saisie est gardée.'),
  'caseConferences.video_link': () => french('Le lien de visio commence par https. Votre saisie est gardée.'),
})
