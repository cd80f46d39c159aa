import { conflict } from '../../platform/contract/errors.ts'
import { implement, noTarget } from '../../platform/server/implement.ts'
import { noteTemplateBook, noteTemplates, writeNoteTemplate } from '../contract/note-templates.ts'
import { insertTemplateVersion, lockTemplate, selectBook, selectFrames } from './note-template.sql.ts'

export const writeNoteTemplateImplementation = implement(writeNoteTemplate, {
  load: noTarget,
  run: async (context, { baseVersion, ...decided }) => {
    const { tx, actor, now } = context
    const version = await lockTemplate(tx, decided.id)
    if (version !== baseVersion) throw conflict('liaison.template_changed', {}, { version })
    await insertTemplateVersion(tx, { ...decided, version: version + 1, decidedBy: actor.userId, decidedByName: actor.displayName, decidedAt: now })
    context.note({ templateId: decided.id, version: version + 1, active: decided.active })
    context.emit({ type: 'liaison.noteTemplate.written', audience: [actor.userId], payload: { templateId: decided.id, version: version + 1 } })
    return { id: decided.id, version: version + 1 }
  },
})

export const noteTemplatesImplementation = implement(noteTemplates, {
  load: noTarget,
  run: async ({ tx, actor }) => ({ rows: [...(await selectFrames(tx, actor.userId, actor.category))] }),
})

export const noteTemplateBookImplementation = implement(noteTemplateBook, { load: noTarget, run: async ({ tx }) => ({ rows: await selectBook(tx) }) })
