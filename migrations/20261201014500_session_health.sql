-- A session whose lane was parked for another reason than WhatsApp's wish for fewer messages had no `since`, and no
-- page that shows it could be read: the start of the park is kept, and `since` always has a value. A session whose
-- device was removed on the phone fails within a second of each restart: such failures are counted, and it says that
-- it was logged out.

set local lock_timeout = '2s';

-- Start of the park that `parked_until` ends; meaningless when none is on.
alter table sessions add column parked_since timestamptz;
-- Failures within seconds of STARTING, in a row.
alter table sessions add column quick_failures integer not null default 0;

-- The only definition of a session's health; `since` is when it became so, never null.
create or replace function session_health(
    s sessions, at timestamptz, out health text, out reason text, out since timestamptz
)
    language sql stable
    return (
        select row (
            case when s.desired <> 'running' then 'stopped'
                 when s.needs_human_since is not null then 'needs_scan'
                 when s.status = 'failed' then 'failed'
                 when s.status <> 'working' then 'degraded'
                 when s.trouble = 'deaf' then 'deaf'
                 when s.bulk_parked_until > at then 'restricted'
                 when s.trouble is not null or s.parked_until > at then 'degraded'
                 else 'healthy' end,
            case when s.desired <> 'running' then null
                 when s.needs_human_since is not null
                     then case when s.trouble = 'logged_out' then s.trouble else s.status::text end
                 when s.status <> 'working' then coalesce(s.trouble, s.status::text)
                 when s.trouble = 'deaf' then 'deaf'
                 when s.bulk_parked_until > at then coalesce(s.bulk_park_code, 'parked')
                 else coalesce(s.trouble, case when s.parked_until > at then coalesce(s.park_code, 'parked') end) end,
            coalesce(
                case when s.needs_human_since is not null and s.desired = 'running' then s.needs_human_since
                     when s.status <> 'working' or s.desired <> 'running' then s.status_since
                     when s.trouble = 'deaf' then s.trouble_since
                     when s.bulk_parked_until > at then s.bulk_parked_since
                     when s.trouble is not null then s.trouble_since
                     when s.parked_until > at then coalesce(s.parked_since, s.rate_limited_at) end,
                s.status_since
            ))
    );
