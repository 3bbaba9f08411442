-- What operators hold back and how much runs at once. A handful of rows, read by the relay, every fence and every worker.

create table controls (
    scope   text not null check (scope in ('all', 'outbound', 'queue', 'organization', 'node', 'lane')),
    target  text not null default '', -- the name of a queue, or a uuid
    paused  boolean not null default false,
    slots   integer check (slots between 0 and 1000), -- of a queue: jobs at once per worker; null: as its settings say
    reason  text,
    set_by  text not null,
    set_at  timestamptz not null,
    primary key (scope, target)
);

-- Which sends are held. A null column is any; a session is held if a row fits it.
create view sending_holds as
    select case when scope = 'organization' then target::uuid end as organization_id,
           case when scope = 'node' then target::uuid end as node_id,
           case when scope = 'lane' then target::uuid end as session_id
    from controls where paused and (scope <> 'queue' or target = 'lanes');

-- Which plain queues are held; null is all of them.
create view queue_holds as
    select case when scope = 'queue' then target end as queue from controls where paused and scope in ('all', 'queue');

-- Worker processes: who lives, and how busy it is. Written by each every few seconds.
create table workers (
    owner      text primary key, -- the same as in jobs and attempts
    role       text not null,
    host       text not null,
    version    text not null,
    started_at timestamptz not null,
    seen_at    timestamptz not null,
    draining   boolean not null default false,
    slots      jsonb not null -- by queue: {"lanes": {"most": 32, "running": 4}}
);
