import { sql } from 'kysely'
import { newId, type PersonId, type ServiceId, type UserId } from '../../platform/contract/ids.ts'
import { asSystem, type Database } from '../../platform/server/db.ts'
import { aValueSet } from '../../territory/testing/builders.ts'
import { agendaValueSets } from '../contract/value-sets.ts'

/** The lists that the agenda checks its codes against. */
export async function agendaLists(db: Database): Promise<void> {
  for (const set of agendaValueSets)
    await aValueSet(
      db,
      set.code,
      set.values.map((value) => value.code),
    )
}

/** Plants a professional of the circle with a role, and her access on some volets (none: named, and sees nothing). */
export async function aCirclePro(
  db: Database,
  facts: { readonly personId: PersonId; readonly dac: ServiceId; readonly partyId: string; readonly name: string; readonly volets: readonly string[] },
): Promise<void> {
  const memberId = newId()
  await asSystem(db, 'plant a member of the circle in a test', async (tx) => {
    await sql`insert into care_team.member (id, person_id, kind, party_id, name, holder_org, created_at) values (${memberId}, ${facts.personId}, 'professional', ${facts.partyId}, ${facts.name}, ${facts.dac}, '2026-06-02')`.execute(
      tx,
    )
    await sql`insert into care_team.role (id, member_id, person_id, role, starts_on, holder_org, recorded_at) values (${newId()}, ${memberId}, ${facts.personId}, 'nurse', '2026-06-02', ${facts.dac}, '2026-06-02')`.execute(
      tx,
    )
    if (facts.volets.length === 0) return
    const accessId = newId()
    await sql`insert into care_team.access (id, member_id, person_id, party_id, basis, sharing_category, ground, volets, informed_on, informed_by_name, starts_at, holder_org)
      values (${accessId}, ${memberId}, ${facts.personId}, ${facts.partyId}, 'care_team', '1', 'recognised_by_person', ${[...facts.volets]}::text[], '2026-06-02', 'Julie Marchal', '2026-06-02', ${facts.dac})`.execute(
      tx,
    )
    await sql`insert into persons.sight (id, person_id, party_id, basis, volets, reason, source_id, starts_at)
      values (${newId()}, ${facts.personId}, ${facts.partyId}, 'care_team', ${[...facts.volets]}::text[], 'Équipe de soins', ${accessId}, '2026-06-02')`.execute(
      tx,
    )
  })
}

/** Plants an absence from an instant to another. */
export async function anAbsence(db: Database, userId: UserId, service: ServiceId, startsAt: string, endsAt: string): Promise<string> {
  const id = newId()
  await asSystem(db, 'plant an absence in a test', (tx) =>
    sql`insert into territory.absence (id, user_id, service_id, starts_at, ends_at, recorded_by, recorded_at) values (${id}, ${userId}, ${service}, ${startsAt}, ${endsAt}, ${userId}, ${startsAt})`.execute(
      tx,
    ),
  )
  return id
}
