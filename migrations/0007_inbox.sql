-- Inbox: what comes in, the conversations it makes, and the numbers behind LIDs.

-- What WAHA told us, kept as it came until it is processed; then for as long as retention says.
create table inbound_events (
    id              uuid primary key,
    organization_id uuid not null references organizations on delete cascade,
    session_id      uuid not null references sessions on delete cascade,
    event_id        text not null, -- WAHA's evt_...: the same on every delivery of the event
    event           text not null,
    body            jsonb not null,
    received_at     timestamptz not null default now(),
    processed_at    timestamptz,
    tries           integer not null default 0,
    error           text,
    unique (session_id, event_id)
);
create index inbound_events_waiting on inbound_events (session_id, id) where processed_at is null;

alter table inbound_events enable row level security;
create policy tenant on inbound_events to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on inbound_events to wahana_tenant;

-- One row per chat in which somebody wrote to a session (or its phone to somebody), and how much of it is unread.
--
-- Written only by what comes in (`store_seen`), in the statement that stores the message. A send writes nothing here:
-- ten thousand people of a campaign who never answer are no conversations, and the path of a send must cost nothing.
-- The last message of a chat, ours included, is one look into messages_by_chat.
create table conversations (
    id              uuid primary key,
    organization_id uuid not null references organizations on delete cascade,
    session_id      uuid not null references sessions on delete cascade,
    chat_id         text not null,
    phone           text,
    -- The name that the person chose at WhatsApp; for groups WAHA tells none.
    name            text,
    unread          integer not null default 0,
    -- The newest message that came. Ids sort by time, so this is the order of the inbox and the cursor of its pages.
    last_message_id uuid not null,
    created_at      timestamptz not null,
    unique (session_id, chat_id)
);
create index conversations_newest on conversations (organization_id, last_message_id desc);
create index conversations_unread on conversations (organization_id) where unread > 0;

alter table conversations enable row level security;
create policy tenant on conversations to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on conversations to wahana_tenant;

-- The number behind a LID, the name under which WhatsApp hides a number. Asked of WAHA once, so that a person who
-- answers under a LID is the person that was written to: their inbox, their STOP (docs/adr/0012-lids.md).
create table lids (
    organization_id uuid not null references organizations on delete cascade,
    -- `<digits>@lid`; the same for everybody this person writes to.
    lid             text not null,
    -- E.164 digits; null while it is unknown.
    phone           text,
    -- The session that met it last, and asks.
    session_id      uuid not null references sessions on delete cascade,
    -- When to ask next; null when it is known, or WAHA did not know it too often.
    wanted_at       timestamptz,
    tries           integer not null default 0,
    -- The person opted out before we knew the number.
    opted_out_at    timestamptz,
    primary key (organization_id, lid)
);
create index lids_wanted on lids (session_id, wanted_at) where wanted_at is not null;
create index lids_by_phone on lids (organization_id, phone) where phone is not null;

alter table lids enable row level security;
create policy tenant on lids to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on lids to wahana_tenant;
