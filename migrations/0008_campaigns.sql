-- Campaigns: one template to many people, their recipients, the funnel, and sender pools.

-- Several sessions behind one sender. A person stays with the member that wrote to them first.
create table sender_pools (
    id              uuid primary key,
    organization_id uuid not null references organizations on delete cascade,
    name            text not null check (length(name) between 1 and 100),
    description     text,
    created_at      timestamptz not null default now()
);
create unique index sender_pools_name on sender_pools (organization_id, name);

alter table sender_pools enable row level security;
create policy tenant on sender_pools to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on sender_pools to wahana_tenant;

create table sender_pool_members (
    pool_id         uuid not null references sender_pools on delete cascade,
    session_id      uuid not null references sessions on delete cascade,
    organization_id uuid not null references organizations on delete cascade,
    -- Its share beside the others, before its health counts.
    weight          integer not null default 100 check (weight between 1 and 1000),
    enabled         boolean not null default true,
    added_at        timestamptz not null default now(),
    primary key (pool_id, session_id)
);
create index sender_pool_members_by_session on sender_pool_members (session_id);

alter table sender_pool_members enable row level security;
create policy tenant on sender_pool_members to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on sender_pool_members to wahana_tenant;

-- The member that wrote to a person; written when WhatsApp took the first message, so that a choice that came to
-- nothing binds nobody.
create table sender_pool_contacts (
    pool_id         uuid not null references sender_pools on delete cascade,
    phone           text not null,
    organization_id uuid not null references organizations on delete cascade,
    session_id      uuid not null references sessions on delete cascade,
    since           timestamptz not null,
    primary key (pool_id, phone)
);
create index sender_pool_contacts_by_session on sender_pool_contacts (session_id);

alter table sender_pool_contacts enable row level security;
create policy tenant on sender_pool_contacts to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on sender_pool_contacts to wahana_tenant;

-- Waiting messages that went from one member to another, and why.
create table message_moves (
    id              bigint generated always as identity primary key,
    organization_id uuid not null references organizations on delete cascade,
    message_id      uuid not null references messages on delete cascade,
    pool_id         uuid not null references sender_pools on delete cascade,
    from_session_id uuid not null references sessions,
    to_session_id   uuid not null references sessions,
    reason          text not null,
    moved_at        timestamptz not null
);
create index message_moves_by_message on message_moves (message_id);
create index message_moves_by_pool on message_moves (pool_id);

alter table message_moves enable row level security;
create policy tenant on message_moves to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on message_moves to wahana_tenant;

create type campaign_state as enum ('draft', 'scheduled', 'running', 'paused', 'finished', 'cancelled');

create table campaigns (
    id              uuid primary key,
    organization_id uuid not null references organizations on delete cascade,
    name            text not null check (length(name) between 1 and 200),
    content         jsonb not null,
    state           campaign_state not null default 'draft',
    -- Recipients are released in order of position; all up to `cursor` have a message.
    total           integer not null default 0,
    cursor          integer not null default 0,
    rejected        integer not null default 0,
    send_at         timestamptz,
    started_at      timestamptz,
    finished_at     timestamptz,
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    -- Of `rejected`: lines refused because the number was there already, or is suppressed.
    duplicates      integer not null default 0,
    suppressed      integer not null default 0,
    -- The columns of all files uploaded so far, in order of their first appearance.
    import_columns  text[] not null default '{}',
    -- Rate, window and deadline of the campaign.
    pace            jsonb not null default '{}',
    -- When the next message is due by the campaign's own rate.
    rate_due_at     timestamptz,
    -- Nobody behind this position has a message. Between `cursor` and here some have one: those whose window was open
    -- while that of people before them was closed.
    ahead           integer not null default 0,
    -- Null is `skip`.
    check_number    number_check_mode,
    pool_id         uuid references sender_pools on delete set null
);
create index campaigns_by_organization on campaigns (organization_id, id);
create index campaigns_running on campaigns (id) where state in ('running', 'scheduled');
create index campaigns_by_pool on campaigns (pool_id) where pool_id is not null;

