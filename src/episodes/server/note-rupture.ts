import { loadPerson, recordTimelineItem } from '../../persons/server/api.ts'
import type { ServiceId } from '../../platform/contract/ids.ts'
import { french } from '../../platform/contract/typography.ts'
import { implement } from '../../platform/server/implement.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import { assertValue } from '../../territory/server/api.ts'
import { noteRupture } from '../contract/ruptures.ts'
import { ruptureTypes } from '../contract/value-sets.ts'
import { todayOf } from './edit-episode.ts'
import { findLiveEpisode } from './episode.sql.ts'
import { insertRupture } from './sequence.sql.ts'

/** Kept once for each cause and type: a second gesture writes nothing. */
export const noteRuptureImplementation = implement(noteRupture, {
  load: (context, { personId }) => loadPerson(context, personId),
  run: async (context, { personId, type, words, volet, source, sourceId }) => {
    const { tx, actor, now } = context
    await assertValue(tx, 'episodes.rupture_type', type)
    const holderOrg = actor.serviceId as ServiceId
    const episode = await findLiveEpisode(tx, personId, holderOrg)
    const on = todayOf(context)
    const noted = await insertRupture(tx, {
      personId,
      episodeId: episode?.id ?? null,
      holderOrg,
      type,
      words,
      on,
      source,
      sourceId,
      volet,
      by: actor.userId,
      at: now,
    })
    if (!noted) return { noted }
    await recordTimelineItem(context, {
      personId,
      kind: 'episodes.rupture',
      title: french(`Rupture de parcours notée : ${labelOf(ruptureTypes, type).toLowerCase()}`),
      summary: words,
      source: 'episodes.rupture',
      sourceId,
      volet,
    })
    context.emit({ type: 'episodes.rupture.noted', personId, volet, payload: { personId, sourceId } })
    return { noted }
  },
})
