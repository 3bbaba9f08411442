-- Figures of the members of a pool: what waits, who belongs to them, what was moved.
select m.session_id as "session: SessionId", s.name,
       (
           select count(*)
           from jobs j
           join messages x on x.id = j.id
           where j.lane = m.session_id and j.state in ('pending', 'released') and x.pool_id = $1
       ) as "waiting!",
       (
           select count(*) from sender_pool_contacts c where c.pool_id = $1 and c.session_id = m.session_id
       ) as "contacts!",
       (
           select count(*) from message_moves v where v.pool_id = $1 and v.to_session_id = m.session_id
       ) as "moved_in!",
       (
           select count(*) from message_moves v where v.pool_id = $1 and v.from_session_id = m.session_id
       ) as "moved_out!"
from sender_pool_members m
join sessions s on s.id = m.session_id
where m.pool_id = $1
order by m.session_id
