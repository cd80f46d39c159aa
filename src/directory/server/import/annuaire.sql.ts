import { sql } from 'kysely'
import type { Tx } from '../../../platform/server/db.ts'
import { searchKey } from '../../../territory/contract/search-key.ts'
import { partyIdOf } from '../../../territory/server/api.ts'
import { deriveProfessionalEntries } from '../entry.sql.ts'

/** A professional as the Annuaire Santé tells her between two extracts of the RPPS. */
export interface ToldProfessional {
  readonly rpps: string
  readonly active: boolean
  readonly familyName: string
  readonly givenName: string
  /** 'MME' or 'M', and 'DR' or 'PR'. */
  readonly civility: string | null
  readonly title: string | null
  readonly profession: string | null
  readonly skills: readonly string[]
  /** Null when the record says nothing of mailboxes. */
  readonly mailboxes: readonly string[] | null
}

export interface ToldOrganization {
  readonly finess: string
  readonly mailboxes: readonly string[]
}

/** A situation d’exercice as the Annuaire tells it; one that is over is told by its id alone. */
export interface ToldRole {
  readonly id: string
  readonly active: boolean
  readonly rpps: string | null
  readonly mode: string | null
  readonly genre: string | null
  readonly place: ToldWorkplace | null
  readonly mailboxes: readonly string[]
}

export interface ToldWorkplace {
  readonly finess: string | null
  readonly siret: string | null
  readonly name: string | null
  readonly address: string | null
  readonly postalCode: string | null
  readonly communeCode: string | null
  readonly city: string | null
  readonly phone: string | null
}

export interface ToldChanges {
  readonly professionals: readonly ToldProfessional[]
  readonly roles: readonly ToldRole[]
  readonly organizations: readonly ToldOrganization[]
}

/**
 * Applies what changed: names, those who left (gone at once, as when an extract no longer has them), those who are new, places where they begin or cease to
 * practise, mailboxes. What an extract told stays until the next one tells it otherwise, and replaces what was told here. Gives how many changed, how many left.
 */
export async function applyAnnuaire(
  tx: Tx,
  { professionals, roles, organizations }: ToldChanges,
  now: Date,
): Promise<{ readonly changed: number; readonly removed: number }> {
  await sql`truncate directory.staged_party`.execute(tx)
  const parties = new Set<string>()
  let removed = 0
  for (const told of professionals) {
    const id = partyIdOf('rpps', told.rpps)
    if (told.active) await bringProfessional(tx, id, told)
    else if (await removeProfessional(tx, id, now)) removed += 1
    parties.add(id)
  }
  for (const role of roles) {
    const id = role.active ? await bringRole(tx, role) : await removeRole(tx, role.id)
    if (id !== null) parties.add(id)
  }
  for (const { finess, mailboxes } of organizations) await replaceMailboxes(tx, partyIdOf('finess', finess), 'ORG', mailboxes)
  await sql`insert into directory.staged_party select unnest(${[...parties]}::uuid[])`.execute(tx)
  await deriveProfessionalEntries(tx)
  return { changed: parties.size - removed + organizations.length, removed }
}

async function removeProfessional(tx: Tx, id: string, now: Date): Promise<boolean> {
  await sql`delete from directory.practice where party_id = ${id}`.execute(tx)
  await sql`delete from directory.mailbox where party_id = ${id}`.execute(tx)
  const { rows } = await sql`delete from directory.professional where party_id = ${id} returning party_id`.execute(tx)
  if (rows.length > 0)
    await sql`insert into directory.vanished (party_id, vanished_at, import_id, told_by) values (${id}, ${now}, gen_random_uuid(), 'annuaire')
      on conflict (party_id) do update set vanished_at = excluded.vanished_at, told_by = excluded.told_by`.execute(tx)
  return rows.length > 0
}

