-- Somebody who hides the number can be left alone, too: the person is the key of the table, and a number need not be
-- known. `suppressions_by_phone` serves the release before this one.

set local lock_timeout = '2s';

-- Binds the person, not the form of the number, to the member of a pool that wrote to them.
create or replace function stick_pool_contacts() returns trigger
    language plpgsql security definer set search_path = public as $$
begin
    if not exists (select 1 from fresh where pool_id is not null) then
        return null;
    end if;
    insert into sender_pool_contacts (pool_id, person, phone, organization_id, session_id, since)
    select distinct on (fresh.pool_id, fresh.chat_id)
           fresh.pool_id, fresh.chat_id, fresh.phone, fresh.organization_id, fresh.session_id,
           coalesce(fresh.sent_at, now())
    from fresh
    join was using (id)
    join sender_pools on sender_pools.id = fresh.pool_id
    where fresh.phone is not null and was.state in ('queued', 'sending', 'unknown')
      and fresh.state in ('sent', 'delivered', 'read', 'played')
    order by fresh.pool_id, fresh.chat_id, fresh.sent_at desc nulls last
    on conflict (pool_id, person) do update set session_id = excluded.session_id, since = excluded.since
        where sender_pool_contacts.session_id <> excluded.session_id;
    return null;
end $$;

-- The index suppressions_by_phone keeps what it guaranteed.
-- squawk-ignore ban-drop-constraint
alter table suppressions drop constraint suppressions_pkey;
alter table suppressions add constraint suppressions_pkey primary key using index suppressions_by_person;
-- squawk-ignore ban-drop-not-null
alter table suppressions alter column phone drop not null;
insert into suppressions (organization_id, person, reason, detail, created_at)
select organization_id, lid, 'opt_out', 'replied to be left alone', opted_out_at
from lids
where phone is null and opted_out_at is not null
on conflict (organization_id, person) do nothing;
