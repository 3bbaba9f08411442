-- Moves what is known under one key ($2) to another person ($3), whose number is $4: messages, contact, suppression,
-- recipients. What WAHA called the chat stays on the messages.
with
-- The messages, with the name that WAHA knows their chat by.
messages_moved as (
    update messages
    set chat_id = $3, phone = coalesce(phone, $4), waha_chat_id = coalesce(waha_chat_id, $2)
    where session_id in (select id from sessions where organization_id = $1) and chat_id = $2
    returning 1
),
-- The contact of the first key, which ends.
contact as (
    delete from contacts
    where organization_id = $1 and person = $2
    returning *
),
-- It joins the contact of the person, or becomes that. What the person's contact says counts.
contact_joined as (
    insert into contacts as c (id, organization_id, person, phone, name, attributes, tags, created_at, updated_at)
    select id, organization_id, $3, coalesce(phone, $4), name, attributes, tags, created_at, $6
    from contact
    on conflict (organization_id, person) do update set
        name = coalesce(c.name, excluded.name), attributes = excluded.attributes || c.attributes,
        tags = array(select distinct tag from unnest(c.tags || excluded.tags) as tag order by tag),
        updated_at = $6
),
-- A wish to be left alone.
suppression as (
    delete from suppressions
    where organization_id = $1 and person = $2
    returning *
),
-- It is the person's now; of two the stronger stays.
suppression_joined as (
    insert into suppressions as s (organization_id, person, phone, reason, detail, scope, created_at)
    select organization_id, $3, coalesce(phone, $4), reason, detail, scope, created_at
    from suppression
    on conflict (organization_id, person) do update set
        reason = excluded.reason, detail = excluded.detail, scope = excluded.scope,
        created_at = excluded.created_at
    where array_position(array['manual', 'opt_out', 'not_on_whatsapp'], excluded.reason)
          < array_position(array['manual', 'opt_out', 'not_on_whatsapp'], s.reason)
),
-- A consent; that of the person counts, if there is one.
consent as (
    delete from consents
    where organization_id = $1 and person = $2
    returning *
),
-- It is the person's now.
consent_joined as (
    insert into consents (organization_id, person, source, detail, given_at)
    select organization_id, $3, source, detail, given_at
    from consent
    on conflict (organization_id, person) do nothing
),
-- The proof.
proof as (
    update consent_events
    set person = $3
    where organization_id = $1 and person = $2
),
-- Recipients of drafts, unless the person is in the same campaign already: then the message is not made.
recipients_moved as (
    update recipients r
    set person = $3, phone = coalesce(r.phone, $4)
    where r.organization_id = $1
      and r.person = $2
      and r.campaign_id in (
          select id from campaigns where organization_id = $1 and state not in ('finished', 'cancelled')
      )
      and not exists (select 1 from recipients o where o.campaign_id = r.campaign_id and o.person = $3)
),
-- The username, and the chat if the person had none.
person as (
    delete from people
    where organization_id = $1 and person = $2
    returning *
),
-- They stay known.
person_joined as (
    insert into people as p (organization_id, person, chat_id, username, updated_at)
    select organization_id, $3, null, username, $6
    from person
    where username is not null
    on conflict (organization_id, person) do update set
        username = coalesce(p.username, excluded.username), updated_at = $6
),
-- What was asked and chosen for the first key is decided anew for the person.
checks as (
    delete from number_checks
    where organization_id = $1 and person = $2
),
-- The same for the members of pools.
pool_contacts as (
    delete from sender_pool_contacts
    where organization_id = $1 and person = $2
),
-- The number is known: nobody has to ask for it.
lookup as (
    delete from lid_lookups
    where organization_id = $1 and lid = $2
)
insert into person_merges (organization_id, from_person, into_person, source, contact, merged_at)
select $1, $2, $3, $5,
       (
           select jsonb_build_object('name', name, 'attributes', attributes, 'tags', tags, 'phone', phone)
           from contact
       ),
       $6
where exists (select 1 from messages_moved) or exists (select 1 from contact)
