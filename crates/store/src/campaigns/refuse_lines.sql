-- Refused lines of an import: those that the reader refused, duplicates and suppressed people. $1 is the column with
-- the number, $2 are all columns, $3 their variables; a line keeps all its cells.
create temporary table refused on commit drop as
select line, "column", value, code, reason, fields
from incoming
where code is not null
union all
select i.line,
       $1::text,
       coalesce(i.phone, i.person),
       j.code,
       case j.code
           when 'duplicate' then 'this person is in the campaign already'
           when 'no_chat' then 'this person never wrote to you, so without a number there is no chat to write to'
           else 'this person must not be written to'
       end,
       (
           select coalesce(jsonb_object_agg(c.name, c.cell), '{}')
           from (
               select u.name,
                      coalesce(
                          i.variables ->> u.key,
                          case u.key
                              when 'name' then i.name
                              when 'phone' then coalesce('+' || i.phone, i.person)
                          end
                      ) as cell
               from unnest($2::text[], $3::text[]) as u (name, key)
               where u.name <> ''
           ) c
           where c.cell is not null
       )
from incoming i
join judged j on j.id = i.id
where j.code is not null
