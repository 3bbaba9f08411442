-- Records which members of groups have our messages, and have read them: once per member, however often it is told.
-- Returns the messages.
insert into group_receipts as r (message_id, member, organization_id, delivered_at, read_at)
select m.id, x.member, m.organization_id, min(greatest(x.at, m.sent_at)),
       min(greatest(x.at, m.sent_at)) filter (where x.read)
from unnest($2::text[], $3::text[], $4::boolean[], $5::timestamptz[]) as x (waha_id, member, read, at)
join messages m on m.session_id = $1 and m.waha_id = x.waha_id and m.direction = 'outbound'
group by m.id, x.member
order by m.id, x.member
on conflict (message_id, member) do update set
    delivered_at = coalesce(r.delivered_at, excluded.delivered_at),
    read_at = coalesce(r.read_at, excluded.read_at)
returning message_id
