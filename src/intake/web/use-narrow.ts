import { useMediaQuery } from '@mantine/hooks'

/** True where the right column is a drawer or below everything: what is recognised then shows under the field. */
export function useNarrow(): boolean {
  return useMediaQuery('(max-width: 1099px)') ?? false
}
