-- Figures of the whole installation for metrics, one row per family and label.
select 'sessions' as "family!", status::text as "label!", count(*)::float8 as "value!"
from sessions
where desired = 'running' and deleted_at is null
group by 2
union all
select 'lanes_parked',
       coalesce(case when parked_until > $1 then park_code else bulk_park_code end, 'unknown'),
       count(*)
from sessions
where deleted_at is null and greatest(parked_until, bulk_parked_until) > $1
group by 2
union all
select 'campaigns', state::text, count(*)
from campaigns
where state in ('scheduled', 'running')
group by 2
union all
select 'campaign_recipients', 'waiting', coalesce(sum(total - cursor), 0)
from campaigns
where state = 'running'
union all
select 'messages_in_doubt', '', count(*)
from jobs
where kind = 'resolve_message' and state <> 'dead'
union all
select 'inbound_events', 'waiting', count(*)
from inbound_events
where processed_at is null
union all
select 'inbound_events', 'oldest_seconds', coalesce(greatest(extract(epoch from $1 - min(received_at)), 0), 0)
from inbound_events
where processed_at is null
union all
select 'holds', scope, count(*)
from controls
where paused
group by 2
union all
select 'nodes', health::text, count(*)
from nodes
where removed_at is null
group by 2
