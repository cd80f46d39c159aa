-- A decision that nobody answers is relaunched: after how many days without an answer, how often again, whom the task is for ('animator' or 'referent').
-- Of the region; 0 days: never.
insert into platform.setting (key, value) values ('case_conferences.relaunch', '{"afterDays": 7, "againAfterDays": 14, "for": "animator"}'::jsonb) on conflict (key) do nothing;
