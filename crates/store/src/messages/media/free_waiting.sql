-- Lets the messages go that waited for this file, in the order in which they were due; returns their lanes.
with
-- The messages that waited.
freed as (
    delete from media_waits where preparation_id = $1 returning message_id
)
update jobs j
set run_at = coalesce(m.send_at, m.created_at), held_for = null
from freed
join messages m on m.id = freed.message_id
where j.id = m.id and j.state = 'pending' and j.held_for = 'file'
returning j.lane
