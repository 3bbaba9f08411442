-- Writes down messages that WhatsApp refused, with whether the person ever wrote to us. By the time of the send,
-- so that
-- they stand in the order in which they went. A message that is refused again counts anew.
insert into rejections as r (message_id, organization_id, session_id, chat_id, at, told, cold)
select m.id, m.organization_id, m.session_id, m.chat_id,
       case when m.state = 'failed' then coalesce(m.sent_at, $3) else $3 end, x.told,
       m.chat_id not like '%@g.us'
       and not exists (
           select 1
           from messages i
           where i.session_id = m.session_id and i.chat_id = m.chat_id and i.direction = 'inbound'
       )
from unnest($1::uuid[], $2::boolean[]) as x (id, told)
join messages m on m.id = x.id
order by m.id
on conflict (message_id) do update set
    at = excluded.at,
    told = excluded.told,
    cold = excluded.cold,
    tries = r.tries + 1,
    accepted_after = 0
