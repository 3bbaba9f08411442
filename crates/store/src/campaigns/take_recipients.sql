-- The next people of a campaign without a message, in order, with what would keep each from it.
select r.id as "id: MessageId", r.position, r.phone, r.variables, r.name,
       p.person as "person!: PersonKey",
       exists (
           select 1
           from suppressions x
           where x.organization_id = r.organization_id
             and x.person = p.person
             and (x.reason <> 'opt_out' or x.scope = 'all' or $7 = 'marketing')
       ) as "suppressed!",
       $5
       and exists (
           select 1
           from number_checks n
           where n.organization_id = r.organization_id and n.person = p.person
             and not n.on_whatsapp and n.expires_at > $6
       ) as "unreachable!",
       not $8
       or exists (
           select 1
           from consents k
           where k.organization_id = r.organization_id and k.person = p.person
       ) as "consented!"
from recipients r
left join identities i on i.organization_id = r.organization_id and i.identity = r.person
cross join lateral (select coalesce(i.person, r.person) as person) p
where r.campaign_id = $1 and r.position > $2
  and (r.position > $4 or not exists (select 1 from messages m where m.id = r.id))
order by r.position
limit $3
