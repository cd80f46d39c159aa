import type { ActorFunction } from '../../platform/contract/actor.ts'
import { notFound } from '../../platform/contract/errors.ts'
import type { Context } from '../../platform/server/implement.ts'
import type { NoteId, NoteTarget } from '../contract/note.ts'
import { findNote, type NoteRow } from './note.sql.ts'

/** The note as the actor sees it; absent and invisible are the same. */
export async function loadNote({ tx }: Pick<Context, 'tx'>, id: NoteId): Promise<NoteRow & NoteTarget> {
  const note = await findNote(tx, id)
  if (note === undefined) throw notFound('note')
  return { ...note, isPrivate: note.protection === 'org_private' }
}

const words: readonly (readonly [ActorFunction, string])[] = [
  ['doctor', 'médecin du DAC'],
  ['referent', 'référent de parcours'],
  ['team_lead', 'responsable d’équipe'],
  ['front_desk', 'accueil'],
  ['outside_professional', 'professionnel du cercle'],
]

/** How the author of a note is presented: her function in the service where she writes. */
export function functionOf({ actor }: Pick<Context, 'actor'>): string | null {
  return words.find(([held]) => actor.functions.includes(held))?.[1] ?? null
}
