import { noteHeading } from '../../../liaison/contract/note.ts'
import type { Bulk, Row } from './bulk.ts'
import type { SeedCalendar } from './calendar.ts'
import type { SeededMember } from './circles.ts'
import type { SeededEpisode } from './episodes.ts'
import { type NoteModel, noteModels, urgentModels } from './note-texts.ts'
import type { RegionPlan } from './plan.ts'
import type { Random } from './random.ts'
import type { SeededUser } from './staff.ts'
import type { Timeline } from './timeline.ts'
import { said } from './words.ts'

/** Files written together. */
const batch = 2_000

export interface NoteTables {
  readonly note: Row[]
  readonly alert: Row[]
}

/** The carnets: as many notes as the plan says, most of them in the files that are open; some flagged, some answered. */
export async function seedNotes(
  bulk: Bulk,
  random: Random,
  plan: RegionPlan,
  calendar: SeedCalendar,
  episodes: readonly SeededEpisode[],
  circles: ReadonlyMap<string, readonly SeededMember[]>,
  timeline: Timeline,
): Promise<void> {
  // A file has as many notes as it is followed closely and for long.
  const weight = (episode: SeededEpisode): number => {
    const days = (Date.parse(episode.closedOn ?? calendar.today) - Date.parse(episode.openedOn)) / 86_400_000
    return (episode.level === 'intensive' ? 3 : episode.level === 'sustained' ? 2 : 1) * Math.min(240, days + 2)
  }
  const total = episodes.reduce((sum, episode) => sum + weight(episode), 0)
  let owed = 0
  for (let from = 0; from < episodes.length; from += batch) {
    const tables: NoteTables = { note: [], alert: [] }
    for (const episode of episodes.slice(from, from + batch)) {
      if (episode.told?.byHand) continue
      owed += (plan.notes * weight(episode)) / total
      const count = Math.floor(owed)
      owed -= count
      writeFile(random, calendar, episode, circles.get(episode.id) ?? [], count, tables, timeline)
    }
    await bulk.write('liaison.note', tables.note)
    await bulk.write('liaison.alert', tables.alert)
    await timeline.flush()
  }
}

function writeFile(
  random: Random,
  calendar: SeedCalendar,
  episode: SeededEpisode,
  circle: readonly SeededMember[],
  count: number,
  tables: NoteTables,
  timeline: Timeline,
): void {
  const writers = new Map<NoteModel['by'], SeededUser>()
  for (const member of circle) if (member.sees && member.user !== null) for (const role of member.roles) writers.set(role, member.user)
  const models = noteModels.filter((one) => one.by === 'dac' || writers.has(one.by))
  const dac = (): SeededUser => (episode.binome !== null && random.chance(0.3) ? episode.binome : episode.referent)
  const first = episode.openedAt.getTime()
  const last = episode.closedOn === null ? calendar.now.getTime() : calendar.at(episode.closedOn, 880).getTime()
  for (let written = 0; written < count; written += 1) {
    const model = random.pick(models)
    const drawn = first + (last - first) * random.next()
    // The DAC writes on working days; the circle every day.
    const at = model.by === 'dac' ? new Date(Math.min(last, Math.max(first, calendar.office(drawn).getTime()))) : inDaytime(calendar, drawn, last)
    const author = model.by === 'dac' ? dac() : (writers.get(model.by) as SeededUser)
    const root = writeNote(
      random,
      episode,
      {
        type: model.type,
        volet: model.volet,
        isPrivate: model.isPrivate,
        title: said(model.title, episode.person.sex),
        body: said(model.body, episode.person.sex),
        author,
        at,
      },
      tables,
      timeline,
    )
    if (model.reply === undefined || written + 1 >= count || !random.chance(0.6)) continue
    const answered = new Date(Math.min(last, at.getTime() + random.between(20, 1500) * 60_000))
    writeReply(
      random,
      episode,
      root,
      said(model.reply, episode.person.sex),
      (model.type === 'opinion_request' || model.by === 'pharmacist' ? writers.get('gp') : undefined) ?? episode.referent,
      answered,
      tables,
      timeline,
    )
    written += 1
  }
  if (
    episode.state === 'open' &&
    episode.referent.persona === null &&
    episode.binome?.persona !== 'referent' &&
    episode.level !== 'brief' &&
    random.chance(0.05)
  )
    raise(random, calendar, episode, writers, tables, timeline)
}

/** Somebody of the circle asks the DAC to act. Most were settled; those of the last day may still be to take. */
function raise(
  random: Random,
  calendar: SeedCalendar,
  episode: SeededEpisode,
  writers: ReadonlyMap<NoteModel['by'], SeededUser>,
  tables: NoteTables,
  timeline: Timeline,
): void {
  const [by, title, body] = random.pick(urgentModels.filter((one) => one[0] === 'dac' || writers.has(one[0])))
  const recent = random.chance(0.3)
  const at = recent
    ? calendar.minutesAgo(random.between(30, 1200))
    : new Date(Math.max(episode.openedAt.getTime(), calendar.now.getTime() - random.between(3, 60) * 86_400_000))
  const author = by === 'dac' ? (episode.binome ?? episode.referent) : (writers.get(by) as SeededUser)
  const state = recent ? random.pick(['to_take', 'taken'] as const) : 'settled'
  const took = state === 'to_take' ? null : new Date(at.getTime() + 25 * 60_000)
  writeUrgent(
    random,
    episode,
    { title: said(title, episode.person.sex), body: said(body, episode.person.sex), author, at, volet: 'health' },
    { state, took, by: episode.referent },
    tables,
    timeline,
  )
}

