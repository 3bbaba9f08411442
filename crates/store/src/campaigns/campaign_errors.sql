-- Why messages of a campaign came to nothing, by state and code, with an example and how many can be
-- replayed.
with
-- The counts that the triggers of `messages` keep, over all shards.
counted as (
    select state, nullif(code, '') as code, sum(n)::bigint as messages, max(newest::text)::uuid as newest
    from campaign_failures
    where campaign_id = $1
    group by 1, 2
    having sum(n) > 0
),
-- Dead letters by the same reason: what can be replayed.
dead as (
    select m.state, m.error_code as code, count(*) as letters
    from jobs j
    join messages m on m.id = j.id
    where j.state = 'dead' and m.campaign_id = $1
    group by 1, 2
)
select c.state as "state!: MessageState", c.code, c.messages as "messages!", e.id as "example!: MessageId",
       e.error_detail as detail, coalesce(d.letters, 0) as "replayable!"
from counted c
cross join lateral (
    (
        select id, error_detail
        from messages m
        where m.id = c.newest and m.state = c.state and m.error_code is not distinct from c.code
    )
    union all
    -- It went on since: the newest that did not.
    (
        select id, error_detail
        from messages m
        where m.campaign_id = $1 and m.state = c.state and m.error_code is not distinct from c.code
        order by id desc
        limit 1
    )
    limit 1
) e
left join dead d on d.state = c.state and d.code is not distinct from c.code
order by c.messages desc, c.code
