-- Releases due jobs of a plain queue, an equal share for each of the next organizations, in turn.
with recursive
-- The next organizations with pending jobs after the last one served ($2), at most $3: each step is one look
-- into an index instead of a scan of all jobs. Empty while the queue is held.
ring (organization_id, place) as (
    (
        select j.organization_id, 1
        from jobs j
        where j.queue = $1
          and j.lane is null
          and j.state = 'pending'
          and j.organization_id > $2
          and not exists (select 1 from queue_holds h where coalesce(h.queue, $1) = $1)
        order by j.organization_id
        limit 1
    )
    union all
    (
        select (
                   select j.organization_id
                   from jobs j
                   where j.queue = $1
                     and j.lane is null
                     and j.state = 'pending'
                     and j.organization_id > ring.organization_id
                   order by j.organization_id
                   limit 1
               ),
               ring.place + 1
        from ring
        where ring.organization_id is not null and ring.place < $3
    )
),
-- How many jobs each of them may have.
here as materialized (
    select organization_id, place, greatest(1, $3 / count(*) over ()) as share
    from ring
    where organization_id is not null
),
-- Locks the oldest due jobs of each organization, up to its share.
picked as (
    select p.id
    from here
    cross join lateral (
        select j.id
        from jobs j
        where j.queue = $1
          and j.lane is null
          and j.state = 'pending'
          and j.organization_id = here.organization_id
          and j.run_at <= $4
        order by j.run_at, j.id
        limit here.share
        for update skip locked
    ) p
),
-- Releases them.
released as (
    update jobs j
    set state = 'released', released_at = $4
    from picked
    where j.id = picked.id
    returning j.id
)
select array(select id from released) as "jobs!: Vec<Uuid>",
       (select organization_id from here where place = $3) as "last: OrganizationId"
