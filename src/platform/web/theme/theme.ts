import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

/** The primitives of tokens.css, for the components of Mantine that compute shades. */
const petrol: MantineColorsTuple = ['#eef6f6', '#dcecec', '#b9d9da', '#8cc1c4', '#56a3a8', '#2b858c', '#156c75', '#0d5862', '#0b4750', '#08343b']
const grege: MantineColorsTuple = ['#faf9f7', '#f4f2ee', '#eae7e1', '#dcd8d0', '#bdb8ae', '#87827a', '#67645e', '#4b4945', '#302f2d', '#1c1c1b']

/** The header of a window is not that of the page: readers must find one banner only. */
const quietHeader = { header: { role: 'presentation' } }

export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 4 },
  colors: { petrol, gray: grege },
  fontFamily: 'var(--font)',
  headings: { fontFamily: 'var(--font)', fontWeight: '600' },
  defaultRadius: '0.4375rem',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.3125rem' },
  spacing: { xs: '0.25rem', sm: '0.5rem', md: '0.75rem', lg: '1rem', xl: '1.5rem' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Modal: {
      defaultProps: {
        transitionProps: { duration: 120, transition: 'fade' },
        // Pages never scroll as a whole: there is nothing to lock.
        lockScroll: false,
        overlayProps: { backgroundOpacity: 0.4 },
        closeButtonProps: { 'aria-label': 'Fermer' },
        attributes: quietHeader,
      },
    },
    Drawer: {
      defaultProps: {
        transitionProps: { duration: 120 },
        // As for windows.
        lockScroll: false,
        overlayProps: { backgroundOpacity: 0.4 },
        closeButtonProps: { 'aria-label': 'Fermer' },
        attributes: quietHeader,
      },
    },
    Tooltip: { defaultProps: { openDelay: 300, transitionProps: { duration: 120 } } },
  },
})

/** Both schemes point at the same tokens: tokens.css says what they are worth in each. */
export const cssVariablesResolver: CSSVariablesResolver = () => {
  const tokens = {
    '--mantine-color-body': 'var(--ground)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-3)',
    '--mantine-color-placeholder': 'var(--ink-3)',
    '--mantine-color-anchor': 'var(--accent-ink)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-error': 'var(--alert)',
    '--mantine-color-disabled': 'var(--sunken)',
    '--mantine-color-disabled-color': 'var(--ink-3)',
    '--mantine-primary-color-filled': 'var(--accent)',
    '--mantine-primary-color-filled-hover': 'var(--accent-hover)',
    '--mantine-primary-color-contrast': 'var(--on-accent)',
    '--mantine-primary-color-light': 'var(--accent-tint)',
    '--mantine-primary-color-light-hover': 'var(--accent-tint)',
    '--mantine-primary-color-light-color': 'var(--accent-ink)',
  }
  return { variables: {}, light: tokens, dark: tokens }
}
