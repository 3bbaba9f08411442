-- Conversations, those with the newest message first, each with its last message; each filter is optional.
-- Runs as the tenant.
select c.id as "id: ConversationId", c.session_id as "session_id: SessionId",
       c.chat_id as person, coalesce(w.chat_id, c.phone || '@c.us', c.chat_id) as "chat_id!", c.phone,
       coalesce(p.name, c.name) as name, w.username as "username?", p.id as "contact_id?: ContactId",
       s.reason as "suppressed?",
       c.unread, c.last_message_id, c.created_at, m.id as "message_id: MessageId",
       m.direction as "direction: Direction", m.state as "state: MessageState", 
       -- Rows from before received files had types of their own say `media`.
       case
           when m.deleted_at is not null then 'deleted'
           when m.content ->> 'type' <> 'media' then m.content ->> 'type'
           when m.content ->> 'mimetype' ~ '^(image|video|audio)/'
               then split_part(m.content ->> 'mimetype', '/', 1)
           else 'document'
       end as kind,
       case when m.deleted_at is null then left(words_of(m.content), 200) end as words,
       case when m.content ? 'origin' then coalesce(m.sent_at, m.created_at) else m.created_at end as "message_at!"
from conversations c
left join contacts p on p.organization_id = c.organization_id and p.person = c.chat_id
left join suppressions s on s.organization_id = c.organization_id and s.person = c.chat_id
left join people w on w.organization_id = c.organization_id and w.person = c.chat_id
join lateral (
    select * from messages where session_id = c.session_id and chat_id = c.chat_id order by id desc limit 1
) m on true
where ($1::uuid is null or c.session_id = $1)
  and ($2::boolean is null or (c.unread > 0) = $2)
  and ($3::text is null or strpos(lower(coalesce(p.name, c.name)), lower($3)) > 0
       or strpos('@' || w.username, lower($3)) > 0 or strpos(c.phone, $4) > 0 or strpos(c.chat_id, $4) > 0)
  and ($5::uuid is null or c.id = $5)
  and ($6::uuid is null or c.last_message_id < $6)
order by c.last_message_id desc
limit $7
