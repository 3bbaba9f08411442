-- The people of a campaign in order, with what would keep each from the message. Runs as the tenant.
select r.id as "id: MessageId", r.line, r.phone, r.name,
       r.variables as "variables: Json<BTreeMap<String, String>>",
       exists (
           select 1
           from suppressions s
           where s.person = r.person
             and (s.reason <> 'opt_out' or s.scope = 'all' or c.kind = 'marketing')
       ) as "suppressed!",
       not exists (select 1 from consent_settings where bulk_needs_consent)
       or exists (select 1 from consents k where k.person = r.person) as "consented!",
       c.check_number is not null
       and exists (
           select 1
           from number_checks n
           where n.person = r.person and not n.on_whatsapp and n.expires_at > $4
       ) as "unreachable!"
from recipients r
join campaigns c on c.id = r.campaign_id
where r.campaign_id = $1
  and (
      $2::uuid is null
      or r.position > (select position from recipients where id = $2 and campaign_id = $1)
  )
order by r.position
limit $3
