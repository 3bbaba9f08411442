-- What is checked and noted when messages move, once per statement instead of once per row. A trigger before an update
-- locks each row once more, and Postgres reads the `when` of a trigger anew in each statement: together a third of what
-- a fence cost.

drop trigger guard_message_edge on messages;
drop function guard_message_edge();
create function guard_message_edges() returns trigger language plpgsql as $$
declare
    refused record;
begin
    select fresh.id, was.state as was, fresh.state into refused from fresh join was using (id)
    where fresh.state <> was.state and not (fresh.state = any (message_next(was.state))) limit 1;
    if found then
        raise exception 'message % may not go from % to %', refused.id, refused.was, refused.state
            using errcode = 'check_violation', constraint = 'message_edge';
    end if;
    return null;
end $$;
create trigger guard_message_edges after update on messages
    referencing old table as was new table as fresh for each statement execute function guard_message_edges();

drop trigger stick_pool_contact on messages;
drop function stick_pool_contact();
-- In the database, because a send is proven in several places and none of them may forget it.
create function stick_pool_contacts() returns trigger language plpgsql security definer set search_path = public as $$
begin
    if not exists (select 1 from fresh where pool_id is not null) then
        return null;
    end if;
    insert into sender_pool_contacts (pool_id, phone, organization_id, session_id, since)
    select distinct on (fresh.pool_id, fresh.phone)
           fresh.pool_id, fresh.phone, fresh.organization_id, fresh.session_id, coalesce(fresh.sent_at, now())
    from fresh join was using (id) join sender_pools on sender_pools.id = fresh.pool_id
    where fresh.phone is not null and was.state in ('queued', 'sending', 'unknown')
      and fresh.state in ('sent', 'delivered', 'read', 'played')
    order by fresh.pool_id, fresh.phone, fresh.sent_at desc nulls last
    on conflict (pool_id, phone) do update set session_id = excluded.session_id, since = excluded.since
        where sender_pool_contacts.session_id <> excluded.session_id;
    return null;
end $$;
create trigger stick_pool_contacts after update on messages
    referencing old table as was new table as fresh for each statement execute function stick_pool_contacts();
