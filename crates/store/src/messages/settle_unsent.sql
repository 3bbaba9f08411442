-- Records the jobs of sends that did not succeed: tried again, given up or in doubt. The messages were
-- settled before, in the same transaction. A settlement counts only while its worker still owns the job.
with
-- The settlements, one row each.
x as (
    select *
    from unnest(
        $1::uuid[],        -- id
        $2::text[],        -- outcome
        $3::int[],         -- attempt
        $4::timestamptz[], -- run_at
        $5::text[],        -- code
        $6::text[],        -- detail
        $7::timestamptz[], -- started_at
        $8::uuid[],        -- organization_id
        $9::uuid[]         -- session_id
    ) as x (id, outcome, attempt, run_at, code, detail, started_at, organization_id, session_id)
),
-- Puts back the jobs that are tried again; a deferral does not count as an attempt.
again as (
    update jobs j
    set state = 'pending',
        run_at = x.run_at,
        released_at = null,
        owner = null,
        lease_until = null,
        attempt = case when x.outcome = 'defer' then j.attempt - 1 else j.attempt end,
        error_code = x.code,
        error_detail = x.detail
    from x
    where j.id = x.id
      and x.outcome in ('retry', 'defer')
      and j.state = 'running'
      and j.owner = $10
      and j.attempt = x.attempt
),
-- Makes dead letters of the jobs that were given up, if the message failed.
dead as (
    update jobs j
    set state = 'dead', owner = null, lease_until = null, error_code = x.code, error_detail = x.detail
    from x
    join messages m on m.id = x.id
    where j.id = x.id
      and x.outcome = 'give_up'
      and m.state = 'failed'
      and j.state = 'running'
      and j.owner = $10
      and j.attempt = x.attempt
),
-- Ends the jobs in doubt, which get a job that looks for the message, and those that were given up although
-- WhatsApp proved the message meanwhile.
over as (
    delete from jobs j
    using x, messages m
    where j.id = x.id
      and m.id = x.id
      and (x.outcome = 'unknown' or x.outcome = 'give_up' and m.state <> 'failed')
      and j.state = 'running'
      and j.owner = $10
      and j.attempt = x.attempt
),
-- Counts sends in doubt as sent, for caps.
used as (
    insert into session_usage as u (session_id, organization_id, quarter, sent, bulk, new_chats, last_at)
    select x.session_id, x.organization_id,
           date_bin('15 minutes', $11::timestamptz, 'epoch'),
           count(*), count(*) filter (where m.class = 'bulk'),
           count(*) filter (where m.new_chat and not chat_is_known(m.session_id, m.chat_id, m.id)), $11
    from x
    join messages m on m.id = x.id
    where x.outcome = 'unknown'
    group by 1, 2
    order by 1
    on conflict (session_id, quarter) do update set
        sent = u.sent + excluded.sent,
        bulk = u.bulk + excluded.bulk,
        new_chats = u.new_chats + excluded.new_chats,
        last_at = excluded.last_at
)
insert into attempts (job_id, organization_id, kind, n, owner, started_at, finished_at, outcome, code, detail)
select id, organization_id, $12, attempt, $10, started_at, $11, outcome, code, detail
from x
where outcome <> 'defer'
