import '../privacy.css'
import { IconMessagePlus, IconPrinter, IconSnowflake } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { formatDay } from '../../../platform/contract/dates.ts'
import type { PersonId } from '../../../platform/contract/ids.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button, ButtonLink } from '../../../platform/web/display/Button.tsx'
import { HiddenNotice } from '../../../platform/web/display/Notice.tsx'
import { QueryState } from '../../../platform/web/display/QueryState.tsx'
import { StatusPill } from '../../../platform/web/display/StatusPill.tsx'
import { Card, CenterColumn, Columns, Section, SideColumn } from '../../../platform/web/layout/Columns.tsx'
import { useEvents } from '../../../platform/web/live/use-events.ts'
import { formatInstant } from '../../../platform/web/text/dates.ts'
import { answersHer } from '../../contract/access.ts'
import { limitationReasonWords } from '../../contract/requests.ts'
import { personRequests } from '../../contract/rights-queries.ts'
import { ErasureDialog } from './ErasureDialog.tsx'
import { ErasureList } from './ErasureList.tsx'
import { HeldSection } from './HeldSection.tsx'
import { HoldCard } from './HoldCard.tsx'
import { useTarget } from './person-target.ts'
import { AddendumDialog, AnswerDialog, ExtendDialog, LiftLimitationDialog, LimitDialog, RecordRequestDialog } from './RequestDialogs.tsx'
import { type RequestGesture, RequestList } from './RequestList.tsx'

type Asked = RequestGesture | { readonly kind: 'limit' } | { readonly kind: 'addendum' } | { readonly kind: 'lift'; readonly limitationId: string } | null

/** « Droits »: what is held about her in one click, her requests and their terms, limitation, addenda, erasure, and who opened her file. */
export function RightsTab({ personId }: { readonly personId: PersonId }): ReactNode {
  const actor = useActor()
  const target = useTarget(personId)
  const [asked, setAsked] = useState<Asked>(null)
  const may = target !== null && answersHer(actor, target, undefined).allowed
  const rights = useJalonQuery(personRequests, { personId }, { enabled: may })
  useEvents(['privacy.*'])
  const close = (): void => setAsked(null)
  if (target !== null && !may)
    return (
      <Columns kind="one">
        <CenterColumn label="Droits">
          <HiddenNotice reason="Ses demandes, et ce que Jalon tient sur elle, sont pour les professionnels du DAC qui l’accompagnent et lui répondent, et pour elle-même." />
        </CenterColumn>
      </Columns>
    )
  const dialog = { personId, target, onClose: close }
  return (
    <Columns kind="file" drawerLabel="Qui a ouvert">
      <SideColumn side="left" label="Ce que Jalon sait d’elle">
        {may ? <HeldSection personId={personId} /> : null}
      </SideColumn>
      <CenterColumn label="Demandes, limitation, compléments" ground>
        <QueryState query={rights}>
          {(data) => {
            const live = data.limitations.find((one) => one.liftedAt === null)
            return (
              <>
                <RequestList requests={data.requests} today={data.today} onAsk={setAsked} />
                <Card
                  title="Limitation"
                  badge={
                    live ? (
                      <StatusPill tone="warning" icon={IconSnowflake}>
                        Usage limité
                      </StatusPill>
                    ) : null
                  }
                  end={
                    live ? (
                      <Button small quiet onClick={() => setAsked({ kind: 'lift', limitationId: live.id })}>
                        Lever
                      </Button>
                    ) : (
                      <Button small quiet icon={IconSnowflake} onClick={() => setAsked({ kind: 'limit' })}>
                        Limiter l’usage
                      </Button>
                    )
                  }
                >
                  {data.limitations.length === 0 ? (
                    <p className="small mut">
                      Aucune. Une limitation garde le dossier et arrête son usage : rien ne s’y écrit, rien n’en part, et il ne se lit plus que pour répondre à
                      la personne.
                    </p>
                  ) : (
                    data.limitations.map((one) => (
                      <p key={one.id} className="small">
                        {limitationReasonWords[one.reason]}. Posée le {formatDay(one.since)} par {one.setByName}
                        {one.liftedAt ? ` ; levée le ${formatDay(one.liftedAt)} par ${one.liftedByName ?? ''} : ${one.liftReason ?? ''}` : ''}.
                      </p>
                    ))
                  )}
                </Card>
                <Card
                  title="Compléments à ce qui est écrit"
                  end={
                    <Button small quiet icon={IconMessagePlus} onClick={() => setAsked({ kind: 'addendum' })}>
                      Ajouter son complément
                    </Button>
                  }
                >
                  {data.addenda.length === 0 ? (
                    <p className="small mut">
                      Aucun. L’identité se corrige dans « Information et accès », avec son historique ; ce qu’un professionnel a écrit reste, et son complément
                      se lit à côté.
                    </p>
                  ) : (
                    data.addenda.map((one) => (
                      <div key={one.id}>
                        <p className="small mut">
                          {one.itemTitle} · {formatInstant(one.recordedAt)}, noté par {one.byName}
                        </p>
                        <p>« {one.words} »</p>
                      </div>
                    ))
                  )}
                </Card>
                <HoldCard personId={personId} target={target} holds={data.holds} />
                <ErasureList erasures={data.erasures} target={target} />
                {asked?.kind === 'erase' ? <ErasureDialog target={target} request={asked.request} data={data} onClose={close} /> : null}
                {asked?.kind === 'addendum' ? <AddendumDialog {...dialog} items={data.items} /> : null}
              </>
            )
          }}
        </QueryState>
      </CenterColumn>
      <SideColumn side="right" label="Qui a ouvert son dossier">
        <Section title="Qui a ouvert son dossier">
          <p className="small">Qui, dans quel service, quand, à quel titre et pour quoi : lecteur par lecteur, jour par jour, à l’écran ou sur papier.</p>
          <ButtonLink icon={IconPrinter} to="/personnes/$personId/acces" params={{ personId } as never}>
            Liste des accès
          </ButtonLink>
        </Section>
        <Section title="Ce que dit la loi">
          <ul className="lines small">
            <li>Une demande reçoit sa réponse dans le mois ; trois au plus, si on le lui dit dans le premier (RGPD, art. 12.3).</li>
            <li>Un refus dit pourquoi, et qu’elle peut saisir la CNIL ou le juge.</li>
            <li>L’effacement ne vaut pas contre une obligation légale, la santé publique ou un procès (art. 17.3).</li>
          </ul>
        </Section>
      </SideColumn>
      {asked?.kind === 'new' ? <RecordRequestDialog {...dialog} /> : null}
      {asked?.kind === 'answer' ? <AnswerDialog {...dialog} request={asked.request} /> : null}
      {asked?.kind === 'extend' ? <ExtendDialog {...dialog} request={asked.request} /> : null}
      {asked?.kind === 'limit' ? <LimitDialog {...dialog} /> : null}
      {asked?.kind === 'lift' ? <LiftLimitationDialog {...dialog} limitationId={asked.limitationId} /> : null}
    </Columns>
  )
}
