-- People, messages and campaigns.

create type message_state as enum ('accepted', 'scheduled', 'queued', 'sending', 'unknown', 'sent', 'delivered', 'read',
    'played', 'failed', 'expired', 'cancelled', 'received');
create type message_class as enum ('transactional', 'bulk');
create type message_direction as enum ('outbound', 'inbound');
create type campaign_state as enum ('draft', 'scheduled', 'running', 'paused', 'finished', 'cancelled');

create table contacts (
    id              uuid primary key,
    organization_id uuid not null references organizations on delete cascade,
    phone           text not null,
    name            text,
    attributes      jsonb not null default '{}',
    tags            text[] not null default '{}',
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    unique (organization_id, phone)
);
create index contacts_by_organization on contacts (organization_id, id);

-- Who must not be written to. An import cannot undo it.
create table suppressions (
    organization_id uuid not null references organizations on delete cascade,
    phone           text not null,
    reason          text not null check (reason in ('opt_out', 'manual', 'not_on_whatsapp')),
    detail          text,
    created_at      timestamptz not null default now(),
    primary key (organization_id, phone)
);

create table media (
    id              uuid primary key,
    organization_id uuid not null references organizations on delete cascade,
    mimetype        text not null,
    filename        text,
    size            bigint not null,
    sha256          bytea not null,
    content         bytea not null,
    created_at      timestamptz not null default now()
);
alter table media alter column content set storage external;
create index media_by_organization on media (organization_id, id);

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
    updated_at      timestamptz not null default now()
);
create index campaigns_by_organization on campaigns (organization_id, id);
create index campaigns_running on campaigns (id) where state in ('running', 'scheduled');

create table campaign_senders (
    campaign_id     uuid not null references campaigns on delete cascade,
    session_id      uuid not null references sessions,
    organization_id uuid not null references organizations on delete cascade,
    primary key (campaign_id, session_id)
);
create index campaign_senders_by_session on campaign_senders (session_id);

-- One row per person, written before the first send. Its id becomes the id of the message.
create table recipients (
    id              uuid primary key,
    organization_id uuid not null references organizations on delete cascade,
    campaign_id     uuid not null references campaigns on delete cascade,
    position        integer not null,
    line            bigint,
    phone           text not null,
    name            text,
    variables       jsonb not null default '{}',
    unique (campaign_id, position),
    unique (campaign_id, phone)
);

create table rejected_lines (
    campaign_id     uuid not null references campaigns on delete cascade,
    organization_id uuid not null references organizations on delete cascade,
    id              bigint generated always as identity,
    line            bigint not null,
    "column"        text,
    value           text,
    code            text not null,
    reason          text not null,
    primary key (campaign_id, id)
);

create table messages (
    id              uuid primary key,
    organization_id uuid not null references organizations on delete cascade,
    session_id      uuid not null references sessions,
    campaign_id     uuid references campaigns on delete cascade,
    direction       message_direction not null,
    class           message_class not null,
    state           message_state not null,
    -- WhatsApp's chat: <digits>@c.us, <id>@g.us, <id>@lid.
    chat_id         text not null,
    phone           text,
    content         jsonb not null,
    -- The bare WhatsApp message id: ours until WAHA tells another.
    waha_id         text,
    send_at         timestamptz,
    expires_at      timestamptz,
    error_code      text,
    error_detail    text,
    created_at      timestamptz not null default now(),
    sent_at         timestamptz,
    delivered_at    timestamptz,
    read_at         timestamptz,
    settled_at      timestamptz
) with (fillfactor = 75); -- room for HOT updates: no index covers what changes on the way
create index messages_by_organization on messages (organization_id, id);
create index messages_by_chat on messages (session_id, chat_id, id);
create index messages_by_campaign on messages (campaign_id, id) where campaign_id is not null;
create unique index messages_waha_id on messages (session_id, waha_id) where waha_id is not null;

