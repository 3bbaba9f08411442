-- Puts the consent of people ($3, with their numbers $4) on record, each once, with a line of proof. An older consent
-- gives way to a newer one. Runs as the tenant.
with
-- The people, behind a LID the person with the number.
people as (
    select distinct on (coalesce(i.person, x.person)) x.id, coalesce(i.person, x.person) as person, x.phone
    from unnest($2::uuid[], $3::text[], $4::text[]) as x (id, person, phone)
    left join identities i on i.organization_id = $1 and i.identity = x.person
    order by coalesce(i.person, x.person)
),
-- Their consent.
given as (
    insert into consents as c (organization_id, person, source, detail, given_at)
    select $1, person, $5, $6, $7
    from people
    on conflict (organization_id, person) do update set
        source = excluded.source, detail = excluded.detail, given_at = excluded.given_at
    where c.given_at < excluded.given_at
    returning person
)
insert into consent_events (id, organization_id, person, phone, kind, source, detail, at)
select id, $1, person, phone, 'consent', $5, $6, $7
from people
join given using (person)
