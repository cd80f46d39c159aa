import type { FormDefinition } from '../../../assessments/contract/form-definition.ts'
import { currentForm } from '../../../assessments/contract/library.ts'
import type { Bulk } from '../region/bulk.ts'
import type { SeedCalendar } from '../region/calendar.ts'
import type { SeededEpisode } from '../region/episodes.ts'
import { evaluationTables, formerly, writeAssessment, writeEvaluationTables } from '../region/evaluations.ts'
import { type NoteTables, writeNote, writeReply, writeUrgent } from '../region/notes.ts'
import type { Random } from '../region/random.ts'
import type { Timeline } from '../region/timeline.ts'
import type { Cast } from './people.ts'

const aggirItems = ['coherence', 'orientation', 'washing', 'dressing', 'feeding', 'elimination', 'transfers', 'indoor_moves']
const aggirOf = (modalities: string): Readonly<Record<string, string>> => Object.fromEntries(aggirItems.map((item, at) => [item, modalities[at] as string]))
const sega = ['o3', 'o2', 'o3', 'o2', 'o2', 'o3', 'o2', 'o2', 'o2', 'o2', 'o1', 'o1', 'o2']
const epicesYes = ['social_worker', 'complementary_cover', 'owner', 'show', 'family', 'material_help']

/** What is known of Mme Perrin by evaluation: GIR 4 in spring, GIR 3, SEGA-A 14 / 26 and EPICES 41,4 at the visit of June. */
export async function seedPerrinEvaluations(
  bulk: Bulk,
  random: Random,
  calendar: SeedCalendar,
  cast: Cast,
  episode: SeededEpisode,
  timeline: Timeline,
): Promise<void> {
  const tables = evaluationTables()
  const form = (code: string): FormDefinition => currentForm(code) as FormDefinition
  const common = { person: episode.person, dac: episode.dac, author: cast.julie }
  const [spring, visit] = [calendar.daysAgo(211), calendar.daysAgo(119)]
  const visited = calendar.at(visit, 990)
  const apa = { name: 'Équipe APA du département', role: 'évaluatrice' }
  writeAssessment(
    random,
    {
      ...common,
      form: form('aggir'),
      answers: aggirOf('AABBBBAA'),
      on: spring,
      at: calendar.at(episode.openedOn, 640),
      partOf: null,
      partner: apa,
      summary: `évalué par ${apa.name}`,
    },
    tables,
    timeline,
  )
  const evaluation = writeAssessment(
    random,
    {
      ...common,
      form: form('multidimensional'),
      on: visit,
      at: visited,
      partOf: null,
      answers: {
        place: 'home',
        present: 'Mme Perrin, sa fille Sylvie ; Thomas Noël en fin de visite.',
        seen_alone: true,
        communication: 'slow',
        matters: '« Rester dans ma maison avec le chat, et que Sylvie se repose. »',
        difficulties: '« La nuit. Et la salle de bains. »',
        expects: '« Que quelqu’un s’occupe des papiers. »',
        fears: '« Aller chez les vieux. »',
        could_not_speak: false,
        wished_place: 'home',
        advance_directives: 'discussed',
        trusted_person_named: true,
        history: 'Hypertension, arthrose, ulcère de la jambe gauche, fracture du poignet en 2024.',
        drugs_count: 8,
        drugs_management: 'pillbox',
        weight: 52.4,
        height: 158,
        weight_loss: 'some',
        falls_count: 3,
        can_get_up: true,
        pain: 3,
        senses: ['hearing', 'skin'],
        hospital_stays: 1,
        last_gp_visit: 'month',
        somatic_note: 'A perdu 1,8 kg en trois mois.',
        mood: 'anxious',
        dark_thoughts: 'no',
        memory: 'complaint',
        orientation_time: 'yes',
        diagnosis: 'none',
        behaviour: ['calm'],
        psychiatric_care: 'none',
        addictions: [],
        getting_up: 'help',
        washing: 'help',
        dressing: 'help',
        meals: 'help',
        shopping: 'not',
        housework: 'not',
        outings: 'help',
        papers: 'not',
        telephone: 'alone',
        help_in_place: ['sad', 'nurse', 'meals', 'family'],
        uncovered: 'Le samedi et le dimanche.',
        household: 'alone',
        visits: 'daily',
        resources: 'tight',
        debts: false,
        activity: 'retired',
        care_access: 'never',
        health_cover: 'full',
        open_rights: ['ald'],
        pending_rights: ['apa'],
        rights_note: 'APA demandée le 09/06, avis d’imposition manquant.',
        housing_kind: 'house',
        tenure: 'owner',
        housing_trouble: ['bathroom', 'stairs'],
        access: 'Code 18A4, clés chez la voisine, n° 14.',
        photos_agreed: true,
        danger: 'possible',
        danger_kind: ['fall'],
        safety_done: 'Tapis enlevés, veilleuse posée.',
        visitor_danger: false,
        has_caregiver: 'yes',
        caregiver_role: 'Sylvie, sa fille : cinq nuits sur sept, courses, papiers.',
        caregiver_time: 'daily',
        caregiver_state: 'exhausted',
        caregiver_wishes: 'Dormir chez elle.',
        caregiver_interview: true,
        professionals: 'Infirmier, SAD et portage s’entendent bien. Le week-end n’est pas couvert.',
        pathway_trouble: ['missing'],
        recent_events: 'Trois chutes en deux mois, une hospitalisation.',
        risk_of_break: 'medium',
        refuses: 'some',
        refused_what: 'L’accueil de jour.',
        still_accepted: 'Toutes les aides à la maison.',
        understands: 'yes',
        link_keeper: 'Thomas Noël.',
        strengths: 'Son humour, sa fille, des voisins attentifs.',
        priorities: 'Prévenir les chutes, soulager Sylvie, fermer la plaie.',
        complexity: 'moderate',
        proposals: 'Ergothérapeute, kiné, téléassistance, dossier APA, relais le week-end.',
        explained: 'yes',
        agrees: 'yes',
        opinion: '« C’est bien ça. »',
      },
    },
    tables,
    timeline,
  )
  writeAssessment(
    random,
    { ...common, form: form('aggir'), answers: aggirOf('BACCBBAA'), on: visit, at: visited, partOf: evaluation, summary: formerly('GIR 4', spring) },
    tables,
    timeline,
  )
  writeAssessment(
    random,
    {
      ...common,
      form: form('sega_a'),
      answers: Object.fromEntries(
        form('sega_a')
          .sections.flatMap((section) => section.items)
          .map((item, at) => [item.code, sega[at] as string]),
      ),
      on: visit,
      at: visited,
      partOf: evaluation,
    },
    tables,
    timeline,
  )
  writeAssessment(
    random,
    {
      ...common,
      form: form('epices'),
      answers: Object.fromEntries(
        form('epices')
          .sections.flatMap((section) => section.items)
          .map((item) => [item.code, epicesYes.includes(item.code)]),
      ),
      on: visit,
      at: visited,
      partOf: evaluation,
    },
    tables,
    timeline,
  )
  await writeEvaluationTables(bulk, tables)
  await timeline.flush()
}

