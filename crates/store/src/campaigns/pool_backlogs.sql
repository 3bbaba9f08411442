-- Members of pools that are out while messages of their pool wait in their lanes.
with
-- Sessions that are out in at least one pool: disabled there, not working for a while, or parked. Few, so the
-- jobs of all others are not looked at.
suspects as (
    select s.id
    from sessions s
    where exists (
        select 1
        from sender_pool_members m
        where m.session_id = s.id
          and (
              not m.enabled
              or s.desired <> 'running'
              or (s.status <> 'working' and s.status_since < $2)
              or s.parked_until > $1
              or s.bulk_parked_until > $1
          )
    )
)
select m.pool_id as "pool: SenderPoolId",
       m.organization_id as "organization: OrganizationId",
       m.session_id as "session: SessionId", m.enabled
from suspects s
join sender_pool_members m on m.session_id = s.id
where exists (
    select 1
    from jobs j
    join messages x on x.id = j.id and x.pool_id = m.pool_id
    where j.lane = s.id and j.state in ('pending', 'released')
)
