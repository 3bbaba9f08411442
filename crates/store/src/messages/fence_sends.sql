-- The fence: decides for each of these messages, at the last moment, whether this worker may send it now, and
-- writes the decision to the message and its job. Returns one row per message with the verdict and what a
-- send needs.
with
-- Locks the jobs, skipping those that another worker has locked. By id alone: asked for the state too,
-- Postgres reads the whole index of released jobs.
locked as (
    select id, lane, attempt, state, greatest(run_at, created_at) as due_at, released_at, traceparent
    from jobs
    where id = any($1)
    for update skip locked
),
-- The jobs that are to run, each in the lane it was taken from. After a message went to another sender its id
-- may stand in two lanes of Redis; only one of them is its own.
mine as (
    select id, attempt, due_at, released_at, traceparent
    from locked
    where state = 'released' and (id, lane) in (select * from unnest($1::uuid[], $5::uuid[]))
),
-- What a send needs to know, such as the chat as WAHA names it, and the verdict: the first reason that stops the
-- message, or `go`.
facts as (
    select m.id, m.organization_id, m.session_id, s.waha_name, s.node_id, s.status, m.class,
           m.chat_id as person, m.phone, coalesce(p.chat_id, m.phone || '@c.us', m.chat_id) as chat_id,
           m.content, m.waha_id,
           nullif(s.policy -> 'typing', 'null'::jsonb) as typing,
           mine.attempt, s.bulk_parked_until as parked_until, s.bulk_park_code as park_code, mine.due_at,
           mine.released_at, mine.traceparent,
           m.class = 'bulk' and s.rejections_since is not null as probes,
           $4::timestamptz + coalesce(s.rejection_pause, interval '1 hour') as next_probe,
           case
               when m.state <> 'queued' then 'gone'
               when c.state = 'paused' then 'paused'
               when exists (
                   select 1
                   from sending_holds h
                   where coalesce(h.organization_id, s.organization_id) = s.organization_id
                     and coalesce(h.node_id, s.node_id) = s.node_id
                     and coalesce(h.session_id, s.id) = s.id
               )
                   then 'paused'
               when c.state = 'cancelled' then 'cancelled'
               when m.expires_at <= $4 then 'expired'
               when exists (
                   select 1
                   from suppressions x
                   where x.organization_id = m.organization_id
                     and x.person = m.chat_id
                     and (
                         x.reason = 'manual'
                         or m.class = 'bulk'
                            and (
                                x.reason <> 'opt_out'
                                or x.scope = 'all'
                                or coalesce(c.kind, 'marketing') = 'marketing'
                            )
                     )
               )
                   then 'suppressed'
               when m.class = 'bulk'
                    and m.chat_id not like '%@g.us'
                    and exists (
                        select 1
                        from consent_settings o
                        where o.organization_id = m.organization_id and o.bulk_needs_consent
                    )
                    and not exists (
                        select 1
                        from consents k
                        where k.organization_id = m.organization_id and k.person = m.chat_id
                    )
                   then 'no_consent'
               -- Another message of this chat is being sent: a reply does not overtake a file that takes long. $6
               -- is the id of two days ago, so that of a long chat only its end is read.
               when exists (
                        select 1
                        from messages o
                        where o.session_id = m.session_id
                          and o.chat_id = m.chat_id
                          and o.id > $6
                          and (
                              o.state = 'sending' and o.id <> m.id
                              or o.id < m.id and o.id in (select n.id from mine n)
                          )
                    )
                   then 'chat_busy'
               when s.status <> 'working' or s.desired <> 'running' or s.moving_to is not null
                   then 'not_working'
               -- A file at an address has to be fetched, some uploads have to be converted; the file of an address must
               -- not be older than the message by more than ten minutes, but a campaign keeps its own.
               when m.content ? 'media'
                    and case
                            when f.id is null then m.content -> 'media' ? 'url'
                            else f.state <> 'ready'
                                 or f.media_id is null
                                 or m.content -> 'media' ? 'url'
                                    and m.campaign_id is null
                                    and f.prepared_at
                                        <= coalesce(m.send_at, m.created_at) - interval '10 minutes'
                        end
                   then 'no_file'
               -- Parked for cold messages only: bulk, and people who never wrote to us. Replies flow on. What was only
               -- concluded from rejections holds bulk alone.
               when s.bulk_parked_until > $4
                   then case
                            when m.class = 'bulk'
                                 or (
                                     m.phone is not null
                                     and s.bulk_park_code is distinct from 'many_rejections'
                                     and not exists (
                                         select 1
                                         from messages i
                                         where i.session_id = m.session_id
                                           and i.chat_id = m.chat_id
                                           and i.direction = 'inbound'
                                     )
                                 )
                                then 'parked'
                            else 'go'
                        end
               -- A number that wrote to us, or got something from us, has WhatsApp: it need not be checked.
               when m.check_number is not null
                    and m.phone is not null
                    and not exists (
                        select 1
                        from messages i
                        where i.session_id = m.session_id
                          and i.chat_id = m.chat_id
                          and i.state in ('received', 'delivered', 'read', 'played')
                    )
                   then case (
                            select n.on_whatsapp
                            from number_checks n
                            where n.organization_id = m.organization_id
                              and n.person = m.chat_id
                              and n.expires_at > $4
                        )
                            when true then 'go'
                            when false then 'not_on_whatsapp'
                            else case when m.check_number = 'require' then 'unchecked' else 'go' end
                        end
               else 'go'
           end as told
    from mine
    join messages m on m.id = mine.id
    join sessions s on s.id = m.session_id
    left join campaigns c on c.id = m.campaign_id
    left join people p on p.organization_id = m.organization_id and p.person = m.chat_id
    left join media_preparations f on f.organization_id = m.organization_id
     and coalesce(f.campaign_id, '00000000-0000-0000-0000-000000000000'::uuid)
         = coalesce(m.campaign_id, '00000000-0000-0000-0000-000000000000'::uuid)
     and f.kind = m.content ->> 'type'
     and f.source_hash = media_source_hash(m.content)
),
-- WhatsApp refused most new chats, and the rest is over: one bulk message of the session goes ahead as a probe, and
-- the rest begins anew in the same step, so that no other worker sends a second one.
probe as (
    update sessions s
    set bulk_parked_until = first.next_probe,
        bulk_park_code = 'many_rejections'
    from (
        select distinct on (session_id) session_id, id, next_probe
        from facts
        where told = 'go' and probes
        order by session_id, due_at, id
    ) first
    where s.id = first.session_id
      and s.rejections_since is not null
      and (s.bulk_parked_until is null or s.bulk_parked_until <= $4)
    returning first.id
),
-- The verdict: bulk messages that are not the probe wait.
judged as (
    select f.*,
           case when f.told = 'go' and f.probes and p.id is null then 'parked' else f.told end as verdict,
           case when f.told = 'go' and f.probes then f.next_probe else f.parked_until end as waits_until,
           case when f.told = 'go' and f.probes then 'many_rejections' else f.park_code end as waits_for
    from facts f
    left join probe p on p.id = f.id
),
-- Starts the jobs that may go: this worker owns them until the lease ends.
running as (
    update jobs j
    set state = 'running',
        attempt = j.attempt + 1,
        owner = $2,
        lease_until = now() + $3::interval,
        started_at = $4,
        held_for = null
    from judged f
    where j.id = f.id and f.verdict = 'go'
),
-- Puts back the jobs of messages that have to wait; parked and unchecked ones, and those without their file, with
-- the time and reason they wait for.
waiting as (
    update jobs j
    set state = 'pending',
        released_at = null,
        run_at = case f.verdict
                     when 'parked' then f.waits_until
                     when 'unchecked' then $4::timestamptz + interval '1 minute'
                     when 'chat_busy' then $4::timestamptz + interval '2 seconds'
                     when 'no_file' then $4::timestamptz + interval '15 minutes'
                     else j.run_at
                 end,
        error_code = case f.verdict
                         when 'parked' then f.waits_for
                         when 'unchecked' then 'number_check'
                         else j.error_code
                     end,
        held_for = case when f.verdict = 'no_file' then 'file' end
    from judged f
    where j.id = f.id and f.verdict in ('paused', 'not_working', 'parked', 'unchecked', 'chat_busy', 'no_file')
),
-- Ends the jobs of messages that will never be sent.
over as (
    delete from jobs j
    using judged f
    where j.id = f.id and f.verdict in ('gone', 'cancelled', 'expired', 'suppressed', 'no_consent', 'not_on_whatsapp')
),
-- Moves the messages accordingly; those that wait stay queued.
moved as (
    update messages m
    set state = (
            case f.verdict
                when 'go' then 'sending'
                when 'expired' then 'expired'
                when 'not_on_whatsapp' then 'failed'
                else 'cancelled'
            end
        )::message_state,
        error_code = case when f.verdict = 'go' then m.error_code else f.verdict end,
        settled_at = case when f.verdict = 'go' then null else $4::timestamptz end,
        waha_chat_id = case
                           when f.verdict = 'go' then nullif(f.chat_id, m.chat_id)
                           else m.waha_chat_id
                       end
    from judged f
    where m.id = f.id and f.verdict in ('go', 'expired', 'cancelled', 'suppressed', 'no_consent', 'not_on_whatsapp')
)
select id as "id: MessageId", verdict as "verdict!",
       organization_id as "organization_id: OrganizationId",
       session_id as "session_id: SessionId", waha_name, node_id as "node_id: NodeId",
       status as "status: SessionStatus", class as "class: Class", person, phone,
       chat_id as "chat_id!", content, waha_id,
       typing as "typing: Json<Typing>", attempt, waits_until as parked_until, due_at as "due_at!",
       released_at, traceparent
from judged
