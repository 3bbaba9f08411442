-- Sessions: the WhatsApp accounts placed on nodes, their health, usage and history, their moves between nodes, and the
-- links by which they are paired.

create type session_desired as enum ('running', 'stopped', 'deleted');
create type session_status as enum
    ('pending', 'stopped', 'starting', 'scan_qr_code', 'passkey_required', 'working', 'failed', 'unknown');

create table sessions (
    id               uuid primary key,
    organization_id  uuid not null references organizations on delete cascade,
    node_id          uuid not null references nodes,
    name             text not null check (length(name) between 1 and 100),
    description      text,
    -- The name at WAHA: ours, unique over all tenants, so that an event cannot be taken for one of another tenant.
    waha_name        text not null unique,
    hmac_key_sealed  bytea not null,
    desired          session_desired not null,
    status           session_status not null default 'pending',
    status_since     timestamptz not null default now(),
    -- WAHA's clock (ms) of the newest status event, so that a late event does not turn the status back.
    status_event_ms  bigint not null default 0,
    phone            text,
    push_name        text,
    policy           jsonb not null,
    -- No bulk message, or no message at all, leaves before this time; `park_code` says why for the whole lane.
    bulk_parked_until timestamptz,
    parked_until     timestamptz,
    park_code        text,
    last_inbound_at  timestamptz,
    last_outbound_at timestamptz,
    created_at       timestamptz not null default now(),
    deleted_at       timestamptz,
    -- Start of the warm-up, if that is not the quarter hour of the first send: set when another phone is paired.
    warm_up_from     timestamptz,
    -- Why and since when the bulk line is parked.
    bulk_park_code    text,
    bulk_parked_since timestamptz,
    -- When WhatsApp last asked for fewer messages, and how often in a row: the pause grows with it.
    rate_limited_at   timestamptz,
    rate_limit_streak integer not null default 0,
    -- What is wrong with the session although its status may be `working`; set and cleared by the supervisor.
    trouble           text,
    trouble_since     timestamptz,
    trouble_detail    text,
    -- Only a person with the phone can help: WAHA asked for a scan, and nobody has logged in since.
    needs_human_since timestamptz,
    -- Restarts since it last worked for a while, and when the next one may come.
    restart_attempts  integer not null default 0,
    next_restart_at   timestamptz,
    -- When WAHA last reported anything, accurate to a few seconds.
    last_event_at     timestamptz,
    -- Messages went out and no event came: since when this is known.
    unheard_since     timestamptz,
    -- Everything up to here was read, from events or from the chats.
    caught_up_to      timestamptz,
    -- When WhatsApp last confirmed or refused a message, accurate to a few seconds.
    last_ack_at       timestamptz,
    -- Messages went out and none was confirmed, not even by WhatsApp's server: since when this is known. Looked at per
    -- session, because the acks of all its messages stop together (docs/waha.md 10.2).
    unacked_since     timestamptz,
    -- The labels that its node must have.
    placement         jsonb not null default '{}',
    -- Grows with each node it is placed on; events of WAHA say under which one they came to be.
    placement_epoch   integer not null default 0,
    -- It is on its way to this node: nothing is sent and nothing is started while this is set.
    moving_to         uuid references nodes
);
create unique index sessions_name on sessions (organization_id, name) where deleted_at is null;
create index sessions_by_node on sessions (node_id);
-- What the supervisor looks at in each round.
create index sessions_off on sessions (status_since)
    where desired = 'running' and status in ('pending', 'starting', 'failed', 'unknown');
create index sessions_restarted on sessions (id) where restart_attempts > 0;
create index sessions_unheard on sessions (id) where unheard_since is not null;
create index sessions_troubled on sessions (trouble) where trouble is not null;
create index sessions_unacked on sessions (id) where unacked_since is not null;

alter table sessions enable row level security;
create policy tenant on sessions to wahana_tenant using (organization_id = current_organization());
grant select, insert, update on sessions to wahana_tenant;

