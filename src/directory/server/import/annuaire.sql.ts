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

/**
 * Applies what changed: names, those who left (gone at once, as when an extract no longer has them), those who are new (with their profession; the next
 * extract brings their places), mailboxes. Practices and structures stay as the extracts tell them.
 */
export async function applyAnnuaire(
  tx: Tx,
  { professionals, organizations }: { readonly professionals: readonly ToldProfessional[]; readonly organizations: readonly ToldOrganization[] },
  now: Date,
): Promise<void> {
  await sql`truncate directory.staged_party`.execute(tx)
  for (const told of professionals) {
    const id = partyIdOf('rpps', told.rpps)
    if (!told.active) {
      await sql`delete from directory.practice where party_id = ${id}`.execute(tx)
      await sql`delete from directory.mailbox where party_id = ${id}`.execute(tx)
      const { rows } = await sql`delete from directory.professional where party_id = ${id} returning party_id`.execute(tx)
      if (rows.length > 0)
        await sql`insert into directory.vanished (party_id, vanished_at, import_id) values (${id}, ${now}, gen_random_uuid())
          on conflict (party_id) do update set vanished_at = excluded.vanished_at`.execute(tx)
    } else {
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
    await sql`insert into directory.staged_party values (${id})`.execute(tx)
  }
  for (const { finess, mailboxes } of organizations) await replaceMailboxes(tx, partyIdOf('finess', finess), 'ORG', mailboxes)
  await deriveProfessionalEntries(tx)
}

/** What the Annuaire tells of a party's mailboxes replaces what it told before, beside those of the file. */
async function replaceMailboxes(tx: Tx, partyId: string, kind: 'PER' | 'ORG', addresses: readonly string[]): Promise<void> {
  await sql`delete from directory.mailbox where party_id = ${partyId} and told_by = 'annuaire'`.execute(tx)
  await sql`insert into directory.mailbox (line_hash, party_id, kind, address, told_by)
    select hashtextextended('annuaire ' || lower(address), 0), ${partyId}, ${kind}, address, 'annuaire' from unnest(${addresses}::text[]) as address
    where not exists (select from directory.mailbox m where m.party_id = ${partyId} and lower(m.address) = lower(address))`.execute(tx)
}
