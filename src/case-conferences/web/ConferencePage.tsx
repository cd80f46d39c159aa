import './conferences.css'
import { IconCalendarOff, IconCalendarTime, IconPrinter, IconVideo } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useInvalidate, useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button, ButtonLink } from '../../platform/web/display/Button.tsx'
import { HiddenLines, Notice } from '../../platform/web/display/Notice.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { voletWord } from '../../platform/web/display/Volet.tsx'
import { Bar, CenterColumn, Columns, SideColumn } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { usePathId } from '../../platform/web/router/use-path-id.ts'
import { formatUpcoming } from '../../platform/web/text/dates.ts'
import { formatCivilName } from '../../platform/web/text/names.ts'
import { labelOf } from '../../territory/contract/value-sets.ts'
import { leads, takesPart } from '../contract/access.ts'
import type { ConferenceId, ConferenceTarget } from '../contract/conference.ts'
import { type ConferenceSheet, conferenceSheet } from '../contract/queries.ts'
import { conferenceKinds } from '../contract/value-sets.ts'
import { AgreementSection } from './AgreementSection.tsx'
import { CancelConference, MoveConference } from './ConferenceForms.tsx'
import { ConferencePill } from './ConferencePill.tsx'
import { Decisions } from './Decisions.tsx'
import { Minutes } from './Minutes.tsx'
import { Documents, Participants } from './Participants.tsx'
import { usePersonTarget } from './person-target.ts'
import { SignAndSend } from './SignAndSend.tsx'

export interface SheetProps {
  readonly sheet: ConferenceSheet
  readonly target: ConferenceTarget | null
  /** Of the DAC that convenes; and whoever sits at the table. */
  readonly mayLead: boolean
  readonly mayWrite: boolean
}

/** One concertation: who is there, what is written live, what is decided and by whom. */
export function ConferencePage(): ReactNode {
  const id = usePathId<ConferenceId>('conferenceId')
  const query = useJalonQuery(conferenceSheet, { id })
  const invalidate = useInvalidate()
  useEvents(['caseConferences.*'], (event) => {
    if (event['conferenceId'] === id) void invalidate(conferenceSheet)
  })
  const head = query.data?.conference
  return (
    <Page
      title={head ? labelOf(conferenceKinds, head.kind) : 'Concertation'}
      hiddenHeading={query.data === undefined}
      where={
        query.data ? (
          <Link to="/personnes/$personId/concertations" params={{ personId: query.data.person.personId } as never}>
            ‹ {formatCivilName(query.data.person)}
          </Link>
        ) : undefined
      }
    >
      <QueryState query={query}>{(sheet) => <Sheet key={sheet.conference.id} sheet={sheet} />}</QueryState>
    </Page>
  )
}

function Sheet({ sheet }: { readonly sheet: ConferenceSheet }): ReactNode {
  const actor = useActor()
  const { conference, person } = sheet
  const personTarget = usePersonTarget(person.personId)
  const [changing, setChanging] = useState<'moved' | 'cancelled' | null>(null)
  const target: ConferenceTarget | null =
    personTarget === null
      ? null
      : {
          id: conference.id,
          personId: person.personId,
          holderOrg: conference.holderOrg,
          state: conference.state,
          animatorId: conference.animatorId,
          invitedParties: sheet.invitedParties,
          person: personTarget,
        }
  const open = conference.state === 'planned' || conference.state === 'held'
  const props: SheetProps = {
    sheet,
    target,
    mayLead: target !== null && leads(actor, target).allowed,
    mayWrite: open && target !== null && takesPart(actor, target).allowed,
  }
  return (
    <>
      <Bar
        title={`${labelOf(conferenceKinds, conference.kind)}, ${formatUpcoming(conference.startsAt)}`}
        end={
          <span className="row wrap">
            {conference.videoUrl && open ? (
              <Button icon={IconVideo} onClick={() => window.open(conference.videoUrl ?? '', '_blank', 'noopener')}>
                Rejoindre la visio
              </Button>
            ) : null}
            {props.mayLead && conference.state === 'planned' ? (
              <>
                <Button icon={IconCalendarTime} onClick={() => setChanging('moved')}>
                  Déplacer
                </Button>
                <Button icon={IconCalendarOff} onClick={() => setChanging('cancelled')}>
                  Annuler
                </Button>
              </>
            ) : null}
            <ButtonLink icon={IconPrinter} to="/concertations/$conferenceId/compte-rendu" params={{ conferenceId: conference.id } as never}>
              Compte rendu à imprimer
            </ButtonLink>
          </span>
        }
      >
        <ConferencePill conference={conference} />
        <span className="mut">{[`${conference.minutes} min`, conference.place, `animée par ${conference.animatorName}`].filter(Boolean).join(' · ')}</span>
      </Bar>
      {changing === 'moved' ? <MoveConference sheet={sheet} target={target} onClose={() => setChanging(null)} /> : null}
      {changing === 'cancelled' ? <CancelConference sheet={sheet} target={target} onClose={() => setChanging(null)} /> : null}
      <Columns kind="file" drawerLabel="Décisions">
        <SideColumn side="left" label="Autour de la table">
          <Participants {...props} />
          <Documents {...props} />
        </SideColumn>
        <CenterColumn label="Compte rendu">
          {conference.state === 'cancelled' ? <Notice>Cette concertation est annulée : {conference.cancelledBecause}</Notice> : null}
          {conference.movedFrom !== null && conference.state === 'planned' ? (
            <Notice tone="info">
              Elle était prévue {formatUpcoming(conference.movedFrom)}. {conference.movedBecause}
            </Notice>
          ) : null}
          <HiddenLines
            lines={sheet.closedVolets.map(
              (volet) => `Ce qui relève du volet ${voletWord(volet).toLowerCase()} ne vous est pas montré : il ne fait pas partie de ce qui vous est ouvert.`,
            )}
          />
          <Minutes {...props} />
        </CenterColumn>
        <SideColumn side="right" label="Décisions">
          <Decisions {...props} />
          <AgreementSection {...props} />
          {props.mayLead ? <SignAndSend {...props} /> : null}
        </SideColumn>
      </Columns>
    </>
  )
}
