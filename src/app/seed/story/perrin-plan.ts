import { addDays } from '../../../platform/contract/dates.ts'
import type { Bulk } from '../region/bulk.ts'
import type { SeedCalendar } from '../region/calendar.ts'
import type { SeededMember } from '../region/circles.ts'
import type { SeededEpisode } from '../region/episodes.ts'
import { type ActionDraft, planTables, writePlan, writePlanTables } from '../region/plan-writer.ts'
import type { Random } from '../region/random.ts'
import type { Timeline } from '../region/timeline.ts'
import type { Cast } from './people.ts'

/** The PPCS of Mme Perrin: version 1 of the first evaluation, version 2 validated since, version 3 being written after her fall. */
export async function seedPerrinPlan(
  bulk: Bulk,
  random: Random,
  calendar: SeedCalendar,
  cast: Cast,
  episode: SeededEpisode,
  circle: ReadonlyMap<string, SeededMember>,
  timeline: Timeline,
): Promise<void> {
  const days = (count: number): string => addDays(calendar.today, count)
  const by = (key: string, role: string, name?: string): ActionDraft['actor'] => {
    const member = circle.get(key)
    return {
      kind: member?.kind === 'structure' ? 'service' : member?.kind === 'relative' ? 'relative' : 'professional',
      partyId: member?.partyId ?? null,
      name: name ?? member?.name ?? role,
      role,
    }
  }
  const free = (name: string): ActionDraft['actor'] => ({ kind: 'free', partyId: null, name, role: null })
  const accepted = (on: string): Pick<ActionDraft, 'answer' | 'answerOn'> => ({ answer: 'accepted', answerOn: on })
  const [first, second] = [calendar.daysAgo(119), calendar.daysAgo(95)]
  const decidedAt = calendar.at(first, 600)
  const guardian = circle.get('guardian')
  const tables = planTables()
  writePlan(
    random,
    {
      person: episode.person,
      episodeId: episode.id,
      dac: episode.dac,
      referent: cast.julie,
      state: 'draft',
      draftNumber: 3,
      reviewOn: days(89),
      decision: { code: 'yes_several_actors', withWhom: 'Dr Fritsch, Thomas Noël, le SAD Les Genêts', on: first, at: decidedAt },
      versions: [
        { number: 1, at: calendar.at(first, 1000), on: first, reviewOn: days(-26), dueOn: null },
        { number: 2, at: calendar.at(second, 960), on: second, reviewOn: days(12), dueOn: days(-26) },
      ],
      wishes: { words: 'Rester dans ma maison avec le chat, et que Sylvie se repose.', on: first },
      alertPlan: 'Chute ou plaie : appeler Thomas Noël. Sylvie absente : le DAC aux heures ouvrées. Urgence : 15.',
      problems: [
        {
          code: 'D1.mobility',
          title: 'Chutes répétées',
          details: '3 en deux mois, peur de se lever la nuit',
          volet: 'health',
          objectives: [
            {
              code: 'D1.mobility.no_fall',
              title: 'Se déplacer chez elle sans tomber',
              details: 'aucune chute sur 3 mois',
              status: 'in_progress',
              actions: [
                {
                  code: 'D1.mobility.no_fall.fall_review',
                  title: 'Bilan de tension et des médicaments',
                  actor: by('gp', 'Médecin traitant', 'Dr\u00a0Anne-Laure Fritsch'),
                  details: 'avec la pharmacie',
                  dueOn: days(8),
                  status: 'proposed',
                  since: 3,
                },
                {
                  code: 'D1.mobility.no_fall.grab_bars',
                  title: 'Barre d’appui et tapis, salle de bains',
                  actor: free('Ergothérapeute du CCAS'),
                  dueOn: days(-5),
                  status: 'in_progress',
                  statusOn: second,
                },
                {
                  code: 'D1.mobility.no_fall.physio',
                  title: 'Équilibre et marche, 2 fois par semaine',
                  actor: by('physio', 'Kinésithérapeute'),
                  dueWords: 'mar. et jeu.',
                  status: 'in_progress',
                  statusOn: second,
                  ...accepted(second),
                },
              ],
            },
          ],
        },
        {
          code: 'D1.wound',
          title: 'Plaie de jambe',
          details: 'ulcère gauche depuis avril',
          volet: 'health',
          objectives: [
            {
              code: 'D1.wound.heal',
              title: 'Plaie fermée avant l’hiver',
              details: 'surface mesurée chaque semaine',
              status: 'in_progress',
              actions: [
                {
                  code: 'D1.wound.heal.dressing',
                  title: 'Pansement un jour sur deux, photo',
                  actor: by('nurse', 'Infirmier'),
                  dueOn: days(61),
                  dueKind: 'until',
                  status: 'in_progress',
                  statusOn: first,
                  ...accepted(first),
                },
                {
                  code: 'D1.wound.heal.remote_opinion',
                  title: 'Avis plaies et cicatrisation à distance',
                  actor: free('CH des Hautes-Vallées'),
                  dueOn: days(-23),
                  status: 'done',
                  statusOn: days(-23),
                  since: 2,
                },
              ],
            },
          ],
        },
        {
          code: 'D5.exhaustion',
          title: 'Aidante épuisée',
          details: 'Sylvie dort ici 5 nuits sur 7',
          volet: 'social',
          objectives: [
            {
              code: 'D5.exhaustion.rest',
              title: 'Que Sylvie dorme chez elle 4 nuits',
              details: 'ce que Mme Perrin demande en premier',
              status: 'in_progress',
              validatedAs: { title: 'Que Sylvie dorme chez elle 3 nuits', details: 'ce que Mme Perrin demande en premier' },
              actions: [
                {
                  code: 'D1.mobility.get_up.alarm',
                  title: 'Téléassistance avec détecteur de chute',
                  actor: by('referent', 'Référente de parcours'),
                  details: 'devis reçu',
                  dueOn: days(5),
                  status: 'planned',
                  statusOn: days(-1),
                  validatedAs: { title: 'Téléassistance' },
                },
                {
                  code: 'D5.exhaustion.rest.temporary',
                  title: 'Hébergement temporaire en novembre',
                  actor: { kind: 'person', partyId: null, name: 'Mme\u00a0Perrin', role: 'avec sa nièce Agnès' },
                  status: 'refused',
                  statusOn: days(-10),
                  statusWords: '« Pas maintenant. »',
                  since: 2,
                },
              ],
            },
            {
              code: null,
              title: 'Accueil de jour',
              status: 'not_pursued',
              statusReason: 'person_refuses',
              statusWords: '« Je n’irai pas chez les vieux. »',
              actions: [],
            },
          ],
        },
        {
          code: 'D4.rights',
          title: 'Droits incomplets',
          details: 'APA demandée en juin',
          volet: 'administrative',
          objectives: [
            {
              code: 'D4.rights.autonomy_rights',
              title: 'Aide à domicile financée',
              details: '12 h par semaine',
              status: 'in_progress',
              actions: [
                {
                  code: 'D4.rights.autonomy_rights.apa_file',
                  title: 'Dossier APA complété et relancé',
                  actor: by('guardian', 'Curateur', 'M.\u00a0Alain Colin'),
                  dueOn: days(15),
                  status: 'in_progress',
                  statusOn: second,
                  ...accepted(second),
                },
                {
                  code: null,
                  title: 'Relais du week-end, 2 passages',
                  actor: free('Aucun service disponible'),
                  dueOn: days(5),
                  status: 'not_feasible',
                  statusOn: days(-8),
                  statusWords: 'Trois services appelés, complets.',
                  since: 2,
                },
              ],
            },
          ],
        },
      ],
      criteria: [
        {
          code: 'fall',
          words: 'Une chute ou une hospitalisation',
          volet: 'health',
          reached: { at: calendar.minutesAgo(110), on: days(-1), by: cast.user('home-nurse'), words: 'Chute dans la salle de bains hier soir.' },
        },
        { code: 'caregiver_absent', words: 'Sylvie n’est plus disponible plus de 3 jours', volet: 'social' },
      ],
      agreements: [
        { number: 2, party: 'person', partyId: null, partyName: 'Mme\u00a0Perrin', state: 'agrees', mode: 'oral', on: second, at: calendar.at(second, 900) },
        {
          number: 2,
          party: 'gp',
          partyId: circle.get('gp')?.partyId ?? null,
          partyName: 'Dr\u00a0Anne-Laure Fritsch',
          state: 'agrees',
          mode: 'phone',
          on: second,
          at: calendar.at(second, 910),
        },
        {
          number: 2,
          party: 'legal_representative',
          partyId: guardian?.partyId ?? null,
          partyName: 'M.\u00a0Alain Colin',
          state: 'agrees',
          mode: 'phone',
          on: second,
          at: calendar.at(second, 920),
        },
        {
          number: 3,
          party: 'legal_representative',
          partyId: guardian?.partyId ?? null,
          partyName: 'M.\u00a0Alain Colin',
          state: 'agrees',
          mode: 'phone',
          on: days(-1),
          at: calendar.minutesAgo(1000),
        },
        {
          number: 3,
          party: 'gp',
          partyId: circle.get('gp')?.partyId ?? null,
          partyName: 'Dr\u00a0Anne-Laure Fritsch',
          state: 'asked',
          mode: null,
          on: days(-1),
          at: calendar.minutesAgo(990),
        },
      ],
    },
    tables,
    timeline,
  )
  await writePlanTables(bulk, tables)
  await timeline.flush()
}
