import type { Pool } from 'pg'
import { dayOf } from '../../src/platform/contract/dates.ts'
import type { PersonId } from '../../src/platform/contract/ids.ts'

/** Somebody of the demo's stories, and the address of her file. */
export interface StoryPerson {
  readonly personId: PersonId
  readonly file: string
}

/** Finds one of the persons whose stories the demo tells (src/app/seed/story). */
export async function personOf(owner: Pool, name: string, given: string): Promise<StoryPerson> {
  const { rows } = await owner.query<{ id: PersonId }>(
    `select p.person_id as id from persons.person p join episodes.episode e on e.person_id = p.person_id and e.state = 'open'
       join territory.user_account u on u.id = e.referent_id
     where coalesce(p.used_name, p.birth_name) = $1 and p.birth_given_names[1] = $2 and u.family_name = 'Marchal' and u.given_name = 'Julie'`,
    [name, given],
  )
  const [found] = rows
  if (found === undefined || rows.length > 1) throw new Error(`${rows.length} persons of Julie Marchal are called ${name} ${given}`)
  return { personId: found.id, file: `/personnes/${found.id}` }
}

export const today = (): string => dayOf(new Date(), 'Europe/Paris')

/** A généraliste established in the Hautes-Vallées, alone of that name in the directory, who has asked the DAC nothing this year. */
export async function aSilentDoctor(owner: Pool): Promise<{ readonly label: string; readonly typed: string }> {
  const { rows } = await owner.query<{ label: string }>(
    `select e.label from directory.entry e
     where e.kind = 'professional' and e.facet = 'gp' and e.label !~ '[- ].*[- ].*[- ]'
       and exists (select from directory.practice p join territory.perimeter c on c.commune_code = p.commune_code
                   join territory.service s on s.id = c.service_id and s.name = 'DAC Hautes-Vallées'
                   where p.party_id = e.party_id and p.mode = 'L' and p.skill = 'SM54')
       and not exists (select from intake.sollicitation r where r.requester_party_id = e.party_id)
       and (select count(*) from directory.entry twin where twin.label = e.label) = 1
     order by e.label limit 1`,
  )
  const label = rows[0]?.label
  if (label === undefined) throw new Error('every généraliste of the Hautes-Vallées has asked something')
  return { label, typed: label.replace(/^Dr\s/, '').toLowerCase().split(' ').reverse().join(' ') }
}
