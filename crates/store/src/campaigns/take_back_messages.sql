-- Takes back the messages of a paused campaign that wait, so that they are made anew from the changed campaign. The
-- fence refuses a message whose job is gone, wherever its id still stands.
with
-- Their jobs first, as the fence does it; those that run are another worker's.
jobs_gone as (
    delete from jobs
    where campaign_id = $1 and state in ('pending', 'released')
    returning id
),
-- The messages themselves. Their ids are those of the recipients, so they come back with the same id.
messages_gone as (
    delete from messages m
    using jobs_gone j
    where m.id = j.id and m.campaign_id = $1 and m.state in ('accepted', 'scheduled', 'queued')
    returning m.id, m.organization_id, m.state, m.campaign_version
),
-- The funnel counts them no more.
uncounted as (
    insert into campaign_progress as p (campaign_id, organization_id, state, shard, n)
    select $1, organization_id, state, pg_backend_pid() % 32, -count(*)
    from messages_gone
    group by 2, 3
    on conflict (campaign_id, state, shard) do update set n = p.n + excluded.n
),
-- Nor does that of their version.
uncounted_of_version as (
    insert into campaign_version_progress as p (campaign_id, organization_id, version, state, shard, n)
    select $1, organization_id, campaign_version, state, pg_backend_pid() % 32, -count(*)
    from messages_gone
    where campaign_version is not null
    group by 2, 3, 4
    on conflict (campaign_id, version, state, shard) do update set n = p.n + excluded.n
)
update campaigns
set cursor = least(
        cursor,
        (select min(r.position) - 1 from recipients r join messages_gone m on m.id = r.id)
    )
where id = $1 and exists (select 1 from messages_gone)