-- Same edges as wahana_domain::messages::MessageState; crates/store/tests/schema.rs compares the two.
create function message_next(state message_state) returns message_state[]
    language sql immutable parallel safe
    return case state
        when 'accepted' then array['scheduled', 'queued', 'cancelled', 'expired']::message_state[]
        when 'scheduled' then array['queued', 'cancelled', 'expired']::message_state[]
        when 'queued' then array['sending', 'sent', 'delivered', 'read', 'played', 'failed', 'cancelled', 'expired']::message_state[]
        when 'sending' then array['sent', 'queued', 'failed', 'unknown', 'cancelled', 'expired', 'delivered', 'read', 'played']::message_state[]
        when 'unknown' then array['sent', 'delivered', 'read', 'played', 'failed', 'queued']::message_state[]
        when 'sent' then array['delivered', 'read', 'played', 'failed']::message_state[]
        when 'delivered' then array['read', 'played']::message_state[]
        when 'read' then array['played']::message_state[]
        when 'failed' then array['queued', 'sent', 'delivered', 'read', 'played']::message_state[]
        else array[]::message_state[]
    end;

create function guard_message_edge() returns trigger language plpgsql as $$
begin
    if new.state <> old.state and not (new.state = any (message_next(old.state))) then
        raise exception 'message % may not go from % to %', new.id, old.state, new.state
            using errcode = 'check_violation', constraint = 'message_edge';
    end if;
    return new;
end $$;
create trigger guard_message_edge before update of state on messages
    for each row execute function guard_message_edge();

-- The funnel of a campaign, kept by the database so that nobody can forget it. Sharded by backend, so that many
-- workers do not wait for one row; the figure is the sum over the shards.
create table campaign_progress (
    campaign_id     uuid not null references campaigns on delete cascade,
    organization_id uuid not null references organizations on delete cascade,
    state           message_state not null,
    shard           smallint not null,
    n               bigint not null,
    primary key (campaign_id, state, shard)
) with (fillfactor = 50);

create function count_inserted_messages() returns trigger language plpgsql security definer set search_path = public as $$
begin
    if not exists (select 1 from fresh where campaign_id is not null) then
        return null;
    end if;
    insert into campaign_progress as p (campaign_id, organization_id, state, shard, n)
    select campaign_id, organization_id, state, pg_backend_pid() % 8, count(*) from fresh
    where campaign_id is not null group by 1, 2, 3 order by 1, 3
    on conflict (campaign_id, state, shard) do update set n = p.n + excluded.n;
    return null;
end $$;
create trigger count_inserted_messages after insert on messages
    referencing new table as fresh for each statement execute function count_inserted_messages();

create function count_changed_messages() returns trigger language plpgsql security definer set search_path = public as $$
begin
    if not exists (select 1 from fresh where campaign_id is not null) then
        return null;
    end if;
    insert into campaign_progress as p (campaign_id, organization_id, state, shard, n)
    select campaign_id, organization_id, state, pg_backend_pid() % 8, sum(d) from (
        select fresh.campaign_id, fresh.organization_id, unnest(array[fresh.state, was.state]) as state, unnest(array[1, -1]) as d
        from fresh join was using (id) where fresh.campaign_id is not null and fresh.state <> was.state
    ) as changes group by 1, 2, 3 having sum(d) <> 0 order by 1, 3
    on conflict (campaign_id, state, shard) do update set n = p.n + excluded.n;
    return null;
end $$;
create trigger count_changed_messages after update on messages
    referencing old table as was new table as fresh for each statement execute function count_changed_messages();

create table idempotency_keys (
    organization_id uuid not null references organizations on delete cascade,
    key             text not null check (length(key) between 1 and 255),
    fingerprint     bytea not null,
    status          smallint not null,
    response        jsonb not null,
    expires_at      timestamptz not null,
    primary key (organization_id, key)
);
create index idempotency_keys_by_expiry on idempotency_keys (expires_at);

do $$
declare t text;
begin
    foreach t in array array['contacts', 'suppressions', 'media', 'campaigns', 'campaign_senders', 'recipients',
                             'rejected_lines', 'messages', 'campaign_progress', 'idempotency_keys'] loop
        execute format('alter table %I enable row level security', t);
        execute format('create policy tenant on %I to wahana_tenant using (organization_id = current_organization())', t);
        execute format('grant select, insert, update, delete on %I to wahana_tenant', t);
    end loop;
end $$;
