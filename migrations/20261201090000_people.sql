-- People instead of phone numbers. All tables about a person get its key: `<digits>@c.us` with the number in the form
-- of today, or `<digits>@lid` while WhatsApp hides the number (docs/adr/0016-people.md). `messages.chat_id` and
-- `conversations.chat_id` hold the same key, so that all forms of a number are one chat.

set local lock_timeout = '2s';

-- The key of the person with this number. The same rules as wahana_domain::PersonKey; crates/store/tests/it/schema.rs
-- compares the two.
create function person_of(phone text) returns text language sql immutable parallel safe
    return case
        when phone ~ '^521\d{10}$' then '52' || right(phone, 10)
        when phone ~ '^55\d{2}[016789]\d{7}$' then left(phone, 4) || '9' || right(phone, 8)
        when phone ~ '^54[0-8]\d{9}$' then '549' || right(phone, 10)
        when phone ~ '^225[0456789][0-3]\d{6}$' then '22501' || right(phone, 8)
        when phone ~ '^225[0456789][4-6]\d{6}$' then '22505' || right(phone, 8)
        when phone ~ '^225[0456789][7-9]\d{6}$' then '22507' || right(phone, 8)
        when phone ~ '^229\d{8}$' then '22901' || right(phone, 8)
        else phone
    end || '@c.us';

-- What WhatsApp told of a person beyond the number. Most people have no row.
create table people (
    organization_id uuid not null references organizations on delete cascade,
    person          text not null,
    -- The chat as WAHA names it: this one is written to. Null: the number as it was given, or the LID.
    chat_id         text,
    -- The name by which strangers find the person. It can change, so nothing is sent by it.
    username        text,
    updated_at      timestamptz not null,
    primary key (organization_id, person)
);
create index people_by_username on people (organization_id, username) where username is not null;

alter table people enable row level security;
create policy tenant on people to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on people to wahana_tenant;

-- Chats that belong to a person under another name than the key: LIDs, and numbers that WhatsApp calls the same
-- account.
create table identities (
    organization_id uuid not null references organizations on delete cascade,
    -- `<digits>@lid` or `<digits>@c.us`. One that a member took out of a person is a person of its own.
    identity        text not null,
    person          text not null,
    source          text not null check (source in ('number_check', 'lid_lookup', 'message', 'receipt', 'member')),
    learnt_at       timestamptz not null,
    primary key (organization_id, identity)
);
create index identities_by_person on identities (organization_id, person);

alter table identities enable row level security;
create policy tenant on identities to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on identities to wahana_tenant;

-- Two people that turned out to be one, with what is needed to take them apart again.
create table person_merges (
    id              uuid primary key default gen_random_uuid(),
    organization_id uuid not null references organizations on delete cascade,
    from_person     text not null,
    into_person     text not null,
    source          text not null check (source in ('number_check', 'lid_lookup', 'message', 'receipt', 'member')),
    -- The contact that was taken in, as it was; null if there was none.
    contact         jsonb,
    merged_at       timestamptz not null default now(),
    undone_at       timestamptz
);
create index person_merges_by_person on person_merges (organization_id, into_person);

alter table person_merges enable row level security;
create policy tenant on person_merges to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on person_merges to wahana_tenant;

-- The key of the person of a chat as WAHA names it; a group is its own key.
create function person_behind(of_organization uuid, chat text) returns text language sql stable
    return coalesce(
        (
            select i.person
            from identities i
            where i.organization_id = of_organization
              and i.identity = case when chat like '%@c.us' then person_of(split_part(chat, '@', 1)) else chat end
        ),
        case when chat like '%@c.us' then person_of(split_part(chat, '@', 1)) else chat end
    );

-- LIDs whose number WAHA is asked for.
create table lid_lookups (
    organization_id uuid not null references organizations on delete cascade,
    lid             text not null,
    -- The session that met it last, and asks.
    session_id      uuid not null references sessions on delete cascade,
    wanted_at       timestamptz not null,
    -- How often WAHA answered that it does not know.
    tries           integer not null default 0,
    primary key (organization_id, lid)
);
create index lid_lookups_wanted on lid_lookups (session_id, wanted_at);

alter table lid_lookups enable row level security;
create policy tenant on lid_lookups to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on lid_lookups to wahana_tenant;

-- The table `lids` is replaced by the two above; the release after this one drops it.
insert into identities (organization_id, identity, person, source, learnt_at)
select organization_id, lid, person_of(phone), 'lid_lookup', now()
from lids
where phone is not null;
insert into lid_lookups (organization_id, lid, session_id, wanted_at, tries)
select organization_id, lid, session_id, coalesce(wanted_at, now()), tries
from lids
where phone is null;

-- Binaries of the release before this one do not give the key.
create function fill_person() returns trigger language plpgsql as $$
begin
    new.person := person_of(new.phone);
    return new;
end $$;

alter table contacts add column person text not null default '';
alter table suppressions add column person text not null default '';
alter table number_checks add column person text not null default '';
alter table sender_pool_contacts add column person text not null default '';
alter table recipients add column person text not null default '';
create trigger fill_person before insert on contacts
    for each row when (new.person = '') execute function fill_person();
