-- Records the messages of one organization that were asked for at the same moment, with their jobs and
-- idempotency keys, and answers for each what became of it. Runs as the tenant.
with
-- The messages as they were asked for, one row each, to the person that a LID or another number is. Parallel
-- arrays, because reading the same from one JSON document took half as long again.
x as materialized (
    select id, session_id,
           coalesce(
               (select i.person from identities i where i.organization_id = $1 and i.identity = chat_id), chat_id
           ) as chat_id,
           phone, content, class, state, waha_id, send_at,
           expires_at, created_at, payload, media_id, key, fingerprint, status, response, key_expires_at, time_zone,
           pool_id, traceparent, request_id, check_number, held_until
    from unnest(
        $2::uuid[],               -- id
        $3::uuid[],               -- session_id
        $4::text[],               -- chat_id
        $5::text[],               -- phone
        $6::text[],               -- content
        $7::message_class[],      -- class
        $8::message_state[],      -- state
        $9::text[],               -- waha_id
        $10::timestamptz[],       -- send_at
        $11::timestamptz[],       -- expires_at
        $12::timestamptz[],       -- created_at
        $13::text[],              -- payload
        $14::uuid[],              -- media_id
        $15::text[],              -- key
        $16::bytea[],             -- fingerprint
        $17::smallint[],          -- status
        $18::jsonb[],             -- response
        $19::timestamptz[],       -- key_expires_at
        $23::text[],              -- time_zone
        $24::uuid[],              -- pool_id
        $25::text[],              -- traceparent
        $26::text[],              -- request_id
        $27::number_check_mode[], -- check_number
        $28::timestamptz[]        -- held_until: it waits for its file
    ) as x (
        id, session_id, chat_id, phone, content, class, state, waha_id, send_at, expires_at, created_at, payload,
        media_id, key, fingerprint, status, response, key_expires_at, time_zone, pool_id, traceparent, request_id,
        check_number, held_until
    )
),
-- Each with the reasons that may refuse it: an unknown session, a suppressed person, one without the consent
-- that the organization asks for, a file that is gone.
-- `first` marks one message per chat of this group, because only one of them can open the chat.
judged as materialized (
    select x.*,
           (
               select true from sessions s where s.id = x.session_id and s.deleted_at is null
           ) is not null as known,
           (
               select b.reason
               from suppressions b
               where b.organization_id = $1
                 and b.person = x.chat_id
                 and (b.reason = 'manual' or x.class = 'bulk')
           ) as blocked,
           x.class <> 'bulk'
           or x.phone is null and x.chat_id like '%@g.us'
           or not exists (select 1 from consent_settings where organization_id = $1 and bulk_needs_consent)
           or exists (select 1 from consents k where k.organization_id = $1 and k.person = x.chat_id) as consented,
           x.media_id is null or (select true from media f where f.id = x.media_id) is not null as complete,
           row_number() over (partition by x.session_id, x.chat_id order by x.id) = 1 as first
    from x
),
-- Takes the idempotency keys of the messages that nothing refuses; a key that is in use and has not expired
-- is not returned. In order of the keys, so that two groups with the same keys do not wait for each other.
claimed as (
    insert into idempotency_keys as k (organization_id, key, fingerprint, status, response, expires_at)
    select $1, key, fingerprint, status, response, key_expires_at
    from judged
    where key is not null and known and blocked is null and consented and complete
    order by key
    on conflict (organization_id, key) do update set
        fingerprint = excluded.fingerprint,
        status = excluded.status,
        response = excluded.response,
        expires_at = excluded.expires_at
    where k.expires_at <= $20
    returning key
),
-- Writes the messages that nothing refuses and whose key, if they have one, was just taken.
message as (
    insert into messages (
        id, organization_id, session_id, direction, class, state, chat_id, phone, content, waha_id, send_at,
        expires_at, created_at, time_zone, pool_id, request_id, check_number, new_chat
    )
    select id, $1, session_id, 'outbound', class, state, chat_id, phone, content::jsonb, waha_id, send_at,
           expires_at, created_at, time_zone, pool_id, request_id, check_number,
           phone is not null and first and chat_is_new(session_id, chat_id)
    from judged
    where known and blocked is null and consented and complete and (key is null or key in (select key from claimed))
    returning id
),
-- Records the job that sends each of them, due when the message is.
job as (
    insert into jobs (
        id, organization_id, kind, queue, lane, class, payload, run_at, held_for, created_at, traceparent
    )
    select id, $1, $21, $22, session_id, class, payload::jsonb, coalesce(held_until, send_at, created_at),
           case when held_until is not null then 'file' end, created_at, traceparent
    from judged
    join message using (id)
)
select j.id as "id!: MessageId", j.known as "known!", j.blocked, j.consented as "consented!",
       j.complete as "complete!",
       message.id is not null as "accepted!"
from judged j
left join message on message.id = j.id
