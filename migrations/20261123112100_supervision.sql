-- Restarts of sessions per WAHA server: the budget that keeps them from becoming a storm. The platform's own, no
-- tenant sees nodes.
create table node_restarts (
    node_id    uuid not null references nodes on delete cascade,
    session_id uuid not null references sessions on delete cascade,
    at         timestamptz not null
);
create index node_restarts_by_node on node_restarts (node_id, at);

create index sessions_troubled on sessions (trouble) where trouble is not null;
