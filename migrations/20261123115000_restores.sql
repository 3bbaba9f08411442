-- Restores of a backup. What waited when the backup was made may have been sent since: until such a message is settled,
-- a worker looks for it at WAHA before it sends it.
create table restores (
    id          bigint generated always as identity primary key,
    backup_at   timestamptz not null,
    restored_at timestamptz not null default now(),
    resumed_at  timestamptz,
    verify      boolean not null default true
);
alter table restores enable row level security; -- no policy: no tenant sees them
