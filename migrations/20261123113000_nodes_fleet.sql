-- Nodes as a fleet: whether each answers and since when, words to place sessions by, and nodes that share WAHA's
-- session storage, between which a session can move without a new scan.

create type node_health as enum ('unknown', 'healthy', 'degraded', 'dead');

alter table nodes
    add column health node_health not null default 'unknown',
    add column health_since timestamptz not null default now(),
    add column labels jsonb not null default '{}',
    add column storage_group text check (length(storage_group) between 1 and 100),
    -- Its sessions are being moved away since then.
    add column draining_since timestamptz,
    -- Deleted sessions still name it, so the row stays.
    add column removed_at timestamptz;

alter table nodes drop constraint nodes_name_key, drop constraint nodes_base_url_key;
create unique index nodes_name on nodes (name) where removed_at is null;
create unique index nodes_base_url on nodes (base_url) where removed_at is null;

-- The labels that its node must have.
alter table sessions add column placement jsonb not null default '{}';