alter table campaigns enable row level security;
create policy tenant on campaigns to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on campaigns to wahana_tenant;

create table campaign_senders (
    campaign_id     uuid not null references campaigns on delete cascade,
    session_id      uuid not null references sessions,
    organization_id uuid not null references organizations on delete cascade,
    primary key (campaign_id, session_id)
);
create index campaign_senders_by_session on campaign_senders (session_id);

alter table campaign_senders enable row level security;
create policy tenant on campaign_senders to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on campaign_senders to wahana_tenant;

-- One row per person, written before the first send. Its id becomes the id of the message.
create table recipients (
    id              uuid primary key,
    organization_id uuid not null, -- no foreign key: the campaign has it
    campaign_id     uuid not null references campaigns on delete cascade,
    position        integer not null,
    line            bigint,
    phone           text not null,
    name            text,
    variables       jsonb not null default '{}',
    unique (campaign_id, position),
    unique (campaign_id, phone)
);

alter table recipients enable row level security;
create policy tenant on recipients to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on recipients to wahana_tenant;

-- Lines of imports that were refused, as they were, so that they can be repaired and uploaded again.
create table rejected_lines (
    campaign_id     uuid not null references campaigns on delete cascade,
    organization_id uuid not null references organizations on delete cascade,
    id              bigint generated always as identity,
    line            bigint not null,
    "column"        text,
    value           text,
    code            text not null,
    reason          text not null,
    -- The cells of the line by the name of their column.
    fields          jsonb not null default '{}',
    primary key (campaign_id, id)
);

alter table rejected_lines enable row level security;
create policy tenant on rejected_lines to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on rejected_lines to wahana_tenant;

-- The funnel of a campaign, kept by triggers so that no code can forget it. In 32 shards by backend, so that many
-- workers do not wait for one row; the figure is the sum over the shards.
create table campaign_progress (
    campaign_id     uuid not null, -- no foreign keys: see messages
    organization_id uuid not null,
    state           message_state not null,
    shard           smallint not null,
    n               bigint not null,
    primary key (campaign_id, state, shard)
) with (fillfactor = 50);

alter table campaign_progress enable row level security;
create policy tenant on campaign_progress to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on campaign_progress to wahana_tenant;

-- Why people of a campaign did not get the message, kept and sharded like campaign_progress: to count it when somebody
-- looks, all messages of the campaign would have to be read, and somebody looks every ten seconds.
create table campaign_failures (
    campaign_id     uuid not null references campaigns on delete cascade,
    organization_id uuid not null references organizations on delete cascade,
    -- `failed`, `expired` or `cancelled`.
    state           message_state not null,
    -- The error code; empty is none.
    code            text not null,
    shard           smallint not null,
    n               bigint not null,
    -- The newest message that came here; it may have gone on since.
    newest          uuid,
    primary key (campaign_id, state, code, shard)
);

alter table campaign_failures enable row level security;
create policy tenant on campaign_failures to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on campaign_failures to wahana_tenant;

create function came_to_nothing(state message_state) returns boolean language sql immutable as
$$ select state in ('failed', 'expired', 'cancelled') $$;

create function count_inserted_messages() returns trigger
    language plpgsql security definer set search_path = public as $$
begin
    if not exists (select 1 from fresh where campaign_id is not null) then
        return null;
    end if;
    insert into campaign_progress as p (campaign_id, organization_id, state, shard, n)
    select campaign_id, organization_id, state, pg_backend_pid() % 32, count(*)
    from fresh
    where campaign_id is not null
    group by 1, 2, 3
    order by 1, 3
    on conflict (campaign_id, state, shard) do update set n = p.n + excluded.n;
    if exists (select 1 from fresh where came_to_nothing(state)) then
        insert into campaign_failures as f (campaign_id, organization_id, state, code, shard, n, newest)
        select campaign_id, organization_id, state, coalesce(error_code, ''), pg_backend_pid() % 32, count(*),
               max(id::text)::uuid
        from fresh
        where campaign_id is not null and came_to_nothing(state)
        group by 1, 2, 3, 4
        order by 1, 3, 4
        on conflict (campaign_id, state, code, shard) do update
        set n = f.n + excluded.n, newest = greatest(f.newest, excluded.newest);
    end if;
    return null;
