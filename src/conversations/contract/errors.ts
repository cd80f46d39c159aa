import { defineErrorTexts, type ErrorTexts } from '../../platform/contract/errors.ts'
import { french } from '../../platform/contract/typography.ts'

export const conversationsErrors: ErrorTexts = defineErrorTexts({
  'conversations.empty': () => french('Écrivez un message ou joignez un fichier.'),
  'conversations.not_reachable': () =>
    french('L’un des destinataires n’a pas accès à ce volet du dossier : il ne peut pas prendre part à cette conversation. Retirez-le, ou changez de volet.'),
  'conversations.alone': () => french('Choisissez au moins une autre personne.'),
  'conversations.too_many': ({ most }) => french(`Une conversation réunit ${most} personnes au plus.`),
  'conversations.already_there': () => french('Cette personne prend déjà part à la conversation.'),
  'conversations.not_there': () => french('Cette personne ne prend plus part à la conversation.'),
  'conversations.you_left': () => french('Vous ne prenez plus part à cette conversation. Votre texte est gardé.'),
  'conversations.too_many_files': () => french('Trop de fichiers attendent d’être envoyés. Envoyez ou retirez-en d’abord.'),
  'conversations.reply_elsewhere': () => french('Le message auquel vous répondez n’est pas dans cette conversation. Votre texte est gardé.'),
  'conversations.names_somebody': () =>
    french('Ce message semble nommer une personne que vous suivez. Hors dossier, on ne nomme personne : écrivez plutôt dans son dossier.'),
})
