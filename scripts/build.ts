import { narrate } from './narration.ts'
import { buildWebIfChanged } from './web-build.ts'

await narrate().step('Application web', async (detail) => {
  if (!(await buildWebIfChanged({ gallery: false }))) detail('déjà à jour')
})
