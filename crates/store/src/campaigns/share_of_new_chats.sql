-- The share of new chats among the next people of a campaign, from a sample: 1 is all.
select avg(
    case
        when exists (
            select 1
            from campaign_senders s
            join messages m on m.session_id = s.session_id and m.chat_id = p.person and m.id <> p.id
            where s.campaign_id = $1
        )
            then 0
        else 1
    end
)::float8
from (
    select r.id, r.person
    from recipients r
    join campaigns c on c.id = r.campaign_id
    where r.campaign_id = $1 and r.position > c.cursor
    order by r.position
    limit $2
) p
