/* Limitation (art. 18.2 RGPD): but for being kept, what is limited is used only with the person's consent, for a claim in justice, to protect somebody else, or for an
   important public interest. Reading is a use. While it lasts the circle reads nothing, the DAC that accompanies keeps the administrative volet (it must recognise
   her, answer her and lift the mark); the other volets are opened to one professional, for one of these grounds, as an exceptional access: told, bounded, reviewed.
   Said in the rights themselves, as an opposition is: policies stay as they are. docs/adr/2026-11-22-limited-reading.md */

alter table persons.sight drop constraint sight_suspensions_check;
alter table persons.sight add constraint sight_suspensions_check check (suspensions <@ '{opposition,refusal,limitation}') not valid;
alter table persons.sight validate constraint sight_suspensions_check;

create function persons.use_limited(person uuid) returns boolean language sql stable set search_path = pg_catalog as $$
  select exists (select from privacy.limitation l where l.person_id = any (persons.identity_set(person)) and l.lifted_at is null)
$$;

/* What suspends the right of this party: the opposition to being taken in charge or to the shared file (n° 1 or 2), the refusal of sharing with
   this professional, under her account or her card, and the limitation of the use of the file. A DAC in charge and a request are not shares: they keep what
   closing and answering need. An exceptional access is the way through a limitation. */
create or replace function persons.suspensions_of(person uuid, party uuid, its_basis text) returns text[]
  language sql stable security definer set search_path = pg_catalog as $$
  select case when its_basis not in ('care_team', 'consent', 'break_glass') then '{}'::text[] else
    case when exists (select 1 from (select distinct on (number) state from persons.non_opposition
        where person_id = person and number in (1, 2) order by number, recorded_at desc, id desc) last where last.state = 'opposition')
      then array['opposition'] else '{}'::text[] end ||
    case when exists (select 1 from persons.non_disclosure d where d.person_id = person and d.kind = 'no_sharing'
        and d.party_id = any (persons.same_party(party)) and d.ended_at is null)
      then array['refusal'] else '{}'::text[] end ||
    case when its_basis <> 'break_glass' and persons.use_limited(person) then array['limitation'] else '{}'::text[] end end
$$;

/* What is left of what a basis entrusts: less what is withheld; of the DAC in charge, the administrative volet while the use of the file is limited. Her own sight
   is never narrowed. */
create or replace function persons.effective_volets(person uuid, party uuid, its_basis text, given text[]) returns text[] language sql stable as $$
  select case when its_basis = 'self' then given
    else array(select v from unnest(given) with ordinality g(v, n)
      where (not exists (select from persons.withheld_volet w where w.person_id = person and w.ended_at is null) or v <> all (persons.withheld_from(person, party)))
        and (v = 'administrative' or its_basis = 'break_glass' or not persons.use_limited(person)) order by n) end
$$;

/* Whatever writes a right, seeds included: never more than what the person entrusts, and than what a limitation leaves. */
create or replace function persons.narrow_sight() returns trigger language plpgsql set search_path = pg_catalog as $$
declare left_of_it text[];
begin
  -- bulk loads: one look at two indexes that are nearly empty
  if not exists (select from persons.withheld_volet w where w.person_id = new.person_id and w.ended_at is null)
    and not exists (select from privacy.limitation l where l.lifted_at is null) then return new; end if;
  left_of_it := persons.effective_volets(new.person_id, new.party_id, new.basis, coalesce(new.entrusted, new.volets));
  if new.entrusted is not null or left_of_it <> new.volets then
    new.entrusted := coalesce(new.entrusted, new.volets);
    new.volets := left_of_it;
  end if;
  return new;
end $$;

/* Opens it: for the actor alone, at most 24 hours, with the volets of her category less what is withheld. Gives its end; null for whoever does not exist,
   opposes care or the file, or refuses this professional: the caller answers alike. Refused (unique_violation) to whoever sees the person already, but for a file whose
   use is limited: those who accompany her see too little of it to answer a claim, and open it so. */
do $$
declare
  was text := pg_get_functiondef('persons.open_exceptionally(uuid, uuid, uuid, text, text, text, integer)'::regprocedure);
  becomes text := replace(was, $old$if persons.actor_sees(person, '{dac_in_charge,care_team,consent,break_glass}') then$old$,
    $new$-- art. 18.2: while the use is limited, its grounds and what cannot wait; never those grounds otherwise
  if persons.use_limited(person) and its_reason not in ('limitation_consent', 'limitation_claims', 'limitation_others', 'limitation_public_interest', 'vital_emergency', 'danger') then
    raise exception 'not a ground on a limited file' using errcode = 'JL001';
  end if;
  if its_reason like 'limitation\_%' and not persons.use_limited(person) then
    raise exception 'the use of this file is not limited' using errcode = 'JL002';
  end if;
  if persons.actor_sees(person, '{care_team,consent,break_glass}') or (persons.actor_sees(person, '{dac_in_charge}') and not persons.use_limited(person)) then$new$);
begin
  if becomes = was then raise exception 'open_exceptionally is not the one expected'; end if;
  execute becomes;
end $$;

revoke all on function persons.use_limited(uuid) from public;
grant execute on function persons.use_limited(uuid) to jalon_kernel, jalon_system;

-- Those whose use is limited already: from this day as the law says.
set local role jalon_kernel;
select persons.bring_in_line(l.person_id) from privacy.limitation l where l.lifted_at is null;
reset role;
