import type { PaletteSource } from '../../platform/web/palette/registry.ts'

/** What this capability adds to Ctrl K. */
export const palette: readonly PaletteSource[] = []
