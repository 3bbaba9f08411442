-- Creates or merges contacts by phone number; returns how many are new. Of lines with the same number the
-- last counts. Runs as the tenant.
with
-- Inserts or merges each; `xmax` is 0 for a row that was inserted.
saved as (
    insert into contacts as c (id, organization_id, phone, name, attributes, tags, created_at, updated_at)
    select distinct on (phone)
        id, $1, phone, name, attributes, array(select jsonb_array_elements_text(tags)), $2, $2
    from unnest($3::uuid[], $4::text[], $5::text[], $6::jsonb[], $7::jsonb[]) with ordinality
        as x (id, phone, name, attributes, tags, n)
    order by phone, n desc
    on conflict (organization_id, phone) do update set
        name = coalesce(excluded.name, c.name),
        attributes = c.attributes || excluded.attributes,
        tags = array(select distinct tag from unnest(c.tags || excluded.tags) as tag order by tag),
        updated_at = $2
    returning xmax = 0 as added
)
select count(*) as "added!"
from saved
where added