async function bringProfessional(tx: Tx, id: string, told: ToldProfessional): Promise<void> {
  await sql`insert into directory.professional as p (party_id, rpps, family_name, given_name, name_key, civility, title)
    values (${id}, ${told.rpps}, ${told.familyName}, ${told.givenName}, ${searchKey(`${told.familyName} ${told.givenName}`)}, ${told.civility}, ${told.title})
    on conflict (party_id) do update set family_name = excluded.family_name, given_name = excluded.given_name, name_key = excluded.name_key,
      civility = coalesce(excluded.civility, p.civility), title = coalesce(excluded.title, p.title)`.execute(tx)
  await sql`insert into directory.practice (line_hash, party_id, profession, status, skill_type, skill)
    select hashtextextended(${`annuaire ${told.rpps} `} || coalesce(skill, ''), 0), ${id}, ${told.profession}, 'C', case when skill is not null then 'S' end, skill
    from unnest(${told.skills.length > 0 ? told.skills : [null]}::text[]) as skill
    where ${told.profession}::text is not null and not exists (select from directory.practice where party_id = ${id})`.execute(tx)
  await sql`delete from directory.vanished where party_id = ${id}`.execute(tx)
  if (told.mailboxes !== null) await replaceMailboxes(tx, id, 'PER', told.mailboxes)
}

/** Adds a place to a professional that the directory holds, unless an extract told it already; what she does is what she does elsewhere. */
async function bringRole(tx: Tx, { id: roleId, rpps, mode, genre, place, mailboxes }: ToldRole): Promise<string | null> {
  if (rpps === null) return null
  const id = partyIdOf('rpps', rpps)
  const { rows } = await sql<{ profession: string | null; skill: string | null; skillType: string | null }>`select profession, skill, skill_type as "skillType"
    from directory.practice where party_id = ${id} order by skill nulls last limit 1`.execute(tx)
  const [known] = rows
  if (known === undefined) return null
  if (place !== null) {
    const hash = sql`hashtextextended(${`annuaire role ${roleId}`}, 0)`
    await sql`delete from directory.practice where party_id = ${id} and line_hash = ${hash}`.execute(tx)
    await sql`insert into directory.practice (line_hash, party_id, profession, status, skill_type, skill, mode, genre, finess, siret, site_name, address, postal_code, commune_code, city, phone)
      select ${hash}, ${id}, ${known.profession}, 'C', ${known.skillType}, ${known.skill}, ${mode}, ${genre}, ${place.finess}, ${place.siret}, ${place.name}, ${place.address}, ${place.postalCode},
        ${place.communeCode}, ${place.city}, ${place.phone}
      where not exists (select from directory.practice p where p.party_id = ${id} and p.mode is not distinct from ${mode}
        and (p.finess = ${place.finess} or p.siret = ${place.siret} or p.site_name = ${place.name} and p.postal_code is not distinct from ${place.postalCode}))`.execute(
      tx,
    )
    await sql`insert into directory.told_practice (role_id, party_id, line_hash) values (${roleId}, ${id}, ${hash})
      on conflict (role_id) do update set party_id = excluded.party_id, line_hash = excluded.line_hash`.execute(tx)
  }
  await addMailboxes(tx, id, 'PER', mailboxes)
  return id
}

async function removeRole(tx: Tx, roleId: string): Promise<string | null> {
  const { rows } = await sql<{ partyId: string }>`with told as (delete from directory.told_practice where role_id = ${roleId} returning party_id, line_hash)
    delete from directory.practice p using told where p.party_id = told.party_id and p.line_hash = told.line_hash returning p.party_id as "partyId"`.execute(tx)
  return rows[0]?.partyId ?? null
}

/** What the Annuaire tells of a party's mailboxes replaces what it told before, beside those of the file. */
async function replaceMailboxes(tx: Tx, partyId: string, kind: 'PER' | 'ORG', addresses: readonly string[]): Promise<void> {
  await sql`delete from directory.mailbox where party_id = ${partyId} and told_by = 'annuaire'`.execute(tx)
  await addMailboxes(tx, partyId, kind, addresses)
}

async function addMailboxes(tx: Tx, partyId: string, kind: 'PER' | 'ORG', addresses: readonly string[]): Promise<void> {
  if (addresses.length === 0) return
  await sql`insert into directory.mailbox (line_hash, party_id, kind, address, told_by)
    select hashtextextended('annuaire ' || lower(address), 0), ${partyId}, ${kind}, address, 'annuaire' from unnest(${addresses}::text[]) as address
    where not exists (select from directory.mailbox m where m.party_id = ${partyId} and lower(m.address) = lower(address))`.execute(tx)
}
