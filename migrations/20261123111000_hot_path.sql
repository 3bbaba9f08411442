-- What every send paid for and nobody needed.
--
-- Foreign keys from the rows that a send writes: each insert locked the one row of its organization (and of its
-- campaign), and the locks of many transactions on one row cost more than the insert. Orphans cannot arise: a session
-- is never deleted but with its organization (`deleted_at`), a campaign gives out people under its own row's lock, and
-- what is deleted takes its rows with it by the triggers below. A row that is written while its organization is being
-- deleted is seen by nobody: no policy shows it, and the fence finds no session for it.

alter table messages
    drop constraint messages_organization_id_fkey,
    drop constraint messages_session_id_fkey,
    drop constraint messages_campaign_id_fkey;
alter table jobs
    drop constraint jobs_organization_id_fkey,
    drop constraint jobs_campaign_id_fkey;
alter table recipients drop constraint recipients_organization_id_fkey; -- their campaign has it
alter table attempts drop constraint attempts_organization_id_fkey;
alter table session_usage
    drop constraint session_usage_session_id_fkey,
    drop constraint session_usage_organization_id_fkey;
alter table campaign_progress
    drop constraint campaign_progress_campaign_id_fkey,
    drop constraint campaign_progress_organization_id_fkey;

create function forget_organization() returns trigger language plpgsql security definer set search_path = public as $$
begin
    delete from jobs where organization_id = old.id;
    delete from attempts where organization_id = old.id;
    delete from messages where organization_id = old.id;
    delete from session_usage where organization_id = old.id;
    delete from campaign_progress where organization_id = old.id;
    return old;
end $$;
create trigger forget_organization before delete on organizations
    for each row execute function forget_organization();

create function forget_campaign() returns trigger language plpgsql security definer set search_path = public as $$
begin
    delete from jobs j using messages m where m.campaign_id = old.id and j.id = m.id;
    delete from messages where campaign_id = old.id;
    delete from campaign_progress where campaign_id = old.id;
    return old;
end $$;
create trigger forget_campaign before delete on campaigns
    for each row execute function forget_campaign();

-- The guard is asked only about a move that is not allowed; before, a function was called for every row.
drop trigger guard_message_edge on messages;
create trigger guard_message_edge before update of state on messages
    for each row when (old.state <> new.state and not (new.state = any (message_next(old.state))))
    execute function guard_message_edge();

-- Thirty-two shards instead of eight: the statements of one worker met in the same row.
create or replace function count_inserted_messages() returns trigger language plpgsql security definer set search_path = public as $$
begin
    if not exists (select 1 from fresh where campaign_id is not null) then
        return null;
    end if;
    insert into campaign_progress as p (campaign_id, organization_id, state, shard, n)
    select campaign_id, organization_id, state, pg_backend_pid() % 32, count(*) from fresh
    where campaign_id is not null group by 1, 2, 3 order by 1, 3
    on conflict (campaign_id, state, shard) do update set n = p.n + excluded.n;
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
    return null;
end $$;

-- A plain queue is released by organization in turn (docs/adr/0009).
create index jobs_plain_by_organization on jobs (queue, organization_id, run_at, id) where state = 'pending' and lane is null;
drop index jobs_plain;
