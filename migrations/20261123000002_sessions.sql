-- WAHA servers and the WhatsApp accounts placed on them.

create type session_desired as enum ('running', 'stopped', 'deleted');
create type session_status as enum
    ('pending', 'stopped', 'starting', 'scan_qr_code', 'passkey_required', 'working', 'failed', 'unknown');

-- The platform's own: no tenant sees nodes.
create table nodes (
    id             uuid primary key,
    name           text not null unique,
    base_url       text not null unique,
    api_key_sealed bytea not null,
    engine         text,
    version        text,
    capacity       integer not null check (capacity > 0),
    cordoned       boolean not null default false,
    seen_at        timestamptz,
    error          text,
    created_at     timestamptz not null default now()
);

create table sessions (
    id               uuid primary key,
    organization_id  uuid not null references organizations on delete cascade,
    node_id          uuid not null references nodes,
    name             text not null check (length(name) between 1 and 100),
    description      text,
    -- The name at WAHA: ours, unique over all tenants, so that an event cannot be taken for another tenant's.
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
    -- No bulk message (or no message at all) leaves before this time; why is for people.
    bulk_parked_until timestamptz,
    parked_until     timestamptz,
    park_code        text,
    last_inbound_at  timestamptz,
    last_outbound_at timestamptz,
    created_at       timestamptz not null default now(),
    deleted_at       timestamptz
);
create unique index sessions_name on sessions (organization_id, name) where deleted_at is null;
create index sessions_by_node on sessions (node_id);

-- How much a session sent, by quarter hour (quarters, because some zones lie 30 or 45 minutes off).
create table session_usage (
    session_id      uuid not null references sessions on delete cascade,
    organization_id uuid not null references organizations on delete cascade,
    quarter         timestamptz not null,
    sent            integer not null,
    primary key (session_id, quarter)
);

create table session_events (
    id              bigint generated always as identity primary key,
    session_id      uuid not null references sessions on delete cascade,
    organization_id uuid not null references organizations on delete cascade,
    at              timestamptz not null,
    status          session_status not null,
    detail          text
);
create index session_events_by_session on session_events (session_id, id);

alter table sessions enable row level security;
create policy tenant on sessions to wahana_tenant using (organization_id = current_organization());
grant select, insert, update on sessions to wahana_tenant;

alter table session_usage enable row level security;
create policy tenant on session_usage to wahana_tenant using (organization_id = current_organization());
grant select on session_usage to wahana_tenant;

alter table session_events enable row level security;
create policy tenant on session_events to wahana_tenant using (organization_id = current_organization());
grant select on session_events to wahana_tenant;
