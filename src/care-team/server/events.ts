import { newId, type PersonId } from '../../platform/contract/ids.ts'
import type { Subscriber } from '../../platform/server/subscribers.ts'
import type { RoleId } from '../contract/member.ts'
import { dayOf, endEpisodeRoles, followerCard, type HeldRole, holderOfEpisode, memberForFollower, tellCircleChanged } from './followers.sql.ts'
import { insertRole, withdrawSensitiveNames } from './member.sql.ts'

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/**
 * The référent and her binôme stand in the circle as the accompaniment says: they enter when it opens, change with it, and leave when it closes.
 * They see the file by their service, so that no access is written for them.
 */
export const followersInTheCircle: Subscriber = {
  name: 'care-team.followers',
  types: ['episodes.episode.opened', 'episodes.episode.reopened', 'episodes.episode.closed', 'episodes.referent.changed', 'episodes.binome.changed'],
  react: async (tx, event) => {
    const episodeId = text(event.payload.episodeId)
    if (event.personId === null || episodeId === null) return
    const personId = event.personId as PersonId
    const holderOrg = text(event.payload.serviceId) ?? (await holderOfEpisode(tx, episodeId))
    if (holderOrg === null) return

    const enter = async (role: HeldRole, userId: string | null): Promise<void> => {
      const card = userId === null ? undefined : await followerCard(tx, userId, holderOrg)
      if (card === undefined) return
      const memberId = await memberForFollower(tx, { personId, card, holderOrg, at: event.at })
      await insertRole(tx, {
        id: newId<RoleId>(),
        memberId,
        personId,
        role,
        startsOn: await dayOf(tx, event.at),
        documentSeen: null,
        holderOrg,
        at: event.at,
        by: event.actorId,
        sourceId: episodeId,
      })
    }
    switch (event.type) {
      case 'episodes.episode.closed':
        await endEpisodeRoles(tx, episodeId, ['referent', 'co_referent'], event.at, 'mission_ended')
        break
      case 'episodes.referent.changed':
        await endEpisodeRoles(tx, episodeId, ['referent'], event.at, 'replaced')
        await enter('referent', text(event.payload.toUserId))
        break
      case 'episodes.binome.changed':
        await endEpisodeRoles(tx, episodeId, ['co_referent'], event.at, 'replaced')
        await enter('co_referent', text(event.payload.binomeId))
        break
      default:
        await endEpisodeRoles(tx, episodeId, ['referent', 'co_referent'], event.at, 'replaced')
        await enter('referent', text(event.payload.referentId))
        await enter('co_referent', text(event.payload.binomeId))
    }
    await tellCircleChanged(tx, personId)
  },
}

/** A person marked at risk, or a structure marked sensitive: what the Fil says of it to the circle is withdrawn, the DAC keeps it. */
export const sensitiveNames: Subscriber = {
  name: 'care-team.sensitive-names',
  types: ['persons.silence.changed', 'persons.sensitiveStructure.changed'],
  react: async (tx, event) => withdrawSensitiveNames(tx, event.personId),
}
