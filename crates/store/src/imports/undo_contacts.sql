-- Takes back what import $1 did to up to $2 contacts; returns how many it looked at and how many it changed. $3 is now.
with
-- What it did, taken out of the list.
taken as (
    delete from import_changes
    where import_id = $1
      and contact_id in (
          select contact_id from import_changes where import_id = $1 order by contact_id limit $2
      )
    returning contact_id, before, after, changed_at
),
-- Contacts that it made and nobody changed since.
removed as (
    delete from contacts c
    using taken t
    where c.id = t.contact_id and t.before is null and c.updated_at = t.changed_at
    returning c.id
),
-- Others get back what they had, where it is still what the import wrote.
restored as (
    update contacts c
    set updated_at = $3,
        name = case when c.name is not distinct from t.after ->> 'name' then t.before ->> 'name' else c.name end,
        attributes = (
            select coalesce(jsonb_object_agg(cells.key, cells.cell), '{}')
            from (
                select key,
                       case when c.attributes -> key is not distinct from t.after -> 'attributes' -> key
                           then t.before -> 'attributes' -> key
                           else c.attributes -> key end as cell
                from jsonb_object_keys(c.attributes || (t.before -> 'attributes')) as key
            ) cells
            where cells.cell is not null
        ),
        tags = array(
            select tag
            from unnest(c.tags) as tag
            where t.before -> 'tags' ? tag or not t.after -> 'tags' ? tag
            order by tag
        )
    from taken t
    where c.id = t.contact_id and t.before is not null
    returning c.id
)
select (select count(*) from taken) as "seen!",
       (select count(*) from removed) + (select count(*) from restored) as "undone!"
