-- Several sessions behind one sender. A person keeps the member that wrote to them first.

create table sender_pools (
    id              uuid primary key,
    organization_id uuid not null references organizations on delete cascade,
    name            text not null check (length(name) between 1 and 100),
    description     text,
    created_at      timestamptz not null default now()
);
create unique index sender_pools_name on sender_pools (organization_id, name);

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

-- Which member wrote to a person; written when WhatsApp took the first message, so that a choice that came to nothing
-- binds nobody.
create table sender_pool_contacts (
    pool_id         uuid not null references sender_pools on delete cascade,
    phone           text not null,
    organization_id uuid not null references organizations on delete cascade,
    session_id      uuid not null references sessions on delete cascade,
    since           timestamptz not null,
    primary key (pool_id, phone)
);
create index sender_pool_contacts_by_session on sender_pool_contacts (session_id);

-- No foreign key: a message outlives its pool, and this table is the busiest.
alter table messages add column pool_id uuid;
alter table campaigns add column pool_id uuid references sender_pools on delete set null;
create index campaigns_by_pool on campaigns (pool_id) where pool_id is not null;

-- A waiting message that went from one member to another, and why.
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

do $$
declare t text;
begin
    foreach t in array array['sender_pools', 'sender_pool_members', 'sender_pool_contacts', 'message_moves'] loop
        execute format('alter table %I enable row level security', t);
        execute format('create policy tenant on %I to wahana_tenant using (organization_id = current_organization())', t);
        execute format('grant select, insert, update, delete on %I to wahana_tenant', t);
    end loop;
end $$;

-- In the database, because a send is proven in several places and none of them may forget it.
create function stick_pool_contact() returns trigger language plpgsql security definer set search_path = public as $$
begin
    insert into sender_pool_contacts (pool_id, phone, organization_id, session_id, since)
    select id, new.phone, new.organization_id, new.session_id, coalesce(new.sent_at, now())
    from sender_pools where id = new.pool_id
    on conflict (pool_id, phone) do update set session_id = excluded.session_id, since = excluded.since
        where sender_pool_contacts.session_id <> excluded.session_id;
    return null;
end $$;
create trigger stick_pool_contact after update of state on messages for each row
    when (new.pool_id is not null and new.phone is not null and old.state in ('queued', 'sending', 'unknown')
          and new.state in ('sent', 'delivered', 'read', 'played'))
    execute function stick_pool_contact();
