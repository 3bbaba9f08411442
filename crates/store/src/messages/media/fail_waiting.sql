-- Fails the messages that waited for this file, before anything was sent; their jobs stand as dead letters.
with
-- The messages that waited.
freed as (
    delete from media_waits where preparation_id = $1 returning message_id
),
-- Their jobs, locked by being changed: one that a worker has meanwhile is left to the fence.
dead as (
    update jobs j
    set state = 'dead', held_for = null, error_code = $2, error_detail = $3
    from freed
    where j.id = freed.message_id and j.state = 'pending' and j.held_for = 'file'
    returning j.id
)
update messages m
set state = 'failed', error_code = $2, error_detail = $3, settled_at = now()
from dead
where m.id = dead.id and m.state = 'queued'
