import { writeFile } from 'node:fs/promises'
import { databaseTypesFile, generateDatabaseTypes } from './database-types.ts'
import { narrate } from './narration.ts'

await narrate().step('Types de la base de données', async () => {
  await writeFile(databaseTypesFile, await generateDatabaseTypes())
})
