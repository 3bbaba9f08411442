-- Sessions that go from one node to another, one at a time and never alive on both.

alter table sessions
    -- Grows with each node it is placed on; WAHA's events say under which one they came to be.
    add column placement_epoch integer not null default 0,
    -- Nothing is sent and nothing is started while it is set.
    add column moving_to uuid references nodes;

alter table nodes
    -- Whether draining also moves sessions that somebody will have to scan again.
    add column drain_scans boolean not null default false;

create table session_moves (
    id              uuid primary key,
    organization_id uuid not null references organizations on delete cascade,
    session_id      uuid not null references sessions on delete cascade,
    from_node_id    uuid not null references nodes,
    to_node_id      uuid not null references nodes,
    reason          text not null check (reason in ('operator', 'drain', 'dead_node')),
    -- The operator vouches that the old node runs nothing any more: it is not asked.
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
