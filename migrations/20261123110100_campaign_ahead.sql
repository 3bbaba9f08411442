-- People behind others whose window is closed may have a message already: all up to `cursor` have one, nobody behind
-- `ahead` has.
alter table campaigns add column ahead integer not null default 0;
drop index jobs_held;
