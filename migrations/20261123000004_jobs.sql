-- Work that is to be done, and what was tried. A job leaves its table when it is done; its attempts stay.

create type job_state as enum ('pending', 'released', 'running', 'dead');

create table jobs (
    id              uuid primary key, -- of send_message: the message's own id
    organization_id uuid not null references organizations on delete cascade,
    kind            text not null,
    queue           text not null,
    lane            uuid,              -- the session, for jobs that wait in its lane
    campaign_id     uuid references campaigns on delete cascade, -- it waits while the campaign is paused
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
    created_at      timestamptz not null default now()
) with (
    fillfactor = 75,
    -- Every row lives for moments: dead ones must go as fast as they come, or every look at the queue reads them.
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0
);
-- A job that waits absorbs the same wish; once it runs, a new wish is a new job.
create unique index jobs_dedup on jobs (dedup_key) where dedup_key is not null and state in ('pending', 'released');
create index jobs_lane on jobs (lane, class, run_at, id) where state = 'pending' and lane is not null;
create index jobs_due on jobs (run_at) where state = 'pending';
create index jobs_plain on jobs (queue, run_at, id) where state = 'pending' and lane is null;
create index jobs_running on jobs (lease_until) where state = 'running';
create index jobs_released on jobs (released_at) where state = 'released';
create index jobs_dead on jobs (organization_id, id) where state = 'dead';

create table attempts (
    job_id          uuid not null,
    organization_id uuid not null references organizations on delete cascade,
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

-- What WAHA told us, kept as it came until it is worked through; then for as long as retention says.
create table inbound_events (
    id              uuid primary key,
    organization_id uuid not null references organizations on delete cascade,
    session_id      uuid not null references sessions on delete cascade,
    event_id        text not null, -- WAHA's evt_...: the same on every delivery of the event
    event           text not null,
    body            jsonb not null,
    received_at     timestamptz not null default now(),
    processed_at    timestamptz,
    tries           integer not null default 0,
    error           text,
    unique (session_id, event_id)
);
create index inbound_events_waiting on inbound_events (session_id, id) where processed_at is null;

do $$
declare t text;
begin
    foreach t in array array['jobs', 'attempts', 'inbound_events'] loop
        execute format('alter table %I enable row level security', t);
        execute format('create policy tenant on %I to wahana_tenant using (organization_id = current_organization())', t);
        execute format('grant select, insert, update, delete on %I to wahana_tenant', t);
    end loop;
end $$;
