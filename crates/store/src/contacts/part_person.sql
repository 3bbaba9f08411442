-- Takes an identity ($2) out of a person ($3) again: the messages that came under its name, the contact it had. A
-- suppression counts for both from now on, since nobody can tell whose wish it was.
with
-- The messages of this identity, recognised by the name that WAHA gave their chat.
messages_parted as (
    update messages
    set chat_id = $2, phone = case when $2 like '%@lid' then null else split_part($2, '@', 1) end
    where session_id in (select id from sessions where organization_id = $1)
      and chat_id = $3
      and waha_chat_id = $2
),
-- The newest merge that is taken back.
merge as (
    update person_merges
    set undone_at = now()
    where id = (
        select id
        from person_merges
        where organization_id = $1 and from_person = $2 and into_person = $3 and undone_at is null
        order by merged_at desc
        limit 1
    )
    returning contact
),
-- The contact as it was.
contact_restored as (
    insert into contacts (id, organization_id, person, phone, name, attributes, tags)
    select gen_random_uuid(), $1, $2, contact ->> 'phone', contact ->> 'name', contact -> 'attributes',
           array(select jsonb_array_elements_text(contact -> 'tags'))
    from merge
    where contact is not null
    on conflict (organization_id, person) do nothing
)
insert into suppressions (organization_id, person, phone, reason, detail, created_at)
select organization_id, $2, case when $2 like '%@lid' then null else split_part($2, '@', 1) end, reason, detail,
       created_at
from suppressions
where organization_id = $1 and person = $3
on conflict (organization_id, person) do nothing
