import type { Bulk, Row } from './bulk.ts'
import type { SeedCalendar } from './calendar.ts'
import type { SeededMember } from './circles.ts'
import type { SeededEpisode } from './episodes.ts'
import { randomOf } from './random.ts'

/** Weights and pressures of files that are followed closely: what a nurse notes when she passes. A few lose weight, and their threshold says so. */
export async function seedMeasures(
  bulk: Bulk,
  calendar: SeedCalendar,
  episodes: readonly SeededEpisode[],
  circles: ReadonlyMap<string, readonly SeededMember[]>,
): Promise<void> {
  // Numbers of its own: what was drawn before measures existed stays as it was.
  const random = randomOf(41)
  const measures: Row[] = []
  const thresholds: Row[] = []
  for (const episode of episodes) {
    const isStory = episode.told?.byHand === true
    if (episode.state !== 'open' || (!isStory && (episode.level === 'brief' || !random.chance(0.35)))) continue
    const nurse =
      (circles.get(episode.id) ?? []).find((member) => member.sees && member.user !== null && member.roles.includes('nurse'))?.user ?? episode.referent
    const loses = isStory || random.chance(0.15)
    const start = episode.told?.byHand ? 54.8 : random.between(44, 88)
    for (let step = 6; step >= 0; step -= 1) {
      const at = calendar.minutesAgo(step * 14 * 1440 + random.between(60, 400))
      if (at < episode.openedAt) continue
      const common = {
        person_id: episode.person.id,
        at,
        words: null,
        author_id: nurse.id,
        author_name: nurse.name,
        author_function: nurse.presentedAs,
        holder_org: episode.dac.id,
        recorded_at: at,
      }
      const weight = Math.round((start - (loses ? (6 - step) * 0.4 : random.next() - 0.5)) * 10) / 10
      measures.push({ id: random.idAt(at), kind: 'weight', value: weight, second_value: null, ...common })
      if (step % 2 === 0)
        measures.push({ id: random.idAt(at), kind: 'blood_pressure', value: random.between(108, 152), second_value: random.between(58, 88), ...common })
    }
    if (loses)
      thresholds.push({
        id: random.idAt(calendar.now),
        person_id: episode.person.id,
        kind: 'weight',
        low: start - 2,
        high: null,
        reason: 'Perd l’appétit depuis l’été.',
        set_by: episode.referent.id,
        set_by_name: episode.referent.name,
        set_at: calendar.minutesAgo(60 * 1440),
        holder_org: episode.dac.id,
      })
  }
  await bulk.write('liaison.measure', measures)
  await bulk.write('liaison.measure_threshold', thresholds)
}
