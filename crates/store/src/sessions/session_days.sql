-- Statistics of a session by day, in a time zone, for the last days including those without messages.
with
-- The first and the last day.
span as (
    select ($2::timestamptz at time zone $3)::date as today,
           ($2::timestamptz at time zone $3)::date - ($4::int - 1) as first
),
-- What was sent by day, from the usage that each send counts.
used as (
    select (quarter at time zone $3)::date as day, sum(sent) as sent, sum(bulk) as bulk,
           sum(new_chats) as new_chats
    from session_usage, span
    where session_id = $1 and quarter >= first::timestamp at time zone $3
    group by 1
),
-- What became of messages by day, by the time at which each thing happened.
told as (
    select (e.at at time zone $3)::date as day,
           count(*) filter (where e.what = 'delivered') as delivered,
           count(*) filter (where e.what = 'read') as read,
           count(*) filter (where e.what = 'failed') as failed,
           count(*) filter (where e.what = 'received') as received
    from span, messages m
    cross join lateral (
        values ('delivered', case when m.direction = 'outbound' then coalesce(m.delivered_at, m.read_at) end),
               ('read', case when m.direction = 'outbound' then m.read_at end),
               ('failed', case when m.state = 'failed' then m.settled_at end),
               ('received', case when m.direction = 'inbound' then m.created_at end)
    ) as e (what, at)
    where m.session_id = $1 and e.at >= first::timestamp at time zone $3
    group by 1
)
select d::date as "date!", coalesce(u.sent, 0) as "sent!", coalesce(u.bulk, 0) as "bulk!",
       coalesce(u.new_chats, 0) as "new_chats!", coalesce(t.delivered, 0) as "delivered!",
       coalesce(t.read, 0) as "read!", coalesce(t.failed, 0) as "failed!",
       coalesce(t.received, 0) as "received!"
from span
cross join generate_series(first::timestamp, today::timestamp, interval '1 day') as d
left join used u on u.day = d::date
left join told t on t.day = d::date
order by d