export interface NoteToWrite {
  readonly type: NoteModel['type']
  readonly volet: NoteModel['volet']
  readonly isPrivate: boolean
  readonly title: string | null
  readonly body: string
  readonly author: SeededUser
  readonly at: Date
  readonly urgent?: boolean
}
type Written = NoteToWrite & { readonly id: string }
/** The file of a person, as far as a note needs it. */
export type NoteFile = Pick<SeededEpisode, 'dac'> & { readonly person: { readonly id: string } }

/** A note and its line of the Fil. */
export function writeNote(random: Random, { person, dac }: NoteFile, note: NoteToWrite, tables: NoteTables, timeline: Timeline): Written {
  const { type, volet, isPrivate, title, body, author, at, urgent = false } = note
  const id = random.idAt(at)
  const holderOrg = isPrivate ? dac.id : author.serviceId
  tables.note.push({
    id,
    person_id: person.id,
    kind: type,
    title,
    body,
    urgent,
    event: eventTold(title, body),
    root_id: id,
    relation: null,
    author_id: author.id,
    author_name: author.name,
    author_function: author.presentedAs,
    at,
    volet,
    holder_org: holderOrg,
    protection: isPrivate ? 'org_private' : 'shared',
    recorded_at: at,
  })
  timeline.add({
    personId: person.id,
    holderOrg,
    at,
    kind: `liaison.${type}`,
    ...noteHeading(type, title, body),
    author,
    source: 'liaison.note',
    sourceId: id,
    volet,
    isPrivate,
  })
  return { ...note, id }
}

export function writeReply(
  random: Random,
  { person, dac }: NoteFile,
  root: Written,
  body: string,
  author: SeededUser,
  at: Date,
  tables: NoteTables,
  timeline: Timeline,
): void {
  const id = random.idAt(at)
  const holderOrg = root.isPrivate ? dac.id : author.serviceId
  tables.note.push({
    id,
    person_id: person.id,
    kind: root.type,
    title: null,
    body,
    urgent: false,
    event: null,
    root_id: root.id,
    relation: 'reply',
    author_id: author.id,
    author_name: author.name,
    author_function: author.presentedAs,
    at,
    volet: root.volet,
    holder_org: holderOrg,
    protection: root.isPrivate ? 'org_private' : 'shared',
    recorded_at: at,
  })
  timeline.add({
    personId: person.id,
    holderOrg,
    at,
    kind: 'liaison.reply',
    title: `Réponse · ${noteHeading(root.type, root.title, root.body).title}`,
    summary: body,
    author,
    source: 'liaison.note',
    sourceId: id,
    volet: root.volet,
    isPrivate: root.isPrivate,
  })
}

/** A flagged note, with the alert that it raises and what became of it. */
export function writeUrgent(
  random: Random,
  file: NoteFile,
  { title, body, author, at, volet }: Pick<NoteToWrite, 'title' | 'body' | 'author' | 'at' | 'volet'>,
  settled: { readonly state: 'to_take' | 'taken' | 'settled'; readonly took: Date | null; readonly by: SeededUser },
  tables: NoteTables,
  timeline: Timeline,
): Written {
  const note = writeNote(random, file, { type: 'observation', volet, isPrivate: false, title, body, author, at, urgent: true }, tables, timeline)
  const done = settled.state === 'settled'
  tables.alert.push({
    event: eventTold(title, body),
    rule_id: '01930000-0000-7000-8000-000000000001',
    rule_version: 1,
    addressees: [settled.by.id],
    routed_because: 'referent',
    id: note.id,
    person_id: file.person.id,
    title: noteHeading('observation', title, body).title,
    summary: body,
    source: 'liaison.note',
    source_id: note.id,
    raised_at: at,
    raised_by: author.id,
    raised_by_name: author.name,
    raised_by_function: author.presentedAs,
    state: settled.state,
    taken_by: settled.took === null ? null : settled.by.id,
    taken_at: settled.took,
    settled_by: done ? settled.by.id : null,
    settled_at: done ? new Date((settled.took as Date).getTime() + 3_600_000) : null,
    outcome: done ? 'Appelé, situation revue avec le cercle.' : null,
    volet,
    holder_org: file.dac.id,
  })
  return note
}

/** What a note of the demo tells, as its author would have said it. */
function eventTold(title: string | null, body: string): string | null {
  const text = (title ?? body.split('.')[0] ?? '').toLowerCase()
  if (/\bchute|tombée?\b/.test(text)) return 'fall'
  if (/\brefuse/.test(text)) return 'care_refusal'
  if (/sortie d’hôpital|sort de l’hôpital|retour à domicile/.test(text)) return 'hospital_discharge'
  if (/épuisée?\b|n’en peut plus/.test(text)) return 'caregiver_exhausted'
  return null
}

/** The instant moved to the hours at which one writes, the same day; never after `last`. */
function inDaytime(calendar: SeedCalendar, time: number, last: number): Date {
  const sinceMidnight = time % 86_400_000
  const [opens, closes] = [6.5 * 3_600_000, 18 * 3_600_000]
  const moved = time - sinceMidnight + opens + (sinceMidnight * (closes - opens)) / 86_400_000
  return new Date(Math.min(moved, last, calendar.now.getTime()))
}
