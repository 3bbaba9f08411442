-- Records the end of a job that this worker ran; no row if the worker does not own it any more.
with
-- Locks the job and decides whether it is over: it is done, or it would come again and another one like it
-- waits already.
ours as (
    select id,
           $4
           or (
               dedup_key is not null
               and $5 <> 'give_up'
               and exists (
                   select 1 from jobs w where w.dedup_key = j.dedup_key and w.state in ('pending', 'released')
               )
           ) as over
    from jobs j
    where id = $1 and state = 'running' and owner = $2 and attempt = $3
    for update
),
-- Deletes the job that is over.
ended as (
    delete from jobs j
    using ours
    where j.id = ours.id and ours.over
),
-- Puts back the job that is tried again or deferred, or makes a dead letter of it.
kept as (
    update jobs j
    set state = case when $5 = 'give_up' then 'dead'::job_state else 'pending' end,
        attempt = case when $5 = 'defer' then attempt - 1 else attempt end,
        run_at = coalesce($6, run_at),
        released_at = null,
        owner = null,
        lease_until = null,
        error_code = $7,
        error_detail = $8
    from ours
    where j.id = ours.id and not ours.over
)
select id
from ours
