-- Takes back jobs whose worker did not report within its lease.
with
-- Locks the jobs whose lease ran out, the oldest first.
lost as (
    select id, organization_id, kind, attempt, owner, started_at
    from jobs
    where state = 'running' and lease_until < now()
    order by lease_until
    limit 500
    for update skip locked
),
-- Notes the attempt of each as lost.
noted as (
    insert into attempts (
        job_id, organization_id, kind, n, owner, started_at, finished_at, outcome, code, detail
    )
    select id, organization_id, kind, attempt, coalesce(owner, ''), coalesce(started_at, $1), $1, 'lost',
           'worker_lost', 'the worker did not report within its lease'
    from lost
),
-- Ends the jobs that send a message: it may have been sent, so a job that looks for it takes their place.
sends as (
    delete from jobs j
    using lost
    where j.id = lost.id and lost.kind = $2
),
-- Puts back all other jobs; they may run twice.
others as (
    update jobs j
    set state = 'pending', released_at = null, owner = null, lease_until = null, run_at = $1, dedup_key = null
    from lost
    where j.id = lost.id and lost.kind <> $2
),
-- Marks the messages as in doubt.
doubt as (
    update messages m
    set state = $3
    from lost
    where m.id = lost.id and lost.kind = $2 and m.state = 'sending'
    returning m.id, m.organization_id
)
select lost.id, doubt.organization_id as "organization?: OrganizationId"
from lost
left join doubt using (id)
