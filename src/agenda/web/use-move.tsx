import { Modal } from '@mantine/core'
import { type ReactNode, useRef, useState } from 'react'
import type { OutputOf } from '../../platform/contract/action.ts'
import { errorDetail } from '../../platform/web/api/api-error.ts'
import { callAction, isNetworkError, type Submission } from '../../platform/web/api/client.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { verdictOf } from '../../platform/web/api/use-action.ts'
import { useInvalidate } from '../../platform/web/api/use-query.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { toast } from '../../platform/web/display/toast.tsx'
import { displayZone, formatInstant } from '../../platform/web/text/dates.ts'
import { instantAt } from '../../territory/contract/working-time.ts'
import { moveOccurrence } from '../contract/actions.ts'
import { type AppointmentTarget, wallTime } from '../contract/appointment.ts'
import type { Occurrence } from '../contract/queries.ts'
import { wallOn } from './grid.ts'

/** What the rules look at, from what a list shows. */
export function targetOf(one: Occurrence): AppointmentTarget {
  return {
    id: one.appointmentId,
    personId: one.person?.personId ?? null,
    holderOrg: one.holderOrg as AppointmentTarget['holderOrg'],
    organizerId: one.organizerId as AppointmentTarget['organizerId'],
    volet: one.volet,
    protection: one.isPrivate ? 'org_private' : 'shared',
    version: one.version,
    imported: one.imported,
    follows: one.follows?.kind ?? null,
  }
}

/** The instant of a wall time of the installation. */
export const instantHere = (wall: string): Date => instantAt(wall.slice(0, 10), Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16)), displayZone())

/** The same moment on the clock of the appointment; what is no date goes as it was typed, and is refused in words. */
export function wallThere(wall: string, timeZone: string): string {
  return wallTime.safeParse(wall).success ? wallOn(instantHere(wall).toISOString(), timeZone) : wall
}

interface Wanted {
  readonly one: Occurrence
  readonly wall: string
  readonly minutes: number
  /** Told once it is moved, refused or given up. */
  readonly told: (moved: boolean) => void
}

/** Moves by the mouse, the arrows or the form; a series asks how far. What a colleague moved meanwhile is read again, and said. */
export function useMove(): {
  /** Gives true once it is moved. */
  readonly move: (one: Occurrence, wall: string, minutes: number) => Promise<boolean>
  readonly canMove: (one: Occurrence) => boolean
  readonly question: ReactNode
} {
  const actor = useActor()
  const invalidate = useInvalidate()
  const [asked, setAsked] = useState<Wanted | null>(null)
  const submission = useRef<Submission | null>(null)
  const send = async ({ one, wall, minutes }: Omit<Wanted, 'told'>, scope: 'one' | 'following', undone = false): Promise<boolean> => {
    setAsked(null)
    const there = one.timeZone === displayZone() ? wall : wallOn(instantHere(wall).toISOString(), one.timeZone)
    let done: OutputOf<typeof moveOccurrence>
    try {
      done = await callAction(moveOccurrence, { occurrenceId: one.id, baseVersion: one.version, startsAt: there, minutes, scope }, submission)
    } catch (thrown) {
      toast({ tone: 'warning', text: `Non déplacé. ${errorDetail(thrown)}` })
      if (!isNetworkError(thrown)) void invalidate('agenda')
      return false
    }
    void invalidate('agenda')
    const before = wallOn(one.startsAt, displayZone())
    const length = Math.round((Date.parse(one.endsAt) - Date.parse(one.startsAt)) / 60_000)
    toast({
      text: undone ? 'Remis à sa place.' : `Déplacé au ${formatInstant(instantHere(wall))}.`,
      undo:
        undone || scope === 'following' ? undefined : () => void send({ one: { ...one, version: done.version }, wall: before, minutes: length }, 'one', true),
    })
    return true
  }
  return {
    canMove: (one) => one.state === 'booked' && (verdictOf(moveOccurrence, actor, targetOf(one))?.allowed ?? false),
    move: (one, wall, minutes) =>
      one.rule === null ? send({ one, wall, minutes }, 'one') : new Promise((resolve) => setAsked({ one, wall, minutes, told: resolve })),
    question:
      asked === null ? null : (
        <Modal
          opened
          onClose={() => {
            setAsked(null)
            asked.told(false)
          }}
          title="Ce rendez-vous se répète"
          size="md"
        >
          <p className="mut">Que faut-il déplacer ?</p>
          <div className="row wrap" style={{ marginTop: 16 }}>
            <Button main onClick={() => void send(asked, 'one').then(asked.told)}>
              Seulement cette date
            </Button>
            <Button onClick={() => void send(asked, 'following').then(asked.told)}>Cette date et les suivantes</Button>
          </div>
        </Modal>
      ),
  }
}
