-- Jobs: the work that is to be done, what was tried, what lanes wait for, and the processes that do it.

create type job_state as enum ('pending', 'released', 'running', 'dead');

-- A job leaves its table when it is done; its attempts stay. No foreign keys: see messages.
create table jobs (
    id              uuid primary key, -- of send_message: the id of the message
    organization_id uuid not null,
    kind            text not null,
    queue           text not null,
    lane            uuid,             -- the session, for jobs that wait in its lane
    campaign_id     uuid,             -- it waits while this campaign is paused
    class           message_class not null default 'transactional',
    payload         jsonb not null,
    dedup_key       text,
    state           job_state not null default 'pending',
    run_at          timestamptz not null,
    attempt         integer not null default 0,
    owner           text,
    lease_until     timestamptz,
    released_at     timestamptz,
    error_code      text,
    error_detail    text,
    created_at      timestamptz not null default now(),
    -- When the running attempt began. A worker that vanished cannot tell any more, and the job that looks for its
    -- message at WAHA has to know from when on to look.
    started_at      timestamptz,
    -- Why `run_at` lies in the future, if that is neither the owner's wish nor a retry.
    held_for        text,
    -- The trace that the job belongs to (W3C traceparent); null unless it is sampled.
    traceparent     text
) with (
    fillfactor = 75,
    -- Every row lives for moments: dead ones must go as fast as they come, or every look at the queue reads them.
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0
);
-- A job that waits absorbs the same wish; once it runs, a new wish is a new job.
create unique index jobs_dedup on jobs (dedup_key) where dedup_key is not null and state in ('pending', 'released');
create index jobs_lane on jobs (lane, class, run_at, id) where state = 'pending' and lane is not null;
create index jobs_due on jobs (run_at) where state = 'pending';
-- A plain queue is released by organization in turn (docs/adr/0009-fairness.md).
create index jobs_plain_by_organization on jobs (queue, organization_id, run_at, id)
    where state = 'pending' and lane is null;
create index jobs_running on jobs (lease_until) where state = 'running';
create index jobs_released on jobs (released_at) where state = 'released';
create index jobs_dead on jobs (organization_id, id) where state = 'dead';

alter table jobs enable row level security;
create policy tenant on jobs to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on jobs to wahana_tenant;

-- One row per try of a job. No foreign keys: see messages.
create table attempts (
    job_id          uuid not null,
    organization_id uuid not null,
    kind            text not null,
    n               integer not null,
    owner           text not null,
    started_at      timestamptz not null,
    finished_at     timestamptz not null,
    outcome         text not null,
    code            text,
    detail          text
);
create index attempts_by_job on attempts (job_id);
-- What failed lately, without reading all attempts; a block range index costs an insert next to nothing.
create index attempts_by_time on attempts using brin (finished_at) with (pages_per_range = 16, autosummarize = on);

alter table attempts enable row level security;
create policy tenant on attempts to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on attempts to wahana_tenant;

-- What each line of a lane waits for, as the relay last saw it; written only when that changes.
create table lane_limits (
    session_id      uuid not null references sessions on delete cascade,
    organization_id uuid not null references organizations on delete cascade,
    class           message_class not null,
    waiting_for     text not null,
    until           timestamptz,
    since           timestamptz not null,
    primary key (session_id, class)
);

alter table lane_limits enable row level security;
create policy tenant on lane_limits to wahana_tenant using (organization_id = current_organization());
grant select on lane_limits to wahana_tenant;

-- How the queues were in each minute, as schedulers saw it: for charts. Kept for a week. Belongs to the platform.
create table queue_history (
    minute         timestamptz not null,
    queue          text not null,
    taken_at       timestamptz not null,
    pending        bigint not null,
    released       bigint not null,
    running        bigint not null,
    dead           bigint not null,
    oldest_seconds double precision not null, -- the longest wait for a free worker that was seen
    sent           bigint,                    -- of the lanes: messages sent so far in this quarter hour
    primary key (minute, queue)
);

-- Processes of workers and schedulers: which are alive and how busy they are. Each writes its row every few seconds.
-- They also say what they see of Redis, because the API does not talk to it. Belongs to the platform.
create table workers (
    owner       text primary key, -- the same as in jobs and attempts
    role        text not null,
    host        text not null,
    version     text not null,
    started_at  timestamptz not null,
    seen_at     timestamptz not null,
    draining    boolean not null default false,
    slots       jsonb not null,   -- by queue: {"lanes": {"most": 32, "running": 4}}; a scheduler has none
    redis_error text,             -- why Redis does not answer; null: it answers
    redis_since timestamptz not null default now() -- since when it answers, or does not
);

-- Deletes what an organization leaves in tables without a foreign key.
create function forget_organization() returns trigger
    language plpgsql security definer set search_path = public as $$
begin
    delete from jobs where organization_id = old.id;
    delete from attempts where organization_id = old.id;
    delete from messages where organization_id = old.id;
    delete from session_usage where organization_id = old.id;
    delete from campaign_progress where organization_id = old.id;
    return old;
end $$;
create trigger forget_organization before delete on organizations
    for each row execute function forget_organization();
