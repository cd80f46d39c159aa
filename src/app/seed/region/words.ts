/** Invented people of a plausible region: family names and given names by generation, streets, sentences of the trade. */
export const familyNames: readonly string[] = `ADAM ANCEL ANTOINE ARNOULD AUBRY BADONNEL BARBIER BASTIEN BEGEL BERNARD BLAISE BOURGEOIS BRETON CHARPENTIER CHEVRIER CLAUDEL CLEMENT COLIN COLLIN CUNY CURIEN
DEMANGE DIDIER DIEUDONNE DURAND DUVAL ETIENNE FERRY FEBVRE FLEURENCE FRANCOIS FRESSE FRITSCH GAUDEL GEHIN GEORGEL GERARD GEROME GODEL GRANDCLAUDE GRANDJEAN GROSJEAN GUERY HANS HENRY HOUOT HUMBERT
HUSSON JACQUOT JEANDEL JEANPIERRE KEMPF LAHEURTE LAMBERT LAURENT LECOMTE LEDUC LEMAIRE LEROY LOUIS MANGEOLLE MANGIN MARCHAL MARTIN MASSON MATHIEU MAURICE MENGIN MICHEL MOREL MOUGEL MOUGIN MUNIER
NICOLAS NOEL NOURDIN PARMENTIER PERRIN PERRY PETITDEMANGE PETITJEAN PHILIPPE PIERRAT PIERREL PIERSON POIROT RAVON REMY RENARD RICHARD ROBERT ROLIN ROUSSEL ROYER SIMON SONREL THIEBAUT THIERY THIRIET
THOMAS THOUVENIN TISSERAND VALDENAIRE VALENTIN VAUTRIN VAXELAIRE VILLEMIN VINCENT VIRY VOIRIN WEBER WALTER XEMARD ZIMMERMANN AMRANI BELKACEM BENALI BOUAZIZ DA-SILVA DIALLO FERREIRA GOMES KAYA KONATE
LOPES NGUYEN OZTURK PEREIRA RAHMANI SANCHEZ TRAORE YILMAZ`.split(/\s+/)

export const olderWomen = 'ODILE JEANNE COLETTE YVETTE PAULETTE MONIQUE SIMONE DENISE GISELE JACQUELINE MARIE-THERESE GENEVIEVE MADELEINE SUZANNE THERESE ANDREE LUCIENNE HUGUETTE RAYMONDE JANINE MARCELLE ODETTE'.split(' ')
export const olderMen = 'HENRI LOUIS BERNARD GERARD RENE ANDRE MAURICE ROGER RAYMOND MARCEL ROBERT JEAN CLAUDE PIERRE GILBERT LUCIEN GUY MICHEL FERNAND GEORGES ROLAND SERGE'.split(' ')
export const adultWomen = 'SYLVIE NATHALIE ISABELLE CATHERINE VERONIQUE SANDRINE STEPHANIE CELINE AURELIE EMILIE JULIE FATIMA NADIA LAETITIA CHRISTELLE VIRGINIE CORINNE VALERIE KARINE ELODIE AGNES'.split(' ')
export const adultMen = 'PHILIPPE THIERRY PASCAL LAURENT FREDERIC CHRISTOPHE STEPHANE NICOLAS DAVID SEBASTIEN JULIEN KARIM HUGO ALAIN DIDIER OLIVIER VINCENT FRANCK ERIC BRUNO THOMAS MEHDI'.split(' ')
export const youngWomen = 'EMMA LEA CHLOE INES LINA ZOE JADE LOUISE ALICE MANON SARAH LOLA'.split(' ')
export const youngMen = 'LEO LUCAS NATHAN ENZO ADAM TOM NOAH SACHA HUGO YANIS THEO MALO'.split(' ')
export const streets = ['rue de la Gare', 'rue de Lorraine', 'Grande Rue', 'rue des Écoles', 'chemin des Tilleuls', 'route de Vologne', 'rue du Moulin', 'impasse des Lilas', 'place de l’Église', 'rue de la Libération', 'rue des Jardins', 'rue du Général Leclerc']

