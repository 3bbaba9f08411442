-- What WAHA's own signals say of a session, and what is done about it.

alter table sessions
    -- Why and since when the bulk line rests; `park_code` tells of the whole lane only.
    add column bulk_park_code    text,
    add column bulk_parked_since timestamptz,
    -- When WhatsApp last asked for less, and how often in a row: the rest grows with it.
    add column rate_limited_at   timestamptz,
    add column rate_limit_streak integer not null default 0,
    -- What is wrong with a session although its status may say WORKING; set and cleared by the supervisor.
    add column trouble           text,
    add column trouble_since     timestamptz,
    add column trouble_detail    text,
    -- Only a person with the phone helps: WAHA asked for a scan, and nobody logged in since.
    add column needs_human_since timestamptz,
    -- Restarts since it last worked for a while, and when the next one may come.
    add column restart_attempts  integer not null default 0,
    add column next_restart_at   timestamptz,
    -- When WAHA last reported anything at all, give or take a few seconds.
    add column last_event_at     timestamptz,
    -- Sends went out since then and nothing was heard: since when this is known.
    add column unheard_since     timestamptz,
    -- Everything up to here was read, by events or from the chats.
    add column caught_up_to      timestamptz;

create index sessions_off on sessions (status_since)
    where desired = 'running' and status in ('pending', 'starting', 'failed', 'unknown');
create index sessions_restarted on sessions (id) where restart_attempts > 0;
create index sessions_unheard on sessions (id) where unheard_since is not null;

alter table session_events add column code text;

-- When the last message of the quarter left: written with the count, so it costs nothing.
alter table session_usage add column last_at timestamptz;
create index session_usage_by_quarter on session_usage (quarter);

-- The one definition of a session's health; `since` is when it became so.
create function session_health(s sessions, at timestamptz, out health text, out reason text, out since timestamptz)
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
                 when s.needs_human_since is not null then s.status::text
                 when s.status <> 'working' then coalesce(s.trouble, s.status::text)
                 when s.trouble = 'deaf' then 'deaf'
                 when s.bulk_parked_until > at then coalesce(s.bulk_park_code, 'parked')
                 else coalesce(s.trouble, case when s.parked_until > at then coalesce(s.park_code, 'parked') end) end,
            case when s.needs_human_since is not null and s.desired = 'running' then s.needs_human_since
                 when s.status <> 'working' or s.desired <> 'running' then s.status_since
                 when s.trouble = 'deaf' then s.trouble_since
                 when s.bulk_parked_until > at then s.bulk_parked_since
                 when s.trouble is not null then s.trouble_since
                 when s.parked_until > at then s.rate_limited_at
                 else s.status_since end)
    );
