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
    select m.id, m.waha_id, m.state as was, x.state, x.at, x.code, x.detail, m.chat_id, m.sent_at
    from x
    join messages m on m.session_id = $1 and m.waha_id = x.waha_id and m.direction = 'outbound'
    order by m.id
    for update of m
),
-- Moves each message forward, never back, and fills in the times that were not known. Nothing is delivered before
-- it was
-- sent: what was read back from WAHA has the message's own second as time.
moved as (
    update messages m
    set state = o.state,
        error_code = o.code,
        error_detail = o.detail,
        sent_at = case when o.state = 'failed' then m.sent_at else coalesce(m.sent_at, o.at) end,
        delivered_at = case
                           when o.state in ('delivered', 'read', 'played')
                               then coalesce(m.delivered_at, greatest(o.at, m.sent_at))
                           else m.delivered_at
                       end,
        read_at = case
                      when o.state in ('read', 'played')
                          then coalesce(m.read_at, greatest(o.at, m.sent_at, m.delivered_at))
                      else m.read_at
                  end,
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
),
-- People who never wrote to us and got their message now. Of interest only after WhatsApp refused some.
accepted as (
    select o.id, coalesce(o.sent_at, o.at) as sent_at
    from ours o
    where o.state in ('delivered', 'read', 'played')
      and o.was in ('queued', 'sending', 'unknown', 'sent')
      and o.chat_id not like '%@g.us'
      and (
          exists (select 1 from rejections r where r.session_id = $1 and r.accepted_after is not null)
          or exists (select 1 from sessions s where s.id = $1 and s.rejections_since is not null)
      )
      and not exists (
          select 1
          from messages i
          where i.session_id = $1 and i.chat_id = o.chat_id and i.direction = 'inbound'
      )
),
-- Counts them on each rejection before them; one with many after it no longer counts.
counted as (
    update rejections r
    set accepted_after = nullif(least(r.accepted_after + a.n, 100), 100)
    from (
        select older.message_id, count(*)::integer as n
        from rejections older
        join accepted on accepted.sent_at > older.at
        where older.session_id = $1 and older.accepted_after is not null
        group by 1
    ) a
    where r.message_id = a.message_id
)
select o.waha_id as "waha_id!", o.id as "id: MessageId",
       o.state = 'failed' and o.state = any (message_next(o.was)) as "refused!",
       a.sent_at as "accepted_sent_at?"
from ours o
left join accepted a on a.id = o.id
