-- Follows the real WAHA: rejections of a session are counted and hold its bulk line, the quota of new chats is kept,
-- receipts in groups are kept per member, reactions per person, and messages show that they were edited or deleted.

set local lock_timeout = '2s';

-- Since when WhatsApp refuses most new chats of the session: its bulk line is parked, and after each pause one message
-- goes ahead as a probe. Null: it is not so. The pause is the setting of the time when it began.
alter table sessions add column rejections_since timestamptz;
alter table sessions add column rejection_pause interval;
-- A member who lets the session try again leaves a line in its history.
grant insert on session_events to wahana_tenant;
-- WhatsApp's quota of new chats, as WAHA last reported it.
alter table sessions add column quota_status text;
alter table sessions add constraint sessions_quota_status
    check (quota_status in ('none', 'first_warning', 'second_warning', 'capped')) not valid;
alter table sessions add column quota_total integer;
alter table sessions add column quota_used integer;
alter table sessions add column quota_resets_at timestamptz;
alter table sessions add column quota_checked_at timestamptz;

-- When the author changed the words of a message, or deleted it for everyone; then its content is shown to nobody.
alter table messages add column edited_at timestamptz;
alter table messages add column deleted_at timestamptz;
-- In a group: how many members have it, and have read it.
alter table messages add column group_delivered integer;
alter table messages add column group_read integer;

-- In a group: how many members it has, as WhatsApp last reported, and when WAHA was last asked for its name.
alter table conversations add column members integer;
alter table conversations add column group_asked_at timestamptz;

-- Messages that WhatsApp refused: what decides whether the account, or only one chat, is concerned. One row per
-- message;
-- old ones are deleted by housekeeping.
create table rejections (
    message_id      uuid primary key, -- no foreign key: see messages
    organization_id uuid not null references organizations on delete cascade,
    session_id      uuid not null references sessions on delete cascade,
    chat_id         text not null,
    at              timestamptz not null,
    -- Whether WhatsApp said that it is about new chats (error 463).
    told            boolean not null,
    -- Whether nobody ever wrote to us in this chat.
    cold            boolean not null,
    -- How often this message was refused.
    tries           integer not null default 1,
    -- How many people who never wrote to us got a message of this session since; null when it no longer counts.
    accepted_after  integer default 0
);
create index rejections_that_count on rejections (session_id, at desc) where accepted_after is not null;
create index rejections_by_time on rejections (at);
create index rejections_by_organization on rejections (organization_id);

alter table rejections enable row level security;
create policy tenant on rejections to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on rejections to wahana_tenant;

-- Who has an own message of a group, and has read it: acks of groups come once per member and level.
create table group_receipts (
    message_id      uuid not null, -- no foreign key: see messages
    member          text not null,
    organization_id uuid not null references organizations on delete cascade,
    delivered_at    timestamptz,
    read_at         timestamptz,
    primary key (message_id, member)
);
create index group_receipts_by_organization on group_receipts (organization_id);

alter table group_receipts enable row level security;
create policy tenant on group_receipts to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on group_receipts to wahana_tenant;

-- Reactions to a message, the newest of each person.
create table message_reactions (
    message_id      uuid not null, -- no foreign key: see messages
    author          text not null, -- a chat id; empty: the account itself
    organization_id uuid not null references organizations on delete cascade,
    emoji           text not null,
    at              timestamptz not null,
    primary key (message_id, author)
);
create index message_reactions_by_organization on message_reactions (organization_id);

alter table message_reactions enable row level security;
create policy tenant on message_reactions to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on message_reactions to wahana_tenant;

-- Whether a message failed because WhatsApp refused it (ack -1). Then WAHA's "sent", which may come later, is no news.
create or replace function refused_by_whatsapp(state message_state, error_code text) returns boolean
    language sql immutable parallel safe
    return state = 'failed' and coalesce(error_code, '') in
        ('rejected_by_whatsapp', 'restricted', 'chat_refused', 'many_rejections');

-- Deletes what a campaign leaves in tables without a foreign key.
create or replace function forget_campaign() returns trigger
    language plpgsql security definer set search_path = public as $$
begin
    delete from message_reactions r using messages m where m.campaign_id = old.id and r.message_id = m.id;
    delete from rejections r using messages m where m.campaign_id = old.id and r.message_id = m.id;
    delete from jobs j using messages m where m.campaign_id = old.id and j.id = m.id;
    delete from messages where campaign_id = old.id;
    delete from campaign_progress where campaign_id = old.id;
    return old;
end $$;

-- Another WhatsApp id for a message that goes again: of the form that we choose (3EB0 and 18 hex digits), and for the
-- same message never the same twice.
create function another_waha_id(of_message uuid, before text) returns text
    language sql immutable parallel safe
    return '3EB0' || upper(substr(md5(of_message::text || coalesce(before, '')), 1, 18));

-- The words of a message, for search and previews: text or caption, else the name of a place, the question of a poll or
-- the names on contact cards.
create function words_of(content jsonb) returns text
    language sql immutable parallel safe
    return coalesce(
        content ->> 'text', content ->> 'caption', content ->> 'name', content ->> 'address', content ->> 'question',
        (select string_agg(card ->> 'name', ', ') from jsonb_path_query(content, '$.contacts[*]') card)
    );

-- How many members a group has, where a conversation of it is known.
create function members_of(of_session uuid, of_chat text) returns integer
    language sql stable parallel safe
    return (select members from conversations where session_id = of_session and chat_id = of_chat);

-- The reactions to a message, the oldest first; null for none.
create function reactions_to(of_message uuid) returns jsonb
    language sql stable parallel safe
    return (
        select jsonb_agg(jsonb_build_object('author', author, 'emoji', emoji, 'at', at) order by at)
        from message_reactions
        where message_id = of_message and emoji <> ''
    );
