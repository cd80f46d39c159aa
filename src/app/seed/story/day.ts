import type { FormDefinition } from '../../../assessments/contract/form-definition.ts'
import { currentForm, headerVolet } from '../../../assessments/contract/library.ts'
import { addDays } from '../../../platform/contract/dates.ts'
import type { Bulk, Row } from '../region/bulk.ts'
import type { SeedCalendar } from '../region/calendar.ts'
import { type NoteTables, writeNote, writeUrgent } from '../region/notes.ts'
import type { Random } from '../region/random.ts'
import type { Timeline } from '../region/timeline.ts'
import type { Cast, StoryPeople } from './people.ts'
import { writePerrinNotes } from './perrin-file.ts'
import { seedPerrinPapers } from './perrin-papers.ts'

/** The morning of Julie Marchal: what is to be done today and tomorrow, what came in since yesterday. */
export async function seedDay(bulk: Bulk, random: Random, calendar: SeedCalendar, cast: Cast, people: StoryPeople, timeline: Timeline): Promise<void> {
  await bulk.write('episodes.task', tasks(random, calendar, cast, people))
  const notes: NoteTables = { note: [], alert: [] }
  writeNews(random, calendar, cast, people, notes, timeline)
  writePerrinNotes(random, calendar, cast, people.episodeOf('perrin'), notes, timeline)
  await bulk.write('liaison.note', notes.note)
  await bulk.write('liaison.alert', notes.alert)
  await seedPerrinPapers(bulk, notes.note)
  await timeline.flush()
  await writeDraftEvaluation(bulk, random, calendar, cast, people)
  const yesterday = calendar.at(calendar.daysAgo(1), 1040)
  await bulk.write('liaison.last_visit', [
    { user_id: cast.julie.id, place_id: cast.julie.id, visited_at: yesterday, previous_at: calendar.at(calendar.daysAgo(2), 1030) },
    {
      user_id: cast.julie.id,
      place_id: people.of('perrin').id,
      visited_at: calendar.at(calendar.daysAgo(2), 985),
      previous_at: calendar.at(calendar.daysAgo(6), 600),
    },
  ])
}

function tasks(random: Random, calendar: SeedCalendar, cast: Cast, people: StoryPeople): readonly Row[] {
  const createdAt = calendar.at(calendar.daysAgo(3), 620)
  const task = (name: string, kind: string, title: string, dueOn: string, dueTime: string | null = null, more: Row = {}): Row => ({
    id: random.idAt(createdAt),
    person_id: people.of(name).id,
    episode_id: people.episodeOf(name).id,
    holder_org: cast.hautesVallees.id,
    kind,
    title,
    details: null,
    assignee_id: cast.julie.id,
    due_on: dueOn,
    due_time: dueTime,
    state: 'open',
    ended_at: null,
    ended_by: null,
    source: null,
    source_id: null,
    step: null,
    volet: 'administrative',
    outside_name: null,
    outside_role: null,
    letter_on: null,
    letter_by_name: null,
    reminded_step: null,
    reminded_on: null,
    reminded_for: null,
    reminded_to: null,
    created_at: createdAt,
    created_by: cast.julie.id,
    ...more,
  })
  const sequence = people.episodeOf('perrin').sequence
  const point = (step: string, label: string, days: number, done: boolean): Row =>
    task('perrin', 'other', `Sortie d’hospitalisation : ${label}`, addDays(String(sequence?.startsOn), days), null, {
      source: 'episodes.critical_sequence',
      source_id: sequence?.id ?? null,
      step,
      volet: 'health',
      ...(done
        ? {
            state: 'done',
            ended_at: new Date(Math.min(calendar.now.getTime() - 3_600_000, calendar.at(addDays(String(sequence?.startsOn), days), 1000).getTime())),
            ended_by: cast.julie.id,
          }
        : {}),
    })
  return [
    task('thomas', 'write_assessment', 'Évaluation à finir', calendar.today, '13:30'),
    task('perrin', 'call_professional', 'Rappeler le mandataire', calendar.daysAgo(2)),
    task('perrin', 'other', 'Vérifier la prise en charge du transport', calendar.daysAgo(9), null, {
      assignee_id: cast.karim.id,
      reminded_step: 'follower',
      reminded_on: calendar.daysAgo(1),
      reminded_for: calendar.daysAgo(9),
      reminded_to: cast.julie.id,
    }),
    task('georgel', 'send_document', 'Envoyer la fiche de liaison à la HAD', calendar.today, '12:00'),
    task('thomas', 'ask_agreement', 'Demander l’accord du Dr Ancel', addDays(calendar.today, 1)),
    task('perrin', 'ask_agreement', 'Accord pour une barre d’appui dans la salle de bains', calendar.daysAgo(16), null, {
      outside_name: 'Vosges Habitat',
      outside_role: 'Bailleur',
      letter_on: calendar.daysAgo(23),
      letter_by_name: cast.julie.name,
      reminded_step: 'actor',
      reminded_on: calendar.daysAgo(1),
      reminded_for: calendar.daysAgo(16),
      reminded_to: cast.julie.id,
    }),
    task('pierrat', 'call_professional', 'Relancer l’équipe APA du département', addDays(calendar.today, 4), null, { details: '2e relance.' }),
    task('vaxelaire', 'send_document', 'Compte rendu au CH des Hautes-Vallées', calendar.today, null, {
      state: 'done',
      ended_at: calendar.minutesAgo(60),
      ended_by: cast.julie.id,
    }),
    point('before', 'avant la sortie', -1, true),
    point('d0', 'jour de la sortie', 0, true),
    point('h48', '48 heures', 2, true),
    point('d7', '7 jours', 7, false),
    point('d30', '30 jours', 30, false),
  ]
}