create trigger fill_person before insert on suppressions
    for each row when (new.person = '') execute function fill_person();
create trigger fill_person before insert on number_checks
    for each row when (new.person = '') execute function fill_person();
create trigger fill_person before insert on sender_pool_contacts
    for each row when (new.person = '') execute function fill_person();
create trigger fill_person before insert on recipients
    for each row when (new.person = '') execute function fill_person();
update contacts set person = person_of(phone);
update suppressions set person = person_of(phone);
update number_checks set person = person_of(phone);
update sender_pool_contacts set person = person_of(phone);
update recipients set person = person_of(phone);
-- The release before this one shows no list with such a row while both run; nobody has one before this release.
-- squawk-ignore ban-drop-not-null
alter table contacts alter column phone drop not null;
-- squawk-ignore ban-drop-not-null
alter table recipients alter column phone drop not null;

-- Contacts that are one person in two forms become one: the oldest stays and gets what the others have.
with
-- Each contact with the one that stays.
twins as (
    select c.*, first_value(id) over (partition by organization_id, person order by created_at, id) as kept
    from contacts c
),
-- Keeps the others as they were.
remembered as (
    insert into person_merges (organization_id, from_person, into_person, source, contact)
    select organization_id, phone || '@c.us', person, 'number_check',
           jsonb_build_object('phone', phone, 'name', name, 'attributes', attributes, 'tags', tags)
    from twins
    where id <> kept
),
-- What the others have, together; of attributes with one name that of the older contact counts.
others as (
    select kept, (array_agg(name order by created_at) filter (where name is not null))[1] as name,
           (select jsonb_object_agg(key, value order by b.created_at desc)
            from twins b, jsonb_each(b.attributes)
            where b.kept = a.kept and b.id <> b.kept) as attributes,
           (select array_agg(distinct tag order by tag) from twins b, unnest(b.tags) as tag where b.kept = a.kept)
               as tags
    from twins a
    where id <> kept
    group by kept
),
-- Takes the others away.
gone as (
    delete from contacts using twins where contacts.id = twins.id and twins.id <> twins.kept
)
update contacts c
set name = coalesce(c.name, o.name), attributes = coalesce(o.attributes, '{}') || c.attributes,
    tags = coalesce(o.tags, c.tags), updated_at = now()
from others o
where o.kept = c.id;

-- Of several rows about one person the strongest, the surest or the newest stays.
delete from suppressions s
using suppressions better
where better.organization_id = s.organization_id and better.person = s.person and better.phone <> s.phone
  and (array_position(array['manual', 'opt_out', 'not_on_whatsapp'], better.reason), better.created_at, better.phone)
      < (array_position(array['manual', 'opt_out', 'not_on_whatsapp'], s.reason), s.created_at, s.phone);
delete from number_checks n
using number_checks better
where better.organization_id = n.organization_id and better.person = n.person and better.phone <> n.phone
  and (coalesce(better.on_whatsapp, false), coalesce(better.checked_at, '-infinity'), better.phone)
      > (coalesce(n.on_whatsapp, false), coalesce(n.checked_at, '-infinity'), n.phone);
delete from sender_pool_contacts p
using sender_pool_contacts newer
where newer.pool_id = p.pool_id and newer.person = p.person and newer.phone <> p.phone
  and (newer.since, newer.phone) > (p.since, p.phone);

-- The chat as WAHA names it, where it is not `chat_id`: what was written to, or what the event said.
alter table messages add column waha_chat_id text;
update messages set waha_chat_id = lid where lid is not null;
update messages
set waha_chat_id = coalesce(waha_chat_id, chat_id), chat_id = person_of(split_part(chat_id, '@', 1))
where chat_id ~ '^(521|55|54|225|229)\d+@c\.us$' and chat_id <> person_of(split_part(chat_id, '@', 1));

-- Who wrote to us under another form is answered there.
insert into people (organization_id, person, chat_id, updated_at)
select distinct on (organization_id, person_of(split_part(chat_id, '@', 1)))
       organization_id, person_of(split_part(chat_id, '@', 1)), chat_id, now()
from conversations
where chat_id ~ '^(521|55|54|225|229)\d+@c\.us$' and chat_id <> person_of(split_part(chat_id, '@', 1))
order by organization_id, person_of(split_part(chat_id, '@', 1)), last_message_id desc;

-- Conversations under two forms of a number become one.
with
-- Those under a form that is not the key.
moved as (
    delete from conversations
    where chat_id ~ '^(521|55|54|225|229)\d+@c\.us$' and chat_id <> person_of(split_part(chat_id, '@', 1))
    returning *
)
insert into conversations as c (
    id, organization_id, session_id, chat_id, phone, name, unread, last_message_id, created_at
)
select id, organization_id, session_id, person_of(split_part(chat_id, '@', 1)), phone, name, unread, last_message_id,
       created_at
from moved
on conflict (session_id, chat_id) do update set
    unread = c.unread + excluded.unread, name = coalesce(c.name, excluded.name),
    last_message_id = greatest(c.last_message_id, excluded.last_message_id),
    created_at = least(c.created_at, excluded.created_at);
