-- Which lines of an import are refused although they can be read, and why: $1 is the campaign.
create temporary table judged on commit drop as
select i.line, i.id,
       case
           when i.nth > 1 or r.person is not null then 'duplicate'
           when s.person is not null then 'suppressed'
           when i.phone is null
                and not exists (select 1 from conversations c where c.chat_id = i.person)
               then 'no_chat'
       end as code
from (
    select line, id, person, phone, row_number() over (partition by person order by line) as nth
    from incoming
    where code is null
) i
left join recipients r on r.campaign_id = $1 and r.person = i.person
left join suppressions s
  on s.person = i.person
 and (
     s.reason <> 'opt_out'
     or s.scope = 'all'
     or exists (select 1 from campaigns c where c.id = $1 and c.kind = 'marketing')
 )
