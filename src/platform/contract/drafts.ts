import { z } from 'zod'
import { defineAction, defineQuery, signedIn } from './action.ts'

const draftKey = z.string().regex(/^[a-zA-Z0-9.:_-]{1,120}$/)
const ownDraft = signedIn('a draft belongs to the user who types it; row-level security keeps it hers')

export const saveDraft = defineAction({
  name: 'draft.save',
  title: 'Garder un brouillon',
  access: ownDraft,
  audit: { none: 'own unsent words, read by nobody else' },
  input: z.object({ key: draftKey, content: z.json().refine((value) => JSON.stringify(value).length <= 200_000, { error: 'Brouillon trop long.' }) }),
  output: z.object({ version: z.number().int() }),
})

export const discardDraft = defineAction({
  name: 'draft.discard',
  title: 'Jeter un brouillon',
  access: ownDraft,
  audit: { none: 'own unsent words, read by nobody else' },
  input: z.object({ key: draftKey }),
  output: z.object({}),
})

export const myDrafts = defineQuery({
  name: 'draft.list',
  title: 'Mes brouillons',
  access: ownDraft,
  audit: { none: 'own unsent words, read by nobody else' },
  input: z.object({ prefix: z.string().max(120).default('') }),
  output: z.object({ drafts: z.array(z.object({ key: z.string(), content: z.json(), version: z.number().int(), savedAt: z.string() })) }),
})
