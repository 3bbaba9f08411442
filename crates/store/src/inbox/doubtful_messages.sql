-- Messages of these chats of a session of which nobody knows whether they were sent: in doubt, or given up as not
-- confirmed. Chats are those of a person, under whatever name.
with
-- The chats as they were asked for, with the key of the person.
asked as (
    select c.chat_id, person_behind(s.organization_id, c.chat_id) as person
    from unnest($2::text[]) as c (chat_id)
    join sessions s on s.id = $1
)
select m.id as "message: MessageId",
       a.chat_id as "chat_id!",
       m.content ->> 'type' = 'text' as "is_text!",
       m.state = 'unknown' as "in_doubt!",
       coalesce(
           (select max(t.started_at) from attempts t where t.job_id = m.id and t.outcome = 'unknown'),
           m.created_at
       ) as "attempted_at!",
       n.version,
       n.engine
from asked a
join messages m on m.session_id = $1 and m.chat_id = a.person and m.direction = 'outbound'
join sessions s on s.id = m.session_id
join nodes n on n.id = s.node_id
where m.state = 'unknown'
   or m.state = 'failed' and m.error_code = 'not_confirmed'
