-- What pacing has to know of each lane: its session, policy, holds, parking, usage, limits of plan and node,
-- and whether campaigns have people for it.
select s.id as "id: SessionId",
       s.organization_id as "organization_id: OrganizationId",
       s.node_id as "node_id: NodeId", s.desired as "desired: Desired", s.status as "status: SessionStatus",
       s.policy,
       exists (
           select 1
           from sending_holds h
           where coalesce(h.organization_id, s.organization_id) = s.organization_id
             and coalesce(h.node_id, s.node_id) = s.node_id
             and coalesce(h.session_id, s.id) = s.id
       ) as "paused!",
       s.parked_until, s.bulk_parked_until,
       case
           when s.bulk_parked_until > coalesce(s.parked_until, $2) then s.bulk_park_code
           else s.park_code
       end as park_code,
       coalesce(u.quarters, '{}') as "quarters!: Vec<DateTime<Utc>>",
       coalesce(u.sent, '{}') as "sent!: Vec<i32>", coalesce(u.bulk, '{}') as "bulk!: Vec<i32>",
       coalesce(u.new_chats, '{}') as "new_chats!: Vec<i32>",
       coalesce(
           s.warm_up_from, (select min(quarter) from session_usage where session_id = s.id)
       ) as warm_up_from,
       p.weight, p.messages_per_minute as "plan_per_minute?", n.messages_per_minute as "node_per_minute?",
       coalesce(k.has_recipients, false) as "has_recipients!",
       coalesce(k.paced, false) as "paced_campaigns!"
from sessions s
join organizations o on o.id = s.organization_id
join plans p on p.name = o.plan
join nodes n on n.id = s.node_id
left join lateral (
    select array_agg(quarter) as quarters, array_agg(sent) as sent, array_agg(bulk) as bulk,
           array_agg(new_chats) as new_chats
    from session_usage
    where session_id = s.id and quarter > $2::timestamptz - interval '25 hours'
) u on true
left join lateral (
    select bool_or(c.cursor < c.total) as has_recipients,
           bool_or(
               jsonb_typeof(c.pace -> 'send_window') = 'object'
               or jsonb_typeof(c.pace -> 'messages_per_hour') = 'number'
           ) as paced
    from campaign_senders cs
    join campaigns c on c.id = cs.campaign_id
    where cs.session_id = s.id and c.state = 'running'
) k on true
where s.id = any($1)
