import { z } from 'zod'

/** No generated code in the browser (security policy); words for the faults that a schema left without any. */
z.config({
  jitless: true,
  customError: (issue) => {
    if (issue.code === 'too_big') return issue.origin === 'string' ? `Trop long\u00a0: ${issue.maximum} caractères au plus.` : `Au plus ${issue.maximum}.`
    if (issue.code === 'too_small') return issue.origin === 'string' || issue.origin === 'array' ? 'À remplir.' : `Au moins ${issue.minimum}.`
    if (issue.code === 'invalid_type') return issue.expected === 'number' || issue.expected === 'int' ? 'Un nombre est attendu.' : 'À remplir.'
    if (issue.code === 'invalid_value') return 'À choisir dans la liste.'
    return 'À corriger.'
  },
})
