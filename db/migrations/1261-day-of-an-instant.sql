-- What subscribers write is dated by the clock of the installation, as what people write: at 0 h 30 in Paris the day in UTC is still the day before.

create function platform.day_of(instant timestamptz) returns date language sql stable parallel safe
  as $$ select (instant at time zone coalesce(nullif(current_setting('jalon.time_zone', true), ''), 'Europe/Paris'))::date $$;
comment on function platform.day_of(timestamptz) is 'The calendar day of an instant where the installation is (setting jalon.time_zone of the transaction).';
grant execute on function platform.day_of(timestamptz) to jalon_app, jalon_system, jalon_kernel;