function writeNews(random: Random, calendar: SeedCalendar, cast: Cast, people: StoryPeople, tables: NoteTables, timeline: Timeline): void {
  const yesterday = (minutes: number): Date => calendar.at(calendar.daysAgo(1), minutes)
  const [thomas, claudel, pierrat, lambert] = [people.of('thomas'), people.episodeOf('claudel'), people.episodeOf('pierrat'), people.episodeOf('lambert')]
  timeline.add({
    personId: thomas.id,
    holderOrg: cast.user('cpts-coordinator').serviceId,
    at: calendar.minutesAgo(104),
    kind: 'family_doctor',
    title: 'Saisine de la CPTS : un médecin est proposé',
    summary: 'Le Dr Ancel, à Éloyes, peut le recevoir mardi.',
    author: cast.user('cpts-coordinator'),
    source: 'persons',
    sourceId: thomas.id,
    volet: 'administrative',
  })
  writeNote(
    random,
    claudel,
    {
      type: 'general',
      volet: 'social',
      isPrivate: false,
      title: 'Hébergement temporaire possible en novembre',
      body: 'Une place trois semaines à l’EHPAD Les Tilleuls, à confirmer avec son mari.',
      author: cast.karim,
      at: yesterday(985),
    },
    tables,
    timeline,
  )
  writeNote(
    random,
    pierrat,
    {
      type: 'general',
      volet: 'social',
      isPrivate: true,
      title: 'Rappeler l’équipe APA avant mardi',
      body: 'Le dossier est passé en commission sans nous prévenir.',
      author: cast.karim,
      at: yesterday(1010),
    },
    tables,
    timeline,
  )
  writeNote(
    random,
    lambert,
    {
      type: 'intervention',
      volet: 'health',
      isPrivate: false,
      title: 'Ordonnance renouvelée par le Dr Humbert',
      body: 'Pour trois mois, anticoagulant inchangé.',
      author: cast.karim,
      at: yesterday(1020),
    },
    tables,
    timeline,
  )
  writeUrgent(
    random,
    people.episodeOf('vaxelaire'),
    {
      volet: 'social',
      title: 'Sort de l’hôpital demain',
      body: 'Avis de sortie du service social ; aucune aide n’est en place à la maison.',
      author: cast.karim,
      at: calendar.minutesAgo(90),
    },
    { state: 'to_take', took: null, by: cast.julie },
    tables,
    timeline,
  )
}

/** The evaluation of M. Thomas, begun and not finished: what his private draft holds stays in the DAC. */
async function writeDraftEvaluation(bulk: Bulk, random: Random, calendar: SeedCalendar, cast: Cast, people: StoryPeople): Promise<void> {
  const form = currentForm('multidimensional') as FormDefinition
  const startedAt = calendar.at(calendar.daysAgo(3), 870)
  const id = random.idAt(startedAt)
  const of = { person_id: people.of('thomas').id, holder_org: cast.hautesVallees.id, protection: 'org_private' }
  const filled: Readonly<Record<string, Readonly<Record<string, string | boolean>>>> = {
    visit: { place: 'home', present: 'Seul.', seen_alone: true, communication: 'easy' },
    words: { matters: '« Un médecin qui me connaisse. »', difficulties: '« Renouveler mes médicaments. »' },
    life_project: { wished_place: 'home', project: 'Reprendre la pêche.' },
  }
  await bulk.write('assessments.assessment', [
    {
      id,
      ...of,
      form_code: form.code,
      form_version: form.version,
      form_kind: form.kind,
      state: 'draft',
      performed_on: calendar.daysAgo(3),
      author_kind: 'self',
      author_name: cast.julie.name,
      author_role: cast.julie.presentedAs,
      volet: headerVolet(form),
      version: 4,
      created_at: startedAt,
      created_by: cast.julie.id,
    },
  ])
  await bulk.write(
    'assessments.section_answers',
    form.sections.map((section) => ({
      id: random.idAt(startedAt),
      assessment_id: id,
      ...of,
      section: section.code,
      answers: { json: filled[section.code] ?? {} },
      complete: section.code in filled,
      volet: section.volet,
      saved_at: startedAt,
      saved_by: cast.julie.id,
    })),
  )
}
