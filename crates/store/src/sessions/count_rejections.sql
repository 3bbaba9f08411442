-- The newest rejection of each person of a session who never wrote to us, the newest first: those that still count.
select at, told, accepted_after as "accepted_after!"
from (
    select distinct on (chat_id) chat_id, at, told, accepted_after
    from rejections
    where session_id = $1 and cold and accepted_after is not null and at > $2
    order by chat_id, at desc
) newest
order by at desc
limit 100
