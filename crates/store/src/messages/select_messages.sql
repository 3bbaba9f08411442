-- Messages that an act on many messages would change, and how many there are in all: those that can be
-- cancelled ($13) or those that failed and can be replayed. Each filter is optional. Runs as the tenant.
select m.id as "id: MessageId", count(*) over () as "all!"
from messages m
where case
          when $13 then m.direction = 'outbound' and m.state in ('accepted', 'scheduled', 'queued')
          else m.state = 'failed' and exists (select 1 from jobs j where j.id = m.id and j.state = 'dead')
      end
  and ($1::uuid is null or m.session_id = $1)
  and ($2::message_state is null or m.state = $2)
  and ($3::uuid is null or m.campaign_id = $3)
  and ($4::message_direction is null or m.direction = $4)
  and ($5::text is null or m.chat_id = $5)
  and ($6::uuid[] is null or m.id = any($6))
  and ($8::message_class is null or m.class = $8)
  and ($9::text is null or m.error_code = $9)
  and (
      $10::text is null
      or m.deleted_at is null and strpos(lower(words_of(m.content)), lower($10)) > 0
  )
  and ($11::timestamptz is null or m.created_at >= $11)
  and ($12::timestamptz is null or m.created_at < $12)
order by m.id
limit $7