/** The carnet of Mme Perrin up to this morning: the fall of last night, Sylvie at the end of her strength, a private note before the concertation. */
export function writePerrinNotes(random: Random, calendar: SeedCalendar, cast: Cast, episode: SeededEpisode, tables: NoteTables, timeline: Timeline): void {
  const [thomas, doctor, alain] = [cast.user('home-nurse'), cast.user('gp'), cast.user('legal-guardian')]
  const shared = { isPrivate: false } as const
  const before = (days: number, minutes: number): Date => calendar.at(calendar.daysAgo(days), minutes)
  const waiting = { state: 'to_take', took: null, by: cast.julie } as const
  const older: readonly Omit<Parameters<typeof writeNote>[2], 'isPrivate'>[] = [
    {
      type: 'intervention',
      volet: 'health',
      title: 'Premier pansement à domicile',
      body: 'Ulcère de 4 cm sur 3, bords nets. Passage un jour sur deux.',
      author: thomas,
      at: before(130, 480),
    },
    {
      type: 'general',
      volet: 'social',
      title: 'Aide à domicile en place',
      body: 'SAD Les Genêts, deux passages du lundi au vendredi.',
      author: cast.julie,
      at: before(118, 1020),
    },
    {
      type: 'intervention',
      volet: 'health',
      title: 'Consultation',
      body: 'Tension correcte couchée, baisse debout. Diurétique diminué de moitié.',
      author: doctor,
      at: before(92, 1100),
    },
    {
      type: 'observation',
      volet: 'health',
      title: 'Plaie en voie de fermeture',
      body: '3 cm sur 2. Photo envoyée au CH pour avis.',
      author: thomas,
      at: before(60, 485),
    },
    {
      type: 'general',
      volet: 'administrative',
      title: 'Demande d’APA enregistrée',
      body: 'Le département demande l’avis d’imposition.',
      author: alain,
      at: before(44, 905),
    },
    {
      type: 'instruction',
      volet: 'social',
      title: 'Adresse à ne plus donner',
      body: 'À sa demande : ne rien dire à son fils Marc, ni par téléphone ni par courrier.',
      author: cast.julie,
      at: before(43, 1000),
    },
    {
      type: 'intervention',
      volet: 'health',
      title: 'Avis plaies et cicatrisation reçu',
      body: 'Même pansement, bas de contention à reprendre quand la plaie sera fermée.',
      author: thomas,
      at: before(23, 500),
    },
    {
      type: 'observation',
      volet: 'social',
      title: 'Trois services appelés pour le week-end',
      body: 'Complets tous les trois. Sylvie reste seule le samedi et le dimanche.',
      author: cast.karim,
      at: before(8, 970),
    },
    {
      type: 'observation',
      volet: 'health',
      title: 'Retour d’hôpital',
      body: 'Rentrée hier, fatiguée, ordonnances à jour. Compte rendu reçu.',
      author: thomas,
      at: before(6, 490),
    },
  ]
  for (const note of older) writeNote(random, episode, { ...note, ...shared }, tables, timeline)
  const advice = writeNote(
    random,
    episode,
    {
      type: 'opinion_request',
      volet: 'health',
      ...shared,
      title: 'Faut-il revoir le traitement de la tension ?',
      body: 'Vertiges au lever depuis le retour. Tension 11/6 debout ce matin.',
      author: thomas,
      at: before(3, 495),
    },
    tables,
    timeline,
  )
  writeReply(random, episode, advice, 'Je la vois à la concertation. D’ici là, lever en deux temps.', doctor, before(3, 800), tables, timeline)
  writeNote(
    random,
    episode,
    {
      type: 'general',
      volet: 'administrative',
      ...shared,
      title: 'Pièce reçue pour l’APA',
      body: 'Avis d’imposition 2025, envoyé par M. Colin. Le dossier est complet.',
      author: alain,
      at: before(1, 905),
    },
    tables,
    timeline,
  )
  writeNote(
    random,
    episode,
    {
      type: 'general',
      volet: 'social',
      isPrivate: true,
      title: 'À vérifier avant la concertation',
      body: 'Le curateur n’a pas répondu pour la salle de bains. Ne pas en parler devant elle.',
      author: cast.karim,
      at: before(1, 1000),
    },
    tables,
    timeline,
  )
  writeUrgent(
    random,
    episode,
    {
      volet: 'social',
      title: 'Aidante épuisée, demande une téléassistance',
      body: 'Appel de Sylvie : ne dort plus quand sa mère est seule. Devis reçu, 24,90 € par mois.',
      author: cast.nadia,
      at: before(1, 1060),
    },
    waiting,
    tables,
    timeline,
  )
  writeUrgent(
    random,
    episode,
    {
      volet: 'health',
      title: 'Chute dans la salle de bains',
      body: 'Relevée seule vers 21 h, pas de plaie, tension 11/6 debout. Rougeur à la jambe gauche, photo à la prochaine visite.',
      author: thomas,
      at: calendar.minutesAgo(112),
    },
    waiting,
    tables,
    timeline,
  )
  writeNote(
    random,
    episode,
    {
      type: 'intervention',
      volet: 'health',
      ...shared,
      title: 'Pansement refait, rougeur à la jambe gauche',
      body: 'Rougeur chaude sur 4 cm, pas de fièvre. Je repasse ce soir.',
      author: thomas,
      at: calendar.minutesAgo(97),
    },
    tables,
    timeline,
  )
}
