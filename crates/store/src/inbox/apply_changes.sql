-- Applies what happened to messages of a session after they were sent: edits, deletions, reactions. Returns which
-- of the
-- messages are known.
with
-- What happened.
x as (
    select *
    from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])
        as x (waha_id, kind, words, author, at)
),
-- Locks the messages that are known, in order of ids.
ours as (
    select m.id, m.organization_id, x.*
    from x
    join messages m on m.session_id = $1 and m.waha_id = x.waha_id
    order by m.id
    for update of m
),
-- One row per message: its newest words, and when it was first deleted.
news as (
    select id,
           (array_agg(words order by at desc) filter (where kind = 'edited' and words is not null))[1] as words,
           max(at) filter (where kind = 'edited') as edited_at,
           min(at) filter (where kind = 'revoked') as deleted_at
    from ours
    where kind in ('edited', 'revoked')
    group by id
),
-- Older news does not undo newer words.
changed as (
    update messages m
    set content = case
                      when n.words is null or n.edited_at < m.edited_at then m.content
                      when m.content ->> 'type' = 'text' then jsonb_set(m.content, '{text}', to_jsonb(n.words))
                      when m.content ->> 'type' in ('image', 'video', 'document')
                          then jsonb_set(m.content, '{caption}', to_jsonb(n.words))
                      else m.content
                  end,
        edited_at = greatest(m.edited_at, n.edited_at),
        deleted_at = least(m.deleted_at, n.deleted_at)
    from news n
    where m.id = n.id
),
-- The newest reaction of each person; an empty one was taken back.
reacted as (
    insert into message_reactions as r (message_id, author, organization_id, emoji, at)
    select distinct on (id, author) id, author, organization_id, words, at
    from ours
    where kind = 'reaction'
    order by id, author, at desc
    on conflict (message_id, author) do update set emoji = excluded.emoji, at = excluded.at
    where r.at <= excluded.at
)
select distinct waha_id as "waha_id!"
from ours
