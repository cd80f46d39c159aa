import { invalid } from '../../platform/contract/errors.ts'
import { implement, noTarget } from '../../platform/server/implement.ts'
import { publishForm } from '../contract/actions.ts'
import { loadForm } from './regional-forms.ts'

export const publishFormImplementation = implement(publishForm, {
  load: noTarget,
  run: async ({ tx, actor, note, emit }, { definition }) => {
    const loaded = await loadForm(tx, definition, actor.displayName)
    if (!loaded.ok) throw invalid('assessments.form_faulty', { faults: loaded.faults.length }, { faults: loaded.faults })
    const { code, version } = loaded.form
    note({ form: code, version, already: loaded.already })
    if (!loaded.already) emit({ type: 'assessments.form.published', payload: { code, version } })
    return { code, version, already: loaded.already }
  },
})
