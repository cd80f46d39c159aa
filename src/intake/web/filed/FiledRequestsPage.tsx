import { IconInbox, IconPlus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { ButtonLink } from '../../../platform/web/display/Button.tsx'
import { EmptyState } from '../../../platform/web/display/Notice.tsx'
import { CenterColumn, Columns } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { FiledColumn } from './FiledColumn.tsx'

/** « Mes demandes » of whoever asks from outside: where each stands, what came back. */
export function FiledRequestsPage(): ReactNode {
  return (
    <Page title="Mes demandes">
      <Columns kind="circle" listFirst>
        <FiledColumn />
        <CenterColumn label="Une demande">
          <EmptyState
            icon={IconInbox}
            title="Choisissez une demande"
            action={
              <ButtonLink main icon={IconPlus} to="/demandes/nouvelle">
                Solliciter le DAC
              </ButtonLink>
            }
          >
            Vous suivez ici ce que vous avez demandé et la réponse du DAC. Il répond à toute situation que vous trouvez complexe, sans condition d’âge ni de
            maladie.
          </EmptyState>
        </CenterColumn>
      </Columns>
    </Page>
  )
}
