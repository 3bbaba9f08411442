-- People of a campaign without a message, in order: those that neither the suppression list, nor a missing consent, nor
-- a number check keeps from it. Runs as the tenant.
select r.id as "id: MessageId", r.position, r.phone, r.name,
       r.variables as "variables: Json<BTreeMap<String, String>>"
from recipients r
join campaigns c on c.id = r.campaign_id
where r.campaign_id = $1
  and r.position > greatest(c.cursor, coalesce($2, c.cursor))
  and (r.position > c.ahead or not exists (select 1 from messages m where m.id = r.id))
  and not exists (
      select 1
      from suppressions s
      where s.person = r.person
        and (s.reason <> 'opt_out' or s.scope = 'all' or c.kind = 'marketing')
  )
  and (
      not exists (select 1 from consent_settings where bulk_needs_consent)
      or exists (select 1 from consents k where k.person = r.person)
  )
  and not (
      c.check_number is not null
      and exists (
          select 1
          from number_checks n
          where n.person = r.person and not n.on_whatsapp and n.expires_at > $4
      )
  )
order by r.position
limit $3
