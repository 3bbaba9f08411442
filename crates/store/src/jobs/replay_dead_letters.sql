-- Puts dead letters back to work; returns the lanes and queues to wake. Each filter is optional.
with
-- Locks the next dead letters that fit, up to a batch.
batch as (
    select id
    from jobs
    where state = 'dead'
      and ($1::uuid[] is null or id = any($1))
      and ($2::text is null or error_code = $2)
      and ($3::uuid is null or organization_id = $3)
      and ($4::uuid is null or campaign_id = $4)
      and ($5::uuid is null or lane = $5)
      and ($6::text is null or kind = $6)
      and ($7::timestamptz is null or created_at >= $7)
      and ($8::timestamptz is null or created_at < $8)
    order by id
    limit $9
    for update skip locked
),
-- Makes them pending jobs as if they were new.
back as (
    update jobs j
    set state = 'pending', run_at = $10, attempt = 0, error_code = null, error_detail = null
    from batch
    where j.id = batch.id
    returning j.id, j.lane, j.queue
),
-- Queues the messages of those that send one. What WhatsApp refused goes under a new id: to WhatsApp it is another
-- message, and a late word on the old one is not about it.
moved as (
    update messages m
    set state = 'queued',
        settled_at = null,
        error_code = null,
        error_detail = null,
        waha_id = case
                      when refused_by_whatsapp(m.state, m.error_code) then another_waha_id(m.id, m.waha_id)
                      else m.waha_id
                  end
    from back
    where m.id = back.id and m.state = 'failed'
)
select lane as "lane: SessionId", queue
from back
