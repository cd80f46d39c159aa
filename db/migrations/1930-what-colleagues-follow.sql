/* What each colleague of a service follows, as three numbers: how one chooses to whom a file is given. Counted from the files line by line under the policies of
   the actor, a service of 3,300 live files cost 10 ms each time a list of colleagues opened. No person is shown, and a colleague's load is what it is whoever asks:
   a file that its person keeps from the asker counts. Read by the service's own team alone. */
create view reporting.followed_files as
select e.holder_org as service_id, e.referent_id,
  count(*) filter (where e.state = 'open')::integer as open_count,
  count(*) filter (where e.state = 'open' and e.level = 'intensive')::integer as intensive_count,
  count(*) filter (where e.state = 'dormant')::integer as dormant_count
from episodes.episode e
where e.state <> 'closed' and e.holder_org = (select platform.actor_service())
group by e.holder_org, e.referent_id;

grant create on schema reporting to jalon_report;
alter view reporting.followed_files owner to jalon_report;
grant select on reporting.followed_files to jalon_app;
revoke create on schema reporting from jalon_report;

-- The same index, with what the three numbers need.
create index episode_followed on episodes.episode (holder_org, referent_id) include (state, level) where state <> 'closed';
drop index episodes.episode_live;
