import './styles.ts'
import './zod-french.ts'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { setNonce } from 'get-nonce'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { watchGestures } from '../../platform/web/api/gesture.ts'
import { watchNetwork } from '../../platform/web/api/network.ts'
import { cssVariablesResolver, theme } from '../../platform/web/theme/theme.ts'
import { queryClient } from './query-client.ts'
import { router } from './router.tsx'
import { applyScheme, schemeManager } from './scheme.ts'

applyScheme()
watchNetwork()
watchGestures()
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
// The library that stops a page from scrolling under a window writes a style element of its own.
setNonce(nonce)
const root = document.getElementById('jalon')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariablesResolver}
        colorSchemeManager={schemeManager}
        defaultColorScheme="auto"
        getStyleNonce={() => nonce}
      >
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )
}
