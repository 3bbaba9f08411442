-- Makes the conversations of an identity ($2) that was taken out of a person, from the messages that are its own.
insert into conversations (
    id, organization_id, session_id, chat_id, phone, name, unread, last_message_id, created_at
)
select gen_random_uuid(), $1, m.session_id, $2, max(m.phone), null, 0,
       max(m.id::text) filter (where m.direction = 'inbound')::uuid, min(m.created_at)
from messages m
where m.session_id in (select id from sessions where organization_id = $1) and m.chat_id = $2
group by m.session_id
having bool_or(m.direction = 'inbound')
on conflict (session_id, chat_id) do nothing
