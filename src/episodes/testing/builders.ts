import { sql } from 'kysely'
import { newId, type PersonId, type ServiceId, type UserId } from '../../platform/contract/ids.ts'
import { asSystem, type Database } from '../../platform/server/db.ts'
import { aValueSet } from '../../territory/testing/builders.ts'
import type { EpisodeId, TaskId } from '../contract/episode.ts'
import { episodesValueSets, type Level } from '../contract/value-sets.ts'

/** The lists that the actions of episodes check their codes against. */
export async function episodeLists(db: Database): Promise<void> {
  for (const set of episodesValueSets)
    await aValueSet(
      db,
      set.code,
      set.values.map((value) => value.code),
    )
  await aValueSet(db, 'steering.population', ['geriatrics', 'palliative', 'mental_health', 'precarity'])
  await aValueSet(db, 'steering.difficulty', ['isolation', 'falls', 'caregiver', 'care_refusal', 'no_gp'])
}

export interface EpisodeFacts {
  readonly personId: PersonId
  readonly dac: ServiceId
  readonly referentId: UserId
  readonly binomeId?: UserId | null
  readonly id?: EpisodeId
  readonly level?: Level
  readonly openedOn?: string
  readonly state?: 'open' | 'dormant'
  readonly wakeUpOn?: string
}

/** Plants an accompaniment in progress; the sight of the DAC is the business of `aPerson({ dac, episodeId })`. Gives its id. */
export async function anEpisode(db: Database, facts: EpisodeFacts): Promise<EpisodeId> {
  const id = facts.id ?? newId<EpisodeId>()
  const openedOn = facts.openedOn ?? '2026-06-02'
  await asSystem(db, 'plant an episode in a test', async (tx) => {
    await sql`insert into episodes.episode (id, person_id, holder_org, state, level, level_since, referent_id, binome_id, opened_on, wake_up_on, dormancy_reason, created_at)
      values (${id}, ${facts.personId}, ${facts.dac}, ${facts.state ?? 'open'}, ${facts.level ?? 'sustained'}, ${openedOn}, ${facts.referentId}, ${facts.binomeId ?? null}, ${openedOn},
        ${facts.wakeUpOn ?? null}, ${facts.state === 'dormant' ? 'stable' : null}, ${openedOn}::date)`.execute(tx)
    await sql`insert into episodes.level_period (id, episode_id, person_id, holder_org, level, starts_on) values (${newId()}, ${id}, ${facts.personId}, ${facts.dac}, ${facts.level ?? 'sustained'}, ${openedOn})`.execute(
      tx,
    )
    for (const [role, userId] of [
      ['referent', facts.referentId],
      ['binome', facts.binomeId ?? null],
    ] as const) {
      if (userId !== null)
        await sql`insert into episodes.assignment (id, episode_id, person_id, holder_org, role, user_id, starts_on) values (${newId()}, ${id}, ${facts.personId}, ${facts.dac}, ${role}, ${userId}, ${openedOn})`.execute(
          tx,
        )
    }
  })
  return id
}

/** Plants an open task. */
export async function aTask(
  db: Database,
  facts: {
    readonly dac: ServiceId
    readonly assigneeId: UserId | null
    readonly personId?: PersonId | null
    readonly episodeId?: EpisodeId
    readonly title?: string
    readonly dueOn?: string | null
  },
): Promise<TaskId> {
  const id = newId<TaskId>()
  await asSystem(db, 'plant a task in a test', (tx) =>
    sql`insert into episodes.task (id, person_id, episode_id, holder_org, kind, title, assignee_id, due_on, created_at)
    values (${id}, ${facts.personId ?? null}, ${facts.episodeId ?? null}, ${facts.dac}, 'call_person', ${facts.title ?? 'Rappeler'}, ${facts.assigneeId}, ${facts.dueOn ?? null}, '2026-10-01T08:00:00Z')`.execute(
      tx,
    ),
  )
  return id
}