/** What a request says, with its motives: what callers say, in their words. */
export const requestTexts: readonly (readonly [string, readonly string[], string])[] = [
  ['Sort lundi de l’hôpital, vit au deuxième étage sans ascenseur. Plus d’infirmière le week-end.', ['hospital_discharge', 'find_nurse'], 'geriatrics'],
  ['Chutes répétées, refuse toute aide à la maison. La famille est à 300 km.', ['falls', 'care_refusal', 'isolation'], 'geriatrics'],
  ['Aidante épuisée, demande un relais quelques jours par mois.', ['caregiver'], 'geriatrics'],
  ['Plus de médecin traitant depuis le départ en retraite du Dr Lemaire, renouvellement d’ordonnance impossible.', ['no_gp', 'medication'], 'chronic'],
  ['Souhaite rester à domicile jusqu’au bout, relais avec l’hospitalisation à domicile à organiser.', ['palliative', 'coordination'], 'palliative'],
  ['Fin de vie à domicile, épouse seule la nuit, douleurs mal soulagées.', ['palliative', 'caregiver', 'pain'], 'palliative'],
  ['Dossier APA sans réponse depuis quatre mois, ne peut plus payer l’aide à domicile.', ['rights', 'home_help', 'poverty'], 'geriatrics'],
  ['Oublie ses médicaments, s’est perdue deux fois cette semaine.', ['cognitive', 'medication'], 'geriatrics'],
  ['Logement très encombré, n’ouvre plus aux infirmiers, pieds noirs de nécrose.', ['housing', 'care_refusal'], 'precarity'],
  ['Schizophrénie, a arrêté son traitement, mère de 82 ans dépassée.', ['mental_health', 'caregiver'], 'mental_health'],
  ['Sclérose latérale, la ventilation s’installe, matériel et aides à coordonner.', ['chronic_disease', 'home_adaptation', 'coordination'], 'chronic'],
  ['Cancer du poumon, chimiothérapie à 60 km, pas de transport le vendredi.', ['cancer', 'transport'], 'cancer'],
  ['Alcool, sort de cure sans suivi, deux passages aux urgences en un mois.', ['addiction', 'avoid_hospital'], 'addiction'],
  ['Enfant de 9 ans, scolarité interrompue, bilan TND en attente depuis un an.', ['child', 'disability'], 'neurodevelopment'],
  ['Retour à domicile après AVC, fauteuil, douche inaccessible.', ['hospital_discharge', 'home_adaptation'], 'disability'],
  ['Perte de poids, ne mange plus depuis le décès de son mari.', ['nutrition', 'isolation', 'mental_health'], 'geriatrics'],
  ['Cherche une place en hébergement temporaire pendant l’opération de sa fille.', ['caregiver', 'admission'], 'geriatrics'],
  ['Ne parle pas français, diabète déséquilibré, ne comprend pas le traitement.', ['language', 'chronic_disease'], 'chronic'],
  ['Le voisin s’inquiète, volets fermés, dettes d’énergie, ne sort plus.', ['isolation', 'poverty'], 'precarity'],
  ['Demande de mise sous protection, retraits d’argent répétés par un proche.', ['legal_protection', 'abuse'], 'geriatrics'],
]

/** Questions that never need a person or a file. */
export const informationTexts: readonly (readonly [string, readonly string[], string])[] = [
  ['Cherche la liste des accueils de jour ouverts le samedi.', ['advice'], 'Deux accueils de jour indiqués, adresses envoyées.'],
  ['Quelle équipe appeler pour un avis de soins palliatifs ?', ['palliative', 'advice'], 'Coordonnées de l’équipe mobile données.'],
  ['Coordonnées des kinésithérapeutes qui se déplacent.', ['find_physio', 'advice'], 'Trois cabinets du secteur indiqués.'],
  ['Comment demander une téléassistance ?', ['home_help', 'advice'], 'Démarche expliquée, dossier adressé par courrier.'],
  ['Qui contacter pour une demande MDPH urgente ?', ['rights', 'advice'], 'Procédure d’urgence expliquée, fiche envoyée.'],
  ['Existe-t-il un interprète pour une consultation en turc ?', ['language', 'advice'], 'Service d’interprétariat téléphonique indiqué.'],
]

/** Notes of the carnet and of the DAC: [kind, volet, private?, title, body]. */
export const noteTexts: readonly (readonly [string, 'health' | 'social' | 'administrative', boolean, string, string])[] = [
  ['observation', 'health', false, 'Pansement refait', 'Plaie propre, bords rosés. Prochaine réfection après-demain.'],
  ['observation', 'health', false, 'Tension basse ce matin', 'Tension 10/6 debout, se plaint de vertiges. Bu un grand verre d’eau, assise un quart d’heure.'],
  ['observation', 'health', false, 'Rougeur à la jambe gauche', 'Rougeur chaude sur 4 cm, pas de fièvre. Photo à la prochaine visite.'],
  ['intervention', 'health', false, 'Pilulier préparé pour la semaine', 'Préparé avec elle. Deux prises oubliées la semaine dernière.'],
  ['instruction', 'health', false, 'Lever en deux temps', 'La faire asseoir au bord du lit deux minutes avant le lever.'],
  ['opinion_request', 'health', false, 'Faut-il revoir le diurétique ?', 'Prend 1,5 kg en une semaine, essoufflée à l’effort. Avis du médecin traitant demandé.'],
  ['observation', 'social', false, 'Sa fille demande une téléassistance', 'Sa fille ne dort plus quand sa mère est seule. Devis reçu, 24,90 € par mois.'],
  ['intervention', 'social', false, 'Aide à domicile passée', 'Courses faites, repas préparé. Elle a bien mangé.'],
  ['general', 'social', false, 'Hébergement temporaire possible', 'Une place possible trois semaines, à confirmer avec la famille.'],
  ['observation', 'social', false, 'Moral meilleur', 'Contente de sa sortie au marché. Demande à y retourner la semaine prochaine.'],
  ['general', 'administrative', false, 'Pièce reçue pour l’APA', 'Avis d’imposition reçu. Le dossier est complet.'],
  ['general', 'administrative', false, 'Rendez-vous pris', 'Consultation gériatrique prise au centre hospitalier, transport réservé.'],
  ['general', 'administrative', false, 'Nouvelle carte Vitale', 'Carte mise à jour à la pharmacie.'],
  ['observation', 'social', true, 'À vérifier avant la concertation', 'Le curateur n’a pas répondu. Ne pas en parler devant elle.'],
  ['general', 'health', true, 'Point d’équipe', 'Situation revue en équipe : proposer une nouvelle évaluation de l’autonomie.'],
  ['observation', 'health', false, 'Nuit calme', 'A dormi sans se lever. Pas de douleur au réveil.'],
]

export const wishes = ['Rester dans ma maison avec le chat.', 'Ne plus retourner à l’hôpital.', 'Voir mes petits-enfants plus souvent.', 'Que ma femme puisse se reposer.', 'Pouvoir sortir au marché le samedi.']
