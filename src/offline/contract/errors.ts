import { defineErrorTexts } from '../../platform/contract/errors.ts'
import { french } from '../../platform/contract/typography.ts'

export const offlineErrors = defineErrorTexts({
  'offline.seal_broken': () =>
    french(
      'Ce qui a été écrit sans réseau ne s’ouvre plus : le sceau est abîmé, ou d’une clé que le serveur n’a plus. Prévenez l’exploitant avant de l’effacer.',
    ),
  'offline.device_refused': () =>
    french('Cet appareil a été effacé, ou a servi à quelqu’un d’autre : videz les données de Jalon dans ce navigateur, puis reconnectez-vous.'),
  'offline.too_many_deposits': () =>
    french('Trop d’écrits attendent déjà leur auteur sur le serveur. Ceux de cet appareil y restent scellés jusqu’à sa prochaine connexion.'),
  'offline.not_offered': () => french('Le travail sans réseau n’est pas ouvert sur cette installation.'),
})
