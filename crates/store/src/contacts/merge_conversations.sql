-- Joins the conversations under one key ($2) with those of the person ($3), session by session.
with
-- Those that end.
gone as (
    delete from conversations
    where organization_id = $1 and chat_id = $2
    returning *
)
insert into conversations as c (
    id, organization_id, session_id, chat_id, phone, name, unread, last_message_id, created_at
)
select id, organization_id, session_id, $3, coalesce(phone, $4), name, unread, last_message_id, created_at
from gone
on conflict (session_id, chat_id) do update set
    unread = c.unread + excluded.unread, name = coalesce(c.name, excluded.name),
    last_message_id = greatest(c.last_message_id, excluded.last_message_id),
    created_at = least(c.created_at, excluded.created_at)
