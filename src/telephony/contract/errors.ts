import { defineErrorTexts } from '../../platform/contract/errors.ts'

export const telephonyErrorTexts = defineErrorTexts({
  line_called_taken: () => 'Ce numéro d’appel est déjà celui d’une autre ligne.',
  line_called_missing: () => 'Une ligne SIP se reconnaît au numéro appelé : indiquez-le.',
  call_taken: () => 'Une collègue ou un collègue a déjà pris cet appel.',
  call_ended: () => 'Cet appel est terminé\u00a0: il n’est plus à prendre.',
  call_signature: () => 'Message refusé : signature absente, fausse ou trop ancienne.',
  call_unreadable: () => 'Message refusé : ni identifiant d’appel, ni état compris.',
})
