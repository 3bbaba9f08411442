-- Stores a message that WAHA saw and we did not send, once, and keeps its conversation. Its id carries WhatsApp's
-- time, so
-- that a late one stands where it belongs.
with
-- A message that is known already changes nothing.
stored as (
    insert into messages (
        id, organization_id, session_id, direction, class, state, chat_id, phone, content, waha_id, created_at,
        sent_at, settled_at, waha_chat_id
    )
    values ($1, $2, $3, $4::text::message_direction, 'transactional', $5::text::message_state, $6, $7, $8, $9, $14,
            $10, $14, $15)
    on conflict do nothing
    returning id
),
-- Whether the owner wrote in this chat on the phone after it: then it was seen.
seen as (
    select exists (
        select 1
        from messages o
        where o.session_id = $3
          and o.chat_id = $6
          and o.id > $1
          and o.direction = 'outbound'
          and o.content ->> 'origin' = 'whatsapp'
    ) as later
)
-- What the phone itself wrote was seen by its owner, and so was what came before.
insert into conversations as c (
    id, organization_id, session_id, chat_id, phone, name, unread, last_message_id, created_at
)
select $11, $2, $3, $6, $7, $12, case when $13 or seen.later then 0 else 1 end, stored.id, $14
from stored
cross join seen
on conflict (session_id, chat_id) do update set
    last_message_id = greatest(c.last_message_id, excluded.last_message_id),
    unread = case
                 when $13 and excluded.last_message_id > c.last_message_id then 0
                 when $13 then c.unread
                 else c.unread + excluded.unread
             end,
    phone = coalesce(excluded.phone, c.phone),
    name = coalesce(excluded.name, c.name)
