import { z } from 'zod'
import { allowedIf, defineAction, defineQuery, signedIn } from '../../platform/contract/action.ts'
import { type Actor, holds, professionalCategories } from '../../platform/contract/actor.ts'
import { line, optional, paragraph, seenVersion } from '../../platform/contract/fields.ts'
import { type Branded, idSchema } from '../../platform/contract/ids.ts'
import { noteType } from './note.ts'

export type NoteTemplateId = Branded<'NoteTemplateId'>

/** What one decides of a frame that spares thinking of what to say: headings to fill, in the words of a trade. */
const decision = z.object({
  label: line(60),
  type: noteType,
  /** Categories of R.1110-2 whose work it is. */
  categories: z.array(z.enum(professionalCategories)).min(1, { error: 'Une catégorie au moins.' }).max(5),
  /** Beginnings of words of a profession, accents and capitals apart; none: every profession of these categories. */
  professions: z.array(line(40)).max(12, { error: '12 professions au plus.' }).default([]),
  headings: z.array(line(60)).min(1, { error: 'Une rubrique au moins.' }).max(12, { error: '12 rubriques au plus.' }),
  active: z.boolean(),
  reason: optional(paragraph(500)),
})

const noteTemplate = decision.extend({
  id: idSchema<NoteTemplateId>(),
  version: z.number().int(),
  reason: z.string().nullable(),
  decidedByName: z.string(),
  decidedAt: z.string(),
})
/** A template as it stands. */
export type NoteTemplate = z.output<typeof noteTemplate>

const region = (actor: Actor) => allowedIf(holds(actor, 'regional_admin'), 'Les modèles de notes sont écrits par l’administration régionale.')

/** Writes the next version of a template, or the first one. None is ever changed. */
export const writeNoteTemplate = defineAction({
  name: 'liaison.noteTemplate.write',
  title: 'Écrire un modèle de note',
  input: decision.extend({
    id: idSchema<NoteTemplateId>(),
    /** 0: a new template. */
    baseVersion: seenVersion(0),
  }),
  output: z.object({ id: idSchema<NoteTemplateId>(), version: z.number().int() }),
  access: region,
  audit: { none: 'a template is about nobody' },
})

const frame = z.object({ id: idSchema<NoteTemplateId>(), label: z.string(), type: noteType, headings: z.array(z.string()) })
/** A frame as whoever writes a note is offered it. */
export type NoteFrame = z.output<typeof frame>

export const noteTemplates = defineQuery({
  name: 'liaison.noteTemplates',
  title: 'Mes modèles de notes',
  input: z.object({}),
  output: z.object({ rows: z.array(frame) }),
  access: signedIn('the frames of her trade, about nobody'),
  audit: { none: 'templates are about nobody' },
})

/** All of them with what they were, for who writes them. */
export const noteTemplateBook = defineQuery({
  name: 'liaison.noteTemplateBook',
  title: 'Modèles de notes de la région',
  input: z.object({}),
  output: z.object({ rows: z.array(noteTemplate.extend({ earlier: z.array(noteTemplate) })) }),
  access: region,
  audit: { none: 'templates are about nobody' },
})

/** The frame to fill. */
export function templateBody({ headings }: Pick<NoteFrame, 'headings'>): string {
  return headings.map((heading) => `${heading}\u00a0: `).join('\n')
}

/** What is kept of a filled frame: headings that nobody filled go. Text without frame stays as it is. */
export function withoutEmptyHeadings(body: string, templates: readonly Pick<NoteFrame, 'headings'>[]): string {
  const empty = new Set(templates.flatMap(({ headings }) => headings.map((heading) => `${heading}\u00a0:`)))
  return body
    .split('\n')
    .filter((text) => !empty.has(text.trim()))
    .join('\n')
}
