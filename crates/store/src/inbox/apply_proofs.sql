-- Applies what WhatsApp said of a session's messages (acks) to those that are known; returns which are.
with
-- The furthest proof of each message.
x as (
    select *
    from unnest($2::text[], $3::message_state[], $4::timestamptz[], $5::text[], $6::text[])
        as x (waha_id, state, at, code, detail)
),
-- Locks our messages among them, in order of ids, so that two batches do not wait for each other.
ours as (
    select m.id, m.waha_id, m.state as was, x.state, x.at, x.code, x.detail
    from x
    join messages m on m.session_id = $1 and m.waha_id = x.waha_id and m.direction = 'outbound'
    order by m.id
    for update of m
),
-- Moves each message forward, never back, and fills in the times that were not known.
moved as (
    update messages m
    set state = o.state,
        error_code = o.code,
        error_detail = o.detail,
        sent_at = case when o.state = 'failed' then m.sent_at else coalesce(m.sent_at, o.at) end,
        delivered_at = case
                           when o.state in ('delivered', 'read', 'played') then coalesce(m.delivered_at, o.at)
                           else m.delivered_at
                       end,
        read_at = case when o.state in ('read', 'played') then coalesce(m.read_at, o.at) else m.read_at end,
        settled_at = coalesce(m.settled_at, o.at)
    from ours o
    where m.id = o.id
      -- WAHA's own echo is no news after WhatsApp refused it; events come in any order.
      and o.state = any (message_next(o.was))
      and not (o.state = 'sent' and refused_by_whatsapp(m.state, m.error_code))
),
-- Ends the jobs of messages that are proven to be sent, so that nothing sends them again.
over as (
    delete from jobs j
    using ours o
    where j.id = o.id and o.was in ('queued', 'failed') and o.state <> 'failed'
)
select waha_id as "waha_id!"
from ours
