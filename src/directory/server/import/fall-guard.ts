import { importStopped } from './import-error.ts'

/** From so many cards on, a file that takes away more than a fifth of them is held to be incomplete. Below, a fifth is a handful. */
const guarded = 100

/**
 * Refuses, before anything shows, a file that would take away more than a fifth of what is held, unless that is accepted. `held` is what the directory had,
 * in the unit of the file: professionals, sites, lines, structures or services.
 */
export function assertNoFall(
  { allowShrink }: { readonly allowShrink: boolean },
  { held, added, removed }: { readonly held: number; readonly added: number; readonly removed: number },
): void {
  if (!allowShrink && held >= guarded && removed - added > held / 5) throw importStopped('import_shrinks', { before: held, after: held + added - removed })
}
