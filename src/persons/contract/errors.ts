import { defineErrorTexts } from '../../platform/contract/errors.ts'
import { french } from '../../platform/contract/typography.ts'

export const personsErrors = defineErrorTexts({
  sharing_opposed: () => french("La personne s'oppose au partage : rien ne peut être transmis. Voir « Information et accès »."),
  sharing_not_collected: () => french("La personne n'a pas encore dit si elle s'oppose : recueillez d'abord les non-oppositions 1 et 2."),
  person_already_known: () =>
    french('Une personne aux mêmes traits existe déjà : choisissez-la dans la liste, ou confirmez que c’est quelqu’un d’autre. Votre saisie est gardée.'),
  person_without_name: () => french('Il faut un nom au moins, de naissance ou utilisé. Votre saisie est gardée.'),
  identity_incomplete: () => french('Il manque un trait strict : nom et prénoms de naissance, date, sexe et lieu de naissance. Complétez-les d’abord.'),
  ins_blocked: () => french("L'identité est signalée douteuse ou fictive : ni appel du téléservice, ni INS tant que le signalement n'est pas levé."),
  ins_authority_refused: () =>
    french("Cette origine d'INS n'est pas admise ici : les matricules de test restent dans les bases d'essai, les vrais dans les bases réelles."),
  insi_not_connected: () => french("Le téléservice INSi n'est pas raccordé à cette installation : adressez-vous à l'exploitant."),
  insi_opposition: () =>
    french(
      "La personne s'oppose à sa prise en charge ou au dossier partagé : ses traits ne sortent pas, INSi n'est pas interrogé. Voir « Information et accès ».",
    ),
  insi_limitation: () => french("L'usage de ce dossier est limité : ses traits ne sortent pas, INSi n'est pas interrogé tant que la limitation dure."),
  insi_archived: () => french("Ce dossier est archivé : ses traits ne sortent pas, INSi n'est pas interrogé."),
  insi_answer_gone: () =>
    french('Cette réponse du téléservice ne vaut plus : quelqu’un l’a déjà reprise ou écartée, ou l’identité a changé. Interrogez de nouveau.'),
  identity_moved: () => french('L’identité a changé pendant que vous compariez. Relisez la comparaison, puis décidez.'),
  no_ins: () => french('Cette identité n’a pas d’INS.'),
  matricule_read_wrong: () => french('Le matricule lu n’en est pas un : sa clé est fausse. Relisez le document.'),
  matricule_taken: () =>
    french('Une autre identité porte déjà ce matricule : c’est sans doute la même personne. Cherchez-la avant de continuer. Votre saisie est gardée.'),
  protection_ends_before_start: () => french('La fin de la mesure précède son début. Votre saisie est gardée.'),
  no_family_doctor: () => french("Notez d'abord qui est le médecin traitant."),
  cpts_not_there: () => french('Cette CPTS ne couvre pas la commune de la personne.'),
  referral_already_ended: () => french('Cette saisine est déjà terminée.'),
  refusal_of_oneself: () => french('Ce refus vous ferme le dossier aussitôt : un collègue le note à votre place. Votre saisie est gardée.'),
  exceptional_access_ground: () =>
    french('L’usage de ce dossier est limité : choisissez un des motifs que la loi prévoit alors, ou une urgence. Votre saisie est gardée.'),
  exceptional_access_not_limited: () => french('L’usage de ce dossier n’est pas limité : ce motif ne s’y applique pas. Votre saisie est gardée.'),
  family_doctor_changed_meanwhile: () =>
    french('Quelqu’un vient de noter le médecin traitant. Relisez le dossier, puis recommencez s’il le faut. Votre saisie est gardée.'),
  silence_already_ended: () => french('Cette consigne est déjà levée.'),
  exceptional_access_over: () => french('Cet accès exceptionnel est déjà terminé.'),
  exceptional_access_not_needed: () => french('Ce dossier vous est déjà ouvert : un accès exceptionnel n’est pas nécessaire.'),
  exceptional_access_reviewed: () => french('Cet accès exceptionnel a déjà été relu.'),
  person_notice_settled: () => french('Cet avis a déjà été remis, ou il est en cours d’envoi.'),
  person_notice_deceased: () => french('Un décès est enregistré : rien n’est remis.'),
  person_notice_no_representative: () =>
    french('Personne ne représente cette personne : l’avis se remet à elle seule. Voir « Protection ». Votre saisie est gardée.'),
  person_notice_post_at_risk: () =>
    french('Un courrier chez elle peut être lu par un autre : écrivez pourquoi vous l’envoyez, en quelques mots. Votre saisie est gardée.'),
  already_withheld: () => french('Ce volet est déjà fermé à cette catégorie ou à ce professionnel.'),
  withholding_ended: () => french('Ce volet a déjà été rouvert.'),
  withholding_party_unknown: () => french('Choisissez un professionnel du cercle ou un service qui voit la personne. Votre saisie est gardée.'),
  withholding_keeps_the_dac: () =>
    french('Le DAC accompagne avec le volet social : s’il ne doit plus le voir, recueillez l’opposition à la prise en charge. Votre saisie est gardée.'),
  category_volet_beyond_law: () =>
    french('La loi ne le permet pas : le volet administratif reste ouvert à tous ceux qui accompagnent, les personnels administratifs n’ont que lui.'),
  structure_unknown: () => french('Cette structure n’est plus dans l’annuaire : choisissez-la de nouveau.'),
  silence_forbids: () =>
    french('La personne ne veut rien dire à ce destinataire : rien ne lui est envoyé. Voir « Information et accès ». Votre saisie est gardée.'),
  hidden_address_said: () => french('Ce texte donne l’adresse que la personne cache. Retirez-la avant d’envoyer. Votre saisie est gardée.'),
  death_not_recorded: () => french("Aucun décès n'est enregistré."),
  death_already_recorded: () => french('Le décès est déjà enregistré.'),
  death_in_future: () => french("Ce jour n'est pas encore venu."),
  death_before_birth: () => french('Ce jour précède la naissance.'),
})
