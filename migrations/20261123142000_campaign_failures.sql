-- Why people of a campaign did not get it, counted as it happens: to count it when somebody looks, all messages of the
-- campaign had to be read, and somebody looks every ten seconds. Sharded like campaign_progress.
create table campaign_failures (
    campaign_id     uuid not null references campaigns on delete cascade,
    organization_id uuid not null references organizations on delete cascade,
    -- `failed`, `expired` or `cancelled`.
    state           message_state not null,
    -- The error code; empty is none.
    code            text not null,
    shard           smallint not null,
    n               bigint not null,
    -- The newest message that came here; it may have gone on since.
    newest          uuid,
    primary key (campaign_id, state, code, shard)
);
alter table campaign_failures enable row level security;
create policy tenant on campaign_failures to wahana_tenant using (organization_id = current_organization());
grant select, insert, update, delete on campaign_failures to wahana_tenant;

create function came_to_nothing(state message_state) returns boolean language sql immutable as
$$ select state in ('failed', 'expired', 'cancelled') $$;

create or replace function count_inserted_messages() returns trigger language plpgsql security definer set search_path = public as $$
begin
    if not exists (select 1 from fresh where campaign_id is not null) then
        return null;
    end if;
    insert into campaign_progress as p (campaign_id, organization_id, state, shard, n)
    select campaign_id, organization_id, state, pg_backend_pid() % 32, count(*) from fresh
    where campaign_id is not null group by 1, 2, 3 order by 1, 3
    on conflict (campaign_id, state, shard) do update set n = p.n + excluded.n;
    if exists (select 1 from fresh where came_to_nothing(state)) then
        insert into campaign_failures as f (campaign_id, organization_id, state, code, shard, n, newest)
        select campaign_id, organization_id, state, coalesce(error_code, ''), pg_backend_pid() % 32, count(*), max(id::text)::uuid from fresh
        where campaign_id is not null and came_to_nothing(state) group by 1, 2, 3, 4 order by 1, 3, 4
        on conflict (campaign_id, state, code, shard) do update set n = f.n + excluded.n, newest = greatest(f.newest, excluded.newest);
    end if;
    return null;
end $$;

create or replace function count_changed_messages() returns trigger language plpgsql security definer set search_path = public as $$
begin
    if not exists (select 1 from fresh where campaign_id is not null) then
        return null;
    end if;
    insert into campaign_progress as p (campaign_id, organization_id, state, shard, n)
    select campaign_id, organization_id, state, pg_backend_pid() % 32, sum(d) from (
        select fresh.campaign_id, fresh.organization_id, unnest(array[fresh.state, was.state]) as state, unnest(array[1, -1]) as d
        from fresh join was using (id) where fresh.campaign_id is not null and fresh.state <> was.state
    ) as changes group by 1, 2, 3 having sum(d) <> 0 order by 1, 3
    on conflict (campaign_id, state, shard) do update set n = p.n + excluded.n;
    if exists (select 1 from fresh where came_to_nothing(state)) or exists (select 1 from was where came_to_nothing(state)) then
        insert into campaign_failures as f (campaign_id, organization_id, state, code, shard, n, newest)
        select campaign_id, organization_id, state, code, pg_backend_pid() % 32, sum(d), max(id::text)::uuid from (
            select campaign_id, organization_id, state, coalesce(error_code, '') as code, 1 as d, id from fresh
            union all
            select campaign_id, organization_id, state, coalesce(error_code, ''), -1, null from was
        ) as changes where campaign_id is not null and came_to_nothing(state) group by 1, 2, 3, 4 having sum(d) <> 0 order by 1, 3, 4
        on conflict (campaign_id, state, code, shard) do update set n = f.n + excluded.n, newest = greatest(f.newest, excluded.newest);
    end if;
    return null;
end $$;

insert into campaign_failures (campaign_id, organization_id, state, code, shard, n, newest)
select campaign_id, organization_id, state, coalesce(error_code, ''), 0, count(*), max(id::text)::uuid from messages
where campaign_id is not null and came_to_nothing(state) group by 1, 2, 3, 4;
