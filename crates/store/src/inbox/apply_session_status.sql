-- Applies a status of a session that WAHA reported, unless a newer one was applied before.
with
-- Locks the session and keeps what it was; no row if the event is older than the status.
before as (
    select id, organization_id, status, status_since, phone, needs_human_since, caught_up_to, quick_failures
    from sessions
    where id = $1 and status_event_ms <= $3
    for update
),
-- Counts failures within seconds of STARTING, in a row: WhatsApp refuses the pairing at once. Without a network NOWEB
-- tries for two minutes before it fails (docs/waha.md 0.10).
counted as (
    select *,
           case
               when $2::session_status = 'failed' and status = 'starting' and $4 < status_since + interval '15 seconds'
                   then quick_failures + 1
               when $2 in ('working', 'scan_qr_code', 'passkey_required') or ($2 = 'failed' and status <> 'failed')
                   then 0
               else quick_failures
           end as failures
    from before
),
-- Tells whether the phone's owner removed this device: two such failures of a session that was paired.
judged as (
    select *,
           $2 = 'failed' and failures >= 2 and phone is not null and needs_human_since is null as logged_out
    from counted
),
-- Writes the status, and clears what the new status puts an end to.
after as (
    update sessions s
    set status = $2,
        status_event_ms = $3,
        status_since = case when s.status = $2 then s.status_since else $4 end,
        phone = coalesce($5, s.phone),
        push_name = coalesce($6, s.push_name),
        -- Another number has to be warmed up anew.
        warm_up_from = case when $5 <> s.phone then $4 else s.warm_up_from end,
        needs_human_since = case
                                when $2 in ('scan_qr_code', 'passkey_required')
                                    then coalesce(s.needs_human_since, $4)
                                when b.logged_out then $4
                                -- Somebody logged in.
                                when $2 = 'working' then null
                                when $2 = 'starting' and $5 is not null and s.trouble is distinct from 'logged_out'
                                    then null
                                else s.needs_human_since
                            end,
        caught_up_to = case when $2 = 'working' then coalesce(s.caught_up_to, $4) else s.caught_up_to end,
        -- A new connection is heard anew; what is wrong with its node stays.
        trouble = case
                      when b.logged_out then 'logged_out'
                      when $2 = 'working' and s.status <> 'working' and s.trouble <> 'node_away' then null
                      -- It shows a code: the refused pairing is gone.
                      when $2 = 'scan_qr_code' and s.trouble = 'logged_out' then null
                      else s.trouble
                  end,
        trouble_since = case when b.logged_out then $4 else s.trouble_since end,
        quick_failures = b.failures,
        unheard_since = case when $2 = 'working' and s.status <> 'working' then null else s.unheard_since end,
        unacked_since = case when $2 = 'working' and s.status <> 'working' then null else s.unacked_since end,
        last_ack_at = case
                          when $2 = 'working' and s.status <> 'working' then greatest(s.last_ack_at, $4)
                          else s.last_ack_at
                      end,
        last_event_at = case
                            when $2 = 'working' and s.status <> 'working' then greatest(s.last_event_at, $4)
                            else s.last_event_at
                        end,
        -- It rested because it did not work: that is over now.
        parked_until = case
                           when $2 = 'working'::session_status
                                and s.park_code in ('session_not_working', 'node_unreachable')
                               then null
                           else s.parked_until
                       end
    from judged b
    where s.id = b.id
),
-- Notes the change in the history of the session.
told as (
    insert into session_events (session_id, organization_id, at, status, code, detail)
    select id, organization_id, $4, $2,
           -- That a new session has to be paired is no trouble.
           case
               when $2 in ('scan_qr_code', 'passkey_required')
                    and needs_human_since is null
                    and phone is not null
                   then 'needs_scan'
               when logged_out then 'logged_out'
           end,
           case
               when $2 in ('scan_qr_code', 'passkey_required') and needs_human_since is null
                   then case
                            when phone is null then 'somebody has to scan its QR code'
                            else 'WhatsApp logged this device out: '
                                 'somebody has to scan its QR code again; nothing else helps'
                        end
               when logged_out
                   then 'WhatsApp refused its pairing twice, at once after a restart: the device was removed on the '
                        'phone. Restart the session and scan its QR code'
           end
    from judged
    where status <> $2
)
select organization_id as "organization: OrganizationId",
       status <> $2 as "changed!", caught_up_to is not null as "known!"
from before
