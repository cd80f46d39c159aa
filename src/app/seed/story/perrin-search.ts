import { createHash } from 'node:crypto'
import type { Bulk, Row } from '../region/bulk.ts'
import type { SeedCalendar } from '../region/calendar.ts'
import type { SeededEpisode } from '../region/episodes.ts'
import type { Cast } from './people.ts'

/** Who was called to wash Mme Perrin in the morning, one to be called back with the task that says it; and a podiatrist invited by a link. */
export async function seedPerrinSearch(bulk: Bulk, calendar: SeedCalendar, cast: Cast, episode: SeededEpisode): Promise<void> {
  let index = 0
  const id = (): string => {
    index += 1
    return `${episode.id.slice(0, 32)}${(0xd000 + index).toString(16)}`
  }
  const of = { person_id: episode.person.id, holder_org: episode.dac.id }
  const callBackOn = calendar.workingDayAfter(calendar.today, 3)
  const call = (row: Row): Row => ({
    ...of,
    need: 'ssiad',
    call_back_on: null,
    called_by: cast.julie.id,
    called_by_name: cast.julie.name,
    ...row,
  })
  const later = id()
  await bulk.write('care_team.provider_call', [
    call({
      id: id(),
      name: 'SSIAD de la Moselotte',
      outcome: 'full',
      words: 'Liste d’attente de trois mois.',
      called_at: calendar.at(calendar.daysAgo(5), 640),
    }),
    call({ id: id(), name: 'SSIAD du Ballon', outcome: 'full', words: null, called_at: calendar.at(calendar.daysAgo(4), 565) }),
    call({
      id: later,
      name: 'SSIAD des Hautes-Vosges',
      outcome: 'call_back',
      call_back_on: callBackOn,
      words: 'Une place se libère peut-être en fin de semaine.',
      called_at: calendar.at(calendar.daysAgo(1), 610),
    }),
  ])
  await bulk.write('episodes.task', [
    {
      ...of,
      id: id(),
      episode_id: episode.id,
      kind: 'call_professional',
      title: 'Rappeler SSIAD des Hautes-Vosges',
      details: 'Recherché\u00a0: soins infirmiers à domicile (ssiad).',
      assignee_id: cast.julie.id,
      due_on: callBackOn,
      source: 'care_team.provider_call',
      source_id: later,
      created_at: calendar.at(calendar.daysAgo(1), 611),
    },
  ])
  const invitation = id()
  await bulk.write('care_team.invitation', [
    {
      ...of,
      id: invitation,
      family_name: 'Claudel',
      given_name: 'Élise',
      name_words: ['ELISE', 'CLAUDEL'],
      role: 'podiatrist',
      sharing_category: '1',
      basis: 'care_team',
      wish: { json: { ground: 'recognised_by_person', informedOn: calendar.daysAgo(1), informedByName: cast.julie.name } },
      volets: ['administrative', 'health'],
      way: 'link',
      // Of a secret that nobody has: in the demonstration this link opens nothing.
      secret_hash: createHash('sha256').update(invitation).digest('hex'),
      invited_at: calendar.at(calendar.daysAgo(1), 700),
      invited_by: cast.julie.id,
      invited_by_name: cast.julie.name,
      expires_at: calendar.at(calendar.daysAgo(-2), 700),
    },
  ])
}
