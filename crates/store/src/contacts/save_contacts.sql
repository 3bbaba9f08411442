-- Creates or merges contacts by person; returns how many are new. Of lines about the same person the last counts. Runs
-- as the tenant.
with
-- The lines, each with the person that a LID or another number is known to be.
incoming as (
    select id, coalesce(i.person, x.person) as person, phone, name, attributes, tags, n
    from unnest($3::uuid[], $8::text[], $4::text[], $5::text[], $6::jsonb[], $7::jsonb[]) with ordinality
        as x (id, person, phone, name, attributes, tags, n)
    left join identities i on i.organization_id = $1 and i.identity = x.person
),
-- Inserts or merges each; `xmax` is 0 for a row that was inserted.
saved as (
    insert into contacts as c (id, organization_id, person, phone, name, attributes, tags, created_at, updated_at)
    select distinct on (person)
        id, $1, person, phone, name, attributes, array(select jsonb_array_elements_text(tags)), $2, $2
    from incoming
    order by person, n desc
    on conflict (organization_id, person) do update set
        name = coalesce(excluded.name, c.name),
        phone = coalesce(c.phone, excluded.phone),
        attributes = c.attributes || excluded.attributes,
        tags = array(select distinct tag from unnest(c.tags || excluded.tags) as tag order by tag),
        updated_at = $2
    returning xmax = 0 as added
)
select count(*) as "added!"
from saved
where added
