-- A mark for each thing of an organization that its members may be looking at: a hash that differs when the
-- thing has changed. A row without an id stands for a list or a count. Runs as the tenant.
select 'session' as "kind!: HintKind", s.id,
       hashtextextended(
           concat_ws(
               '|', s.name, s.description, s.desired, s.status, s.status_since, s.phone, s.push_name,
               s.policy, s.parked_until, s.park_code, s.bulk_parked_until, s.bulk_park_code, s.moving_to,
               case when s.status = 'scan_qr_code' then s.status_event_ms end,
               h.health, h.reason,
               date_bin($2::text::interval, s.last_inbound_at, 'epoch'),
               date_bin(
                   $2::text::interval,
                   (
                       select max(last_at)
                       from session_usage u
                       where u.session_id = s.id and u.quarter > $1::timestamptz - interval '30 minutes'
                   ),
                   'epoch'
               )
           ),
           0
       ) as "mark!"
from sessions s
cross join lateral session_health(s, $1) h
where s.deleted_at is null
union all
select 'campaign', c.id,
       hashtextextended(
           concat_ws(
               '|', c.state, c.name, c.total, c.rejected, c.updated_at,
               (
                   select string_agg(concat(p.state, p.n), ',')
                   from (
                       select state, sum(n) as n
                       from campaign_progress
                       where campaign_id = c.id and (c.finished_at is null or c.finished_at > $3)
                       group by state
                       order by state
                   ) p
               )
           ),
           0
       )
from (select * from campaigns order by state = 'running' desc, id desc limit $4) c
union all
select 'message', id,
       hashtextextended(
           concat_ws('|', state, session_id, error_code, send_at, edited_at, deleted_at, group_read), 0
       )
from (select * from messages where id > $6 order by id desc limit $4) as newest
union all
select 'message', null, hashtextextended(concat(max(last_ack_at)), 0)
from sessions
union all
select 'conversation', id, hashtextextended(concat_ws('|', last_message_id, unread, name), 0)
from (select * from conversations order by last_message_id desc limit $4) as newest
union all
select 'conversation', null, hashtextextended(concat_ws('|', count(*), sum(unread)), 0)
from conversations
where unread > 0
union all
select 'job', null, hashtextextended(concat_ws('|', count(*), min(id::text), max(id::text)), 0)
from (select id from jobs where state = 'dead' order by id desc limit $5) as dead