end $$;
create trigger count_inserted_messages after insert on messages
    referencing new table as fresh for each statement execute function count_inserted_messages();

create function count_changed_messages() returns trigger
    language plpgsql security definer set search_path = public as $$
begin
    if not exists (select 1 from fresh where campaign_id is not null) then
        return null;
    end if;
    insert into campaign_progress as p (campaign_id, organization_id, state, shard, n)
    select campaign_id, organization_id, state, pg_backend_pid() % 32, sum(d)
    from (
        select fresh.campaign_id, fresh.organization_id, unnest(array[fresh.state, was.state]) as state,
               unnest(array[1, -1]) as d
        from fresh
        join was using (id)
        where fresh.campaign_id is not null and fresh.state <> was.state
    ) as changes
    group by 1, 2, 3
    having sum(d) <> 0
    order by 1, 3
    on conflict (campaign_id, state, shard) do update set n = p.n + excluded.n;
    if exists (select 1 from fresh where came_to_nothing(state))
       or exists (select 1 from was where came_to_nothing(state)) then
        insert into campaign_failures as f (campaign_id, organization_id, state, code, shard, n, newest)
        select campaign_id, organization_id, state, code, pg_backend_pid() % 32, sum(d), max(id::text)::uuid
        from (
            select campaign_id, organization_id, state, coalesce(error_code, '') as code, 1 as d, id from fresh
            union all
            select campaign_id, organization_id, state, coalesce(error_code, ''), -1, null from was
        ) as changes
        where campaign_id is not null and came_to_nothing(state)
        group by 1, 2, 3, 4
        having sum(d) <> 0
        order by 1, 3, 4
        on conflict (campaign_id, state, code, shard) do update
        set n = f.n + excluded.n, newest = greatest(f.newest, excluded.newest);
    end if;
    return null;
end $$;
create trigger count_changed_messages after update on messages
    referencing old table as was new table as fresh for each statement execute function count_changed_messages();

-- Binds a person to the member of a pool that wrote to them. A trigger, because a send is proven in several places and
-- none of them may forget it.
create function stick_pool_contacts() returns trigger
    language plpgsql security definer set search_path = public as $$
begin
    if not exists (select 1 from fresh where pool_id is not null) then
        return null;
    end if;
    insert into sender_pool_contacts (pool_id, phone, organization_id, session_id, since)
    select distinct on (fresh.pool_id, fresh.phone)
           fresh.pool_id, fresh.phone, fresh.organization_id, fresh.session_id, coalesce(fresh.sent_at, now())
    from fresh
    join was using (id)
    join sender_pools on sender_pools.id = fresh.pool_id
    where fresh.phone is not null and was.state in ('queued', 'sending', 'unknown')
      and fresh.state in ('sent', 'delivered', 'read', 'played')
    order by fresh.pool_id, fresh.phone, fresh.sent_at desc nulls last
    on conflict (pool_id, phone) do update set session_id = excluded.session_id, since = excluded.since
        where sender_pool_contacts.session_id <> excluded.session_id;
    return null;
end $$;
create trigger stick_pool_contacts after update on messages
    referencing old table as was new table as fresh for each statement execute function stick_pool_contacts();

-- Deletes what a campaign leaves in tables without a foreign key.
create function forget_campaign() returns trigger
    language plpgsql security definer set search_path = public as $$
begin
    delete from jobs j using messages m where m.campaign_id = old.id and j.id = m.id;
    delete from messages where campaign_id = old.id;
    delete from campaign_progress where campaign_id = old.id;
    return old;
end $$;
create trigger forget_campaign before delete on campaigns
    for each row execute function forget_campaign();
