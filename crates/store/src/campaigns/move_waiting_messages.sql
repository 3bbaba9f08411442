-- Moves waiting messages from one member of a pool to others, each to the target chosen for it.
with
-- Locks their jobs that still wait in the old lane, in order of ids; what a worker holds stays where it is.
picked as (
    select j.id, x.target
    from unnest($1::uuid[], $2::uuid[]) as x (id, target)
    join jobs j on j.id = x.id
    where j.lane = $3 and j.state in ('pending', 'released')
    order by j.id
    for update of j skip locked
),
-- Puts the jobs into the new lanes. What held one in the old lane does not hold it in the new one.
job as (
    update jobs j
    set lane = p.target,
        state = 'pending',
        released_at = null,
        held_for = null,
        run_at = case when j.held_for is null then j.run_at else $7::timestamptz end
    from picked p
    where j.id = p.id
),
-- Makes the new member the sender, and looks again whether the chat is new to it.
message as (
    update messages m
    set session_id = p.target,
        new_chat = chat_is_new(p.target, m.chat_id)
    from picked p
    where m.id = p.id
),
-- Notes each move, for the timeline of the message and the figures of the pool.
told as (
    insert into message_moves (
        organization_id, message_id, pool_id, from_session_id, to_session_id, reason, moved_at
    )
    select $4, id, $5, $3, target, $6, $7
    from picked
)
select id as "id: JobId", target as "target!: SessionId"
from picked
