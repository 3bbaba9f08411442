-- Records the sends that succeeded: message, job, usage of the session and attempt. Nearly all settlements;
-- nothing is decided here, so one statement does it.
with
-- The successful sends, one row each.
x as (
    select *
    from unnest($1::uuid[], $2::int[], $3::text[], $4::timestamptz[], $5::uuid[], $6::uuid[])
        as x (id, attempt, waha_id, started_at, organization_id, session_id)
),
-- Marks the messages as sent, unless an ack came first: what WhatsApp itself said is not turned back.
moved as (
    update messages m
    set state = 'sent',
        waha_id = coalesce(x.waha_id, m.waha_id),
        sent_at = coalesce(m.sent_at, $7),
        settled_at = $7,
        error_code = null,
        error_detail = null
    from x
    where m.id = x.id
      and 'sent' = any (message_next(m.state))
      and not refused_by_whatsapp(m.state, m.error_code)
),
-- Ends the jobs.
over as (
    delete from jobs j
    using x
    where j.id = x.id
),
-- Counts the sends in the quarter hour of each session, for caps and statistics.
used as (
    insert into session_usage as u (session_id, organization_id, quarter, sent, bulk, new_chats, last_at)
    select x.session_id, x.organization_id,
           date_bin('15 minutes', $7::timestamptz, 'epoch'),
           count(*), count(*) filter (where m.class = 'bulk'),
           count(*) filter (where m.new_chat and not chat_is_known(m.session_id, m.chat_id, m.id)), $7
    from x
    join messages m on m.id = x.id
    group by 1, 2
    order by 1
    on conflict (session_id, quarter) do update set
        sent = u.sent + excluded.sent,
        bulk = u.bulk + excluded.bulk,
        new_chats = u.new_chats + excluded.new_chats,
        last_at = excluded.last_at
)
insert into attempts (job_id, organization_id, kind, n, owner, started_at, finished_at, outcome)
select id, organization_id, $9, attempt, $8, started_at, $7, 'done'
from x
