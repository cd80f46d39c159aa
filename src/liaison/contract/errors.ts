import { defineErrorTexts, type ErrorTexts } from '../../platform/contract/errors.ts'
import { french } from '../../platform/contract/typography.ts'

export const liaisonErrors: ErrorTexts = defineErrorTexts({
  'liaison.nobody_to_alert': () =>
    french(
      'Aucun DAC n’accompagne cette personne aujourd’hui : personne ne prendrait votre alerte. Écrivez la note sans demander de réponse rapide, ou déposez une demande.',
    ),
  'liaison.alert_taken': () => french('Un collègue s’en charge déjà.'),
  'liaison.alert_settled': () => french('Cette alerte est déjà traitée.'),
  'liaison.rule_changed': () => french('Cette règle vient d’être changée par quelqu’un d’autre : relisez-la avant de la changer. Votre saisie est gardée.'),
  'liaison.template_changed': () => french('Ce modèle vient d’être changé par quelqu’un d’autre : relisez-le avant de le changer. Votre saisie est gardée.'),
  'liaison.rule_unknown': () => french('Cette règle n’existe pas.'),
  'liaison.rule_already_adapted': () => french('Votre DAC a déjà adapté cette règle de la région.'),
  'liaison.alert_without_rule': () => french('Cette alerte vient de quelqu’un, non d’une règle : rien à mettre en sourdine.'),
  'liaison.choice_changed': () => french('Vos choix viennent d’être changés ailleurs : relisez-les.'),
  'liaison.browser_not_kept': () => french('Ce navigateur n’a pas pu être gardé : demandez de nouveau à y être prévenu.'),
  'liaison.measure_struck': () => french('Cette mesure est déjà barrée.'),
  'liaison.too_many_files': () => french('Trop de fichiers attendent leur note : écrivez-la, ou attendez demain.'),
  'liaison.mute_too_long': () => french('Une sourdine dure un an au plus, et finit après aujourd’hui.'),
  'liaison.asked_not_reader': () => french('Ce membre ne lit pas ce volet du carnet : choisissez quelqu’un qui pourra vous répondre.'),
  'liaison.asked_of_nobody': () => french('Seule une demande d’avis partagée s’adresse à quelqu’un.'),
  'liaison.in_the_future': () => french('Une note ne peut pas être datée de demain.'),
})
