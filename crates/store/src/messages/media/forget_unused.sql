-- Deletes those of these files that nothing refers to: no message, received ones included, no campaign, and no
-- preparation, whose file is that of an address or a conversion.
delete from media f
using unnest($1::uuid[], $2::text[]) as x (id, name)
where f.id = x.id
  and not exists (
      select 1
      from messages m
      where coalesce(m.content #>> '{media,id}', m.content ->> 'media_id') in (x.name, x.id::text)
  )
  and not exists (
      select 1
      from campaigns c
      where c.organization_id = f.organization_id and c.content #>> '{media,id}' = x.name
  )
  and not exists (select 1 from media_preparations p where p.media_id = f.id or p.source = x.name)
