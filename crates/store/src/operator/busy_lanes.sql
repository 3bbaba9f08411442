-- Lanes with work, those whose work is due for the longest time first.
with
-- What Redis and the workers hold of each lane.
held as (
    select lane,
           count(*) filter (where state = 'released') as released,
           count(*) filter (where state = 'running') as running,
           min(released_at) filter (where state = 'released') as since
    from jobs
    where state in ('released', 'running') and lane is not null
    group by lane
),
-- Every session with that, the time of its next pending job, and whether a campaign has people for it.
seen as (
    select s.id, s.name, s.status, s.organization_id, coalesce(h.released, 0) as released,
           coalesce(h.running, 0) as running, h.since,
           least(
               (
                   select run_at
                   from jobs
                   where lane = s.id and class = 'transactional' and state = 'pending'
                   order by run_at
                   limit 1
               ),
               (
                   select run_at
                   from jobs
                   where lane = s.id and class = 'bulk' and state = 'pending'
                   order by run_at
                   limit 1
               )
           ) as run_at,
           exists (
               select 1
               from campaign_senders cs
               join campaigns c on c.id = cs.campaign_id
               where cs.session_id = s.id and c.state = 'running' and c.cursor < c.total
           ) as has_recipients
    from sessions s
    left join held h on h.lane = s.id
    where s.deleted_at is null
      and ($1::uuid is null or s.organization_id = $1)
      and ($2::uuid is null or s.id = $2)
),
-- Since when the oldest job is due, and when the next one will be.
aged as (
    select *,
           least(since, case when run_at <= $3 then run_at end) as oldest_at,
           case when run_at > $3 then run_at end as next_at
    from seen
)
select l.id as "session: SessionId", l.name, l.status as "status: SessionStatus",
       l.organization_id as "organization: OrganizationId",
       o.name as organization_name, l.released as "released!", l.running as "running!", l.oldest_at, l.next_at
from aged l
join organizations o on o.id = l.organization_id
where (l.run_at is not null or l.released > 0 or l.running > 0 or l.has_recipients)
  and ($4::timestamptz is null or l.oldest_at <= $4)
order by l.oldest_at nulls last, l.next_at nulls last, l.id
limit $5
