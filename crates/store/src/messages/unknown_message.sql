-- A message in doubt, with what tells how much a look proves that does not find it: since when its session
-- works, whether our own time limit ended the attempt, and what its WAHA server is.
select m.organization_id as "organization: OrganizationId",
       m.session_id as "session: SessionId",
       s.waha_name,
       s.node_id as "node: NodeId",
       m.class as "class: Class",
       m.chat_id as person,
       m.phone,
       m.waha_chat_id,
       m.content,
       m.waha_id,
       case when s.status = 'working' then s.status_since end as working_since,
       n.version,
       n.engine,
       coalesce(
           (
               select a.code = $4
               from attempts a
               where a.job_id = m.id and a.outcome = 'unknown'
               order by a.started_at desc
               limit 1
           ),
           false
       ) as "timed_out!",
       coalesce(
           (select max(a.started_at) from attempts a where a.job_id = m.id), m.created_at
       ) as "attempted_at!",
       (select count(*) from attempts a where a.job_id = $2 and a.code = $3) as "looked!"
from messages m
join sessions s on s.id = m.session_id
join nodes n on n.id = s.node_id
where m.id = $1 and m.state = 'unknown'
