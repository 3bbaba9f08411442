-- Fleet: the WAHA servers. They belong to the platform; no tenant reads this table.

create type node_health as enum ('unknown', 'healthy', 'degraded', 'dead');

create table nodes (
    id             uuid primary key,
    name           text not null,
    base_url       text not null,
    api_key_sealed bytea not null,
    engine         text,
    version        text,
    capacity       integer not null check (capacity > 0),
    cordoned       boolean not null default false,
    seen_at        timestamptz,
    error          text,
    created_at     timestamptz not null default now(),
    -- Maximum that this server is given; null is no limit.
    messages_per_minute integer check (messages_per_minute > 0),
    health         node_health not null default 'unknown',
    health_since   timestamptz not null default now(),
    -- Sessions ask for labels by `sessions.placement`.
    labels         jsonb not null default '{}',
    -- Nodes of one group share WAHA's session storage: sessions move between them without a new scan.
    storage_group  text check (length(storage_group) between 1 and 100),
    -- Its sessions are being moved away since then.
    draining_since timestamptz,
    -- The row stays, because deleted sessions still name it.
    removed_at     timestamptz,
    -- Whether draining also moves sessions that somebody will have to scan again.
    drain_scans    boolean not null default false
);
create unique index nodes_name on nodes (name) where removed_at is null;
create unique index nodes_base_url on nodes (base_url) where removed_at is null;
