import type { Page } from 'playwright-core'
import { searchDirectory } from '../../src/directory/contract/queries.ts'
import { followers } from '../../src/episodes/contract/queries.ts'
import { receiveRequest } from '../../src/intake/contract/actions.ts'
import type { SollicitationId } from '../../src/intake/contract/sollicitation.ts'
import { decideTriage, enlistForTriage } from '../../src/intake/contract/triage.ts'
import { collectNonOppositions } from '../../src/persons/contract/actions.ts'
import { dayOf } from '../../src/platform/contract/dates.ts'
import { newId, type PartyId, type PersonId } from '../../src/platform/contract/ids.ts'
import type { Site } from '../site.ts'
import { as } from './through-the-api.ts'

export const today = (): string => dayOf(new Date(), 'Europe/Paris')

/**
 * Simone Aubry, born Chatel on 3 February 1937, of Rupt-sur-Moselle: informed, opposed to nothing, accompanied by Julie Marchal.
 * Made as the DAC would: a request, the commission, through the doors of the screens.
 */
export async function anAccompaniment(site: Site): Promise<{ readonly personId: PersonId; readonly julie: Page }> {
  const lead = await site.signIn('team-lead', { at: '/aide' })
  const personId = newId<PersonId>()
  const requestId = newId<SollicitationId>()
  await as(lead, receiveRequest, {
    id: requestId,
    channel: 'phone',
    callerName: 'Mme Aubry',
    callerQuality: 'elle-même',
    requesterKind: 'person',
    communeCode: '88408',
    urgency: 'within_2_weeks',
    personInformed: 'yes',
    text: 'Ne sort plus seule.',
    concerned: { kind: 'new', person: { personId, birthName: 'CHATEL', usedName: 'AUBRY', givenName: 'SIMONE', birthDate: '1937-02-03', sex: 'F' } },
  })
  await as(lead, collectNonOppositions, {
    id: newId<never>(),
    personId,
    collectedOn: today(),
    mode: 'oral_present',
    answers: [
      { number: 1, state: 'non_opposition' },
      { number: 2, state: 'non_opposition' },
    ],
  })
  await as(lead, enlistForTriage, { id: requestId })
  const team = await as(lead, followers, {})
  const referent = team.rows.find(({ name }) => name === 'Julie Marchal')
  if (referent === undefined) throw new Error('nobody called Julie Marchal follows files here')
  await as(lead, decideTriage, {
    id: newId<never>(),
    sollicitationId: requestId,
    decision: 'accompany',
    opening: { episodeId: newId(), level: 'sustained', referentId: referent.userId as never, grounds: ['no_coordinator'], nextStep: null },
  })
  await lead.context().close()
  return { personId, julie: await site.signIn('referent', { at: `/personnes/${personId}` }) }
}

/** The card of the directory with that name. */
export async function cardOf(page: Page, name: string): Promise<{ readonly partyId: PartyId; readonly label: string }> {
  const { rows } = await as(page, searchDirectory, { text: name })
  const [hit] = rows
  if (hit === undefined) throw new Error(`nobody called ${name} in the directory`)
  return { partyId: hit.partyId as PartyId, label: hit.label }
}
