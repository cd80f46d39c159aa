import { formatDay } from '../../platform/contract/dates.ts'
import { defineErrorTexts } from '../../platform/contract/errors.ts'

const count = (value: unknown): string => Number(value).toLocaleString('fr-FR')
const kept = 'L’annuaire n’a pas changé.'

export const directoryErrorTexts = defineErrorTexts({
  directory_search_too_short: () => 'Tapez au moins deux lettres, un code postal ou un numéro.',
  local_card_other_service: () => 'Cette fiche est tenue par un autre service. Vous pouvez lui signaler une erreur.',
  correction_phone: () => 'Numéro de téléphone à revoir : des chiffres, dix au plus.',
  correction_gone: () => 'Cette correction a déjà été retirée : la fiche dit ce que dit le répertoire national.',
  relation_changed: () => 'Une collègue vient de changer ces étiquettes. Relisez-les avant d’enregistrer ; votre saisie est gardée.',
  exchange_future: () => 'Un échange se note une fois qu’il a eu lieu : la date est à venir.',
  campaign_since: () => 'Choisissez la date à partir de laquelle compter.',
  import_running: () => 'Un import est déjà en cours. Attendez sa fin, ou annulez-le.',
  import_not_receiving: () => 'Ce fichier n’est plus attendu : recommencez l’envoi.',
  import_part_missing: ({ missing }) => `L’envoi du fichier est incomplet (morceau ${Number(missing) + 1} manquant). Reprenez l’envoi.`,
  import_ended: () => 'Cet import est déjà terminé.',
  import_older: ({ held, told }) =>
    `Ce fichier ${told === '' ? 'ne dit pas sa date' : `est du ${formatDay(String(told))}`}, et l’annuaire tient déjà l’édition du ${formatDay(String(held))}, plus récente. ${kept}`,
  import_empty: () => `Ce fichier est vide. ${kept}`,
  import_not_text: ({ line }) => `Ce fichier n’est pas un texte : octet nul à la ligne ${count(line)}. ${kept}`,
  import_not_utf8: ({ line }) => `Ce fichier n’est pas en UTF-8 : caractère illisible à la ligne ${count(line)} (il semble enregistré en ISO-8859-1). ${kept}`,
  import_line_too_long: ({ line }) => `La ligne ${count(line)} est démesurée : le fichier est endommagé. ${kept}`,
  import_header_missing: ({ columns }) => `Colonnes attendues et absentes : ${columns}. Ce n’est pas le fichier attendu, ou son format a changé. ${kept}`,
  import_header_twice: ({ columns }) => `Colonnes présentes deux fois : ${columns}. ${kept}`,
  import_truncated: ({ line }) => `Le fichier s’arrête au milieu de la ligne ${count(line)} : il est tronqué. ${kept}`,
  import_archive_damaged: () => `L’archive est endommagée ou incomplète. ${kept}`,
  import_archive_content: () => `L’archive ne contient pas un seul fichier texte. Envoyez le fichier lui-même. ${kept}`,
  import_too_many_rejected: ({ rejected, lines }) =>
    `${count(rejected)} lignes sur ${count(lines)} sont illisibles : le fichier est endommagé. ${kept} Voyez les premières ci-dessous.`,
  import_shrinks: ({ before, after }) =>
    `Le fichier ne contient que ${count(after)} fiches, contre ${count(before)} aujourd’hui : il est sans doute incomplet. ${kept} Si cette baisse est voulue, relancez en l’acceptant.`,
  import_not_json: ({ at }) => `Ce fichier JSON est illisible ou tronqué, vers l’octet ${count(at)}. ${kept}`,
  import_not_finess: () => `Ce fichier JSON n’est pas un flux FINESS+ de structures (« pmej » absent). ${kept}`,
  import_not_social: () => `Ce fichier JSON n’est pas une liste de structures ou de services de data·inclusion. ${kept}`,
  import_service_refused: () => `Le service a refusé la clé d’accès. ${kept} Vérifiez la clé dans les réglages.`,
  import_service_unavailable: () => `Le service ne répond pas. ${kept} Réessayez plus tard.`,
  import_service_unreadable: () => `Le service a répondu ce qui ne se lit pas. ${kept}`,
  feed_service_unavailable: () => 'Le service ne répond pas. La prochaine lecture reprendra où celle-ci s’est arrêtée.',
  feed_service_unreadable: () => 'Le service a répondu ce qui ne se lit pas. La prochaine lecture reprendra au même endroit.',
  feed_service_foreign: () => 'Le service renvoie vers une autre adresse que la sienne : elle n’a pas été suivie.',
  feed_stopped: () => 'Lecture arrêtée. Elle reprendra où elle en était.',
  feed_changed: () => 'Une collègue vient de changer ce réglage. Relisez-le avant d’enregistrer.',
  feed_not_configured: () => 'Les réglages du serveur ne disent pas où lire ce flux : voyez le guide d’exploitation.',
  feed_running: () => 'Ce flux est en cours de lecture.',
  feed_stopped_already: () => 'Ce flux est déjà arrêté.',
  feed_fall: ({ before, after }) =>
    before === undefined
      ? `La lecture complète retirerait plus d’un cinquième des fiches : elle est sans doute incomplète. ${kept}`
      : `La lecture complète ne trouve que ${count(after)} fiches, contre ${count(before)} aujourd’hui : elle est sans doute incomplète. ${kept}`,
  feed_died: () => 'Le serveur s’est arrêté pendant la lecture. La suivante a repris où celle-ci en était.',
  import_disk_full: () => `Il n’y a plus de place sur le disque de la base de données. ${kept} Libérez de la place, puis relancez.`,
  import_cancelled: () => `Import annulé. ${kept}`,
  import_unexpected: () => `L’import s’est arrêté sur une erreur inattendue, notée au journal technique. ${kept}`,
})
