import { sql } from 'kysely'
import { newId } from '../src/platform/contract/ids.ts'
import { asSystem } from '../src/platform/server/db.ts'
import { aService, aUser, type BuiltUser } from '../src/territory/testing/builders.ts'
import { fanOut, floor, openStage, option, print, socketFloor } from './delivery.ts'

/**
 * `npm run bench -- conversations [--browsers 1000] [--messages 100] [--circle 10] [--most 60]`: messages to browsers connected to two server processes: in
 * circles, in conversations as large as they may be, and in one of everybody, which the product does not allow and which shows what grows.
 */
const messages = option('messages', 100)
const circle = option('circle', 10)
const most = option('most', 60)

interface Thread {
  readonly id: string
  readonly members: readonly number[]
}

const stage = await openStage()
try {
  const dac = await aService(stage.db, { name: 'DAC de mesure' })
  const users: BuiltUser[] = []
  for (let n = 0; n < option('browsers', 1000); n += 1) users.push(await aUser(stage.db, { service: dac, familyName: `N${n}` }))
  const kinds = [
    { what: 'circles', threads: await threadsOf(users, circle), times: messages },
    { what: 'the largest conversations', threads: await threadsOf(users, most), times: messages },
    { what: 'one conversation of everybody', threads: await threadsOf(users, users.length), times: Math.min(20, messages) },
  ]
  print({ bench: 'conversations', what: 'floor: commit, NOTIFY, heard', ...(await floor(stage)) })
  await stage.connect(users)
  print({ bench: 'conversations', what: 'floor: the same bytes to as many sockets, nothing asked', ...(await socketFloor(stage, users.length)) })
  for (const { what, threads, times } of kinds)
    print({
      bench: 'conversations',
      what,
      target_p99: 250,
      ...(await fanOut(stage, {
        times,
        once: async (n, id) => {
          const { id: threadId, members } = threads[n % threads.length] as Thread
          const author = members[n % members.length] as number
          const input = { id, threadId, body: `Message ${n}` }
          return { ...(await stage.act(n, author, 'conversations.message.send', input)), listeners: members.length }
        },
        idOf: ({ type, messageId }) => (type === 'conversations.message.sent' ? messageId : undefined),
      })),
    })
} finally {
  await stage.close()
}

/** Conversations of so many users each, written as they are after somebody opened them. */
async function threadsOf(users: readonly BuiltUser[], size: number): Promise<readonly Thread[]> {
  const made: Thread[] = []
  await asSystem(stage.db, 'conversations of a measure', async (tx) => {
    for (let from = 0; from < users.length; from += size) {
      const members = users.slice(from, from + size)
      const [author] = members as [BuiltUser]
      const id = newId()
      await sql`insert into conversations.thread (id, subject, reach, last_at, created_at, created_by, created_by_name, volet, holder_org)
        values (${id}, 'Mesure', 'chosen', now(), now(), ${author.id}, 'N', 'administrative', ${author.service.id})`.execute(tx)
      await sql`insert into conversations.participant (id, thread_id, user_id, name, from_number, joined_at, volet, holder_org)
        select gen_random_uuid(), ${id}, u, 'N', 1, now(), 'administrative', ${author.service.id} from unnest(${`{${members.map((one) => one.id).join(',')}}`}::uuid[]) u`.execute(
        tx,
      )
      made.push({ id, members: members.map((_, place) => from + place) })
    }
  })
  return made
}
