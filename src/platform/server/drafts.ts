import { sql } from 'kysely'
import { discardDraft, myDrafts, saveDraft } from '../contract/drafts.ts'
import { implement, noTarget } from './implement.ts'

/** Drafts on the server: the last one kept wins, its version tells the browser that another device was faster. */
export const draftHandlers = [
  implement(saveDraft, {
    load: noTarget,
    run: async ({ tx, actor, now }, { key, content }) => {
      const { rows } = await sql<{ version: number }>`insert into platform.draft (user_id, key, content, saved_at)
        values (${actor.userId}, ${key}, ${JSON.stringify(content)}::jsonb, ${now})
        on conflict (user_id, key) do update set content = excluded.content, saved_at = excluded.saved_at, version = draft.version + 1
        returning version`.execute(tx)
      return { version: rows[0]?.version ?? 1 }
    },
  }),
  implement(discardDraft, {
    load: noTarget,
    run: async ({ tx, actor }, { key }) => {
      await sql`delete from platform.draft where user_id = ${actor.userId} and key = ${key}`.execute(tx)
      return {}
    },
  }),
  implement(myDrafts, {
    load: noTarget,
    run: async ({ tx, actor }, { prefix }) => {
      const { rows } = await sql<{ key: string; content: never; version: number; savedAt: string }>`select key, content, version, saved_at as "savedAt"
        from platform.draft where user_id = ${actor.userId} and starts_with(key, ${prefix}) order by saved_at desc limit 50`.execute(tx)
      return { drafts: rows }
    },
  }),
]
