-- Counts the people of a campaign that have no message yet, by what would keep the message from them and by
-- the variables of the template that they lack.
with
-- The recipients without a message: all behind the cursor; up to `ahead` some were taken early and have one.
people as (
    select s.person is not null as suppressed, n.person is not null as unreachable,
           o.bulk_needs_consent and k.person is null as unconsented,
           array(
               select v
               from unnest($2::text[]) as v
               where coalesce(
                   r.variables ->> v, case v when 'name' then r.name when 'phone' then r.phone end, ''
               ) !~ '\S'
           ) as lacks
    from recipients r
    join campaigns c on c.id = r.campaign_id
    left join suppressions s
      on s.person = r.person
     and (s.reason <> 'opt_out' or s.scope = 'all' or c.kind = 'marketing')
    left join consent_settings o on true
    left join consents k on o.bulk_needs_consent and k.person = r.person
    left join number_checks n
      on c.check_number is not null
     and n.person = r.person
     and not n.on_whatsapp
     and n.expires_at > $3
    where r.campaign_id = $1
      and r.position > c.cursor
      and (r.position > c.ahead or not exists (select 1 from messages m where m.id = r.id))
)
select case
           when suppressed then 'suppressed'
           when unconsented then 'no_consent'
           when unreachable then 'not_on_whatsapp'
       end
           as "reason: Reason",
       lacks as "lacks!", count(*) as "n!"
from people
group by 1, 2
