import { useMediaQuery } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { DeskPage } from './DeskPage.tsx'
import { QueuePage } from './desk/QueuePage.tsx'
import { FiledRequestPage } from './filed/FiledRequestPage.tsx'
import { FiledRequestsPage } from './filed/FiledRequestsPage.tsx'
import { SubmitPage } from './filed/SubmitPage.tsx'
import { RequestPage } from './qualify/RequestPage.tsx'
import { handlesRequests } from './words.ts'

/** The same addresses for both sides: the desk of those who handle requests, « Mes demandes » of those who ask. */
export function RequestsPage(): ReactNode {
  const phone = useMediaQuery('(max-width: 759px)', false, { getInitialValueInEffect: false })
  if (!handlesRequests(useActor())) return <FiledRequestsPage />
  // On a telephone one comes to see what waits; the call that is being taken has its own page, a thumb away.
  return phone ? <QueuePage /> : <DeskPage />
}

export function NewRequestPage(): ReactNode {
  return handlesRequests(useActor()) ? <DeskPage /> : <SubmitPage />
}

export function OneRequestPage(): ReactNode {
  return handlesRequests(useActor()) ? <RequestPage /> : <FiledRequestPage />
}