-- The only definition of a session's health; `since` is when it became so.
create function session_health(s sessions, at timestamptz, out health text, out reason text, out since timestamptz)
    language sql stable
    return (
        select row (
            case when s.desired <> 'running' then 'stopped'
                 when s.needs_human_since is not null then 'needs_scan'
                 when s.status = 'failed' then 'failed'
                 when s.status <> 'working' then 'degraded'
                 when s.trouble = 'deaf' then 'deaf'
                 when s.bulk_parked_until > at then 'restricted'
                 when s.trouble is not null or s.parked_until > at then 'degraded'
                 else 'healthy' end,
            case when s.desired <> 'running' then null
                 when s.needs_human_since is not null then s.status::text
                 when s.status <> 'working' then coalesce(s.trouble, s.status::text)
                 when s.trouble = 'deaf' then 'deaf'
                 when s.bulk_parked_until > at then coalesce(s.bulk_park_code, 'parked')
                 else coalesce(s.trouble, case when s.parked_until > at then coalesce(s.park_code, 'parked') end) end,
            case when s.needs_human_since is not null and s.desired = 'running' then s.needs_human_since
                 when s.status <> 'working' or s.desired <> 'running' then s.status_since
                 when s.trouble = 'deaf' then s.trouble_since
                 when s.bulk_parked_until > at then s.bulk_parked_since
                 when s.trouble is not null then s.trouble_since
                 when s.parked_until > at then s.rate_limited_at
                 else s.status_since end)
    );

-- How much a session sent, by quarter hour (quarters, because some time zones are 30 or 45 minutes off). Written by
-- every send, so it has no foreign keys: forget_organization keeps it free of orphans (0009_jobs.sql).
create table session_usage (
    session_id      uuid not null,
    organization_id uuid not null,
    quarter         timestamptz not null,
    sent            integer not null,
    bulk            integer not null default 0,
    new_chats       integer not null default 0,
    -- When the last message of the quarter left: written with the count, so it costs nothing.
    last_at         timestamptz,
    primary key (session_id, quarter)
);
create index session_usage_by_quarter on session_usage (quarter);

alter table session_usage enable row level security;
create policy tenant on session_usage to wahana_tenant using (organization_id = current_organization());
grant select on session_usage to wahana_tenant;

-- The history of a session's status.
create table session_events (
    id              bigint generated always as identity primary key,
    session_id      uuid not null references sessions on delete cascade,
    organization_id uuid not null references organizations on delete cascade,
    at              timestamptz not null,
    status          session_status not null,
    detail          text,
    code            text
);
create index session_events_by_session on session_events (session_id, id);

alter table session_events enable row level security;
create policy tenant on session_events to wahana_tenant using (organization_id = current_organization());
grant select on session_events to wahana_tenant;

-- Moves of sessions from one node to another, one at a time and never alive on both.
create table session_moves (
    id              uuid primary key,
    organization_id uuid not null references organizations on delete cascade,
    session_id      uuid not null references sessions on delete cascade,
    from_node_id    uuid not null references nodes,
    to_node_id      uuid not null references nodes,
    reason          text not null check (reason in ('operator', 'drain', 'dead_node')),
    -- The operator vouches that nothing runs on the old node any more: it is not asked.
    forced          boolean not null,
    needs_scan      boolean not null,
    state           text not null default 'moving' check (state in ('moving', 'done', 'failed')),
    error           text,
    created_at      timestamptz not null,
    finished_at     timestamptz
);
create unique index session_moves_open on session_moves (session_id) where state = 'moving';
create index session_moves_by_node on session_moves (from_node_id, id);

alter table session_moves enable row level security;
create policy tenant on session_moves to wahana_tenant using (organization_id = current_organization());
grant select on session_moves to wahana_tenant;

-- Restarts of sessions per node: the budget that keeps restarts from becoming a storm. Belongs to the platform.
create table node_restarts (
    node_id    uuid not null references nodes on delete cascade,
    session_id uuid not null references sessions on delete cascade,
    at         timestamptz not null
);
create index node_restarts_by_node on node_restarts (node_id, at);

-- Links by which somebody without a login pairs one session, such as the owner of a phone far away. Only the hash of
-- the token is kept.
create table pairing_links (
    id              uuid primary key,
    organization_id uuid not null references organizations on delete cascade,
    session_id      uuid not null references sessions on delete cascade,
    token_hash      bytea not null unique,
    created_by      text not null, -- for people: the address of a member, the name of a key
    created_at      timestamptz not null,
    expires_at      timestamptz not null,
    revoked_at      timestamptz
);
create index pairing_links_by_session on pairing_links (session_id, id);
create index pairing_links_by_expiry on pairing_links (expires_at);

alter table pairing_links enable row level security;
create policy tenant on pairing_links to wahana_tenant using (organization_id = current_organization());
grant select, insert, update on pairing_links to wahana_tenant;
