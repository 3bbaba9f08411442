-- Recipients of a campaign in order, with what became of each. Without a message the state is `accepted`, or
-- `cancelled` with the campaign. Runs as the tenant.
select *
from (
    select r.id as "id: MessageId", r.position, r.line, r.phone,
           coalesce(m.waha_chat_id, r.phone || '@c.us', r.person) as "chat_id!", r.name,
           r.variables as "variables: Json<BTreeMap<String, String>>",
           coalesce(
               m.state,
               case c.state
                   when 'cancelled' then 'cancelled'::message_state
                   else 'accepted'::message_state
               end
           ) as "state!: MessageState",
           case when m.id is not null then coalesce(m.campaign_version, c.launched_version) end as version,
           m.error_code as "error_code?", m.sent_at as "sent_at?", m.delivered_at as "delivered_at?",
           m.read_at as "read_at?"
    from recipients r
    join campaigns c on c.id = r.campaign_id
    left join messages m on m.id = r.id
    where r.campaign_id = $1
      and (
          $2::uuid is null
          or r.position > (select position from recipients where id = $2 and campaign_id = $1)
      )
      and (
          $3::message_state is null
          or coalesce(
              m.state,
              case c.state when 'cancelled' then 'cancelled'::message_state else 'accepted'::message_state end
          ) = $3
      )
    order by r.position
    limit $4
) x
