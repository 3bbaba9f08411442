-- Messages: what is sent and received, its files, and which numbers have WhatsApp.

create type message_state as enum ('accepted', 'scheduled', 'queued', 'sending', 'unknown', 'sent', 'delivered', 'read',
    'played', 'failed', 'expired', 'cancelled', 'received');
create type message_class as enum ('transactional', 'bulk');
create type message_direction as enum ('outbound', 'inbound');
create type number_check_mode as enum ('skip', 'prefer', 'require');

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
alter table media alter column content set storage external; -- files are compressed already
create index media_by_organization on media (organization_id, id);

alter table media enable row level security;
create policy tenant on media to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on media to wahana_tenant;

-- The busiest table. No foreign keys from rows that every send writes: each insert would lock the one row of its
-- organization (session, campaign), and the locks of many transactions on one row cost more than the insert. Orphans
-- cannot arise: a session is deleted only with its organization (`deleted_at`), a campaign gives out people under the
-- lock of its own row, and what is deleted takes its rows along by the triggers forget_organization and
-- forget_campaign. A row that is written while its organization is being deleted is seen by nobody: no policy shows it,
-- and the fence finds no session for it.
create table messages (
    id              uuid primary key,
    organization_id uuid not null,
    session_id      uuid not null,
    campaign_id     uuid,
    direction       message_direction not null,
    class           message_class not null,
    state           message_state not null,
    -- The chat at WhatsApp: <digits>@c.us, <id>@g.us, <id>@lid.
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
    settled_at      timestamptz,
    -- Whether it was the first message between this session and this person when it was accepted.
    new_chat        boolean not null default false,
    -- The person's time zone, if somebody told it; otherwise it follows from the country of the number.
    time_zone       text,
    -- Null is `skip`.
    check_number    number_check_mode,
    -- No foreign key: a message outlives its pool.
    pool_id         uuid,
    -- The request it came with, for its timeline; null for messages of campaigns.
    request_id      text,
    -- The chat as WAHA calls it, if that is a LID and we know the number behind it.
    lid             text
) with (fillfactor = 75); -- room for HOT updates: no index covers what changes on the way
create index messages_by_organization on messages (organization_id, id);
create index messages_by_chat on messages (session_id, chat_id, id);
create index messages_by_campaign on messages (campaign_id, id) where campaign_id is not null;
create unique index messages_waha_id on messages (session_id, waha_id) where waha_id is not null;

alter table messages enable row level security;
create policy tenant on messages to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on messages to wahana_tenant;

-- The states that may follow a state. The same edges as wahana_domain::messages::MessageState;
-- crates/store/tests/schema.rs compares the two.
create function message_next(state message_state) returns message_state[]
    language sql immutable parallel safe
    return case state
        when 'accepted' then array['scheduled', 'queued', 'cancelled', 'expired']::message_state[]
        when 'scheduled' then array['queued', 'cancelled', 'expired']::message_state[]
        when 'queued' then array['sending', 'sent', 'delivered', 'read', 'played', 'failed', 'cancelled',
                                 'expired']::message_state[]
        when 'sending' then array['sent', 'queued', 'failed', 'unknown', 'cancelled', 'expired', 'delivered', 'read',
                                  'played']::message_state[]
        when 'unknown' then array['sent', 'delivered', 'read', 'played', 'failed', 'queued']::message_state[]
        when 'sent' then array['delivered', 'read', 'played', 'failed']::message_state[]
        when 'delivered' then array['read', 'played']::message_state[]
        when 'read' then array['played']::message_state[]
        when 'failed' then array['queued', 'sent', 'delivered', 'read', 'played']::message_state[]
        else array[]::message_state[]
    end;

-- Refuses a move that has no edge. Once per statement instead of once per row: a trigger before an update locks each
-- row once more, and Postgres reads the `when` of a trigger anew in each statement, which was a third of the cost of a
-- fence. The same holds for the other triggers on messages (0008_campaigns.sql).
create function guard_message_edges() returns trigger language plpgsql as $$
declare
    refused record;
begin
    select fresh.id, was.state as was, fresh.state into refused
    from fresh
    join was using (id)
    where fresh.state <> was.state and not (fresh.state = any (message_next(was.state)))
    limit 1;
    if found then
        raise exception 'message % may not go from % to %', refused.id, refused.was, refused.state
            using errcode = 'check_violation', constraint = 'message_edge';
    end if;
    return null;
end $$;
create trigger guard_message_edges after update on messages
    referencing old table as was new table as fresh for each statement execute function guard_message_edges();

-- Whether a message failed because WhatsApp refused it (ack -1). Then WAHA's "sent", which may come later, is no news.
create function refused_by_whatsapp(state message_state, error_code text) returns boolean
    language sql immutable parallel safe
    return state = 'failed' and coalesce(error_code, '') in ('rejected_by_whatsapp', 'restricted');

-- Whether nobody wrote in this chat of a session yet. A function, because row-level security would add a second
-- condition that another index fits: a plan made while the table was empty may take that index, and then reads all
-- messages of an organization for each that it accepts. To be called only for sessions that the caller owns.
create function chat_is_new(of_session uuid, of_chat text) returns boolean
    language plpgsql stable security definer set search_path = public as $$
begin
    return not exists (select 1 from messages where session_id = of_session and chat_id = of_chat);
end $$;
revoke execute on function chat_is_new from public;
grant execute on function chat_is_new to wahana_tenant;

-- Which numbers have WhatsApp, asked before strangers are written to.
create table number_checks (
    organization_id uuid not null references organizations on delete cascade,
    phone           text not null,
    -- The session that asks, or asked last.
    session_id      uuid not null references sessions on delete cascade,
    -- It waits to be checked since then.
    wanted_at       timestamptz,
    tries           integer not null default 0,
    on_whatsapp     boolean,
    chat_id         text,
    checked_at      timestamptz,
    expires_at      timestamptz,
    primary key (organization_id, phone)
);
create index number_checks_wanted on number_checks (session_id, wanted_at, phone) where wanted_at is not null;

alter table number_checks enable row level security;
create policy tenant on number_checks to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on number_checks to wahana_tenant;

-- Lists of numbers whose check was asked for at once through the API.
create table number_check_batches (
    id              uuid primary key,
    organization_id uuid not null references organizations on delete cascade,
    session_id      uuid not null references sessions on delete cascade,
    phones          text[] not null,
    created_at      timestamptz not null
);

alter table number_check_batches enable row level security;
create policy tenant on number_check_batches to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on number_check_batches to wahana_tenant;
