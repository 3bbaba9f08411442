-- The share of new chats among the next people of a campaign, from a sample: 1 is all.
select avg(
    case
        when exists (
            select 1
            from campaign_senders s
            where s.campaign_id = $1 and chat_is_known(s.session_id, p.person, p.id)
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
