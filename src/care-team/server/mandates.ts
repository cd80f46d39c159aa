import { tellSightChanged } from '../../persons/server/api.ts'
import { dayOf, formatDay } from '../../platform/contract/dates.ts'
import type { PersonId } from '../../platform/contract/ids.ts'
import { french } from '../../platform/contract/typography.ts'
import { asJob, installationZone, withJobContext } from '../../platform/server/as-job.ts'
import type { Context } from '../../platform/server/implement.ts'
import type { Subscriber } from '../../platform/server/subscribers.ts'
import type { Job } from '../../platform/server/worker.ts'
import type { InvitationPort } from '../contract/invitations.ts'
import { carryInvitations, carryInvitationsJob } from './carry-invitations.ts'
import { tell, tellInFil } from './composition.ts'
import { endMandate, type OverMandate, selectOverMandates } from './mandates.sql.ts'

/**
 * A professional representative sees a file for as long as her mandate lasts (Code civil, art. 443: a measure ends at its term unless it is renewed). Once the
 * last day of the measure has passed her role ends and, where she holds no other, her access and her sight. Gives how many mandates ended.
 */
export async function endOverMandates(context: Context, personId: PersonId | null): Promise<number> {
  const over = await selectOverMandates(context.tx, personId, dayOf(context.now, context.timeZone))
  for (const mandate of over) await endOne(context, mandate)
  return over.length
}

async function endOne(context: Context, mandate: OverMandate): Promise<void> {
  const parties = await endMandate(context.tx, mandate, context.now)
  // Written in the name of the DAC that keeps the circle: a line that only the DAC may read stays its own.
  await tellInFil(
    { ...context, actor: { ...context.actor, serviceId: mandate.holderOrg } },
    mandate,
    french(`Mandat terminé : ${mandate.name} ${parties.length > 0 ? 'ne voit plus le dossier' : 'n’est plus mandataire'}`),
    french(`La mesure de protection a pris fin le ${formatDay(mandate.endsOn)}.`),
  )
  tellSightChanged(context, mandate.personId, parties, 'ended')
  tell(context, mandate.personId, mandate.id)
}

/** A measure whose end is written today, for a day that has passed: at once. */
export const mandatesFollowMeasures: Subscriber = {
  name: 'care-team.mandates',
  types: ['persons.protection.changed'],
  react: async (tx, event) => {
    if (event.personId === null) return
    const { personId } = event
    await withJobContext(tx, { now: new Date(event.at), timeZone: await installationZone(tx) }, (context) => endOverMandates(context, personId as PersonId))
  },
}

/** Mandates each hour, as midnight comes at another hour of the server in each territory; letters of invitation, left a minute ago or to try again. */
export const careTeamCrontab: readonly string[] = ['4 * * * * careTeam:mandates', `* * * * * ${carryInvitationsJob}`]

export function careTeamJobs(timeZone: string, letters: { readonly port: InvitationPort | null; readonly publicUrl: string }): Readonly<Record<string, Job>> {
  return {
    'careTeam:mandates': async (_payload, { db, clock }) =>
      void (await asJob(db, 'mandates that are over', { now: clock(), timeZone }, (context) => endOverMandates(context, null))),
    [carryInvitationsJob]: async (_payload, { db, clock, log }) => void (await carryInvitations({ db, clock, log, timeZone, ...letters })),
  }
}
