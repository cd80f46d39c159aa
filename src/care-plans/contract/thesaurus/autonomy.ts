import { action, domain, objective, problem } from './tree.ts'

export const autonomy = domain('D3', 'Autonomie et vie quotidienne', [
  problem(
    'self_care',
    'Difficulté à prendre soin de soi',
    { volet: 'social', national: 'MED-062', keywords: ['hygiene', 'incurie', 'soin de soi', 'autonomie'] },
    [
      objective('want', 'Retrouver l’envie de prendre soin de soi', [
        action('trust', 'Visites régulières de la même personne', 'home_help', 21),
        action('hairdresser', 'Coiffeur, socio-esthétique, pédicure à domicile', 'home_help', 30),
      ]),
      objective('helped', 'Accepter une aide choisie', [
        action('trial', 'Essai d’aide limité dans le temps', 'home_help', 30),
        action('adapt', 'Horaires et intervenants décidés avec la personne', 'home_help', 21),
      ]),
    ],
  ),
  problem('washing', 'Toilette et habillage', { volet: 'social', national: 'MED-060', keywords: ['toilette', 'habillage', 'douche'] }, [
    objective('clean', 'Être lavé et habillé comme on le souhaite', [
      action('help', 'Aide à la toilette', 'ssiad', 15),
      action('laundry', 'Entretien du linge', 'home_help', 21),
    ]),
    objective('bathroom', 'Se laver seul en sécurité', [
      action('shower', 'Remplacer la baignoire par une douche', 'landlord', 120),
      action('seat', 'Siège de douche et barres d’appui', 'occupational_therapist', 30),
    ]),
  ]),
  problem('meals', 'Repas', { volet: 'social', national: 'MED-061', keywords: ['repas', 'cuisine', 'portage'] }, [
    objective('regular', 'Avoir des repas réguliers', [
      action('delivery', 'Portage de repas', 'meal_delivery', 15),
      action('cooking', 'Cuisiner avec l’aide à domicile', 'home_help', 15),
    ]),
    objective('company', 'Ne pas toujours manger seul', [
      action('restaurant', 'Restaurant de la résidence ou du foyer-restaurant', 'ccas', 30),
      action('invitation', 'Repas partagés entre voisins ou bénévoles', 'volunteer', 45),
    ]),
  ]),
  problem('household', 'Courses, ménage, linge', { volet: 'social', national: 'MED-060', keywords: ['menage', 'courses', 'linge'] }, [
    objective('tidy', 'Vivre dans un logement propre', [
      action('cleaning', 'Aide-ménagère', 'home_help', 21),
      action('big_clean', 'Grand nettoyage de départ', 'ccas', 30),
    ]),
    objective('shopping', 'Avoir de quoi manger chez soi', [
      action('accompanied', 'Courses accompagnées', 'home_help', 15),
      action('delivered', 'Livraison des courses', 'main_caregiver', 15),
    ]),
  ]),
  problem('outings', 'Sorties et déplacements', { volet: 'social', national: 'MED-057', keywords: ['sortir', 'transport', 'conduite', 'mobilite'] }, [
    objective('go_out', 'Sortir quand on le souhaite', [
      action('carer', 'Sorties accompagnées', 'home_help', 21),
      action('on_demand', 'Transport à la demande ou adapté', 'ccas', 30),
      action('card', 'Carte mobilité inclusion', 'mdph', 90),
    ]),
    objective('stairs', 'Ne plus être bloqué chez soi', [
      action('stairlift', 'Étude d’un monte-escalier', 'occupational_therapist', 90),
      action('ground_floor', 'Demande d’un logement de plain-pied', 'social_worker', 120),
    ]),
  ]),
  problem(
    'daily_budget',
    'Papiers et budget du quotidien',
    { volet: 'administrative', national: 'MED-059', keywords: ['courrier', 'factures', 'budget', 'papiers'] },
    [
      objective('mail', 'Que le courrier et les factures soient traités', [
        action('sort', 'Trier le courrier une fois par mois', 'social_worker', 30),
        action('direct_debit', 'Prélèvements automatiques et mensualisation', 'person', 45),
        action('advice_point', 'Point conseil budget', 'ccas', 45),
      ]),
      objective('digital', 'Faire ses démarches sans être perdu', [
        action('france_services', 'Rendez-vous à l’espace France services', 'ccas', 30),
        action('aidant_connect', 'Démarches faites avec un aidant numérique habilité', 'social_worker', 30),
      ]),
    ],
  ),
  problem(
    'home_support',
    'Maintien à domicile fragile',
    { volet: 'social', national: 'MED-060', keywords: ['maintien a domicile', 'apa', 'pch', 'plan d aide'] },
    [
      objective('funded', 'Avoir des aides financées à la hauteur des besoins', [
        action('apa', 'Demande ou révision d’APA', 'apa_team', 60),
        action('pch', 'Demande de PCH', 'mdph', 120),
        action('pension', 'Aide de la caisse de retraite', 'social_worker', 45),
      ]),
      objective('complete', 'Que chaque jour soit couvert, week-end compris', [
        action('weekly_plan', 'Écrire la semaine type et repérer les trous', 'referent', 10),
        action('weekend', 'Trouver un relais le week-end', 'home_help', 21),
        action('night', 'Garde ou passage de nuit', 'home_help', 21),
      ]),
      objective('alert', 'Que quelqu’un soit prévenu si rien ne va', [
        action('alarm', 'Téléassistance', 'alarm_provider', 21),
        action('neighbour', 'Voisin référent, avec l’accord de la personne', 'main_caregiver', 15),
        action('sheet', 'Feuille des numéros affichée', 'referent', 7),
      ]),
    ],
  ),
  problem(
    'meaningful_days',
    'Journées vides, envies laissées de côté',
    { volet: 'social', national: 'MED-058', keywords: ['loisirs', 'projet de vie', 'ennui'] },
    [
      objective('project', 'Reprendre une activité qui compte', [
        action('wish', 'Écrire avec elle ce qui compte', 'referent', 15),
        action('club', 'Essai d’un club, d’un atelier, d’un GEM', 'volunteer', 45),
        action('companion', 'Accompagnement vers l’activité les premières fois', 'home_help', 45),
      ]),
    ],
  ),
])
