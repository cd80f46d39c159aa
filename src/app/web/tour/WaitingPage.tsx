import './tour.css'
import { IconCloudCheck, IconSend } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { isBehind, isBehindStuck } from '../../../offline/contract/waiting.ts'
import { sendHere } from '../../../offline/web/outbox-here.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { Button } from '../../../platform/web/display/Button.tsx'
import { EmptyState } from '../../../platform/web/display/Notice.tsx'
import { Bar, CenterColumn, Columns } from '../../../platform/web/layout/Columns.tsx'
import { Page } from '../../../platform/web/layout/Page.tsx'
import { formsHere } from './offline-words.ts'
import { Standing } from './Standing.tsx'
import { useOffline } from './use-offline.ts'
import { WaitingLine } from './WaitingLine.tsx'

/** What was written here and is not on the server yet: what leaves by itself, what was refused and why, what differs from a colleague's. */
export function WaitingPage(): ReactNode {
  const actor = useActor()
  const { waiting, toSend, lostAt, carrying } = useOffline()
  const forms = formsHere(carrying)
  const settle = waiting.filter(({ state }) => state !== 'waiting')
  const leave = waiting.filter((one) => one.state === 'waiting' && !isBehindStuck(one, waiting))
  return (
    <Page title="À envoyer" hiddenHeading>
      <Bar
        title="À envoyer"
        end={
          toSend > 0 && lostAt === null ? (
            <Button small icon={IconSend} onClick={() => void sendHere(actor.userId)}>
              Envoyer maintenant
            </Button>
          ) : null
        }
      />
      <Columns kind="one">
        <CenterColumn label="À envoyer">
          <div className="tour">
            <Standing onTheList />
            {waiting.length === 0 ? (
              <EmptyState icon={IconCloudCheck} title="Rien n’attend">
                Ce que vous écrivez sans réseau attend ici, scellé, et part dès qu’il revient.
              </EmptyState>
            ) : null}
            {settle.length === 0 ? null : (
              <section aria-label="À régler" className="stack stack--3">
                <h2>À régler</h2>
                {settle.map((one) => (
                  <WaitingLine key={one.id} one={one} behind={waiting.filter((other) => isBehind(other, [one]))} forms={forms} />
                ))}
              </section>
            )}
            {leave.length === 0 ? null : (
              <section aria-label="Part au retour du réseau" className="stack stack--3">
                <h2>Part au retour du réseau</h2>
                {leave.map((one) => (
                  <WaitingLine key={one.id} one={one} forms={forms} />
                ))}
              </section>
            )}
          </div>
        </CenterColumn>
      </Columns>
    </Page>
  )
}
