import type { EpisodeId } from '../src/episodes/contract/episode.ts'
import { anEpisode, episodeLists } from '../src/episodes/testing/builders.ts'
import { aPerson } from '../src/persons/testing/builders.ts'
import { newId, type PersonId } from '../src/platform/contract/ids.ts'
import { aService, aUser, type BuiltUser } from '../src/territory/testing/builders.ts'
import { fanOut, floor, openStage, option, print, socketFloor } from './delivery.ts'

/**
 * `npm run bench -- alerts [--browsers 1000] [--team 40] [--alerts 100]`: a note that asks for a quick answer, from its writing to the screens of the DAC that must
 * take the alert, with a thousand browsers on two server processes. `--team 1000`: one DAC of everybody, larger than any.
 */
const browsers = option('browsers', 1000)
const alerts = option('alerts', 100)

interface Team {
  readonly personId: PersonId
  /** Ranks of its members among all the users; the second one writes. */
  readonly members: readonly number[]
}

const stage = await openStage()
const users: BuiltUser[] = []
try {
  await episodeLists(stage.db)
  const teams = await teamsOf(browsers, option('team', 40))
  print({ bench: 'alerts', what: 'floor: commit, NOTIFY, heard', ...(await floor(stage)) })
  await stage.connect(users)
  print({ bench: 'alerts', what: 'floor: the same bytes to as many sockets, nothing asked', ...(await socketFloor(stage, option('team', 40))) })
  print({ bench: 'alerts', what: `teams of ${option('team', 40)}`, target_p99: 250, ...(await raised(teams)) })
} finally {
  await stage.close()
}

function raised(teams: readonly Team[]): Promise<object> {
  return fanOut(stage, {
    times: alerts,
    once: async (n, id) => {
      const { personId, members } = teams[n % teams.length] as Team
      const input = { id, personId, body: `Alerte ${n}`, volet: 'health', urgent: true }
      return { ...(await stage.act(n, members[1] ?? (members[0] as number), 'liaison.note.write', input)), listeners: members.length }
    },
    idOf: ({ type, alertId }) => (type === 'liaison.alert.raised' ? alertId : undefined),
  })
}

/** DACs of so many users, each with somebody whom they follow. */
async function teamsOf(count: number, size: number): Promise<readonly Team[]> {
  const made: Team[] = []
  for (let from = 0; from < count; from += size) {
    const dac = await aService(stage.db, { name: `DAC ${from}` })
    for (let n = from; n < Math.min(count, from + size); n += 1) users.push(await aUser(stage.db, { service: dac, familyName: `N${n}` }))
    const members = users.slice(from, from + size)
    const [referent, binome] = members as [BuiltUser, BuiltUser | undefined]
    const episodeId = newId<EpisodeId>()
    const personId = await aPerson(stage.db, { dac: dac.id, episodeId })
    await anEpisode(stage.db, { id: episodeId, personId, dac: dac.id, referentId: referent.id, binomeId: binome?.id ?? null })
    made.push({ personId, members: members.map((_, place) => from + place) })
  }
  return made
}
