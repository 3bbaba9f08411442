-- Releases as many due jobs of each lane as it has room for.
with
-- Locks the oldest due jobs of each lane and class, up to its room; bulk only of campaigns that run, or that are over:
-- then somebody sends again what had failed.
picked as (
    select p.id
    from unnest($1::uuid[], $2::message_class[], $3::int[]) as room (lane, class, jobs)
    cross join lateral (
        select id
        from jobs j
        where j.lane = room.lane
          and j.class = room.class
          and j.state = 'pending'
          and j.run_at <= $4
          and (
              j.campaign_id is null
              or exists (select 1 from campaigns c where c.id = j.campaign_id and c.state in ('running', 'finished'))
          )
        order by j.run_at, j.id
        limit room.jobs
        for update skip locked
    ) p
),
-- Makes queued messages of those that were scheduled.
queued as (
    update messages m
    set state = 'queued'
    from picked
    where m.id = picked.id and m.state = 'scheduled'
)
update jobs j
set state = 'released', released_at = $4
from picked
where j.id = picked.id
returning j.id as "job: JobId", j.lane as "lane!: SessionId", j.class as "class: Class"
