/* A trace of a restricted report names no person, and told who it was about all the same: it stood one second after « a ouvert le dossier de… », of the same
   professional. Lines of safeguarding are for the readers of the report that they name; the regional administration, which stands for the data protection
   officer, asks for those of one report by its number, and gets those alone. */

-- A line of a restricted report, or the print of one of its pages.
create function audit.is_restricted(line_name text, line_details jsonb) returns boolean language sql immutable parallel safe set search_path = pg_catalog as $$
  select line_name like 'safeguarding.%' or (line_name = 'auditTrail.print.note' and ltrim(line_details ->> 'page', '/') like 'signalements%')
$$;

create function audit.restricted_line_opens(line_details jsonb, by_report boolean) returns boolean language sql stable
  set search_path = pg_catalog as $$
  select case
    when line_details ? 'reportId' then (line_details ->> 'reportId')::uuid = any (safeguarding.readable())
      or (by_report and 'regional_admin' = any (platform.actor_functions()))
    when line_details ? 'reportIds' then not by_report and (select bool_and(r.id::uuid = any (safeguarding.readable())) from jsonb_array_elements_text(line_details -> 'reportIds') r(id))
    -- an attempt that failed names no report, and says in its details whom it was about
    else false end
$$;

/* A page of lines, the last first. filter: from, to (instants), person, actor, service (ids), report (the number of a restricted report), names, outcomes, bases,
   manners (texts), sealedAt and seq (the last line already shown). Only the conditions asked for are written, so that each page walks the index that suits it. */
create or replace function audit.lines(filter jsonb, most integer) returns setof audit.entry language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  own_service uuid := audit.readable_service();
  words text := 'true';
  body text;
begin
  if own_service is not null then words := words || ' and e.service_id = $2'; end if;
  if filter ? 'from' then words := words || ' and e.sealed_at >= ($1 ->> ''from'')::timestamptz and e.at >= ($1 ->> ''from'')::timestamptz'; end if;
  -- a line is sealed within seconds; a day covers a sequencer that was stopped
  if filter ? 'to' then words := words || ' and e.sealed_at < ($1 ->> ''to'')::timestamptz + interval ''1 day'' and e.at < ($1 ->> ''to'')::timestamptz'; end if;
  if filter ? 'actor' then words := words || ' and e.actor_id = ($1 ->> ''actor'')::uuid'; end if;
  if filter ? 'service' then words := words || ' and e.service_id = ($1 ->> ''service'')::uuid'; end if;
  if filter ? 'names' then words := words || format(' and e.name = any (%L::text[])', array(select jsonb_array_elements_text(filter -> 'names'))); end if;
  if filter ? 'outcomes' then
    words := words || format(' and e.outcome = any (%L::text[])', array(select jsonb_array_elements_text(filter -> 'outcomes')));
    if not filter -> 'outcomes' ? 'done' then words := words || ' and e.outcome <> ''done'''; end if;
  end if;
  if filter ? 'manners' then
    words := words || format(' and e.manner = any (%L::text[])', array(select jsonb_array_elements_text(filter -> 'manners')));
    if not filter -> 'manners' ? 'screen' then words := words || ' and e.manner <> ''screen'''; end if;
  end if;
  if filter ? 'bases' then
    words := words || format(' and e.bases && %L::text[]', array(select jsonb_array_elements_text(filter -> 'bases')));
    if filter -> 'bases' <@ '["break_glass", "consent", "self", "none"]' then words := words || ' and e.bases && array[''break_glass'', ''consent'', ''self'', ''none'']'; end if;
  end if;
  if filter ? 'seq' then words := words || ' and (e.sealed_at, e.seq) < (($1 ->> ''sealedAt'')::timestamptz, ($1 ->> ''seq'')::bigint)'; end if;
  if filter ? 'report' then words := words || ' and e.name like ''safeguarding.%'' and e.details ->> ''reportId'' = $1 ->> ''report'''; end if;
  words := words || format(' and (not audit.is_restricted(e.name, e.details) or audit.restricted_line_opens(e.details, %L))', filter ? 'report');
  body := 'select e.* from audit.entry e where ' || words;
  -- a person first, whatever the planner believes of her: her lines are few, and the index of persons gives them
  if filter ? 'person' then body := 'select e.* from (select e.* from audit.entry e where e.person_ids && $3 and ' || words || ' offset 0) e'; end if;
  return query execute body || ' order by e.sealed_at desc, e.seq desc limit $4'
    using filter, own_service, case when filter ? 'person' then persons.identity_set((filter ->> 'person')::uuid) end, least(greatest(most, 1), 1001);
end $$;

/* One line by its seq; nothing where the actor may not read it. */
create or replace function audit.line(its_seq bigint) returns setof audit.entry language plpgsql stable security definer set search_path = pg_catalog as $$
declare own_service uuid := audit.readable_service();
begin
  return query select e.* from audit.entry e where e.seq = its_seq and (own_service is null or e.service_id = own_service)
    and (not audit.is_restricted(e.name, e.details) or audit.restricted_line_opens(e.details, false));
end $$;
