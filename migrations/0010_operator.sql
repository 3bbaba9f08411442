-- Operator: who did what, what is held back, and restores of backups.

-- The audit log. A row is written in the transaction of the act; nobody, not even the role of the platform, changes or
-- removes one.
create table audit_events (
    id              uuid primary key,
    organization_id uuid,              -- null: an act on the platform. No foreign key: it outlives the organization.
    actor_kind      text not null check (actor_kind in ('user', 'key', 'operator', 'cli', 'system')),
    actor_id        uuid,
    actor           text not null,     -- for people: an email address, the name of a key, an account of the machine
    action          text not null,     -- such as campaign.pause
    target          text,              -- the id of what was acted on; its prefix says what that is
    detail          jsonb not null default '{}',
    request_id      text,
    address         text,
    at              timestamptz not null
);
create index audit_events_by_organization on audit_events (organization_id, id);
create index audit_events_by_target on audit_events (target, id);

create function refuse_change_of_audit() returns trigger language plpgsql as $$
begin
    raise exception 'the audit log is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger append_only before update or delete on audit_events
    for each row execute function refuse_change_of_audit();
create trigger append_only_truncate before truncate on audit_events
    for each statement execute function refuse_change_of_audit();

alter table audit_events enable row level security;
create policy tenant on audit_events to wahana_tenant using (organization_id = current_organization());
grant select, insert on audit_events to wahana_tenant;

-- What operators hold back, and how much runs at once. A handful of rows, read by the relay, every fence and every
-- worker. Belongs to the platform.
create table controls (
    scope   text not null check (scope in ('all', 'outbound', 'queue', 'organization', 'node', 'lane')),
    target  text not null default '', -- the name of a queue, or a uuid
    paused  boolean not null default false,
    slots   integer check (slots between 0 and 1000), -- of a queue: jobs at once per worker; null: as configured
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
    from controls
    where paused and (scope <> 'queue' or target = 'lanes');

-- Which plain queues are held; null is all of them.
create view queue_holds as
    select case when scope = 'queue' then target end as queue
    from controls
    where paused and scope in ('all', 'queue');

-- Restores of a backup. What waited when the backup was made may have been sent since: until such a message is settled,
-- a worker looks for it at WAHA before it sends it. Belongs to the platform: row-level security without a policy.
create table restores (
    id          bigint generated always as identity primary key,
    backup_at   timestamptz not null,
    restored_at timestamptz not null default now(),
    resumed_at  timestamptz,
    verify      boolean not null default true
);
alter table restores enable row level security;
