-- The inbox: one row per chat in which somebody wrote to a session (or its phone to somebody), and how much of it was
-- not looked at.
--
-- Kept up by what comes in only (`store_seen`), in the statement that stores the message. A send writes nothing here:
-- ten thousand people of a campaign who never answer are no conversations, and the path of a send is the one that must
-- cost nothing. The last message of a chat, ours included, is one look into messages_by_chat.
create table conversations (
    id              uuid primary key,
    organization_id uuid not null references organizations on delete cascade,
    session_id      uuid not null references sessions on delete cascade,
    chat_id         text not null,
    phone           text,
    -- What the person calls themself at WhatsApp; of a group nothing is told.
    name            text,
    unread          integer not null default 0,
    -- The newest message that came. Ids sort by time, so it is the order of the inbox and the cursor of its pages.
    last_message_id uuid not null,
    created_at      timestamptz not null,
    unique (session_id, chat_id)
);
create index conversations_newest on conversations (organization_id, last_message_id desc);
create index conversations_unread on conversations (organization_id) where unread > 0;

alter table conversations enable row level security;
create policy tenant on conversations to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on conversations to wahana_tenant;

-- What was received before counts as read: nobody could have looked at it here.
insert into conversations (id, organization_id, session_id, chat_id, phone, last_message_id, created_at)
select distinct on (m.session_id, m.chat_id) m.id, m.organization_id, m.session_id, m.chat_id, m.phone, m.id, m.created_at
from messages m join sessions s on s.id = m.session_id
where m.direction = 'inbound' order by m.session_id, m.chat_id, m.id desc;
