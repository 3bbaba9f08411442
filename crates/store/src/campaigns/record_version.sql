-- Keeps a campaign as it is now as a version, unless the newest version that is kept says the same.
with
-- The campaign with its senders.
current as (
    select c.id, c.organization_id, c.version, c.content, c.pace,
           array(select session_id from campaign_senders s where s.campaign_id = c.id order by session_id) as senders
    from campaigns c
    where c.id = $1
),
-- The newest version that is kept; none for the first.
kept as (
    select *
    from campaign_versions
    where campaign_id = $1
    order by version desc
    limit 1
),
-- What is different between the two.
compared as (
    select current.*, kept.version as before,
           array_remove(
               array[
                   case when kept.content is distinct from current.content then 'content' end,
                   case when kept.pace is distinct from current.pace then 'pace' end,
                   case when kept.senders is distinct from current.senders then 'senders' end
               ],
               null
           ) as changed
    from current
    left join kept on true
)
insert into campaign_versions (
    campaign_id, version, organization_id, content, pace, senders, changed, changed_by, created_at
)
select id, version, organization_id, content, pace, senders,
       case when before is null then '{}' else changed end, $2, $3
from compared
where before is null or changed <> '{}'
on conflict do nothing
